//! Arrays in, estimates out: no files, no tables, no clock.
//!
//! Every method cites its source at its definition and says what it assumes. Randomness comes
//! from explicit seeds only ([`random`]), so that results depend neither on the number of threads
//! nor on the order of work.

pub mod association;
pub mod change_points;
pub mod composite;
pub mod convergence;
pub mod distribution;
pub mod diversity;
pub mod estimate;
pub mod ideal_points;
pub mod initiative;
pub mod quantile;
pub mod random;
pub mod regression;
pub mod resample;
pub mod similarity;
pub mod specification_curve;
pub mod trend;

pub use estimate::{Estimate, Estimation, InsufficientData, Interval};
pub use random::Seed;
