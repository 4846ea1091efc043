//! International Trade in Goods by partner country (the former Direction of Trade Statistics) as
//! the International Monetary Fund's interface gives it in SDMX-CSV: a row a series and year.
//!
//! `XG_FOB_USD` are exports of the reporter, `MG_CIF_USD` its imports; amounts are in United States
//! dollars, whatever `SCALE` says. Partners that are groups of states (`G001`) are left out, as are
//! months and quarters.

use std::io::Read;

use csv::ByteRecord;
use suasion_actors::CodeScheme;

use super::coded::{States, text};
use super::layout::{Layout, Published, Reader, has_columns};
use super::rows::{self, Content, Rows};
use crate::input::Records;
use crate::problem::Problem;
use crate::quarantine::Refusal;
use crate::schema::{Flow, Party};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    source: "imf_trade",
    in_name: "",
    recognises: |start| {
        has_columns(start, &["COUNTRY", "INDICATOR", "COUNTERPART_COUNTRY", "FREQUENCY", "OBS_VALUE"])
    },
    reader: Reader::Flows(read),
};

const UNIT: &str = "million current US dollars";

struct Columns {
    country: usize,
    indicator: usize,
    partner: usize,
    frequency: usize,
    time: usize,
    value: usize,
}

fn read(input: &mut dyn Read, of: &Published<'_>, rows: &mut dyn Rows<Flow>) -> Result<(), Problem> {
    let mut records = Records::new(of.file, input, b',')?;
    let column = |name| records.required(name);
    let columns = Columns {
        country: column("COUNTRY")?,
        indicator: column("INDICATOR")?,
        partner: column("COUNTERPART_COUNTRY")?,
        frequency: column("FREQUENCY")?,
        time: column("TIME_PERIOD")?,
        value: column("OBS_VALUE")?,
    };
    let width = records.header().len();
    let mut states = States::new(CodeScheme::IsoAlpha3);
    while let Some((line, record)) = records.advance()? {
        let flow = flow(line, record, width, &columns, of, &mut states);
        let content = flow.map(|flow| flow.map_or(Content::Nothing, |flow| Content::Rows(vec![flow])));
        rows.line(line, content)?;
    }
    Ok(())
}

fn flow(
    line: u64,
    record: &ByteRecord,
    width: usize,
    columns: &Columns,
    of: &Published<'_>,
    states: &mut States,
) -> Result<Option<Flow>, Refusal> {
    rows::check_width(record, width)?;
    let field = |place: usize| rows::field(record, place);
    // Imports of the reporter come from the partner; valuations differ, so the names do too.
    let (indicator, back) = match field(columns.indicator) {
        b"XG_FOB_USD" => ("goods_exports", false),
        b"MG_CIF_USD" => ("goods_imports_reported", true),
        _ => return Ok(None),
    };
    if field(columns.frequency) != b"A" {
        return Ok(None);
    }
    let year = rows::year("TIME_PERIOD", field(columns.time))?;
    let partner = match field(columns.partner) {
        b"G001" => Party::World,
        // Groups are told by a letter and digits.
        [b'G' | b'U', rest @ ..] if rest.len() >= 3 && rest.iter().all(u8::is_ascii_digit) => {
            return Ok(None);
        }
        code => match states.get("COUNTERPART_COUNTRY", code, year.end())? {
            Some(state) => Party::State(state),
            None => return Ok(None),
        },
    };
    let country = rows::in_year(states, "COUNTRY", field(columns.country), &year)?;
    let value = match text("OBS_VALUE", field(columns.value))? {
        "" | "NaN" | "NA" => None,
        _ => Some(rows::finite("OBS_VALUE", field(columns.value))? / 1e6),
    };
    let (source, target) =
        if back { (partner, Party::State(country)) } else { (Party::State(country), partner) };
    Ok(Some(Flow {
        source_name: of.source.to_owned(),
        line,
        file: of.file.to_owned(),
        indicator: indicator.to_owned(),
        source,
        target,
        year: year.begin().year(),
        value,
        unit: UNIT.to_owned(),
        vintage: of.version.to_owned(),
        citation: "imf-trade-in-goods".to_owned(),
        note: String::new(),
    }))
}
