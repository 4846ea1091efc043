//! One source layout, one file: from published bytes to typed rows.
//!
//! Every reader takes the file's name and bytes and gives back the rows that it could read with a
//! [`Ledger`](crate::Ledger) of what became of the others. A new source is one new file here.

pub mod chronicle;
pub mod coded;
pub mod flows;
pub mod gdelt;
pub mod icews;
pub mod mapping;
pub mod organisations;
pub mod registry;
mod table;
pub mod ties;
pub mod votes;

pub use table::Parsed;
