//! Arms transfers as SIPRI's database exports them: one table of trend indicator values for one
//! supplier or recipient, a row a partner, a column a year, below some lines of title.
//!
//! The title says whose transfers they are: `TIV of arms exports from Russia, 1992-2020`. A 0 is a
//! delivery of less than half a million; an empty field says that none was recorded.

use std::io::Read;

use csv::ByteRecord;
use suasion_actors::{CodeScheme, Period};

use super::coded::States;
use super::layout::{Layout, Published, Reader};
use super::rows::{self, Content, Rows};
use crate::input::Records;
use crate::problem::{Location, Problem};
use crate::quarantine::Refusal;
use crate::schema::{Flow, Party};

/// The layout.
pub(super) const LAYOUT: Layout =
    Layout { source: "sipri", in_name: "", recognises, reader: Reader::Flows(read) };

const EXPORTS: &str = "TIV of arms exports from ";
const IMPORTS: &str = "TIV of arms imports to ";
const UNIT: &str = "million trend indicator values";

fn recognises(start: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&start[..start.len().min(2000)]);
    start.contains(EXPORTS) || start.contains(IMPORTS)
}

fn read(input: &mut dyn Read, of: &Published<'_>, rows: &mut dyn Rows<Flow>) -> Result<(), Problem> {
    let mut records = Records::new(of.file, input, b',')?;
    let titles = records.pass_titles(|record| years(record).iter().flatten().count() > 0)?;
    let (partner_is_target, name) = titles
        .iter()
        .find_map(|title| whose(title))
        .ok_or_else(|| Problem::new("no title says whose transfers these are").at(Location::file(of.file)))?;
    let (years, width) = (years(records.header()), records.header().len());
    let schemes = [
        CodeScheme::ShortName,
        CodeScheme::Alias,
        CodeScheme::UnName,
        CodeScheme::IcewsName,
        CodeScheme::IsoAlpha3,
    ];
    let mut states = States::of(&schemes);
    while let Some((line, record)) = records.advance()? {
        let partner = rows::field(record, 0);
        if partner == b"Total" || partner.is_empty() {
            rows.line(line, Ok(Content::Nothing))?;
            continue;
        }
        if let Err(refusal) = rows::check_width(record, width) {
            rows.line(line, Err(refusal))?;
            continue;
        }
        let mut flows = Vec::new();
        let read = years.iter().enumerate().try_for_each(|(place, year)| {
            let (Some(year), value) = (year, rows::field(record, place)) else { return Ok(()) };
            if value.is_empty() {
                return Ok(());
            }
            let value = rows::finite("TIV", value)?;
            let own = rows::in_year(&mut states, "title", name.as_bytes(), year)?;
            let partner = rows::in_year(&mut states, "partner", partner, year)?;
            let (source, target) = if partner_is_target { (own, partner) } else { (partner, own) };
            flows.push(Flow {
                source_name: of.source.to_owned(),
                line,
                file: of.file.to_owned(),
                indicator: "arms_transfers".to_owned(),
                source: Party::State(source),
                target: Party::State(target),
                year: year.begin().year(),
                value: Some(value),
                unit: UNIT.to_owned(),
                vintage: of.version.to_owned(),
                citation: "sipri-arms-transfers".to_owned(),
                note: if value == 0.0 { "less than half a million".to_owned() } else { String::new() },
            });
            Ok::<(), Refusal>(())
        });
        let content = read.map(|()| if flows.is_empty() { Content::Nothing } else { Content::Rows(flows) });
        rows.line(line, content)?;
    }
    years.iter().flatten().for_each(|year| rows.covers(*year));
    Ok(())
}

/// Whether the partners are recipients, and the state that the title names.
fn whose(title: &str) -> Option<(bool, String)> {
    let name = |begin: &str| {
        let (_, rest) = title.split_once(begin)?;
        // The period follows after the last comma; names have commas of their own.
        let name = rest.rsplit_once(',').map_or(rest, |(name, _)| name);
        Some(name.trim().trim_matches('"').to_owned())
    };
    name(EXPORTS).map(|name| (true, name)).or_else(|| name(IMPORTS).map(|name| (false, name)))
}

/// The year of each column that is one.
fn years(record: &ByteRecord) -> Vec<Option<Period>> {
    record.iter().map(|name| (name.len() == 4).then(|| rows::year("year", name).ok()).flatten()).collect()
}
