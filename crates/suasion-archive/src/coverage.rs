//! For whom and when a source speaks.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use suasion_actors::{DirectedDyad, Period, StateId};

/// The dyads and the period that a source speaks for; outside of it, nothing is known, and
/// nothing is not zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// One side of the covered dyads, such as the outside powers.
    pub powers: BTreeSet<StateId>,
    /// The other side, such as the states of the region.
    pub states: BTreeSet<StateId>,
    /// First to last day.
    pub period: Period,
    /// What a reader must know of how the source selects.
    pub note: String,
}

impl Coverage {
    /// Whether the source speaks for this dyad, in either direction, through the whole period.
    pub fn speaks_for(&self, dyad: DirectedDyad, period: &Period) -> bool {
        self.speaks_for_pair(dyad)
            && self.period.contains(period.begin())
            && self.period.contains(period.end())
    }

    /// Whether the source speaks for this pair at all.
    pub fn speaks_for_pair(&self, dyad: DirectedDyad) -> bool {
        let between =
            |power: StateId, state: StateId| self.powers.contains(&power) && self.states.contains(&state);
        between(dyad.source(), dyad.target()) || between(dyad.target(), dyad.source())
    }
}

/// Coverage as it stands in the store's manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageRecord {
    /// Identities of one side.
    pub powers: Vec<String>,
    /// Identities of the other side.
    pub states: Vec<String>,
    /// First day.
    pub begin: String,
    /// Last day.
    pub end: String,
    /// How the source selects.
    pub note: String,
}

impl From<&Coverage> for CoverageRecord {
    fn from(coverage: &Coverage) -> Self {
        Self {
            powers: coverage.powers.iter().map(StateId::to_string).collect(),
            states: coverage.states.iter().map(StateId::to_string).collect(),
            begin: coverage.period.begin().to_string(),
            end: coverage.period.end().to_string(),
            note: coverage.note.clone(),
        }
    }
}

impl TryFrom<&CoverageRecord> for Coverage {
    type Error = String;

    fn try_from(record: &CoverageRecord) -> Result<Self, Self::Error> {
        let states = |list: &[String]| {
            list.iter()
                .map(|text| StateId::new(text).ok_or_else(|| format!("`{text}` is no state")))
                .collect::<Result<BTreeSet<_>, _>>()
        };
        let day = |text: &str| text.parse::<Date>().map_err(|error| error.to_string());
        Ok(Self {
            powers: states(&record.powers)?,
            states: states(&record.states)?,
            period: Period::new(day(&record.begin)?, day(&record.end)?)
                .ok_or("the period ends before it begins")?,
            note: record.note.clone(),
        })
    }
}
