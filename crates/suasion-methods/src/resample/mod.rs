//! Resampling that respects dependence in time.

mod block_length;
mod bootstrap;
mod circular_shift;

pub use block_length::politis_white;
pub use bootstrap::{BootstrapDraws, StationaryBootstrap};
pub use circular_shift::circular_shift_test;
