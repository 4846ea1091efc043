//! The manifest: which files of the store count, and what they are.

use std::fs;
use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::archive::Table;
use crate::coverage::{Coverage, CoverageRecord};
use crate::problem::{Location, Problem};
use crate::provenance::Provenance;
use crate::quarantine::Ledger;
use crate::schema::Family;

const FILE: &str = "manifest.json";
/// The layout of the store; another number is another layout.
const LAYOUT: u32 = 1;

/// The list of tables in a store.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    layout: u32,
    pub(super) entries: Vec<Entry>,
}

/// One table of the store.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) family: String,
    /// Path below the store's folder.
    pub(super) file: String,
    rows: usize,
    provenance: Provenance,
    coverage: CoverageRecord,
    ledger: Ledger,
}

impl Entry {
    pub(super) fn of(table: &Table, rows: usize) -> Self {
        let family = table.family.table_name();
        let hash = &table.provenance.sha256[..16.min(table.provenance.sha256.len())];
        // The source's name is the user's; only letters that are safe in a path go into it.
        let source: String = table
            .provenance
            .source
            .chars()
            .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' })
            .collect();
        Self {
            family: family.to_owned(),
            file: format!("{family}/{source}-{hash}.parquet"),
            rows,
            provenance: table.provenance.clone(),
            coverage: CoverageRecord::from(&table.coverage),
            ledger: table.ledger.clone(),
        }
    }

    pub(super) fn table(&self) -> Result<Table, Problem> {
        let broken = |reason: String| {
            Problem::new(format!("the store's manifest is broken: {reason}"))
                .hint("ingest the source again into a new store")
        };
        Ok(Table {
            family: Family::ALL
                .into_iter()
                .find(|family| family.table_name() == self.family)
                .ok_or_else(|| broken(format!("no family `{}`", self.family)))?,
            coverage: Coverage::try_from(&self.coverage).map_err(broken)?,
            provenance: self.provenance.clone(),
            ledger: self.ledger.clone(),
        })
    }
}

impl Manifest {
    /// The manifest of a store; an empty one where there is none yet.
    pub(super) fn read(root: &Path) -> Result<Self, Problem> {
        let path = root.join(FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self { layout: LAYOUT, entries: Vec::new() });
            }
            Err(error) => return Err(Problem::file("read", &path, &error)),
        };
        let place = Location::file(path.display().to_string());
        let manifest: Self = serde_json::from_str(&text).map_err(|error| {
            Problem::new(format!("the store's manifest is broken: {error}")).at(place.clone())
        })?;
        if manifest.layout == LAYOUT {
            return Ok(manifest);
        }
        let message = format!("the store has layout {}, this suasion reads layout {LAYOUT}", manifest.layout);
        Err(Problem::new(message).at(place))
    }

    /// Replaces the manifest in one step.
    pub(super) fn write(&self, root: &Path) -> Result<(), Problem> {
        let path = root.join(FILE);
        let failed = |error: std::io::Error| Problem::file("write", &path, &error);
        let mut temporary = tempfile::NamedTempFile::new_in(root).map_err(failed)?;
        serde_json::to_writer_pretty(&mut temporary, self).map_err(|error| failed(error.into()))?;
        temporary.write_all(b"\n").map_err(failed)?;
        temporary.as_file().sync_all().map_err(failed)?;
        temporary.persist(&path).map_err(|error| failed(error.error))?;
        Ok(())
    }
}
