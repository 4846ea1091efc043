//! `suasion sql`: the archive under SQL.

use std::io::{Stdout, Write};

use arrow::array::RecordBatch;
use arrow::csv::writer::WriterBuilder as CsvBuilder;
use arrow::error::ArrowError;
use arrow::json::writer::{JsonArray, WriterBuilder as JsonBuilder};
use arrow::util::display::{ArrayFormatter, FormatOptions};
use suasion_archive::Problem;
use suasion_study::open_archive;

use super::store;
use crate::arguments::{Shared, Sql, TableFormat};
use crate::output;

/// What `.help` asks.
const SCHEMAS: &str = "SELECT table_name, column_name, data_type FROM information_schema.columns \
    WHERE table_name IN ('events', 'votes', 'vote_tallies', 'ties', 'flows', 'states', 'organisations') \
    ORDER BY table_name, ordinal_position";

/// Most rows that are laid out as a table for the eye.
const MOST_ROWS: usize = 10_000;

/// Prints the answer, as it comes.
pub(crate) fn run(options: &Sql, shared: &Shared) -> Result<(), Problem> {
    let held = store(shared)?;
    let archive = open_archive(&options.study, held.as_ref())?;
    let query = if options.query.trim() == ".help" { SCHEMAS } else { options.query.as_str() };
    let mut answer = Answer::new(options.format);
    archive.sql(query, |batch| answer.take(batch)).map_err(|problem| match problem.hint {
        Some(_) => problem,
        None => problem.hint("`suasion sql .help` shows tables and columns"),
    })?;
    let rows = answer.finish()?;
    if rows == 0 {
        output::tell(shared, "note: the answer has no rows");
    }
    if rows > MOST_ROWS && options.format == TableFormat::Table {
        output::tell(shared, &format!("note: the first {MOST_ROWS} of {rows} rows; --format csv for all"));
    }
    Ok(())
}

/// An answer on its way to standard output.
enum Answer {
    /// Laid out when all of it is there.
    Table {
        header: Vec<String>,
        rows: Vec<Vec<String>>,
        count: usize,
    },
    Csv {
        out: Stdout,
        begun: bool,
        count: usize,
    },
    Json {
        writer: arrow::json::Writer<Stdout, JsonArray>,
        count: usize,
    },
}

impl Answer {
    fn new(format: TableFormat) -> Self {
        match format {
            TableFormat::Table => Self::Table { header: Vec::new(), rows: Vec::new(), count: 0 },
            TableFormat::Csv => Self::Csv { out: std::io::stdout(), begun: false, count: 0 },
            TableFormat::Json => Self::Json {
                writer: JsonBuilder::new().with_explicit_nulls(true).build(std::io::stdout()),
                count: 0,
            },
        }
    }

    fn take(&mut self, batch: &RecordBatch) -> Result<(), Problem> {
        match self {
            Self::Table { header, rows, count } => {
                *header = batch.schema().fields().iter().map(|field| field.name().clone()).collect();
                *count += batch.num_rows();
                append(batch, rows)
            }
            Self::Csv { out, begun, count } => {
                let mut writer = CsvBuilder::new().with_header(!std::mem::replace(begun, true)).build(out);
                *count += batch.num_rows();
                writer.write(batch).or_else(closed)
            }
            Self::Json { writer, count } => {
                *count += batch.num_rows();
                writer.write(batch).or_else(closed)
            }
        }
    }

    /// Writes what is left, and gives back the number of rows.
    fn finish(self) -> Result<usize, Problem> {
        match self {
            Self::Table { header, rows, count } => {
                let header: Vec<&str> = header.iter().map(String::as_str).collect();
                output::rows(TableFormat::Table, &header, &rows)?;
                Ok(count)
            }
            Self::Csv { count, .. } => Ok(count),
            Self::Json { mut writer, count } => {
                writer.finish().or_else(closed)?;
                let mut out = writer.into_inner();
                out.write_all(b"\n").map_err(ArrowError::from).or_else(closed)?;
                Ok(count)
            }
        }
    }
}

fn append(batch: &RecordBatch, rows: &mut Vec<Vec<String>>) -> Result<(), Problem> {
    let failed = |error: ArrowError| Problem::new(format!("cannot show the answer: {error}"));
    let options = FormatOptions::default();
    let columns: Vec<ArrayFormatter<'_>> = batch
        .columns()
        .iter()
        .map(|column| ArrayFormatter::try_new(column, &options))
        .collect::<Result<_, _>>()
        .map_err(failed)?;
    let room = MOST_ROWS.saturating_sub(rows.len()).min(batch.num_rows());
    rows.extend((0..room).map(|row| columns.iter().map(|column| column.value(row).to_string()).collect()));
    Ok(())
}

/// A reader that closes its end early is no error.
#[expect(clippy::needless_pass_by_value, reason = "the shape that or_else wants")]
fn closed(error: ArrowError) -> Result<(), Problem> {
    match &error {
        ArrowError::IoError(_, cause) if cause.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(Problem::new(format!("cannot write the answer: {error}"))),
    }
}
