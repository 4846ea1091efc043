//! Indicators of the World Bank in its bulk CSV: a row a state and indicator, a column a year,
//! alone or below the four lines that downloads of one indicator begin with.
//!
//! The unit stands in the indicator's name, between brackets. An empty field is missing and has no
//! row; aggregates of states are left out.

use std::collections::BTreeSet;
use std::io::Read;

use csv::ByteRecord;
use jiff::civil::Date;
use suasion_actors::{CodeScheme, Crosswalk, Period};

use super::coded::States;
use super::layout::{Layout, Published, Reader, has_columns};
use super::rows::{self, Content, Rows};
use crate::input::Records;
use crate::problem::{Location, Problem};
use crate::quarantine::Refusal;
use crate::schema::{Flow, Party};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    source: "world_bank",
    in_name: "",
    recognises: |start| has_columns(start, &HEADER) || has_columns(start, &["Data Source"]),
    reader: Reader::Flows(read),
};

/// The day whose states the codes mean.
const TODAY: Date = jiff::civil::date(2024, 12, 31);
const HEADER: [&str; 4] = ["Country Name", "Country Code", "Indicator Name", "Indicator Code"];

fn read(input: &mut dyn Read, of: &Published<'_>, rows: &mut dyn Rows<Flow>) -> Result<(), Problem> {
    let mut records = Records::new(of.file, input, b',')?;
    records.pass_titles(|record| {
        let named = |(found, name): (&[u8], &&str)| found.trim_ascii().eq_ignore_ascii_case(name.as_bytes());
        record.len() >= HEADER.len() && record.iter().zip(&HEADER).all(named)
    })?;
    let years: Vec<(usize, Period)> = records
        .header()
        .iter()
        .enumerate()
        .skip(HEADER.len())
        .filter_map(|(place, name)| {
            // `1992`, in files of the databank `1992 [YR1992]`.
            let name = rows::year("year", name.get(..4)?).ok()?;
            Some((place, name))
        })
        .collect();
    let width = filled(records.header());
    let distinct: BTreeSet<Period> = years.iter().map(|(_, year)| *year).collect();
    if distinct.len() < years.len() {
        return Err(Problem::new("the header names a year twice").at(Location::file(of.file)));
    }
    let mut states = States::new(CodeScheme::IsoAlpha3);
    while let Some((line, record)) = records.advance()? {
        let flows = flows(line, record, of, (width, &years), &mut states);
        let content =
            flows.map(|flows| if flows.is_empty() { Content::Nothing } else { Content::Rows(flows) });
        rows.line(line, content)?;
    }
    Ok(())
}

fn flows(
    line: u64,
    record: &ByteRecord,
    of: &Published<'_>,
    (width, years): (usize, &[(usize, Period)]),
    states: &mut States,
) -> Result<Vec<Flow>, Refusal> {
    // Both header and rows may end in an empty column.
    if record.len() < width || filled(record) > width {
        rows::check_width(record, width)?;
    }
    let (code, name) = (rows::field(record, 1), rows::short_text("Indicator Name", rows::field(record, 2))?);
    let indicator = rows::short_text("Indicator Code", rows::field(record, 3))?;
    // Codes mean the states of today, projected back.
    let Some(state) = states.get("Country Code", code, TODAY)? else { return Ok(Vec::new()) };
    let mut flows = Vec::new();
    for (place, year) in years {
        let value = rows::field(record, *place);
        if value.is_empty() || value == b".." {
            continue;
        }
        let value = rows::finite("value", value)?;
        // Before the state was one, the figures are of its territory.
        if !Crosswalk::built_in().existed_in(state, year) {
            continue;
        }
        flows.push(Flow {
            source_name: of.source.to_owned(),
            line,
            file: of.file.to_owned(),
            indicator: indicator.to_owned(),
            source: Party::State(state),
            target: Party::World,
            year: year.begin().year(),
            value: Some(value),
            unit: unit(name).to_owned(),
            vintage: of.version.to_owned(),
            citation: "world-bank-indicators".to_owned(),
            note: name.to_owned(),
        });
    }
    Ok(flows)
}

/// Number of columns without empty ones at the end.
fn filled(record: &ByteRecord) -> usize {
    record.iter().rposition(|field| !field.trim_ascii().is_empty()).map_or(0, |last| last + 1)
}

/// What stands between the last brackets of an indicator's name; the name itself if there are none.
fn unit(name: &str) -> &str {
    let inside = name.rsplit_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(unit, _)| unit);
    inside.unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_stands_between_brackets() {
        assert_eq!(unit("GDP (current US$)"), "current US$");
        assert_eq!(unit("Population, total"), "Population, total");
        assert_eq!(unit("Access to (clean) fuels (% of population)"), "% of population");
    }
}
