//! The families of tables, as typed rows and as Arrow.
//!
//! Each family has a typed row ([`Event`], [`CastVote`], [`VoteTally`], [`Tie`],
//! [`Flow`]) that the rest of the
//! program uses, and a flat record that Arrow and Parquet hold. Codes and dates are parsed on the
//! way from record to row and nowhere else.

pub mod coded_event;
pub(crate) mod counted;
pub mod event;
pub mod flow;
pub mod record;
pub mod tally;
pub mod tie;
pub mod vote;

pub use coded_event::{CodedEvent, CodedEvents};
pub use event::{Event, Sources};
pub use flow::{Flow, Party};
pub use record::Record;
pub use tally::{Subset, VoteTally};
pub use tie::{Tie, TieKind};
pub use vote::{CastVote, Choice, RollCall, Vote};

/// What kind of thing a table records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// Who did what to whom, when.
    Event,
    /// What states chose in roll calls.
    Vote,
    /// How often two states chose alike, by year.
    Tally,
    /// Treaties, memberships and bases, as spells.
    Tie,
    /// Amounts per dyad and year.
    Flow,
}

impl Family {
    /// All families.
    pub const ALL: [Self; 5] = [Self::Event, Self::Vote, Self::Tally, Self::Tie, Self::Flow];

    /// The name of the family's table in SQL and in the store.
    pub fn table_name(self) -> &'static str {
        match self {
            Self::Event => "events",
            Self::Vote => "votes",
            Self::Tally => "vote_tallies",
            Self::Tie => "ties",
            Self::Flow => "flows",
        }
    }
}
