//! Ballots in the order in which the estimators walk through them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::rules::{Ballot, Choice, RollCall, Rules};

/// A state's session: the unit that has a position.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Session {
    /// The state.
    pub state: u32,
    /// The session.
    pub session: u32,
    /// Ballots cast in it.
    pub ballots: usize,
    /// The session on whose position this one's is centred: the latest before it, and for a
    /// state's first session the one after. `None` if the state has one session only.
    pub(super) prior: Option<usize>,
    /// Share of this session's ballots in those of both: the more a session has of its own, the
    /// less it is held to the other (s in the paper).
    pub(super) own_share: f64,
}

/// Ballots by roll call, with the sessions to which they belong.
#[derive(Debug, Clone, PartialEq)]
pub struct Ballots {
    /// By state and session.
    pub(super) sessions: Vec<Session>,
    /// Numbers of the roll calls, ascending; linked ones under the first.
    pub(super) roll_calls: Vec<u32>,
    /// Where each roll call's ballots end.
    pub(super) ends: Vec<usize>,
    /// Per ballot: position in `sessions`.
    pub(super) session_of: Vec<u32>,
    /// Per ballot: what was chosen.
    pub(super) choice: Vec<Choice>,
}

impl Ballots {
    /// Applies the rules; ballots in roll calls that are not described are left out. Of several
    /// ballots of a state in the same roll call the first counts.
    pub fn new(roll_calls: &[RollCall], ballots: &[Ballot], rules: &Rules) -> Self {
        let known: BTreeMap<u32, &RollCall> = roll_calls.iter().map(|call| (call.id, call)).collect();
        let mut rows: Vec<(u32, u32, u32, u32, Choice)> = ballots
            .iter()
            .filter_map(|ballot| {
                let call = known.get(&ballot.roll_call)?;
                rules.admit(ballot.state, call).then(|| {
                    let first = rules.first_of(call.id);
                    (first, ballot.state, call.session, call.id, ballot.choice)
                })
            })
            .collect();
        rows.sort_by_key(|&(first, state, session, id, _)| (first, state, session, id));
        rows.dedup_by_key(|&mut (_, state, _, id, _)| (state, id));
        if rules.unanimous_left_out {
            let divided = divided(&rows);
            rows.retain(|row| divided.contains(&row.0));
        }
        Self::from_rows(&rows)
    }

    fn from_rows(rows: &[(u32, u32, u32, u32, Choice)]) -> Self {
        let mut counts: BTreeMap<(u32, u32), usize> = BTreeMap::new();
        for (_, state, session, ..) in rows {
            *counts.entry((*state, *session)).or_default() += 1;
        }
        let position: BTreeMap<(u32, u32), u32> =
            counts.keys().enumerate().map(|(index, key)| (*key, index as u32)).collect();
        let mut all = Self {
            sessions: sessions(&counts),
            roll_calls: Vec::new(),
            ends: Vec::new(),
            session_of: Vec::with_capacity(rows.len()),
            choice: Vec::with_capacity(rows.len()),
        };
        for (index, (first, state, session, _, choice)) in rows.iter().enumerate() {
            if all.roll_calls.last() != Some(first) {
                all.roll_calls.push(*first);
                all.ends.push(index);
            }
            if let Some(end) = all.ends.last_mut() {
                *end = index + 1;
            }
            all.session_of.push(position[&(*state, *session)]);
            all.choice.push(*choice);
        }
        all
    }

    /// Sessions of states, by state and session.
    pub fn sessions(&self) -> &[Session] {
        &self.sessions
    }

    /// Numbers of the roll calls that are scaled.
    pub fn roll_calls(&self) -> &[u32] {
        &self.roll_calls
    }

    /// Number of ballots.
    pub fn len(&self) -> usize {
        self.choice.len()
    }

    /// Whether there is nothing to scale.
    pub fn is_empty(&self) -> bool {
        self.choice.is_empty()
    }

    /// The ballots of the roll call at a position.
    pub(super) fn of_roll_call(&self, index: usize) -> Range<usize> {
        index.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[index]
    }
}

fn divided(rows: &[(u32, u32, u32, u32, Choice)]) -> BTreeSet<u32> {
    let mut choices: BTreeMap<u32, BTreeSet<Choice>> = BTreeMap::new();
    for (first, .., choice) in rows {
        choices.entry(*first).or_default().insert(*choice);
    }
    choices.into_iter().filter(|(_, chosen)| chosen.len() > 1).map(|(first, _)| first).collect()
}

/// `counts` is in the order of states and sessions.
fn sessions(counts: &BTreeMap<(u32, u32), usize>) -> Vec<Session> {
    let list: Vec<((u32, u32), usize)> = counts.iter().map(|(key, count)| (*key, *count)).collect();
    let same_state = |index: usize, state: u32| list.get(index).is_some_and(|((of, _), _)| *of == state);
    (0..list.len())
        .map(|index| {
            let ((state, session), ballots) = list[index];
            let before = index.checked_sub(1).filter(|&before| same_state(before, state));
            let prior = before.or_else(|| Some(index + 1).filter(|&after| same_state(after, state)));
            let other = prior.map_or(0, |prior| list[prior].1);
            let own_share = ballots as f64 / (ballots + other) as f64;
            Session { state, session, ballots, prior, own_share }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(id: u32, session: u32, year: i16, part: bool) -> RollCall {
        RollCall { id, session, year, part }
    }

    fn ballot(state: u32, roll_call: u32, choice: Choice) -> Ballot {
        Ballot { state, roll_call, choice }
    }

    #[test]
    fn rules_leave_out_and_link() {
        let calls = [
            call(1, 18, 1963, false),
            call(2, 19, 1964, false),
            call(3, 20, 1965, true),
            call(4, 46, 1991, true),
            call(5, 46, 1991, false),
            call(6, 47, 1992, false),
        ];
        let mut ballots = Vec::new();
        for id in 1..=5 {
            ballots.extend([ballot(7, id, Choice::Yes), ballot(9, id, Choice::No)]);
        }
        ballots.extend([ballot(7, 6, Choice::Yes), ballot(9, 6, Choice::Yes), ballot(9, 8, Choice::No)]);
        let plain = Ballots::new(&calls, &ballots, &Rules::default());
        // Session 19, the paragraph after 1989, the unanimous one and the unknown one are out.
        assert_eq!(plain.roll_calls(), [1, 3, 5]);
        let linked = Rules { same_text: [(6, 5), (5, 1)].into(), ..Rules::default() };
        let linked = Ballots::new(&calls, &ballots, &linked);
        // Linked to a divided one, the unanimous vote counts.
        assert_eq!(linked.roll_calls(), [1, 3]);
        assert_eq!(linked.of_roll_call(0).len(), 6);
        assert_eq!(linked.len(), 8);
    }

    #[test]
    fn the_prior_is_the_latest_session_before_and_for_the_first_the_next() {
        let calls = [call(1, 3, 1948, false), call(2, 4, 1949, false), call(3, 9, 1954, false)];
        let mut ballots = vec![ballot(5, 2, Choice::No)];
        for id in 1..=3 {
            ballots.extend([ballot(7, id, Choice::Yes), ballot(9, id, Choice::No)]);
        }
        let all = Ballots::new(&calls, &ballots, &Rules::default());
        let priors: Vec<Option<usize>> = all.sessions().iter().map(|session| session.prior).collect();
        assert_eq!(priors, [None, Some(2), Some(1), Some(2), Some(5), Some(4), Some(5)]);
        assert_eq!(all.sessions()[0].own_share, 1.0);
        assert_eq!(all.sessions()[1].own_share, 0.5);
    }
}
