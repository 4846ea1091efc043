//! Concepts made computable: each measure is one column.
//!
//! A new measure is one entry in the table of its concept's file and one function beside it.

mod alignment;
mod context;
mod dependence;
mod economy;
mod events;
mod orbit;
mod ties;

use suasion_archive::Family;

use crate::cell::Cell;
use crate::column::RowRef;
pub use context::Context;

/// What theory names (METHODS 1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Concept {
    /// How much the source does toward the target.
    Attention,
    /// How friendly what it does is.
    Cooperation,
    /// How much pressure it puts on the target.
    Coercion,
    /// By which means it acts.
    InstrumentMix,
    /// How much the target relies on the source.
    Dependence,
    /// How alike both vote.
    Alignment,
    /// What binds both by treaty.
    Ties,
    /// The source's share among all powers.
    Orbit,
    /// How much the target weighs among its like.
    Weight,
}

impl Concept {
    /// The concept's name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Attention => "attention",
            Self::Cooperation => "cooperation",
            Self::Coercion => "coercion",
            Self::InstrumentMix => "instrument_mix",
            Self::Dependence => "dependence",
            Self::Alignment => "alignment",
            Self::Ties => "ties",
            Self::Orbit => "orbit",
            Self::Weight => "weight",
        }
    }
}

/// What a measure is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Events.
    Events,
    /// Tallies of votes.
    Votes,
    /// Ties.
    Ties,
    /// Amounts of these indicators.
    Flows(&'static [&'static str]),
}

impl Needs {
    /// The family that feeds the measure.
    pub fn family(self) -> Family {
        match self {
            Self::Events => Family::Event,
            Self::Votes => Family::Tally,
            Self::Ties => Family::Tie,
            Self::Flows(_) => Family::Flow,
        }
    }
}

/// The value of a cell and the rows that it was computed from.
pub type CellWithEvidence = (Cell, Vec<RowRef>);

/// A concept made computable from one family of tables.
pub struct Measure {
    /// Name of the column.
    pub name: &'static str,
    /// Name for readers.
    pub label: &'static str,
    /// What it measures.
    pub concept: Concept,
    /// Unit of the numbers.
    pub unit: &'static str,
    /// One sentence: how it is computed, and in which direction it reads.
    pub description: &'static str,
    /// What it is computed from.
    pub needs: Needs,
    /// Whether it counts what the source reports, so that a selective source biases it.
    pub counts_reports: bool,
    /// Computes one row.
    pub(crate) compute: fn(&Context<'_>, usize) -> CellWithEvidence,
}

impl std::fmt::Debug for Measure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

/// All measures, by concept.
pub fn all() -> impl Iterator<Item = &'static Measure> {
    [
        events::MEASURES,
        dependence::MEASURES,
        economy::MEASURES,
        alignment::MEASURES,
        ties::MEASURES,
        orbit::MEASURES,
    ]
    .into_iter()
    .flatten()
}

/// A measure by name.
pub fn named(name: &str) -> Option<&'static Measure> {
    all().find(|measure| measure.name == name)
}
