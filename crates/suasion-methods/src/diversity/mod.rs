//! How varied a set of acts is, and how far several sets differ.

mod divergence;
mod entropy;
mod rarefaction;

pub use divergence::{Divergence, GroupedLabels, jensen_shannon};
pub use entropy::{chao_shen, hill_number, shannon};
pub use rarefaction::rarefied_hill_one;
