//! The audit: how many cells of each column are what.

use crate::cell::Cell;
use crate::panel::Panel;

/// Counts of one column's cells by kind, in the order of [`Cell::STATUSES`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnAudit {
    /// The measure's name.
    pub name: &'static str,
    /// Cells of each kind.
    pub counts: [usize; 5],
}

/// The audit of every column.
pub fn audit(panel: &Panel) -> Vec<ColumnAudit> {
    panel
        .columns
        .iter()
        .map(|column| ColumnAudit { name: column.measure.name, counts: counts(&column.cells) })
        .collect()
}

/// Counts over all columns, in the order of [`Cell::STATUSES`].
pub fn totals(audits: &[ColumnAudit]) -> [usize; 5] {
    audits.iter().fold([0; 5], |mut sums, audit| {
        for (sum, count) in sums.iter_mut().zip(audit.counts) {
            *sum += count;
        }
        sums
    })
}

fn counts(cells: &[Cell]) -> [usize; 5] {
    Cell::STATUSES.map(|status| cells.iter().filter(|cell| cell.status() == status).count())
}
