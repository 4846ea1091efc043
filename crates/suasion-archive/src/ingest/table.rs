//! What a table of the store is told of its source.

use crate::archive::Table;
use crate::coverage::Coverage;
use crate::provenance::Provenance;
use crate::quarantine::Ledger;
use crate::schema::Family;

/// A source as it describes itself.
pub(super) struct Described<'a> {
    pub(super) source: &'a str,
    pub(super) title: &'a str,
    pub(super) version: &'a str,
    pub(super) licence: &'a str,
    pub(super) citations: Vec<String>,
    pub(super) note: &'a str,
    /// Hash of the file's bytes.
    pub(super) hash: &'a str,
}

impl Described<'_> {
    pub(super) fn table(&self, family: Family, coverage: Coverage, file: &str, ledger: Ledger) -> Table {
        let licence = if self.licence.is_empty() { "as its publisher says" } else { self.licence };
        Table {
            family,
            coverage,
            provenance: Provenance {
                source: self.source.to_owned(),
                title: self.title.to_owned(),
                version: self.version.to_owned(),
                file: file.to_owned(),
                sha256: self.hash.to_owned(),
                licence: licence.to_owned(),
                citations: self.citations.clone(),
            },
            ledger,
        }
    }
}
