//! Change points in series, exactly, and how well two segmentations agree.

mod cost;
mod pelt;
mod score;

pub use cost::{Cost, LeastSquares};
pub use pelt::{bic_penalty, pelt};
pub use score::{Agreement, covering, f_one};
