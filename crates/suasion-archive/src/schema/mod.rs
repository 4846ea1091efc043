//! The four families of tables, as typed rows and as Arrow.
//!
//! Each family has a typed row ([`Event`], [`VoteTally`], [`Tie`], [`Flow`]) that the rest of the
//! program uses, and a flat record that Arrow and Parquet hold. Codes and dates are parsed on the
//! way from record to row and nowhere else.

pub mod coded_event;
pub(crate) mod counted;
pub mod event;
pub mod flow;
pub mod record;
pub mod tie;
pub mod vote;

pub use coded_event::{CodedEvent, CodedEvents};
pub use event::{Event, Sources};
pub use flow::{Flow, Party};
pub use record::Record;
pub use tie::{Tie, TieKind};
pub use vote::{Choice, Subset, Vote, VoteTally};

/// What kind of thing a table records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// Who did what to whom, when.
    Event,
    /// How states voted, tallied by dyad and year.
    Vote,
    /// Treaties, memberships and bases, as spells.
    Tie,
    /// Amounts per dyad and year.
    Flow,
}

impl Family {
    /// All families.
    pub const ALL: [Self; 4] = [Self::Event, Self::Vote, Self::Tie, Self::Flow];

    /// The name of the family's table in SQL and in the store.
    pub fn table_name(self) -> &'static str {
        match self {
            Self::Event => "events",
            Self::Vote => "votes",
            Self::Tie => "ties",
            Self::Flow => "flows",
        }
    }
}
