//! One claim under every admissible specification: decisions are expanded to plain
//! specifications, each is reduced to numbers and estimated against draws that all share, and the
//! curve as a whole is tested (METHODS 1.5 and 2.5).

mod cache;
mod curve;
mod decision;
mod estimate;
mod expand;
mod infer;
mod observe;
mod panels;
mod plan;
mod problem;
mod run;
mod specification;

pub use cache::Cache;
pub use curve::{Beside, Curve, DecisionImportance, Estimated, OptionFound, Unable, WithoutSource};
pub use decision::{Decision, Setting};
pub(crate) use observe::{of_dyad, pooled, sum_of};
pub use panels::Panels;
pub use plan::{Plan, plan};
pub use run::Multiverse;
pub(crate) use run::spans;
pub use specification::Specification;

/// Version of the estimators: results kept from another one are not used.
pub(crate) const ESTIMATORS: &str = "3";
