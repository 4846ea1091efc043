//! Every estimate of a claim, as rows or as Parquet.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, RecordBatch, StringArray, UInt64Array};
use parquet::arrow::ArrowWriter;
use suasion_archive::Problem;
use suasion_report::views::claims::ClaimView;
use suasion_study::multiverse::{Decision, Estimated, Setting};

use crate::arguments::TableFormat;
use crate::output;

/// A specification with the number of its test.
struct Row<'a> {
    test: usize,
    estimated: &'a Estimated,
}

fn collect(claim: &ClaimView) -> Vec<Row<'_>> {
    claim
        .tests
        .iter()
        .enumerate()
        .filter_map(|(number, test)| Some((number + 1, test.curve.as_ref()?)))
        .flat_map(|(test, view)| view.curve.points.iter().map(move |estimated| Row { test, estimated }))
        .collect()
}

/// Names of the columns of numbers.
const NUMBERS: [&str; 8] = ["estimate", "low", "high", "effect", "z", "p_claimed", "p_other", "observations"];

fn numbers(estimated: &Estimated) -> [Option<f64>; 8] {
    [
        Some(estimated.estimate),
        estimated.interval.map(|interval| interval.low),
        estimated.interval.map(|interval| interval.high),
        Some(estimated.effect),
        Some(estimated.z),
        Some(estimated.p_toward),
        Some(estimated.p_against),
        Some(estimated.n as f64),
    ]
}

fn option(estimated: &Estimated, decision: Decision) -> String {
    estimated.specification.at(decision).map(Setting::option).unwrap_or_default()
}

/// Prints every estimate of a claim as text.
pub(super) fn print(claim: &ClaimView, format: TableFormat) -> Result<(), Problem> {
    let mut header = vec!["test", "specification"];
    header.extend(Decision::ALL.map(Decision::name));
    header.extend(NUMBERS);
    let rows: Vec<Vec<String>> = collect(claim)
        .iter()
        .map(|row| {
            let mut fields = vec![row.test.to_string(), row.estimated.hash.clone()];
            fields.extend(Decision::ALL.map(|decision| option(row.estimated, decision)));
            let text = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
            fields.extend(numbers(row.estimated).map(text));
            fields
        })
        .collect();
    output::rows(format, &header, &rows)
}

/// Every estimate of a claim as Parquet.
pub(super) fn parquet(claim: &ClaimView) -> Result<Vec<u8>, Problem> {
    let rows = collect(claim);
    let text = |value: &dyn Fn(&Row<'_>) -> String| -> ArrayRef {
        Arc::new(rows.iter().map(|row| Some(value(row))).collect::<StringArray>())
    };
    let tests: UInt64Array = rows.iter().map(|row| Some(row.test as u64)).collect();
    let mut columns: Vec<(&str, ArrayRef)> =
        vec![("test", Arc::new(tests)), ("specification", text(&|row| row.estimated.hash.clone()))];
    for decision in Decision::ALL {
        columns.push((decision.name(), text(&|row| option(row.estimated, decision))));
    }
    for (number, name) in NUMBERS.into_iter().enumerate() {
        let values: Float64Array = rows.iter().map(|row| numbers(row.estimated)[number]).collect();
        columns.push((name, Arc::new(values)));
    }
    let failed = |error: &dyn std::fmt::Display| Problem::new(format!("cannot write Parquet: {error}"));
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, column)| (name, column, true)),
    )
    .map_err(|error| failed(&error))?;
    let mut bytes = Vec::new();
    let mut writer =
        ArrowWriter::try_new(&mut bytes, batch.schema(), None).map_err(|error| failed(&error))?;
    writer.write(&batch).map_err(|error| failed(&error))?;
    writer.close().map_err(|error| failed(&error))?;
    Ok(bytes)
}
