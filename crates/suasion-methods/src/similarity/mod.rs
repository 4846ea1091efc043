//! Similarity of foreign-policy positions: agreement, S, Cohen's κ, Scott's π, Kendall's τ-b.
//!
//! Signorino & Ritter 1999; Cohen 1960, 1968; Scott 1955; Häge 2011. All start from the same
//! observed disagreement and differ in the disagreement that they expect by chance.

mod contingency;
mod pairs;

pub use contingency::{Contingency, Distance, Similarity};
pub use pairs::PositionMatrix;
