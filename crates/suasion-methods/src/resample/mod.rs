//! Resampling that respects dependence in time.

mod accelerated;
mod block_length;
mod bootstrap;
mod circular_shift;
mod positions;

pub use block_length::{politis_white, politis_white_circular};
pub use bootstrap::{BootstrapDraws, StationaryBootstrap};
pub use circular_shift::circular_shift_test;
pub use positions::{CircularBlocks, Permutations, Resamples, WholeUnits};
