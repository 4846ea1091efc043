//! What is compared: directed dyads by period as rows, measures as columns.
//!
//! [`Inputs`] are the rows of the sources that a study chose; the [`Spine`] says which rows the
//! panel has; each [`Measure`] fills one [`Column`] of [`Cell`]s and remembers which rows of the
//! sources stand behind each cell.

pub mod audit;
pub mod cell;
pub mod codebook;
pub mod column;
pub mod inputs;
pub mod lookup;
pub mod measures;
pub mod panel;
pub mod spine;
pub mod write;

pub use cell::Cell;
pub use column::{Column, RowRef};
pub use inputs::{Actors, Inputs};
pub use lookup::Codes;
pub use measures::{Concept, Measure, Needs, Standing};
pub use panel::Panel;
pub use spine::Spine;
