//! Tallies of votes: how often two states chose alike in a year of the General Assembly.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use suasion_actors::{Period, StateId};

use super::Family;
use super::record::{Record, parse, span_of, state};
use super::vote::{CastVote, Vote};

/// Which roll calls a tally counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subset {
    /// All recorded, not unanimous roll calls.
    All,
    /// Those that the United States did not call important.
    WithoutImportant,
    /// Those that the United States called important.
    Important,
    /// Palestinian conflict.
    MiddleEast,
    /// Nuclear weapons and material.
    Nuclear,
    /// Arms control and disarmament.
    Disarmament,
    /// Colonialism.
    Colonialism,
    /// Human rights.
    HumanRights,
    /// Economic development.
    Development,
}

impl Subset {
    /// All subsets.
    pub const ALL: [Self; 9] = [
        Self::All,
        Self::WithoutImportant,
        Self::Important,
        Self::MiddleEast,
        Self::Nuclear,
        Self::Disarmament,
        Self::Colonialism,
        Self::HumanRights,
        Self::Development,
    ];

    /// The subset's name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::WithoutImportant => "without_important",
            Self::Important => "important",
            Self::MiddleEast => "me",
            Self::Nuclear => "nu",
            Self::Disarmament => "di",
            Self::Colonialism => "co",
            Self::HumanRights => "hr",
            Self::Development => "ec",
        }
    }
}

impl fmt::Display for Subset {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Subset {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|subset| subset.name() == text)
            .ok_or_else(|| format!("`{text}` is not a set of roll calls"))
    }
}

/// How two states voted in one year of the General Assembly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoteTally {
    /// The source's name in the archive.
    pub source_name: String,
    /// Line of the source file, from 1.
    pub line: u64,
    /// The state whose identity comes first in the alphabet.
    pub first: StateId,
    /// The other state.
    pub second: StateId,
    /// Year of the session: session + 1945.
    pub year: i16,
    /// Which roll calls.
    pub subset: Subset,
    /// Roll calls by choice of the first and of the second state.
    pub counts: [[u32; 3]; 3],
    /// Citation key.
    pub citation: String,
}

impl VoteTally {
    /// Roll calls in which both took a stand.
    pub fn both_voted(&self) -> u32 {
        self.counts.iter().flatten().sum()
    }

    /// Roll calls with the same choice.
    pub fn agreements(&self) -> u32 {
        (0..3).map(|level| self.counts[level][level]).sum()
    }

    /// Roll calls in which one abstained and the other did not.
    pub fn half_agreements(&self) -> u32 {
        self.counts[0][1] + self.counts[1][0] + self.counts[1][2] + self.counts[2][1]
    }
}

/// Counts of choices for every pair of the given states in one set of roll calls; `votes` may
/// hold other states too. Pairs come in alphabetical order, empty ones included.
pub fn tally(votes: &[Vote], states: &[StateId]) -> BTreeMap<(StateId, StateId), [[u32; 3]; 3]> {
    let mut by_roll_call: BTreeMap<u32, Vec<&Vote>> = BTreeMap::new();
    for vote in votes.iter().filter(|vote| states.contains(&vote.state)) {
        by_roll_call.entry(vote.roll_call).or_default().push(vote);
    }
    let mut counts = BTreeMap::new();
    for &first in states {
        for &second in states.iter().filter(|&&second| first < second) {
            counts.insert((first, second), [[0; 3]; 3]);
        }
    }
    for votes in by_roll_call.values() {
        for a in votes {
            for b in votes.iter().filter(|b| a.state < b.state) {
                if let Some(table) = counts.get_mut(&(a.state, b.state)) {
                    table[a.choice.level()][b.choice.level()] += 1;
                }
            }
        }
    }
    counts
}

