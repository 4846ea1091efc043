//! Filling the store: tables are written side by side and counted in together.

use std::collections::BTreeSet;
use std::fs::{self, File};

use super::manifest::{Entry, Manifest};
use super::{Staged, Store, TableWriter};
use crate::archive::Table;
use crate::problem::Problem;
use crate::schema::Record;

/// A store that is being filled.
#[derive(Debug)]
pub struct Filling<'a> {
    pub(super) store: &'a Store,
    /// Keeps others from sweeping unfinished files away.
    pub(super) _guard: File,
}

/// A table that is written and waits to be counted in.
#[derive(Debug)]
pub struct StagedTable {
    /// Its files.
    pub files: Staged,
    /// What it is.
    pub table: Table,
    /// What was asked to be kept of the published file, and how it was read; with the file's hash
    /// it tells tables apart.
    pub kept_by: String,
}

/// What became of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// The store held the same already.
    HeldAlready,
    /// It is new, and takes the place of so many earlier files.
    New {
        /// Files that no longer count.
        superseded: usize,
    },
}

impl Filling<'_> {
    /// Begins a table of a family.
    pub fn writer<R: Record>(&self) -> Result<TableWriter, Problem> {
        TableWriter::new(&self.store.root().join(R::FAMILY.table_name()), R::schema()?)
    }

    /// Counts written tables in, all in one step and in this order.
    pub fn commit(&self, staged: Vec<StagedTable>) -> Result<Vec<Added>, Problem> {
        let _lock = self.store.lock()?;
        let mut manifest = Manifest::read(self.store.root())?;
        let mut added = Vec::with_capacity(staged.len());
        let mut held: BTreeSet<String> =
            manifest.split().0.into_iter().map(|entry| entry.file.clone()).collect();
        for StagedTable { files, table, kept_by } in staged {
            let entry = Entry::of(&table, &kept_by);
            if held.contains(&entry.file) {
                added.push(Added::HeldAlready);
                continue;
            }
            self.persist(files.file, &entry.file)?;
            if let (Some(rows), Some(name)) = (files.quarantine, &entry.quarantine) {
                self.persist(rows, name)?;
            }
            let replaced = |old: &Entry| held.contains(&old.file) && old.is_superseded_by(&entry);
            let gone: Vec<String> =
                manifest.entries.iter().filter(|old| replaced(old)).map(|old| old.file.clone()).collect();
            manifest.entries.retain(|old| old.file != entry.file);
            for file in &gone {
                held.remove(file);
            }
            held.insert(entry.file.clone());
            manifest.entries.push(entry);
            added.push(Added::New { superseded: gone.len() });
        }
        manifest.write(self.store.root())?;
        Ok(added)
    }

    fn persist(&self, file: tempfile::TempPath, name: &str) -> Result<(), Problem> {
        let path = self.store.root().join(name);
        let folder = path.parent().unwrap_or(self.store.root());
        fs::create_dir_all(folder).map_err(|error| Problem::file("create", folder, &error))?;
        file.persist(&path).map_err(|error| Problem::file("write", &path, &error.error))
    }
}
