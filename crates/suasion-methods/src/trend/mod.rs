//! Trends of short, noisy series.

mod slope;

pub use slope::{detrended, mann_kendall, theil_sen};
