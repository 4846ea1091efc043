//! Concepts made computable: each measure is one column.
//!
//! A new measure is one entry in the table of its concept's file and one function beside it.

mod alignment;
mod capacity;
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
    /// What the source could bring to bear on the target.
    InfluenceCapacity,
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
            Self::InfluenceCapacity => "influence_capacity",
        }
    }
}

impl Concept {
    /// All concepts.
    pub const ALL: [Self; 10] = [
        Self::Attention,
        Self::Cooperation,
        Self::Coercion,
        Self::InstrumentMix,
        Self::Dependence,
        Self::Alignment,
        Self::Ties,
        Self::Orbit,
        Self::Weight,
        Self::InfluenceCapacity,
    ];

    /// A concept by name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|concept| concept.name() == name)
    }
}

/// Whether an option may stand for another (Del Giudice & Gangestad 2021, Advances in Methods and
/// Practices in Psychological Science 4(1)): only the first two enter a joint test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// As good as the others.
    Equivalent,
    /// Perhaps not as good.
    Uncertain,
    /// Another question: shown beside.
    NotEquivalent,
}

impl Standing {
    /// The standing in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Equivalent => "equivalent",
            Self::Uncertain => "uncertain",
            Self::NotEquivalent => "not equivalent",
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
    /// Ties and amounts of these indicators together.
    TiesAndFlows(&'static [&'static str]),
}

impl Needs {
    /// The family that feeds the measure.
    pub fn family(self) -> Family {
        match self {
            Self::Events => Family::Event,
            Self::Votes => Family::Tally,
            Self::Ties => Family::Tie,
            Self::Flows(_) | Self::TiesAndFlows(_) => Family::Flow,
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
    /// How well it stands for its concept beside the concept's other measures.
    pub standing: Standing,
    /// Computes one row.
    pub(crate) compute: fn(&Context<'_>, usize) -> CellWithEvidence,
}

/// A measure is its name.
impl PartialEq for Measure {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Measure {}

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
        capacity::MEASURES,
    ]
    .into_iter()
    .flatten()
}

/// A measure by name.
pub fn named(name: &str) -> Option<&'static Measure> {
    all().find(|measure| measure.name == name)
}
