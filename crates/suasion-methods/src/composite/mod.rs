//! Composite indices and how far they hang on the choices behind them (OECD & JRC 2008, Handbook
//! on Constructing Composite Indicators; Saisana, Saltelli & Tarantola 2005, Journal of the Royal
//! Statistical Society A 168:307–323).

mod capacity;
mod index;
mod robustness;
mod sensitivity;

pub use capacity::{Capacity, CapacityWeights, influence_capacity};
pub use index::{Aggregation, Normalisation, aggregate, normalise, principal_weights};
pub use robustness::{RankRange, mean_rank_shift, rank_ranges, ranks_from_largest};
pub use sensitivity::{SensitivityDesign, SensitivityIndices, sensitivity};
