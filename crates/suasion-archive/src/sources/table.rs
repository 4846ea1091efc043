//! Reading a CSV table row by row, with named columns and refusals that keep their place.

use std::collections::BTreeMap;
use std::str::FromStr;

use csv::StringRecord;
use jiff::civil::Date;
use suasion_actors::{Crosswalk, FactDate, Period, StateId};

use crate::problem::{Location, Problem, nearest};
use crate::quarantine::{Ledger, Refusal};
use crate::schema::Sources;

/// Rows read from one file, and what became of the others.
#[derive(Debug, Clone)]
pub struct Parsed<Row> {
    /// The rows, in the file's order.
    pub rows: Vec<Row>,
    /// Counts, and refused rows with their reasons.
    pub ledger: Ledger,
}

/// One row's fields by column name.
pub(super) struct Fields<'a> {
    columns: &'a BTreeMap<&'static str, usize>,
    record: &'a StringRecord,
    /// Line of the row in the file, from 1.
    pub(super) line: u64,
}

impl Fields<'_> {
    /// A field's text without surrounding blanks.
    pub(super) fn text(&self, column: &str) -> &str {
        self.columns.get(column).and_then(|&index| self.record.get(index)).unwrap_or("").trim()
    }

    /// A field that must not be empty.
    pub(super) fn required(&self, column: &'static str) -> Result<&str, Refusal> {
        let text = self.text(column);
        if text.is_empty() {
            return Err(Refusal::new(column, "", format!("{column} is missing")));
        }
        Ok(text)
    }

    /// A field of a closed list; the list's own message becomes the hint.
    pub(super) fn listed<T: FromStr<Err = String>>(&self, column: &'static str) -> Result<T, Refusal> {
        let text = self.required(column)?;
        text.parse().map_err(|hint: String| {
            Refusal::new(column, text, format!("`{text}` is not a known {column}")).hint(hint)
        })
    }

    /// A number.
    pub(super) fn number<T: FromStr>(&self, column: &'static str) -> Result<T, Refusal> {
        let text = self.required(column)?;
        text.parse().map_err(|_| {
            Refusal::new(column, text, format!("`{text}` is not a number of the right kind"))
                .hint("write digits with a point, without unit or thousands separator")
        })
    }

    /// A date.
    pub(super) fn date(&self, column: &'static str) -> Result<FactDate, Refusal> {
        let text = self.required(column)?;
        text.parse().map_err(|_| {
            Refusal::new(column, text, format!("`{text}` is not a date"))
                .hint(suasion_actors::date::DateError::HINT)
        })
    }

    /// A date that may be left out.
    pub(super) fn optional_date(&self, column: &'static str) -> Result<Option<FactDate>, Refusal> {
        if self.text(column).is_empty() { Ok(None) } else { self.date(column).map(Some) }
    }

    /// The first and, if given, the second source.
    pub(super) fn sources(&self) -> Result<Sources, Refusal> {
        let first = self.text("citation");
        if first.is_empty() {
            return Err(Refusal::new("citation", "", "the row has no citation")
                .hint("every fact names the source that it was checked against"));
        }
        let second = self.text("second_citation");
        Ok(Sources {
            first: (first.to_owned(), self.text("url").to_owned()),
            second: (!second.is_empty()).then(|| (second.to_owned(), self.text("second_url").to_owned())),
        })
    }
}

/// A state by identity that was a member of the state system at the date.
pub(super) fn state(column: &'static str, text: &str, at: &Period) -> Result<StateId, Refusal> {
    let crosswalk = Crosswalk::built_in();
    let id = crosswalk.identify(text).map_err(|error| {
        let refusal = Refusal::new(column, text, error.to_string());
        match error.hint() {
            Some(hint) => refusal.hint(hint),
            None => refusal,
        }
    })?;
    if crosswalk.existed_in(id, at) {
        return Ok(id);
    }
    let name = crosswalk.name(id);
    let refusal = Refusal::new(column, text, format!("{name} ({id}) was not a state on {at}"));
    Err(match first_day(crosswalk, id) {
        Some(day) => refusal.hint(format!("its membership of the state system begins on {day}")),
        None => refusal,
    })
}

