//! Who existed, when, under which code.
//!
//! States, organisations, regions, directed dyads and periods: the vocabulary that every
//! other crate speaks. Codes are time-varying, so each look-up takes a date.

pub mod code;
pub mod crosswalk;
pub mod date;
pub mod dyad;
pub mod membership;
pub mod organisation;
pub mod period;
pub mod region;
pub mod spell;
pub mod state;

pub use code::{CodeError, CodeScheme};
pub use crosswalk::Crosswalk;
pub use date::FactDate;
pub use dyad::DirectedDyad;
pub use membership::MembershipRole;
pub use organisation::{Obligation, Organisation, OrganisationId, OrganisationKind, Organisations};
pub use period::{Period, Step, TimeUnit};
pub use spell::Spell;
pub use state::StateId;
