//! Trends of short, noisy series.

mod level;
mod mann_kendall;
mod slope;

pub use level::{SegmentMean, segmented_means};
pub use mann_kendall::{Autocorrelation, MannKendall, mann_kendall_test};
pub use slope::{detrended, mann_kendall, theil_sen, theil_sen_interval};
