//! Bytes of published files: unpacked, bounded, line by line.

mod lines;
mod packing;

pub use lines::{LONGEST_LINE, Line, Lines, ShortLines};
pub use packing::{Seen, each_part};
