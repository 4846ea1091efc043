//! What kinds of acts there are: CAMEO codes and the instruments of policy.

mod cameo;
mod instrument;

pub use cameo::{CameoCode, QuadClass};
pub use instrument::{Instrument, InstrumentGroup};
