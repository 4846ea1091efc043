//! States as members of the state system: identity, names and dates.

use std::fmt;

use jiff::civil::Date;

use crate::period::Period;
use crate::spell::Spell;

/// A state's own identity through all its codes: three capital letters.
///
/// For a state that has one it is the present ISO 3166-1 alpha-3 code (Russia is `RUS` since
/// 1816, Soviet years included); former members have an identity that no present state uses.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StateId([u8; 3]);

impl StateId {
    /// An identity from three ASCII capitals or digits; whether such a state exists is the
    /// [`Crosswalk`](crate::Crosswalk)'s to say.
    pub fn new(text: &str) -> Option<Self> {
        let letters: [u8; 3] = text.as_bytes().try_into().ok()?;
        letters.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()).then_some(Self(letters))
    }

    /// The identity as text.
    pub fn as_str(&self) -> &str {
        // The constructor admits ASCII only, so the fallback is never taken.
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
}

impl fmt::Display for StateId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl fmt::Debug for StateId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// Which list of the state system's members a spell comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StateSystem {
    /// Correlates of War, State System Membership 2016.
    CorrelatesOfWar,
    /// Gleditsch and Ward 1999, updated to 2017.
    GleditschWard,
}

/// One member of the state system with its spells in both lists.
#[derive(Debug, Clone)]
pub struct State {
    /// Identity.
    pub id: StateId,
    /// English short name.
    pub name: String,
    /// Membership spells, by list.
    pub spells: Vec<(StateSystem, Spell)>,
}

impl State {
    /// Whether either list counts the state as a member on this day.
    ///
    /// The lists differ by months at the edges: Correlates of War lets the Central Asian states
    /// begin on 26 December 1991, Gleditsch and Ward with each declaration of independence. A
    /// dated fact is admitted if either list knows the state; see
    /// `docs/decisions/0002-either-membership-list.md`.
    pub fn existed_on(&self, day: Date) -> bool {
        self.spells.iter().any(|(_, spell)| spell.contains(day))
    }

    /// Whether either list counts the state as a member on any day of the period.
    pub fn existed_in(&self, period: &Period) -> bool {
        self.spells.iter().any(|(_, spell)| spell.overlaps(period))
    }
}
