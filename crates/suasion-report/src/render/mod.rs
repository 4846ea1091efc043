//! The views laid out: HTML and Markdown.

pub mod html;
pub mod markdown;

use suasion_archive::Family;
use suasion_panel::Inputs;

/// Line of a row in its source's file.
pub(crate) fn line_of(inputs: &Inputs, family: Family, index: u32) -> u64 {
    let index = index as usize;
    match family {
        Family::Event => inputs.event_rows().get(index).map_or(0, |row| row.line),
        Family::Vote => inputs.vote_rows().get(index).map_or(0, |row| row.line),
        Family::Tie => inputs.tie_rows().get(index).map_or(0, |row| row.line),
        Family::Flow => inputs.flow_rows().get(index).map_or(0, |row| row.line),
    }
}
