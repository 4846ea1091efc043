//! `suasion sql`: the archive under SQL.

use arrow::array::RecordBatch;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use suasion_archive::Problem;
use suasion_study::open;

use super::store;
use crate::arguments::{Shared, Sql};
use crate::output;

/// What `.help` asks.
const SCHEMAS: &str = "SELECT table_name, column_name, data_type FROM information_schema.columns \
    WHERE table_name IN ('events', 'votes', 'vote_tallies', 'ties', 'flows', 'states', 'organisations') \
    ORDER BY table_name, ordinal_position";

/// Prints the answer.
pub(crate) fn run(options: &Sql, shared: &Shared) -> Result<(), Problem> {
    let held = store(shared)?;
    let opened = open(&options.study, &[], held.as_ref())?;
    let query = if options.query.trim() == ".help" { SCHEMAS } else { options.query.as_str() };
    let batches = opened.archive.sql(query).map_err(|problem| match problem.hint {
        Some(_) => problem,
        None => problem.hint("`suasion sql .help` shows tables and columns"),
    })?;
    let header: Vec<String> = batches
        .first()
        .map(|batch| batch.schema().fields().iter().map(|field| field.name().clone()).collect())
        .unwrap_or_default();
    let mut rows = Vec::new();
    for batch in &batches {
        append(batch, &mut rows)?;
    }
    if rows.is_empty() {
        output::tell(shared, "note: the answer has no rows");
    }
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    output::rows(options.format, &header, &rows)
}

fn append(batch: &RecordBatch, rows: &mut Vec<Vec<String>>) -> Result<(), Problem> {
    let failed = |error: arrow::error::ArrowError| Problem::new(format!("cannot show the answer: {error}"));
    let options = FormatOptions::default();
    let columns: Vec<ArrayFormatter<'_>> = batch
        .columns()
        .iter()
        .map(|column| ArrayFormatter::try_new(column, &options))
        .collect::<Result<_, _>>()
        .map_err(failed)?;
    rows.extend(
        (0..batch.num_rows())
            .map(|row| columns.iter().map(|column| column.value(row).to_string()).collect::<Vec<String>>()),
    );
    Ok(())
}
