//! Inference over many specifications of one question (Simonsohn, Simmons & Nelson 2020,
//! Specification curve analysis, Nature Human Behaviour 4:1208–1214).
//!
//! Each specification is reduced to a [`Point`]: its estimate, and what the same computation
//! gives under the null in every draw. The draws are shared: [`SharedWeights`] gives every month
//! of the calendar one random sign per draw, and a specification's series, whatever its step,
//! window or source, multiplies its own innovations by the signs of its own months. So the points
//! of a curve move together under the null as they do in the record, which is what the
//! [`JointTest`] needs.
//!
//! Dependence in time is kept by a sieve: the null series is whitened by a short
//! autoregression, its innovations take the shared signs, and the result is coloured again (a
//! wild bootstrap of autoregressive residuals; Liu 1988 for the signs, Bühlmann 1997 for the
//! sieve), a little more persistent than estimated. Every draw is studentised with its own autocorrelation, which keeps the size of the
//! tests near their level in short, persistent series; `docs/calibration.md` has the numbers.

mod focal;
mod importance;
mod joint;
mod kernel;
mod lowest_pair;
mod phases;
mod point;
pub mod questions;
mod series;
mod sieve;
mod weights;
mod whole_units;

pub use focal::{FocalRegression, FocalSeries};
pub use importance::{DecisionShare, decision_shares};
pub use joint::{JointTest, MedianTest, NullBand, Tail};
pub use lowest_pair::lowest_of;
pub use point::{Draws, Point};
pub use weights::{SharedWeights, StepWeights};
pub use whole_units::{UnitPanel, UnitSpecification, coefficients_by_draw};
