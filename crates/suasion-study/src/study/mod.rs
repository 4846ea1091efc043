//! The study: who, where, when, from which sources.

mod capacity;
mod file;
mod overrides;

use std::collections::BTreeMap;

use suasion_actors::{Period, StateId};
use suasion_archive::Reports;
use suasion_methods::Seed;
use suasion_methods::composite::CapacityWeights;
use suasion_panel::Actors;

pub(crate) use file::problem_of_toml;
pub use file::{read, template};
pub use overrides::Override;

/// A validated study.
#[derive(Debug, Clone)]
pub struct Study {
    /// Title, as the report shows it.
    pub title: String,
    /// Who is looked at.
    pub actors: Actors,
    /// When.
    pub period: Period,
    /// The two regional powers whose balance is examined.
    pub pivots: Option<[StateId; 2]>,
    /// Where all randomness comes from.
    pub seed: Seed,
    /// The seed as written.
    pub seed_value: u64,
    /// Version of the study's own data.
    pub version: String,
    /// Sources wanted, by family.
    pub sources: Sources,
    /// The study's own files.
    pub files: Files,
    /// What counts as enough.
    pub thresholds: Thresholds,
    /// Options that specifications may take.
    pub allowed: Allowed,
    /// How the parts of influence capacity weigh.
    pub capacity_weights: CapacityWeights,
}

/// Options of decisions that the study admits; a decision that it does not name admits all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allowed {
    by_decision: BTreeMap<String, Vec<String>>,
}

impl Allowed {
    /// Whether an option of a decision is admitted.
    pub fn allows(&self, decision: &str, option: &str) -> bool {
        self.by_decision.get(decision).is_none_or(|options| options.iter().any(|other| other == option))
    }
}

/// Names of sources, in order of preference: of events, votes and ties the first that is held is
/// used, of flows each indicator from the first that has it.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Sources of events.
    pub events: Vec<String>,
    /// Which reports of machine-coded sources count.
    pub reports: Reports,
    /// Sources of votes.
    pub votes: Vec<String>,
    /// Sources of ties.
    pub ties: Vec<String>,
    /// Sources of flows.
    pub flows: Vec<String>,
}

/// A table of the study's own with what its owner says of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableFile {
    /// Path beside the study file.
    pub path: String,
    /// What it is; empty where the source is known by its name.
    pub title: String,
    /// Terms of use.
    pub licence: String,
    /// What a reader must know of it.
    pub note: String,
}

impl TableFile {
    /// A table of which nothing is said.
    pub fn at(path: &str) -> Self {
        Self { path: path.to_owned(), ..Self::default() }
    }
}

/// The study's own files, by path beside the study file.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// Dated acts: source `chronicle` of events.
    pub chronicle: Option<String>,
    /// Spells: source `chronicle` of ties.
    pub ties: Option<String>,
    /// Organisations that acts and ties name.
    pub organisations: Option<String>,
    /// Tables of flows, by source name.
    pub flows: Vec<(String, TableFile)>,
    /// Tables of tallied votes, by source name.
    pub votes: Vec<(String, TableFile)>,
    /// Claims.
    pub claims: Option<String>,
    /// Periodisations and shocks.
    pub periodisations: Option<String>,
    /// BibTeX.
    pub bibliography: Option<String>,
}

/// What counts as enough for a verdict, and how much is computed for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// Level of the test, such as 0.05.
    pub significance: f64,
    /// Level of intervals, such as 0.95.
    pub confidence: f64,
    /// Share of specifications that must have the sign of a verdict, such as 0.8.
    pub sign_share: f64,
    /// Fewest observed steps in a window.
    pub observations: usize,
    /// Resamples and relabellings.
    pub draws: usize,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { significance: 0.05, confidence: 0.95, sign_share: 0.8, observations: 6, draws: 999 }
    }
}
