//! Numbers that know the rows behind them.

use std::collections::BTreeMap;

use suasion_archive::Family;
use suasion_panel::RowRef;

/// A number as it is shown, with the identity of its evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// The number in words or digits.
    pub text: String,
    /// Identity of its entry in the evidence book.
    pub id: String,
}

/// What stands behind one number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Identity, stable from run to run.
    pub id: String,
    /// What the number is.
    pub title: String,
    /// How it was computed.
    pub how: String,
    /// The rows, by family, each once.
    pub rows: BTreeMap<Family, Vec<u32>>,
}

/// All evidence of a report.
#[derive(Debug, Clone, Default)]
pub struct EvidenceBook {
    entries: Vec<Entry>,
}

impl EvidenceBook {
    /// Notes a number with its rows; `id` must be unique in the report.
    pub fn note(
        &mut self,
        id: impl Into<String>,
        text: impl Into<String>,
        title: impl Into<String>,
        how: impl Into<String>,
        rows: &[RowRef],
    ) -> Number {
        let id = id.into();
        let mut by_family: BTreeMap<Family, Vec<u32>> = BTreeMap::new();
        for row in rows {
            by_family.entry(row.family).or_default().push(row.index);
        }
        for indices in by_family.values_mut() {
            indices.sort_unstable();
            indices.dedup();
        }
        self.entries.push(Entry { id: id.clone(), title: title.into(), how: how.into(), rows: by_family });
        Number { text: text.into(), id }
    }

    /// The entries, in the order of the report.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Rows of a family that any number rests on, each once.
    pub fn used(&self, family: Family) -> Vec<u32> {
        let mut all: Vec<u32> =
            self.entries.iter().filter_map(|entry| entry.rows.get(&family)).flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}
