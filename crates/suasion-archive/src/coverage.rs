//! For whom and when a source speaks.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use suasion_actors::{DirectedDyad, Period, StateId};

/// The dyads that a source speaks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Every pair of states.
    World,
    /// Pairs of one of these with one of those, in either direction.
    Between {
        /// One side, such as the outside powers.
        powers: BTreeSet<StateId>,
        /// The other side, such as the states of the region.
        states: BTreeSet<StateId>,
    },
}

impl Scope {
    fn has(&self, dyad: DirectedDyad) -> bool {
        match self {
            Self::World => true,
            Self::Between { powers, states } => {
                let between =
                    |power: StateId, state: StateId| powers.contains(&power) && states.contains(&state);
                between(dyad.source(), dyad.target()) || between(dyad.target(), dyad.source())
            }
        }
    }

    fn has_state(&self, state: StateId) -> bool {
        match self {
            Self::World => true,
            Self::Between { powers, states } => powers.contains(&state) || states.contains(&state),
        }
    }

    /// The pairs of which both speak: what only one of two tables has is not known throughout.
    fn shared_with(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::World, known) | (known, Self::World) => known.clone(),
            (Self::Between { powers, states }, Self::Between { powers: others, states: other_states }) => {
                Self::Between {
                    powers: powers.intersection(others).copied().collect(),
                    states: states.intersection(other_states).copied().collect(),
                }
            }
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list =
            |set: &BTreeSet<StateId>| set.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        match self {
            Self::World => formatter.write_str("all states"),
            Self::Between { powers, states } => write!(formatter, "{} with {}", list(powers), list(states)),
        }
    }
}

/// The dyads and the periods that a source speaks for; outside of them, nothing is known, and
/// nothing is not zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// For whom.
    pub scope: Scope,
    /// When: in time, apart from each other by at least a day.
    pub periods: Vec<Period>,
    /// Whether it sees every instrument; machine coding does not tell language, education,
    /// culture and labour migration from other acts.
    pub sees_all_instruments: bool,
    /// What a reader must know of how the source selects.
    pub note: String,
}

impl Coverage {
    /// Whether the source speaks for this dyad, in either direction, through the whole period.
    pub fn speaks_for(&self, dyad: DirectedDyad, period: &Period) -> bool {
        self.scope.has(dyad) && self.knows(period)
    }

    /// Whether the source speaks for what concerns this state alone through the whole period.
    pub fn speaks_for_state(&self, state: StateId, period: &Period) -> bool {
        self.scope.has_state(state) && self.knows(period)
    }

    fn knows(&self, period: &Period) -> bool {
        self.periods.iter().any(|known| known.contains(period.begin()) && known.contains(period.end()))
    }

    /// First to last day, gaps included; none if nothing is covered.
    pub fn span(&self) -> Option<Period> {
        Period::new(self.periods.first()?.begin(), self.periods.last()?.end())
    }

    /// First and last day in words, with the number of gaps.
    pub fn in_words(&self) -> String {
        let Some(span) = self.span() else { return "nothing".to_owned() };
        let span = span.to_string().replace('/', "–");
        match self.gaps().len() {
            0 => span,
            1 => format!("{span}, one gap"),
            gaps => format!("{span}, {gaps} gaps"),
        }
    }

    /// The days between the covered periods.
    pub fn gaps(&self) -> Vec<Period> {
        gaps(&self.periods)
    }

    /// Coverage of two tables of one source together.
    #[must_use]
    pub fn joined(mut self, other: &Self) -> Self {
        self.scope = self.scope.shared_with(&other.scope);
        self.periods = joined(self.periods.iter().chain(&other.periods).copied().collect());
        self
    }
}

/// The days between periods that stand in time, apart from each other.
pub fn gaps(periods: &[Period]) -> Vec<Period> {
    periods
        .windows(2)
        .filter_map(|pair| Period::new(pair[0].end().tomorrow().ok()?, pair[1].begin().yesterday().ok()?))
        .collect()
}

/// Periods in time, those that touch or overlap made one.
pub fn joined(mut periods: Vec<Period>) -> Vec<Period> {
    periods.sort_unstable();
    let mut all: Vec<Period> = Vec::new();
    for period in periods {
        let touches = |last: &Period| last.end().tomorrow().is_ok_and(|next| period.begin() <= next);
        match all.last_mut().filter(|last| touches(last)) {
            Some(last) => {
                if let Some(longer) = Period::new(last.begin(), last.end().max(period.end())) {
                    *last = longer;
                }
            }
            None => all.push(period),
        }
    }
    all
}

/// Coverage as it stands in the store's manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageRecord {
    /// Identities of one side; empty for all the world.
    pub powers: Vec<String>,
    /// Identities of the other side.
    pub states: Vec<String>,
    /// First and last days.
    pub periods: Vec<(String, String)>,
    /// Whether it sees every instrument.
    pub sees_all_instruments: bool,
    /// How the source selects.
    pub note: String,
}

impl CoverageRecord {
    /// Whether both speak for some day; days are written so that their order is that of time.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let overlap = |a: &(String, String), b: &(String, String)| a.0 <= b.1 && b.0 <= a.1;
        self.periods.iter().any(|own| other.periods.iter().any(|period| overlap(own, period)))
    }
}

impl From<&Coverage> for CoverageRecord {
    fn from(coverage: &Coverage) -> Self {
        let list = |set: &BTreeSet<StateId>| set.iter().map(StateId::to_string).collect();
        let (powers, states) = match &coverage.scope {
            Scope::World => (Vec::new(), Vec::new()),
            Scope::Between { powers, states } => (list(powers), list(states)),
        };
        Self {
            powers,
            states,
            periods: coverage
                .periods
                .iter()
                .map(|period| (period.begin().to_string(), period.end().to_string()))
                .collect(),
            sees_all_instruments: coverage.sees_all_instruments,
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
        let period = |(begin, end): &(String, String)| {
            Period::new(day(begin)?, day(end)?).ok_or_else(|| "a period ends before it begins".to_owned())
        };
        let scope = if record.powers.is_empty() {
            Scope::World
        } else {
            Scope::Between { powers: states(&record.powers)?, states: states(&record.states)? }
        };
        Ok(Self {
            scope,
            periods: record.periods.iter().map(period).collect::<Result<_, String>>()?,
            sees_all_instruments: record.sees_all_instruments,
            note: record.note.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn neighbouring_days_join_and_gaps_stay() {
        let days = ["2015-01-02", "2015-01-01", "2015-01-05/2015-01-07", "2015-01-06"].map(period).to_vec();
        let coverage = Coverage {
            scope: Scope::World,
            periods: joined(days),
            sees_all_instruments: false,
            note: String::new(),
        };
        assert_eq!(coverage.periods, [period("2015-01-01/2015-01-02"), period("2015-01-05/2015-01-07")]);
        assert_eq!(coverage.gaps(), [period("2015-01-03/2015-01-04")]);
        let dyad = DirectedDyad::new(StateId::new("RUS").unwrap(), StateId::new("KAZ").unwrap()).unwrap();
        assert!(coverage.speaks_for(dyad, &period("2015-01-05/2015-01-06")));
        assert!(!coverage.speaks_for(dyad, &period("2015-01-02/2015-01-05")));
        let record = CoverageRecord::from(&coverage);
        assert_eq!(Coverage::try_from(&record).unwrap(), coverage);
    }
}
