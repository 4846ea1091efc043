//! Votes of the General Assembly as the R package unvotes lays them out (Robinson & Goguen 2021):
//! votes, roll calls and issues in three tables, joined by `rcid`.
//!
//! Days and sessions stand with the roll calls only, so that these are read first. Absent members
//! leave no row.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

use csv::ByteRecord;
use suasion_actors::CodeScheme;

use super::coded::{States, text};
use super::layout::{Layout, Published, Reader, has_columns};
use super::rows::{self, Content, Rows};
use crate::input::Records;
use crate::problem::Problem;
use crate::quarantine::Refusal;
use crate::schema::{CastVote, RollCall, Subset};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    source: "unvotes",
    in_name: "",
    recognises: |start| has_columns(start, &["rcid", "country", "country_code", "vote"]),
    reader: Reader::Votes(read),
};

/// A table that is read beside the votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Companion {
    /// Roll calls with their days.
    RollCalls,
    /// Issues of roll calls.
    Issues,
}

impl Companion {
    /// The table that begins so, if it is one of the two.
    pub fn of(start: &[u8]) -> Option<Self> {
        if has_columns(start, &["rcid", "session", "date", "unres"]) && !has_columns(start, &["vote"]) {
            Some(Self::RollCalls)
        } else if has_columns(start, &["rcid", "short_name", "issue"]) {
            Some(Self::Issues)
        } else {
            None
        }
    }
}

/// Most roll calls that are held in memory; the General Assembly has taken some ten thousand.
const MOST: usize = 1_000_000;

/// Roll calls and their issues, by number.
#[derive(Debug, Clone, Default)]
pub struct RollCalls {
    /// What the tables were, by which readings of the same votes are told apart.
    pub(crate) identity: String,
    by_number: BTreeMap<u32, Arc<RollCall>>,
    issues: Option<BTreeMap<u32, Vec<Subset>>>,
}

impl RollCalls {
    /// Reads one of the tables that stand beside the votes, and says how many rows it has.
    pub fn read(&mut self, what: Companion, file: &str, input: &mut dyn Read) -> Result<u64, Problem> {
        let mut records = Records::new(file, input, b',')?;
        let mut count = 0;
        match what {
            Companion::RollCalls => {
                let columns =
                    ["rcid", "session", "date", "unres", "importantvote"].map(|name| records.column(name));
                while let Some((line, record)) = records.advance()? {
                    let roll_call = roll_call(record, columns).map_err(|why| told(why, file, line))?;
                    self.by_number.insert(roll_call.number, Arc::new(roll_call));
                    count += 1;
                    check_size(file, self.by_number.len())?;
                }
            }
            Companion::Issues => {
                let (id, name) = (records.required("rcid")?, records.required("short_name")?);
                let issues = self.issues.get_or_insert_default();
                while let Some((line, record)) = records.advance()? {
                    let (number, issue) = issue(record, id, name).map_err(|why| told(why, file, line))?;
                    issues.entry(number).or_default().push(issue);
                    count += 1;
                    check_size(file, issues.len())?;
                }
            }
        }
        self.tag();
        Ok(count)
    }

    /// Gives the roll calls their issues, once both tables are there.
    fn tag(&mut self) {
        let Some(issues) = &self.issues else { return };
        for (number, roll_call) in &mut self.by_number {
            let tagged = issues.get(number).cloned().unwrap_or_default();
            if roll_call.issues.as_ref() != Some(&tagged) {
                *roll_call = Arc::new(RollCall { issues: Some(tagged), ..RollCall::clone(roll_call) });
            }
        }
    }
}

fn check_size(file: &str, roll_calls: usize) -> Result<(), Problem> {
    if roll_calls <= MOST {
        return Ok(());
    }
    Err(Problem::new(format!("{file} has more than {MOST} roll calls")))
}

fn told(why: Refusal, file: &str, line: u64) -> Problem {
    Problem::new(why.into_quarantined(file, line).to_string())
}

fn roll_call(record: &ByteRecord, columns: [Option<usize>; 5]) -> Result<RollCall, Refusal> {
    let [id, session, date, resolution, important] =
        columns.map(|column| column.map_or(&b""[..], |position| rows::field(record, position)));
    Ok(RollCall {
        number: rows::roll_call_number("rcid", id)?,
        date: rows::day("date", date)?,
        session: rows::short_text("session", &rows::code(session))?.to_owned(),
        resolution: match rows::short_text("unres", resolution)? {
            "NA" => String::new(),
            resolution => resolution.to_owned(),
        },
        important: match rows::whole(important) {
            Some(1) => Some(true),
            Some(0) => Some(false),
            _ => None,
        },
        issues: None,
    })
}

fn issue(record: &ByteRecord, id: usize, name: usize) -> Result<(u32, Subset), Refusal> {
    let name = text("short_name", rows::field(record, name))?;
    let issue = name.parse().map_err(|hint: String| {
        Refusal::new("short_name", name, "it is not an issue that is known").hint(hint)
    })?;
    Ok((rows::roll_call_number("rcid", rows::field(record, id))?, issue))
}

fn read(input: &mut dyn Read, of: &Published<'_>, rows: &mut dyn Rows<CastVote>) -> Result<(), Problem> {
    if of.roll_calls.by_number.is_empty() {
        return Err(Problem::new(format!("{} tells no days: they stand with the roll calls", of.file))
            .hint("name the table of roll calls (un_roll_calls.csv) in the same command"));
    }
    let mut records = Records::new(of.file, input, b',')?;
    let columns = ["rcid", "country", "vote"].map(|name| records.required(name));
    let [id, country, vote] = columns;
    let (id, country, vote) = (id?, country?, vote?);
    let width = records.header().len();
    let mut states = States::new(CodeScheme::UnName).of_members();
    while let Some((line, record)) = records.advance()? {
        let content = cast(record, width, (id, country, vote), of.roll_calls, &mut states);
        let content = content.map(|(roll_call, state, choice)| {
            let source_name = of.source.to_owned();
            Content::Rows(vec![CastVote { source_name, line, roll_call, state, choice: Some(choice) }])
        });
        rows.line(line, content)?;
    }
    Ok(())
}

fn cast(
    record: &ByteRecord,
    width: usize,
    (id, country, vote): (usize, usize, usize),
    roll_calls: &RollCalls,
    states: &mut States,
) -> Result<(Arc<RollCall>, suasion_actors::StateId, crate::schema::Choice), Refusal> {
    rows::check_width(record, width)?;
    let number = rows::roll_call_number("rcid", rows::field(record, id))?;
    let roll_call = roll_calls
        .by_number
        .get(&number)
        .ok_or_else(|| Refusal::new("rcid", &number.to_string(), "it is not in the table of roll calls"))?;
    let country = rows::field(record, country);
    let state = states.get("country", country, roll_call.date)?.ok_or_else(|| {
        Refusal::new("country", &String::from_utf8_lossy(country), "it named no state on that day")
    })?;
    let vote = text("vote", rows::field(record, vote))?;
    let choice = vote.parse().map_err(|reason: String| Refusal::new("vote", vote, reason))?;
    Ok((Arc::clone(roll_call), state, choice))
}
