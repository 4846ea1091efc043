//! What kinds of acts there are: CAMEO codes, PLOVER categories and the instruments of policy.

mod cameo;
mod code;
mod instrument;
mod plover;

pub use cameo::{CameoCode, QuadClass};
pub use code::EventCode;
pub use instrument::{Instrument, InstrumentGroup};
pub use plover::PloverCategory;
