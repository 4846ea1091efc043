//! A measure computed for every row of the spine, with the rows behind each cell.

use suasion_archive::Family;

use crate::cell::Cell;
use crate::measures::Measure;

/// One row of a source: its family and its position among the inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowRef {
    /// The family of the table.
    pub family: Family,
    /// Position among the inputs' rows of the family.
    pub index: u32,
}

impl RowRef {
    /// References to rows of one family.
    pub fn all(family: Family, indices: impl IntoIterator<Item = u32>) -> Vec<Self> {
        indices.into_iter().map(|index| Self { family, index }).collect()
    }
}

/// One column of a panel; `cells` and `evidence` have one entry for each row of the spine.
#[derive(Debug, Clone)]
pub struct Column {
    /// What the column measures.
    pub measure: &'static Measure,
    /// The source's name; empty if no source could feed the measure.
    pub source: String,
    /// The cells.
    pub cells: Vec<Cell>,
    /// The rows behind each cell.
    pub evidence: Vec<Vec<RowRef>>,
}
