//! Between typed rows, flat records and Arrow batches.

use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::{FieldRef, Schema};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_arrow::schema::{SchemaLike, TracingOptions};
use suasion_actors::Period;

use super::Family;
use crate::problem::Problem;

/// A flat record that Arrow can hold: one row of a family's table.
pub trait Record: Serialize + DeserializeOwned + Sized {
    /// The typed row.
    type Row;

    /// The family that the record belongs to.
    const FAMILY: Family;

    /// Columns that hold days, written as `2005-11-14`.
    const DAYS: &'static [&'static str];

    /// The record of a typed row.
    fn from_row(row: &Self::Row) -> Self;

    /// The typed row of a record, or why it is none.
    fn into_row(self) -> Result<Self::Row, String>;

    /// First to last year that yearly rows speak for; none for families that are not yearly, whose
    /// coverage only the source itself can state.
    fn span(_rows: &[Self::Row]) -> Option<Period> {
        None
    }

    /// Arrow fields of the family's table.
    fn fields() -> Result<Vec<FieldRef>, Problem> {
        let options = Self::DAYS.iter().try_fold(TracingOptions::default(), |options, day| {
            let field = serde_json::json!({"name": day, "data_type": "Date32", "nullable": true});
            options.overwrite(*day, field)
        });
        options
            .and_then(Vec::<FieldRef>::from_type::<Self>)
            .map_err(|error| internal("describe", Self::FAMILY, &error))
    }

    /// Arrow schema of the family's table.
    fn schema() -> Result<Arc<Schema>, Problem> {
        Ok(Arc::new(Schema::new(Self::fields()?)))
    }

    /// Typed rows as one Arrow batch.
    fn to_batch(rows: &[Self::Row]) -> Result<RecordBatch, Problem> {
        let records: Vec<Self> = rows.iter().map(Self::from_row).collect();
        serde_arrow::to_record_batch(&Self::fields()?, &records)
            .map_err(|error| internal("write", Self::FAMILY, &error))
    }

    /// The typed rows of an Arrow batch.
    fn from_batch(batch: &RecordBatch) -> Result<Vec<Self::Row>, Problem> {
        let records: Vec<Self> =
            serde_arrow::from_record_batch(batch).map_err(|error| internal("read", Self::FAMILY, &error))?;
        records
            .into_iter()
            .map(|record| {
                record.into_row().map_err(|reason| {
                    Problem::new(format!(
                        "table `{}` holds a broken row: {reason}",
                        Self::FAMILY.table_name()
                    ))
                    .hint("the store was written by another version; ingest the source again")
                })
            })
            .collect()
    }
}

/// The period from the first to the last of these years.
pub(super) fn span_of(years: impl Iterator<Item = i16>) -> Option<Period> {
    let bounds = years.fold(None, |bounds: Option<(i16, i16)>, year| {
        let (first, last) = bounds.unwrap_or((year, year));
        Some((first.min(year), last.max(year)))
    });
    let (first, last) = bounds?;
    Period::new(jiff::civil::date(first, 1, 1), jiff::civil::date(last, 12, 31))
}

fn internal(action: &str, family: Family, error: &dyn std::fmt::Display) -> Problem {
    Problem::new(format!("cannot {action} table `{}`: {error}", family.table_name()))
}

/// Parses a field of a record, naming it where it fails.
pub(super) fn parse<T: std::str::FromStr>(field: &str, text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("{field} `{text}`"))
}

/// Parses an optional field of a record.
pub(super) fn parse_optional<T: std::str::FromStr>(
    field: &str,
    text: Option<String>,
) -> Result<Option<T>, String> {
    text.map(|text| parse(field, &text)).transpose()
}

/// A state identity in a record.
pub(super) fn state(field: &str, text: &str) -> Result<suasion_actors::StateId, String> {
    suasion_actors::StateId::new(text).ok_or_else(|| format!("{field} `{text}`"))
}
