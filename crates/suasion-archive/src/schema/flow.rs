//! Flows: amounts per dyad and year, with their unit.

use std::fmt;

use serde::{Deserialize, Serialize};
use suasion_actors::{Period, StateId};

use super::Family;
use super::record::{Record, span_of, state};

/// One end of a flow: a state, or all the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Party {
    /// A state.
    State(StateId),
    /// All partners together.
    World,
}

impl Party {
    /// How the world is written in tables.
    pub const WORLD: &str = "WLD";

    /// The party from its text.
    pub fn new(text: &str) -> Option<Self> {
        if text == Self::WORLD {
            return Some(Self::World);
        }
        StateId::new(text).map(Self::State)
    }
}

impl fmt::Display for Party {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::State(state) => state.fmt(formatter),
            Self::World => formatter.pad(Self::WORLD),
        }
    }
}

/// An amount that went from one party to another in a year.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// The source's name in the archive.
    pub source_name: String,
    /// Line of the source file, from 1.
    pub line: u64,
    /// The file within the source, such as `figures/trade.csv`.
    pub file: String,
    /// What is measured, such as `goods_exports`.
    pub indicator: String,
    /// Where the amount comes from.
    pub source: Party,
    /// Where it goes.
    pub target: Party,
    /// Calendar year.
    pub year: i16,
    /// The amount; none where the source says that it is missing.
    pub value: Option<f64>,
    /// Unit, with price base.
    pub unit: String,
    /// The source's edition.
    pub vintage: String,
    /// Citation key.
    pub citation: String,
    /// What this figure counts, where it is not what its neighbours count; may be empty.
    pub note: String,
}

/// The flat record of a [`Flow`].
#[derive(Debug, Serialize, Deserialize)]
pub struct FlowRecord {
    source_name: String,
    line: u64,
    file: String,
    indicator: String,
    source: String,
    target: String,
    year: i32,
    value: Option<f64>,
    unit: String,
    vintage: String,
    citation: String,
    note: String,
}

impl Record for FlowRecord {
    type Row = Flow;
    const FAMILY: Family = Family::Flow;
    const DAYS: &'static [&'static str] = &[];

    fn span(rows: &[Flow]) -> Option<Period> {
        span_of(rows.iter().map(|row| row.year))
    }

    fn from_row(row: &Flow) -> Self {
        Self {
            source_name: row.source_name.clone(),
            line: row.line,
            file: row.file.clone(),
            indicator: row.indicator.clone(),
            source: row.source.to_string(),
            target: row.target.to_string(),
            year: i32::from(row.year),
            value: row.value,
            unit: row.unit.clone(),
            vintage: row.vintage.clone(),
            citation: row.citation.clone(),
            note: row.note.clone(),
        }
    }

    fn into_row(self) -> Result<Flow, String> {
        let party = |field, text: &str| match Party::new(text) {
            Some(party) => Ok(party),
            None => state(field, text).map(Party::State),
        };
        Ok(Flow {
            source: party("source", &self.source)?,
            target: party("target", &self.target)?,
            year: i16::try_from(self.year).map_err(|_| format!("year `{}`", self.year))?,
            source_name: self.source_name,
            line: self.line,
            file: self.file,
            indicator: self.indicator,
            value: self.value,
            unit: self.unit,
            vintage: self.vintage,
            citation: self.citation,
            note: self.note,
        })
    }
}
