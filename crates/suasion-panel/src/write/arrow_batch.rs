//! Panels as Arrow batches, in Parquet and in Arrow's own file format.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use suasion_archive::Problem;

use crate::panel::Panel;

/// The panel in Parquet's format.
pub fn to_parquet(panel: &Panel) -> Result<Vec<u8>, Problem> {
    let batch = batch(panel)?;
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).map_err(failed)?;
    writer.write(&batch).map_err(failed)?;
    writer.close().map_err(failed)?;
    Ok(bytes)
}

/// The panel in Arrow's file format.
pub fn to_arrow(panel: &Panel) -> Result<Vec<u8>, Problem> {
    let batch = batch(panel)?;
    let mut bytes = Vec::new();
    let mut writer = arrow::ipc::writer::FileWriter::try_new(&mut bytes, &batch.schema()).map_err(failed)?;
    writer.write(&batch).map_err(failed)?;
    writer.finish().map_err(failed)?;
    drop(writer);
    Ok(bytes)
}

/// The same columns as the CSV file has; missing numbers are null.
fn batch(panel: &Panel) -> Result<RecordBatch, Problem> {
    let rows: Vec<usize> = (0..panel.spine.len()).filter(|row| panel.spine.exists(*row)).collect();
    let text = |value: &dyn Fn(usize) -> String| -> ArrayRef {
        Arc::new(rows.iter().map(|&row| Some(value(row))).collect::<StringArray>())
    };
    let mut fields = vec![
        Field::new("source", DataType::Utf8, false),
        Field::new("target", DataType::Utf8, false),
        Field::new("period", DataType::Utf8, false),
    ];
    let mut arrays = vec![
        text(&|row| panel.spine.at(row).0.source().to_string()),
        text(&|row| panel.spine.at(row).0.target().to_string()),
        text(&|row| panel.spine.at(row).1.to_string()),
    ];
    for column in &panel.columns {
        let name = column.measure.name;
        fields.push(Field::new(name, DataType::Float64, true));
        arrays.push(Arc::new(rows.iter().map(|&row| column.cells[row].number()).collect::<Float64Array>()));
        fields.push(Field::new(format!("{name}_status"), DataType::Utf8, false));
        arrays.push(text(&|row| column.cells[row].status().to_owned()));
    }
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(failed)
}

fn failed(error: impl std::fmt::Display) -> Problem {
    Problem::new(format!("cannot write the panel: {error}"))
}
