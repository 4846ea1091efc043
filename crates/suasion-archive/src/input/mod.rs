//! Bytes of published files: unpacked, bounded, line by line or record by record.

mod lines;
mod packing;
mod records;

pub use lines::{LONGEST_LINE, Line, Lines};
pub use packing::{Seen, each_part};
pub use records::Records;
