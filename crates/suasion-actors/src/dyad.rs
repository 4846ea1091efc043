//! Directed dyads: who acts, and toward whom.

use std::fmt;
use std::str::FromStr;

use crate::state::StateId;

/// An ordered pair of different states: the source acts, the target is acted upon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DirectedDyad {
    source: StateId,
    target: StateId,
}

impl DirectedDyad {
    /// A dyad; `None` if both are the same state.
    pub fn new(source: StateId, target: StateId) -> Option<Self> {
        (source != target).then_some(Self { source, target })
    }

    /// The state that acts.
    pub fn source(&self) -> StateId {
        self.source
    }

    /// The state that is acted upon.
    pub fn target(&self) -> StateId {
        self.target
    }

    /// The same pair in the other direction.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self { source: self.target, target: self.source }
    }
}

impl fmt::Display for DirectedDyad {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}→{}", self.source, self.target)
    }
}

impl FromStr for DirectedDyad {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (source, target) = text
            .split_once('→')
            .or_else(|| text.split_once("->"))
            .ok_or_else(|| format!("`{text}` is not a directed dyad"))?;
        StateId::new(source.trim())
            .zip(StateId::new(target.trim()))
            .and_then(|(source, target)| Self::new(source, target))
            .ok_or_else(|| format!("`{text}` is not a directed dyad"))
    }
}
