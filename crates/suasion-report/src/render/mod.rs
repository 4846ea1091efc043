//! The views laid out: HTML and Markdown.

pub mod html;
pub mod markdown;
pub mod terminal;

use suasion_archive::{Family, Table};
use suasion_panel::{Inputs, RowRef};

use crate::evidence::Entry;

/// Where a row stands: in its source's file, and in the page.
pub(crate) struct Place {
    /// Line of the file.
    pub(crate) line: u64,
    /// Anchor in the page.
    pub(crate) anchor: String,
}

/// The place of a row.
pub(crate) fn place(inputs: &Inputs, row: RowRef) -> Place {
    Place { line: line_of(inputs, row), anchor: anchor(inputs, row) }
}

/// Where a row stands in the page. The rows of one act, one a direction and target, stand together
/// under their line; of all others lines can repeat, so that their position tells them apart.
pub(crate) fn anchor(inputs: &Inputs, row: RowRef) -> String {
    let letter = match row.family {
        Family::Event => 'c',
        Family::Vote | Family::Tally => 'v',
        Family::Tie => 't',
        Family::Flow => 'f',
    };
    let single = inputs.table_of(row).is_some_and(|table| table.coverage.sees_all_instruments);
    if row.family == Family::Event && single {
        return format!("{letter}{}", line_of(inputs, row));
    }
    format!("{letter}{}", row.index)
}

fn line_of(inputs: &Inputs, row: RowRef) -> u64 {
    let index = row.index as usize;
    match row.family {
        Family::Event => inputs.events.rows.get(index).map_or(0, |row| row.line),
        Family::Vote | Family::Tally => inputs.tally_rows().get(index).map_or(0, |row| row.line),
        Family::Tie => inputs.ties.rows.get(index).map_or(0, |row| row.line),
        Family::Flow => inputs.flow_rows().get(index).map_or(0, |row| row.line),
    }
}

/// The rows behind a number, table by table.
pub(crate) fn by_table<'a>(inputs: &'a Inputs, entry: &Entry) -> Vec<(&'a Table, Vec<Place>)> {
    let mut tables: Vec<(&Table, Vec<Place>)> = Vec::new();
    for (family, indices) in &entry.rows {
        for row in RowRef::all(*family, indices.iter().copied()) {
            let Some(table) = inputs.table_of(row) else { continue };
            let place = place(inputs, row);
            match tables.last_mut().filter(|(last, _)| std::ptr::eq(*last, table)) {
                Some((_, places)) => places.push(place),
                None => tables.push((table, vec![place])),
            }
        }
    }
    tables
}
