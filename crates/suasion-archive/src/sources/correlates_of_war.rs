//! Spells of the Correlates of War: members of the state system, major powers, and contiguity.
//!
//! A spell that reaches the last day of the release has no known end. The yearly tables of the
//! project are read by mappings.

use std::io::Read;

use csv::ByteRecord;
use suasion_actors::{CodeScheme, FactDate, Period};

use super::coded::States;
use super::layout::{Layout, Published, Reader, has_columns};
use super::rows::{self, Content, Rows};
use crate::input::Records;
use crate::problem::Problem;
use crate::quarantine::Refusal;
use crate::schema::{Sources, Tie, TieKind};

/// Members of the state system, and major powers.
pub(super) const SPELLS: Layout = Layout {
    source: "correlates_of_war_states",
    in_name: "",
    recognises: |start| has_columns(start, &["ccode", "styear", "stmonth", "stday", "endyear", "version"]),
    reader: Reader::Ties(standings),
};

/// Contiguity by land, river or sea.
pub(super) const CONTIGUITY: Layout = Layout {
    source: "correlates_of_war_contiguity",
    in_name: "",
    recognises: |start| has_columns(start, &["ccode1", "ccode2", "conttype", "stdate", "enddate"]),
    reader: Reader::Ties(contiguity),
};

/// Kinds of contiguity (Stinnett and others 2002), by their number less one.
const CONTIGUITIES: [&str; 5] =
    ["land_or_river", "water_to_12_miles", "water_to_24_miles", "water_to_150_miles", "water_to_400_miles"];
/// The last year of release 3.2 of direct contiguity.
const LAST_CONTIGUITY: i16 = 2016;

fn standings(input: &mut dyn Read, of: &Published<'_>, rows: &mut dyn Rows<Tie>) -> Result<(), Problem> {
    let mut records = Records::new(of.file, input, b',')?;
    let column = |name| records.required(name);
    let code = column("ccode")?;
    let begin = [column("styear")?, column("stmonth")?, column("stday")?];
    let end = [column("endyear")?, column("endmonth")?, column("endday")?];
    let version = column("version")?;
    // The list of states names them; that of major powers does not.
    let role = if records.column("statenme").is_some() { "state" } else { "major_power" };
    let width = records.header().len();
    let mut states = States::new(CodeScheme::CowNumber);
    while let Some((line, record)) = records.advance()? {
        let read = (|| {
            rows::check_width(record, width)?;
            let begin = date(record, begin, "styear")?;
            let end = date(record, end, "endyear")?;
            let release = rows::year("version", rows::field(record, version))?;
            let kind = TieKind::Standing { role: role.to_owned() };
            let states = (&mut states, code, "ccode");
            tie(of.source, line, record, states, kind, (begin, end, release), "correlates-of-war-2017")
                .map(Some)
        })();
        told(rows, line, read)?;
    }
    Ok(())
}

fn contiguity(input: &mut dyn Read, of: &Published<'_>, rows: &mut dyn Rows<Tie>) -> Result<(), Problem> {
    let mut records = Records::new(of.file, input, b',')?;
    let column = |name| records.required(name);
    let (first, second, kind) = (column("ccode1")?, column("ccode2")?, column("conttype")?);
    let (begin, end) = (column("stdate")?, column("enddate")?);
    let width = records.header().len();
    let mut states = States::new(CodeScheme::CowNumber);
    while let Some((line, record)) = records.advance()? {
        let read = (|| {
            rows::check_width(record, width)?;
            let field = |place: usize| rows::field(record, place);
            // 0 says that the two are not contiguous.
            if rows::whole(field(kind)) == Some(0) {
                return Ok(None);
            }
            // A day is always the month's first in the file: only the month is meant.
            let month = |column, place| {
                let day = rows::day(column, field(place))?;
                Ok::<_, Refusal>(FactDate::Month(day.year(), day.month()))
            };
            let (begin, end) = (month("stdate", begin)?, month("enddate", end)?);
            let by = rows::whole(field(kind))
                .and_then(|kind| CONTIGUITIES.get(usize::try_from(kind).ok()?.checked_sub(1)?));
            let by = by.ok_or_else(|| {
                Refusal::new("conttype", &String::from_utf8_lossy(field(kind)), "it is not 1 to 5")
            })?;
            let code = rows::code(field(second));
            let neighbour = states.get("ccode2", &code, begin.latest())?.ok_or_else(|| {
                Refusal::new("ccode2", &String::from_utf8_lossy(&code), "it named no state then")
            })?;
            let kind = TieKind::Contiguity { neighbour, by: (*by).to_owned() };
            let release = Period::of_year(LAST_CONTIGUITY);
            let states = (&mut states, first, "ccode1");
            tie(of.source, line, record, states, kind, (begin, end, release), "stinnett-2002").map(Some)
        })();
        told(rows, line, read)?;
    }
    Ok(())
}

fn date(record: &ByteRecord, places: [usize; 3], column: &'static str) -> Result<FactDate, Refusal> {
    let [year, month, day] = places.map(|place| rows::field(record, place));
    rows::parts(year, month, day)
        .ok_or_else(|| Refusal::new(column, &String::from_utf8_lossy(year), "it is not a date"))
}

/// A tie with the days that it was known for.
type Known = (Tie, Option<Period>);

fn tie(
    source_name: &str,
    line: u64,
    record: &ByteRecord,
    (states, place, column): (&mut States, usize, &'static str),
    kind: TieKind,
    (begin, end, release): (FactDate, FactDate, Period),
    citation: &str,
) -> Result<Known, Refusal> {
    let code = rows::code(rows::field(record, place));
    let state = states
        .get(column, &code, begin.latest())?
        .ok_or_else(|| Refusal::new(column, &String::from_utf8_lossy(&code), "it named no state then"))?;
    let known = Period::new(begin.earliest(), end.latest().min(release.end()));
    let tie = Tie {
        source_name: source_name.to_owned(),
        line,
        state,
        kind,
        signed: None,
        begin,
        end: (end.latest() < release.end()).then_some(end),
        description: String::new(),
        sources: Sources { first: (citation.to_owned(), String::new()), second: None },
    };
    Ok((tie, known))
}

fn told(rows: &mut dyn Rows<Tie>, line: u64, read: Result<Option<Known>, Refusal>) -> Result<(), Problem> {
    let content = read.map(|read| match read {
        None => Content::Nothing,
        Some((tie, known)) => {
            if let Some(known) = known {
                rows.covers(known);
            }
            Content::Rows(vec![tie])
        }
    });
    rows.line(line, content)
}
