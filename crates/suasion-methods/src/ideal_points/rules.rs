//! Which votes are scaled: the paper's rules, each of them an option.

use std::collections::{BTreeMap, BTreeSet};

/// What a state chose. Absence is no choice and is not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Choice {
    /// In favour.
    Yes,
    /// Neither.
    Abstain,
    /// Against.
    No,
}

/// One state's choice in one roll call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ballot {
    /// The state, by any number.
    pub state: u32,
    /// The roll call's number.
    pub roll_call: u32,
    /// What it chose.
    pub choice: Choice,
}

/// What is known of a roll call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RollCall {
    /// Its number.
    pub id: u32,
    /// Session of the General Assembly, from 1.
    pub session: u32,
    /// Year.
    pub year: i16,
    /// A vote on a paragraph or an amendment, not on a whole resolution.
    pub part: bool,
}

/// Which ballots are left out, and which roll calls count as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Votes on paragraphs and amendments are left out after this year.
    pub whole_resolutions_after: Option<i16>,
    /// Sessions that are left out.
    pub sessions_left_out: BTreeSet<u32>,
    /// States that are left out.
    pub states_left_out: BTreeSet<u32>,
    /// Single sessions of a state that are left out, as (state, session).
    pub state_sessions_left_out: BTreeSet<(u32, u32)>,
    /// Whether roll calls on which all chose alike are left out: they say nothing of positions.
    pub unanimous_left_out: bool,
    /// Roll calls on the same text, later to earlier; chains are followed back to the first. Such
    /// roll calls share their parameters and so tie sessions together.
    pub same_text: BTreeMap<u32, u32>,
}

impl Default for Rules {
    /// The paper's, without links, and without the states left out there (which have numbers of
    /// the caller's own): after 1989 whole resolutions only, not session 19 (one vote), nothing
    /// unanimous.
    fn default() -> Self {
        Self {
            whole_resolutions_after: Some(1989),
            sessions_left_out: BTreeSet::from([19]),
            states_left_out: BTreeSet::new(),
            state_sessions_left_out: BTreeSet::new(),
            unanimous_left_out: true,
            same_text: BTreeMap::new(),
        }
    }
}

impl Rules {
    /// Whether a ballot of this state in this roll call is scaled, unanimity apart.
    pub(super) fn admit(&self, state: u32, roll_call: &RollCall) -> bool {
        let part = roll_call.part && self.whole_resolutions_after.is_some_and(|year| roll_call.year > year);
        !part
            && !self.sessions_left_out.contains(&roll_call.session)
            && !self.states_left_out.contains(&state)
            && !self.state_sessions_left_out.contains(&(state, roll_call.session))
    }

    /// The earliest roll call on the same text.
    pub(super) fn first_of(&self, roll_call: u32) -> u32 {
        let mut first = roll_call;
        // Links lead to smaller numbers only, so that a circle ends.
        while let Some(&earlier) = self.same_text.get(&first).filter(|earlier| **earlier < first) {
            first = earlier;
        }
        first
    }
}
