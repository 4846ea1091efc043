//! Change points in series, exactly or as they come, and how well two segmentations agree.

mod cost;
mod crops;
mod online;
mod pelt;
mod score;

pub use cost::{Cost, CountSpread, Counts, LeastSquares, NormalMeanVariance};
pub use crops::{Segmentation, crops, total_cost};
pub use online::{CountRun, GammaPoisson, NormalInverseGamma, NormalRun, Predictive, RunLengths, online};
pub use pelt::{bic_penalty, pelt};
pub use score::{Agreement, covering, f_one};
