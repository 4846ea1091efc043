//! The codebook: what each column of a panel means and where it comes from.

use suasion_archive::Table;

use crate::inputs::Inputs;
use crate::panel::Panel;

/// One line of the codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Name of the column.
    pub name: &'static str,
    /// The concept that it measures.
    pub concept: &'static str,
    /// Unit.
    pub unit: &'static str,
    /// How it is computed.
    pub description: &'static str,
    /// Source's name.
    pub source: String,
    /// Source's version.
    pub version: String,
    /// First and last day that the source speaks for.
    pub coverage: String,
    /// Citation keys.
    pub citation: String,
    /// What a reader must know.
    pub note: String,
}

/// Names of the codebook's columns.
pub const HEADER: [&str; 9] =
    ["name", "concept", "unit", "description", "source", "version", "coverage", "citation", "note"];

impl Entry {
    /// The fields in the order of [`HEADER`].
    pub fn fields(&self) -> [&str; 9] {
        [
            self.name,
            self.concept,
            self.unit,
            self.description,
            &self.source,
            &self.version,
            &self.coverage,
            &self.citation,
            &self.note,
        ]
    }
}

/// The codebook of a panel.
pub fn codebook(panel: &Panel, inputs: &Inputs) -> Vec<Entry> {
    panel
        .columns
        .iter()
        .map(|column| {
            let table = inputs.table_for(column.measure.needs);
            let text = |value: Option<String>| value.unwrap_or_default();
            Entry {
                name: column.measure.name,
                concept: column.measure.concept.name(),
                unit: column.measure.unit,
                description: column.measure.description,
                source: column.source.clone(),
                version: text(table.map(|table| table.provenance.version.clone())),
                coverage: text(table.map(|table| table.coverage.in_words())),
                citation: text(table.map(|table| table.provenance.citations.join(";"))),
                note: note(table, column.measure.counts_reports),
            }
        })
        .collect()
}

fn note(table: Option<&Table>, counts_reports: bool) -> String {
    match table {
        None => "no source of the study feeds this measure".to_owned(),
        Some(table) if counts_reports => {
            format!("Counts what the source reports. {}", table.coverage.note)
        }
        Some(_) => String::new(),
    }
}
