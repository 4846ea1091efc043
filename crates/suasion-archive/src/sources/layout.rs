//! The layouts in which publishers ship their files: how each is recognised, and who reads it.

use std::io::Read;

use super::coded::Receiver;
use super::rows::Rows;
use super::{atop, correlates_of_war, gdelt, icews, imf, polecat, sipri, un_digital_library, unvotes};
use super::{voeten, world_bank};
use crate::input::Lines;
use crate::problem::Problem;
use crate::schema::{CastVote, Flow, Tie};
use crate::sources::unvotes::RollCalls;

/// A file that is being read.
#[derive(Debug, Clone, Copy)]
pub struct Published<'a> {
    /// Its name, as messages show it.
    pub file: &'a str,
    /// The source's name in the archive.
    pub source: &'a str,
    /// The publisher's release.
    pub version: &'a str,
    /// Roll calls that stand in a file of their own.
    pub roll_calls: &'a RollCalls,
}

/// What reads events line by line.
pub type ReadLines = fn(&mut Lines<'_>, &str, &mut dyn Receiver) -> Result<(), Problem>;
/// What reads rows of a table.
pub type ReadRows<Row> = fn(&mut dyn Read, &Published<'_>, &mut dyn Rows<Row>) -> Result<(), Problem>;

/// What turns a file into rows, by the family that it belongs to.
#[derive(Debug, Clone, Copy)]
pub enum Reader {
    /// Events coded by machine.
    Events(ReadLines),
    /// Votes.
    Votes(ReadRows<CastVote>),
    /// Ties.
    Ties(ReadRows<Tie>),
    /// Flows.
    Flows(ReadRows<Flow>),
}

/// A layout that is recognised.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// Name of the source, as in the registry.
    pub source: &'static str,
    /// What the name of a file must have, where its content does not tell feeds apart; mostly empty.
    pub in_name: &'static str,
    /// Whether the beginning of a file is that of the layout.
    pub recognises: fn(&[u8]) -> bool,
    /// What reads it.
    pub reader: Reader,
}

/// Every layout; the first that recognises a file reads it.
pub const LAYOUTS: [Layout; 17] = [
    gdelt::BACK_FILES,
    gdelt::DAILY,
    gdelt::TRANSLATED,
    gdelt::QUARTER_HOURLY,
    icews::LAYOUT,
    polecat::LAYOUT,
    un_digital_library::LAYOUT,
    voeten::LAYOUT,
    unvotes::LAYOUT,
    atop::DYADS,
    atop::DIRECTED,
    atop::MEMBERS,
    correlates_of_war::SPELLS,
    correlates_of_war::CONTIGUITY,
    imf::LAYOUT,
    sipri::LAYOUT,
    world_bank::LAYOUT,
];

/// The first line of a file's beginning.
pub(crate) fn first_line(start: &[u8]) -> &[u8] {
    let end = memchr::memchr(b'\n', start).unwrap_or(start.len());
    let line = &start[..end];
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line)
}

/// The names of a header, between commas or tabs, quoted or not.
pub(super) fn column_names(header: &[u8]) -> impl Iterator<Item = &[u8]> {
    header
        .split(|byte| *byte == b',' || *byte == b'\t')
        .map(<[u8]>::trim_ascii)
        .map(|name| name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")).unwrap_or(name))
}

/// Whether a header has every one of these columns, between commas or tabs, quoted or not.
pub(super) fn has_columns(start: &[u8], columns: &[&str]) -> bool {
    let names: Vec<&[u8]> = column_names(first_line(start)).collect();
    columns.iter().all(|column| names.iter().any(|name| name.eq_ignore_ascii_case(column.as_bytes())))
}

/// What stands between the fields of a header: a tab if there is one, otherwise a comma.
pub(super) fn delimiter(header: &[u8]) -> u8 {
    if header.contains(&b'\t') { b'\t' } else { b',' }
}