/// Tallies of every pair of these states by year and set of roll calls, from votes of one source;
/// pairs that never both voted have none.
pub fn by_year(votes: &[CastVote], states: &[StateId], citation: &str) -> Vec<VoteTally> {
    let mut sets: BTreeMap<(i16, Subset), (u64, Vec<Vote>)> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for cast in votes {
        let Some(choice) = cast.choice else { continue };
        // A state votes once; of repeated rows the first counts.
        if !seen.insert((cast.roll_call.number, cast.state)) {
            continue;
        }
        let vote = Vote { roll_call: cast.roll_call.number, state: cast.state, choice };
        for subset in cast.roll_call.subsets() {
            let set = sets.entry((cast.roll_call.year(), subset)).or_insert((cast.line, Vec::new()));
            set.0 = set.0.min(cast.line);
            set.1.push(vote);
        }
    }
    let source_name = votes.first().map_or("", |vote| vote.source_name.as_str());
    let mut tallies = Vec::new();
    for ((year, subset), (line, votes)) in sets {
        for ((first, second), counts) in tally(&votes, states) {
            let source_name = source_name.to_owned();
            let citation = citation.to_owned();
            let row = VoteTally { source_name, line, first, second, year, subset, counts, citation };
            if row.both_voted() > 0 {
                tallies.push(row);
            }
        }
    }
    tallies
}

/// The flat record of a [`VoteTally`].
#[derive(Debug, Serialize, Deserialize)]
pub struct TallyRecord {
    source_name: String,
    line: u64,
    state_a: String,
    state_b: String,
    year: i32,
    subset: String,
    both_voted: u32,
    agreements: u32,
    half_agreements: u32,
    yes_yes: u32,
    yes_abstain: u32,
    yes_no: u32,
    abstain_yes: u32,
    abstain_abstain: u32,
    abstain_no: u32,
    no_yes: u32,
    no_abstain: u32,
    no_no: u32,
    citation: String,
}

impl Record for TallyRecord {
    type Row = VoteTally;
    const FAMILY: Family = Family::Tally;
    const DAYS: &'static [&'static str] = &[];

    fn span(rows: &[VoteTally]) -> Option<Period> {
        span_of(rows.iter().map(|row| row.year))
    }

    fn from_row(row: &VoteTally) -> Self {
        let [
            [yes_yes, yes_abstain, yes_no],
            [abstain_yes, abstain_abstain, abstain_no],
            [no_yes, no_abstain, no_no],
        ] = row.counts;
        Self {
            source_name: row.source_name.clone(),
            line: row.line,
            state_a: row.first.to_string(),
            state_b: row.second.to_string(),
            year: i32::from(row.year),
            subset: row.subset.to_string(),
            both_voted: row.both_voted(),
            agreements: row.agreements(),
            half_agreements: row.half_agreements(),
            yes_yes,
            yes_abstain,
            yes_no,
            abstain_yes,
            abstain_abstain,
            abstain_no,
            no_yes,
            no_abstain,
            no_no,
            citation: row.citation.clone(),
        }
    }

    fn into_row(self) -> Result<VoteTally, String> {
        let counts = [
            [self.yes_yes, self.yes_abstain, self.yes_no],
            [self.abstain_yes, self.abstain_abstain, self.abstain_no],
            [self.no_yes, self.no_abstain, self.no_no],
        ];
        let row = VoteTally {
            first: state("state_a", &self.state_a)?,
            second: state("state_b", &self.state_b)?,
            year: i16::try_from(self.year).map_err(|_| format!("year `{}`", self.year))?,
            subset: parse("subset", &self.subset)?,
            counts,
            source_name: self.source_name,
            line: self.line,
            citation: self.citation,
        };
        if row.both_voted() != self.both_voted || row.agreements() != self.agreements {
            return Err(format!("counts of {}–{} in {} do not add up", row.first, row.second, row.year));
        }
        Ok(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Choice;

    #[test]
    fn pairs_are_counted_once_and_absence_is_no_choice() {
        let id = |text| StateId::new(text).unwrap();
        let vote = |roll_call, text, choice| Vote { roll_call, state: id(text), choice };
        let votes = [
            vote(1, "RUS", Choice::No),
            vote(1, "KAZ", Choice::Abstain),
            vote(2, "RUS", Choice::Yes),
            vote(2, "USA", Choice::No),
        ];
        let counts = tally(&votes, &[id("KAZ"), id("RUS")]);
        assert_eq!(counts.len(), 1);
        assert_eq!(counts[&(id("KAZ"), id("RUS"))][1][2], 1);
        assert_eq!(counts[&(id("KAZ"), id("RUS"))].iter().flatten().sum::<u32>(), 1);
    }
}
