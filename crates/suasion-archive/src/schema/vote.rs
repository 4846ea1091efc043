//! Votes: what a state chose in a roll call.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use suasion_actors::StateId;

use super::Family;
use super::record::{Record, parse, state};
use super::tally::Subset;

/// A state's choice in a roll call. Absence is no choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Choice {
    /// In favour.
    Yes,
    /// Abstaining.
    Abstain,
    /// Against.
    No,
}

impl Choice {
    /// Position on the ordered scale: 0 yes, 1 abstain, 2 no.
    pub fn level(self) -> usize {
        self as usize
    }

    /// The choice in tables.
    pub fn name(self) -> &'static str {
        ["yes", "abstain", "no"][self.level()]
    }
}

impl FromStr for Choice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Yes, Self::Abstain, Self::No]
            .into_iter()
            .find(|choice| choice.name() == text)
            .ok_or_else(|| format!("`{text}` is neither yes, abstain nor no"))
    }
}

/// One state's choice in one roll call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vote {
    /// The roll call.
    pub roll_call: u32,
    /// The state.
    pub state: StateId,
    /// Its choice.
    pub choice: Choice,
}

/// A roll call of the General Assembly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollCall {
    /// Its number in the source.
    pub number: u32,
    /// The day.
    pub date: Date,
    /// The session as published: `74`, or `ES-10` for a special one.
    pub session: String,
    /// The resolution or draft that was voted on, as published; may be empty.
    pub resolution: String,
    /// Whether the United States called it important; none where the source does not say.
    pub important: Option<bool>,
    /// Its issues; none where the source does not tell them.
    pub issues: Option<Vec<Subset>>,
}

impl RollCall {
    /// Year of the session: session + 1945, the year in which it opens (Voeten 2013). A special
    /// session counts for its calendar year.
    pub fn year(&self) -> i16 {
        self.session.parse::<i16>().map_or(self.date.year(), |session| session.saturating_add(1945))
    }

    /// The sets of roll calls that it belongs to, as far as the source tells.
    pub fn subsets(&self) -> Vec<Subset> {
        let important = self
            .important
            .map(|important| if important { Subset::Important } else { Subset::WithoutImportant });
        std::iter::once(Subset::All).chain(important).chain(self.issues.iter().flatten().copied()).collect()
    }
}

/// A state's vote as a source published it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CastVote {
    /// The source's name in the archive.
    pub source_name: String,
    /// Line of the source file, from 1.
    pub line: u64,
    /// What was voted on.
    pub roll_call: Arc<RollCall>,
    /// The state.
    pub state: StateId,
    /// Its choice; none if it took no part.
    pub choice: Option<Choice>,
}

/// How a state that took no part is written.
const ABSENT: &str = "absent";

/// The flat record of a [`CastVote`].
#[derive(Debug, Serialize, Deserialize)]
pub struct VoteRecord {
    source_name: String,
    line: u64,
    roll_call: u32,
    date: Option<String>,
    session: String,
    resolution: String,
    important: Option<bool>,
    issues: Option<String>,
    state: String,
    choice: String,
}

impl Record for VoteRecord {
    type Row = CastVote;
    const FAMILY: Family = Family::Vote;
    const DAYS: &'static [&'static str] = &["date"];

    fn from_row(row: &CastVote) -> Self {
        let roll_call = &row.roll_call;
        let names =
            |issues: &Vec<Subset>| issues.iter().map(|issue| issue.name()).collect::<Vec<_>>().join(";");
        Self {
            source_name: row.source_name.clone(),
            line: row.line,
            roll_call: roll_call.number,
            date: Some(roll_call.date.to_string()),
            session: roll_call.session.clone(),
            resolution: roll_call.resolution.clone(),
            important: roll_call.important,
            issues: roll_call.issues.as_ref().map(names),
            state: row.state.to_string(),
            choice: row.choice.map_or(ABSENT, Choice::name).to_owned(),
        }
    }

    fn into_row(self) -> Result<CastVote, String> {
        let issues = |text: String| -> Result<Vec<Subset>, String> {
            text.split(';').filter(|name| !name.is_empty()).map(|name| parse("issues", name)).collect()
        };
        Ok(CastVote {
            roll_call: Arc::new(RollCall {
                number: self.roll_call,
                date: parse("date", &self.date.unwrap_or_default())?,
                session: self.session,
                resolution: self.resolution,
                important: self.important,
                issues: self.issues.map(issues).transpose()?,
            }),
            state: state("state", &self.state)?,
            choice: if self.choice == ABSENT { None } else { Some(parse("choice", &self.choice)?) },
            source_name: self.source_name,
            line: self.line,
        })
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