fn first_day(crosswalk: &Crosswalk, id: StateId) -> Option<Date> {
    crosswalk.get(id)?.spells.iter().map(|(_, spell)| spell.begin).min()
}

/// The days of a calendar year.
pub(super) fn days_of_year(fields: &Fields<'_>, year: i16) -> Result<Period, Refusal> {
    let day = |month, day| Date::new(year, month, day).ok().filter(|_| year > 0);
    day(1, 1)
        .zip(day(12, 31))
        .and_then(|(first, last)| Period::new(first, last))
        .ok_or_else(|| Refusal::new("year", fields.text("year"), "the year is outside 1 to 9999"))
}

/// The days that a date can mean.
pub(super) fn days_of(date: FactDate) -> Result<Period, Refusal> {
    Period::new(date.earliest(), date.latest())
        .ok_or_else(|| Refusal::new("date", &date.to_string(), "the date is inverted"))
}

/// Reads a table whose header must hold `required` columns and may hold `optional` ones; `row`
/// turns one row into any number of typed rows.
pub(super) fn read<Row>(
    file: &str,
    bytes: &[u8],
    required: &[&'static str],
    optional: &[&'static str],
    mut row: impl FnMut(&Fields<'_>) -> Result<Vec<Row>, Refusal>,
) -> Result<Parsed<Row>, Problem> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let columns = header(file, &mut reader, required, optional)?;
    let width = reader.headers().map_or(0, StringRecord::len);
    let mut parsed = Parsed { rows: Vec::new(), ledger: Ledger::default() };
    for record in reader.records() {
        parsed.ledger.rows_in += 1;
        let outcome = match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                let fields = Fields { columns: &columns, record: &record, line };
                (line, checked_width(&record, width).and_then(|()| row(&fields)))
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                (line, Err(Refusal::new("", "", "the row is not valid UTF-8")))
            }
        };
        match outcome {
            (_, Ok(rows)) => {
                parsed.ledger.stored += 1;
                parsed.rows.extend(rows);
            }
            (line, Err(refusal)) => parsed.ledger.refuse(refusal.into_quarantined(file, line)),
        }
    }
    Ok(parsed)
}

fn checked_width(record: &StringRecord, width: usize) -> Result<(), Refusal> {
    if record.len() == width {
        return Ok(());
    }
    let first = record.get(0).unwrap_or("");
    let reason = format!("the row has {} fields, the header {width}", record.len());
    Err(Refusal::new("", first, reason).hint("put fields that hold commas between double quotes"))
}

fn header(
    file: &str,
    reader: &mut csv::Reader<&[u8]>,
    required: &[&'static str],
    optional: &[&'static str],
) -> Result<BTreeMap<&'static str, usize>, Problem> {
    let headers = reader
        .headers()
        .map_err(|_| Problem::new("the header is not valid UTF-8").at(Location::file(file).at_line(1)))?;
    let written: Vec<&str> = headers.iter().map(str::trim).collect();
    let mut columns = BTreeMap::new();
    for &column in required.iter().chain(optional) {
        match written.iter().position(|name| *name == column) {
            Some(index) => {
                columns.insert(column, index);
            }
            None if optional.contains(&column) => {}
            None => return Err(missing_column(file, column, &written, required)),
        }
    }
    Ok(columns)
}

fn missing_column(file: &str, column: &str, written: &[&str], required: &[&'static str]) -> Problem {
    let problem = Problem::new(format!("column `{column}` is missing")).at(Location::file(file).at_line(1));
    match nearest(column, written.iter().copied().filter(|name| !name.is_empty())) {
        Some(near) => problem.hint(format!("is `{near}` meant to be `{column}`?")),
        None => problem.hint(format!("the columns are {}", required.join(","))),
    }
}
