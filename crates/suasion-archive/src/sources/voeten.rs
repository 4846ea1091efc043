//! Votes of the General Assembly as Voeten publishes them on Dataverse (Bailey, Strezhnev & Voeten
//! 2017): one row a state and roll call, between commas or tabs, with the roll call's properties.
//!
//! A vote is 1 yes, 2 abstain, 3 no, 8 absent, 9 not a member. States are Correlates of War
//! numbers; issues stand as 0 or 1 under `me`, `nu`, `di`, `hr`, `co` and `ec`.

use std::io::Read;

use csv::ByteRecord;
use suasion_actors::CodeScheme;

use super::coded::States;
use super::layout::{Layout, Published, Reader, delimiter, has_columns};
use super::roll_calls::Latest;
use super::rows::{self, Content, Rows};
use crate::input::{Input, Lines, Records};
use crate::problem::Problem;
use crate::quarantine::Refusal;
use crate::schema::{CastVote, Choice, RollCall, Subset};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    source: "voeten",
    in_name: "",
    recognises: |start| {
        has_columns(start, &["ccode", "vote", "session", "date"])
            && (has_columns(start, &["rcid"]) || has_columns(start, &["resid"]))
    },
    reader: Reader::Votes(read),
};

const ISSUES: [Subset; 6] = [
    Subset::MiddleEast,
    Subset::Nuclear,
    Subset::Disarmament,
    Subset::Colonialism,
    Subset::HumanRights,
    Subset::Development,
];

struct Columns {
    number: usize,
    state: usize,
    vote: usize,
    date: usize,
    session: usize,
    resolution: Option<usize>,
    important: Option<usize>,
    issues: Vec<(Subset, usize)>,
}

fn read(input: &mut dyn Read, of: &Published<'_>, rows: &mut dyn Rows<CastVote>) -> Result<(), Problem> {
    let mut lines = Lines::new(Input::Stream(input));
    let first = lines.peek().map_err(|error| Problem::new(format!("cannot read {}: {error}", of.file)))?;
    let delimiter = delimiter(super::layout::first_line(first));
    let mut rest = lines.into_rest();
    let mut records = Records::new(of.file, &mut rest, delimiter)?;
    let number = match records.column("rcid") {
        Some(column) => column,
        None => records.required("resid")?,
    };
    let columns = Columns {
        number,
        state: records.required("ccode")?,
        vote: records.required("vote")?,
        date: records.required("date")?,
        session: records.required("session")?,
        resolution: records.column("unres"),
        important: records.column("importantvote"),
        issues: ISSUES.iter().filter_map(|issue| Some((*issue, records.column(issue.name())?))).collect(),
    };
    let width = records.header().len();
    let (mut states, mut latest) = (States::new(CodeScheme::CowNumber).of_members(), Latest::default());
    while let Some((line, record)) = records.advance()? {
        let content = vote(record, width, &columns, &mut states).map(|found| match found {
            None => Content::Nothing,
            Some((roll_call, state, choice)) => Content::Rows(vec![CastVote {
                source_name: of.source.to_owned(),
                line,
                roll_call: latest.share(roll_call),
                state,
                choice,
            }]),
        });
        rows.line(line, content)?;
    }
    Ok(())
}

type Found = (RollCall, suasion_actors::StateId, Option<Choice>);

fn vote(
    record: &ByteRecord,
    width: usize,
    columns: &Columns,
    states: &mut States,
) -> Result<Option<Found>, Refusal> {
    rows::check_width(record, width)?;
    let field = |position: usize| rows::field(record, position);
    let shown = |position: usize| String::from_utf8_lossy(field(position)).into_owned();
    let number = rows::roll_call_number("rcid", field(columns.number))?;
    let choice = match rows::whole(field(columns.vote)) {
        Some(1) => Some(Choice::Yes),
        Some(2) => Some(Choice::Abstain),
        Some(3) => Some(Choice::No),
        Some(8) => None,
        Some(9) => return Ok(None),
        _ => return Err(Refusal::new("vote", &shown(columns.vote), "a vote is 1, 2, 3, 8 or 9")),
    };
    let date = rows::day("date", field(columns.date))?;
    let code = rows::code(field(columns.state));
    let state = states.get("ccode", &code, date)?.ok_or_else(|| {
        Refusal::new("ccode", &String::from_utf8_lossy(&code), "it named no state on that day")
    })?;
    let marked = |position: usize| match rows::whole(field(position)) {
        Some(1) => Some(true),
        Some(0) => Some(false),
        _ => None,
    };
    let tagged = columns.issues.iter().filter(|(_, position)| marked(*position) == Some(true));
    let roll_call = RollCall {
        number,
        date,
        session: rows::short_text("session", &rows::code(field(columns.session)))?.to_owned(),
        resolution: rows::short_text("unres", columns.resolution.map_or(&b""[..], field))?.to_owned(),
        important: columns.important.and_then(marked),
        issues: (!columns.issues.is_empty()).then(|| tagged.map(|(issue, _)| *issue).collect()),
    };
    Ok(Some((roll_call, state, choice)))
}
