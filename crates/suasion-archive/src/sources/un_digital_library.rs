//! Votes of the General Assembly as the United Nations Digital Library publishes them: one CSV
//! file, one row a member and resolution.
//!
//! Columns by name (those of `undl_id` to `undl_link`); a vote is `Y`, `N`, `A`, or `X` for a
//! member that took no part. Only adopted resolutions are in it, without paragraphs and amendments;
//! neither issues nor important votes are marked.

use std::io::Read;

use csv::ByteRecord;
use suasion_actors::CodeScheme;

use super::coded::States;
use super::layout::{Layout, Published, Reader, has_columns};
use super::roll_calls::Latest;
use super::rows::{self, Content, Rows};
use crate::input::Records;
use crate::problem::Problem;
use crate::quarantine::Refusal;
use crate::schema::{CastVote, Choice, RollCall};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    source: "un_digital_library",
    in_name: "",
    recognises: |start| has_columns(start, &["undl_id", "ms_code", "ms_vote", "date", "session"]),
    reader: Reader::Votes(read),
};

struct Columns {
    id: usize,
    code: usize,
    name: Option<usize>,
    vote: usize,
    date: usize,
    session: usize,
    resolution: Option<usize>,
}

fn read(input: &mut dyn Read, of: &Published<'_>, rows: &mut dyn Rows<CastVote>) -> Result<(), Problem> {
    let mut records = Records::new(of.file, input, b',')?;
    let columns = Columns {
        id: records.required("undl_id")?,
        code: records.required("ms_code")?,
        name: records.column("ms_name"),
        vote: records.required("ms_vote")?,
        date: records.required("date")?,
        session: records.required("session")?,
        resolution: records.column("resolution"),
    };
    let width = records.header().len();
    let mut reading = Reading {
        source_name: of.source,
        columns,
        width,
        // Some members that are no more stand under their name only.
        codes: States::of(&[CodeScheme::IsoAlpha3, CodeScheme::UnName, CodeScheme::Alias]).of_members(),
        names: States::of(&[CodeScheme::UnName, CodeScheme::ShortName, CodeScheme::Alias]).of_members(),
        latest: Latest::default(),
    };
    while let Some((line, record)) = records.advance()? {
        rows.line(line, reading.vote(line, record))?;
    }
    Ok(())
}

struct Reading<'a> {
    source_name: &'a str,
    columns: Columns,
    width: usize,
    codes: States,
    names: States,
    latest: Latest,
}

impl Reading<'_> {
    fn vote(&mut self, line: u64, record: &ByteRecord) -> Result<Content<CastVote>, Refusal> {
        rows::check_width(record, self.width)?;
        let field = |position: usize| rows::field(record, position);
        let columns = &self.columns;
        let number = rows::roll_call_number("undl_id", field(columns.id))?;
        let date = rows::day("date", field(columns.date))?;
        let choice = match field(columns.vote) {
            b"Y" => Some(Choice::Yes),
            b"N" => Some(Choice::No),
            b"A" => Some(Choice::Abstain),
            b"X" => None,
            other => {
                let other = String::from_utf8_lossy(other);
                return Err(Refusal::new("ms_vote", &other, "a vote is Y, N, A or X"));
            }
        };
        let code = field(columns.code);
        let state = match (self.codes.get("ms_code", code, date), columns.name) {
            (Ok(Some(state)), _) => Some(state),
            (_, Some(name)) => self.names.get("ms_name", field(name), date)?,
            (other, None) => other?,
        };
        let state = state.ok_or_else(|| {
            Refusal::new("ms_code", &String::from_utf8_lossy(code), "it named no state on that day")
        })?;
        let session = rows::short_text("session", field(columns.session))?;
        let resolution = columns.resolution.map_or(&b""[..], field);
        let roll_call = RollCall {
            number,
            date,
            session: session.to_owned(),
            resolution: rows::short_text("resolution", resolution)?.to_owned(),
            important: None,
            issues: None,
        };
        let vote = CastVote {
            source_name: self.source_name.to_owned(),
            line,
            roll_call: self.latest.share(roll_call),
            state,
            choice,
        };
        Ok(Content::Rows(vec![vote]))
    }
}
