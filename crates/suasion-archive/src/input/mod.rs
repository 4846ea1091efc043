//! Bytes of published files: unpacked, bounded, line by line or record by record.

mod lines;
mod packing;
mod records;

use std::io::Read;

/// Unpacked bytes of a file, or of a member of an archive.
pub enum Input<'a> {
    /// All of them.
    Whole(&'a [u8]),
    /// One after the other.
    Stream(&'a mut dyn Read),
}

impl std::fmt::Debug for Input<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Whole(_) => "Whole",
            Self::Stream(_) => "Stream",
        })
    }
}

pub use lines::{LONGEST_LINE, Line, Lines};
pub use packing::{Seen, each_beginning, each_part};
pub use records::Records;
