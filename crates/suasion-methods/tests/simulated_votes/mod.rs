//! Votes drawn from known positions.

use rand::RngExt;
use suasion_methods::Seed;
use suasion_methods::ideal_points::{Ballot, Choice, RollCall};

/// Roll calls of some sessions, and how the states choose in them.
pub(crate) struct Assembly<'a> {
    /// Number of states.
    pub(crate) states: u32,
    /// Numbers of the sessions.
    pub(crate) sessions: &'a [u32],
    /// Roll calls in each.
    pub(crate) roll_calls: u32,
    /// Discrimination and lower cut-point of a roll call from its number in the session and two
    /// draws from a standard normal distribution.
    pub(crate) item: fn(u32, [f64; 2]) -> (f64, f64),
    /// Roll calls at the beginning of each session that are those of the session before over again.
    pub(crate) repeated: u32,
}

impl Assembly<'_> {
    /// Roll calls and ballots; `position` has none for who is absent from a session.
    pub(crate) fn votes(
        &self,
        seed: Seed,
        position: impl Fn(u32, u32) -> Option<f64>,
    ) -> (Vec<RollCall>, Vec<Ballot>) {
        let mut generator = seed.generator();
        // Twelve uniform draws make a normal one as nearly as a test needs.
        let mut normal = || (0..12).map(|_| generator.random::<f64>()).sum::<f64>() - 6.0;
        let (mut calls, mut ballots) = (Vec::new(), Vec::new());
        let mut items: Vec<(f64, f64)> = Vec::new();
        for (number, session) in self.sessions.iter().enumerate() {
            for call in 0..self.roll_calls {
                let id = number as u32 * self.roll_calls + call;
                calls.push(RollCall { id, session: *session, year: 1950, part: false });
                let drawn = (self.item)(call, [normal(), normal()]);
                let before = id.checked_sub(self.roll_calls).filter(|_| call < self.repeated);
                items.push(before.map_or(drawn, |before| items[before as usize]));
                let (slope, cut) = items[id as usize];
                for state in 0..self.states {
                    let Some(position) = position(state, *session) else { continue };
                    let latent = slope * position + normal();
                    let choice = match latent {
                        latent if latent < cut => Choice::Yes,
                        latent if latent < cut + 0.5 => Choice::Abstain,
                        _ => Choice::No,
                    };
                    ballots.push(Ballot { state, roll_call: id, choice });
                }
            }
        }
        (calls, ballots)
    }

    /// Which roll calls are on the same text, later to earlier.
    pub(crate) fn same_text(&self) -> Vec<(u32, u32)> {
        let sessions = self.sessions.len() as u32;
        let repeated = |number| (0..self.repeated).map(move |call| number * self.roll_calls + call);
        (1..sessions).flat_map(repeated).map(|later| (later, later - self.roll_calls)).collect()
    }
}
