//! The kinds of claims as regressions and statistics of observed series (METHODS 1.5).

mod association;
mod extremum;
mod initiative;
mod level;
mod near_break;
mod response;

pub use association::{Pair, association};
pub use extremum::extremum;
pub use initiative::{Exchange, initiative};
pub use level::{change, level, trend};
pub use near_break::break_near;
pub use response::{ResponseUnit, response};

use crate::association::ranks;

/// A series at the steps at which it is observed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Observed {
    /// Positions in the calendar, ascending.
    pub steps: Vec<usize>,
    /// Values.
    pub values: Vec<f64>,
}

/// What stands for the values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scale {
    /// The values as measured.
    Values,
    /// Their ranks, for differences with their signs: no single step weighs much.
    Ranks,
}

impl Scale {
    /// The values, or their ranks from nought to one.
    fn of(self, values: &[f64]) -> Vec<f64> {
        match self {
            Self::Values => values.to_vec(),
            Self::Ranks => ranks(values).into_iter().map(|rank| rank / values.len() as f64).collect(),
        }
    }
}

impl Observed {
    /// The value at a step.
    pub fn at(&self, step: usize) -> Option<f64> {
        self.steps.binary_search(&step).ok().map(|position| self.values[position])
    }

    /// Steps at which both are observed, with both values.
    fn paired<'a>(&'a self, other: &'a Self, lag: usize) -> impl Iterator<Item = (usize, f64, f64)> + 'a {
        self.steps.iter().zip(&self.values).filter_map(move |(step, value)| {
            let there = other.at(step.checked_sub(lag)?)?;
            Some((*step, *value, there))
        })
    }

    /// Values less those of another series, at the steps at which both are observed.
    #[must_use]
    pub fn less(&self, other: &Self) -> Self {
        let (steps, values) = self.paired(other, 0).map(|(step, own, theirs)| (step, own - theirs)).unzip();
        Self { steps, values }
    }
}
