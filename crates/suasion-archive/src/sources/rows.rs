//! What readers of published tables share: fields, states by several schemes, and who takes rows.

use csv::ByteRecord;
use jiff::civil::Date;
use suasion_actors::{FactDate, Period, StateId};

use super::coded::{States, text};
use crate::problem::Problem;
use crate::quarantine::Refusal;

/// What a line of a published table holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Content<Row> {
    /// Rows of a table of the archive.
    Rows(Vec<Row>),
    /// Part of a row that a later line completes.
    Part,
    /// Nothing that the archive keeps, such as a sum over a region.
    Nothing,
}

/// What takes the rows of a published table.
pub trait Rows<Row> {
    /// Takes what a line holds, or why it is refused.
    fn line(&mut self, line: u64, content: Result<Content<Row>, Refusal>) -> Result<(), Problem>;
    /// Takes rows that lines counted already have completed.
    fn completed(&mut self, rows: Vec<Row>) -> Result<(), Problem>;
    /// Learns of days for which the file speaks.
    fn covers(&mut self, period: Period);
    /// Whether a row would be kept, for readers that make one row of several lines.
    fn keeps(&self, _row: &Row) -> bool {
        true
    }
}

/// A field by position; empty where the line is too short.
pub(super) fn field(record: &ByteRecord, position: usize) -> &[u8] {
    record.get(position).unwrap_or(b"").trim_ascii()
}

/// Refuses a line that has another number of fields than the header.
pub(super) fn check_width(record: &ByteRecord, width: usize) -> Result<(), Refusal> {
    if record.len() == width {
        return Ok(());
    }
    let first = String::from_utf8_lossy(record.get(0).unwrap_or(b""));
    Err(Refusal::new("", &first, format!("the row has {} fields, the header {width}", record.len())))
}

/// A whole number, also where it is written as `2.0`.
pub(super) fn whole(bytes: &[u8]) -> Option<i64> {
    let number: f64 = std::str::from_utf8(bytes).ok()?.parse().ok()?;
    (number.fract() == 0.0 && number.abs() < 1e15).then_some(number as i64)
}

/// A number that is one: neither infinite nor none.
pub(super) fn finite(column: &'static str, bytes: &[u8]) -> Result<f64, Refusal> {
    let number: f64 = super::coded::number(column, bytes)?;
    if number.is_finite() {
        return Ok(number);
    }
    Err(Refusal::new(column, &String::from_utf8_lossy(bytes), format!("{column} is not a finite number")))
}

/// Longest text of a field that is stored with a row, in bytes.
const LONGEST_TEXT: usize = 4096;

/// A text that may stand in many rows, so that it must be short.
pub(super) fn short_text<'a>(column: &'static str, bytes: &'a [u8]) -> Result<&'a str, Refusal> {
    let text = text(column, bytes)?;
    if text.len() <= LONGEST_TEXT {
        return Ok(text);
    }
    Err(Refusal::new(column, text, format!("{column} is longer than {LONGEST_TEXT} bytes")))
}

/// A code as schemes write it: numbers without a point.
pub(super) fn code(bytes: &[u8]) -> Vec<u8> {
    whole(bytes).map_or_else(|| bytes.to_vec(), |number| number.to_string().into_bytes())
}

/// The number by which a source knows a roll call.
pub(super) fn roll_call_number(column: &'static str, bytes: &[u8]) -> Result<u32, Refusal> {
    let number = whole(bytes).and_then(|number| u32::try_from(number).ok());
    number.ok_or_else(|| Refusal::new(column, &String::from_utf8_lossy(bytes), "it is not a number"))
}

/// The days of a calendar year.
pub(super) fn year(column: &'static str, bytes: &[u8]) -> Result<Period, Refusal> {
    let year = whole(bytes).and_then(|year| i16::try_from(year).ok()).filter(|year| *year > 0);
    year.filter(|year| *year <= 9999)
        .map(Period::of_year)
        .ok_or_else(|| Refusal::new(column, &String::from_utf8_lossy(bytes), "it is not a year"))
}

/// A date from its parts; one whose month or day is 0, missing or impossible is known less exactly.
pub(super) fn parts(year: &[u8], month: &[u8], day: &[u8]) -> Option<FactDate> {
    let year =
        whole(year).and_then(|year| i16::try_from(year).ok()).filter(|year| (1..=9999).contains(year))?;
    let part = |bytes: &[u8]| whole(bytes).and_then(|number| i8::try_from(number).ok());
    let Some(month) = part(month).filter(|month| (1..=12).contains(month)) else {
        return Some(FactDate::Year(year));
    };
    let day = part(day).and_then(|day| Date::new(year, month, day).ok());
    Some(day.map_or(FactDate::Month(year, month), FactDate::Day))
}

/// A day written as `2019-01-21`.
pub(super) fn day(column: &'static str, bytes: &[u8]) -> Result<Date, Refusal> {
    let written = text(column, bytes)?;
    written.get(..10).unwrap_or(written).parse().map_err(|_| {
        Refusal::new(column, written, format!("{column} is not a day")).hint("the layout writes 2018-06-01")
    })
}

/// The state that a code named at the year's end, or at its beginning.
pub(super) fn in_year(
    states: &mut States,
    column: &'static str,
    code: &[u8],
    year: &Period,
) -> Result<StateId, Refusal> {
    let found = match states.get(column, code, year.end())? {
        Some(state) => Some(state),
        None => states.get(column, code, year.begin())?,
    };
    found.ok_or_else(|| {
        let text = String::from_utf8_lossy(code);
        Refusal::new(column, &text, format!("`{text}` named no state in that year"))
    })
}

/// Rows and refusals as they came, for tests of readers.
#[cfg(test)]
#[derive(Debug)]
pub(super) struct Taken<Row> {
    pub(super) rows: Vec<Row>,
    pub(super) refused: Vec<(u64, Refusal)>,
    pub(super) left_out: Vec<u64>,
    pub(super) covered: Vec<Period>,
}

#[cfg(test)]
impl<Row> Default for Taken<Row> {
    fn default() -> Self {
        Self { rows: Vec::new(), refused: Vec::new(), left_out: Vec::new(), covered: Vec::new() }
    }
}

#[cfg(test)]
impl<Row> Rows<Row> for Taken<Row> {
    fn line(&mut self, line: u64, content: Result<Content<Row>, Refusal>) -> Result<(), Problem> {
        match content {
            Ok(Content::Rows(rows)) => self.rows.extend(rows),
            Ok(Content::Part) => {}
            Ok(Content::Nothing) => self.left_out.push(line),
            Err(refusal) => self.refused.push((line, refusal)),
        }
        Ok(())
    }

    fn completed(&mut self, rows: Vec<Row>) -> Result<(), Problem> {
        self.rows.extend(rows);
        Ok(())
    }

    fn covers(&mut self, period: Period) {
        self.covered.push(period);
    }
}
