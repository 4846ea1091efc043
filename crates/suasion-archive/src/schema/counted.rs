//! Reports of machine coding counted by month, pair and code, as rows that measures can read.

use arrow::array::RecordBatch;
use serde::Deserialize;

use super::record::{parse, state};
use super::{Event, Sources};
use crate::ontology::EventCode;
use crate::problem::Problem;
use crate::sources::registry;

/// One row of the counting query.
#[derive(Debug, Deserialize)]
struct Counted {
    month: String,
    source: String,
    target: String,
    ontology: String,
    code: String,
    score: f64,
    reports: i64,
    line: u64,
}

/// The rows of a batch.
pub(crate) fn from_batch(source_name: &str, batch: &RecordBatch) -> Result<Vec<Event>, Problem> {
    let failed = |error: &dyn std::fmt::Display| {
        Problem::new(format!("cannot count the reports of `{source_name}`: {error}"))
    };
    let rows: Vec<Counted> = serde_arrow::from_record_batch(batch).map_err(|error| failed(&error))?;
    let citation = registry::describe(source_name).and_then(|known| known.citations.first()).copied();
    rows.into_iter()
        .map(|row| event(source_name, citation.unwrap_or(source_name), &row).map_err(|error| failed(&error)))
        .collect()
}

fn event(source_name: &str, citation: &str, row: &Counted) -> Result<Event, String> {
    let code = EventCode::parse(&row.ontology, &row.code)?;
    let reports = if row.reports == 1 { "report" } else { "reports" };
    let name = match code {
        EventCode::Cameo(cameo) => cameo.name(),
        EventCode::Plover(category) => category.as_str(),
    };
    Ok(Event {
        source_name: source_name.to_owned(),
        act: format!("{} {}→{} {code}", row.month, row.source, row.target),
        line: row.line,
        date: parse("month", &row.month)?,
        source: state("source", &row.source)?,
        target: Some(state("target", &row.target)?),
        organisation: None,
        mutual: false,
        mirrored: false,
        initiator: None,
        instrument: code.instrument(),
        code,
        score: row.score,
        count: u32::try_from(row.reports).map_err(|_| format!("count `{}`", row.reports))?,
        description: format!("{} {reports} coded {code} ({name}).", row.reports),
        sources: Sources { first: (citation.to_owned(), String::new()), second: None },
    })
}
