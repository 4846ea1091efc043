//! One source layout, one file: from published bytes to typed rows.
//!
//! Every reader takes the file's name and bytes and gives back the rows that it could read with a
//! [`Ledger`](crate::Ledger) of what became of the others. A new source is one new file here.

mod atop;
pub mod chronicle;
pub mod coded;
mod correlates_of_war;
pub mod flows;
mod gdelt;
mod icews;
mod imf;
pub mod layout;
pub mod mapping;
pub mod organisations;
mod polecat;
pub mod registry;
mod roll_calls;
pub mod rows;
mod sipri;
mod table;
pub mod tallies;
pub mod ties;
mod un_digital_library;
pub mod unvotes;
mod voeten;
mod wanted;
mod world_bank;

pub use table::Parsed;
