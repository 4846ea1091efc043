//! The store on disk: Parquet files by family, and one manifest that says which of them count.
//!
//! A table is added by writing its file beside the others and then replacing the manifest in one
//! step, under a lock that other processes heed. Until then nothing refers to the file, so a
//! process that dies leaves the store as it was; what it left behind is swept away by the next
//! `prune`.

mod manifest;
mod writer;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::archive::Table;
use crate::problem::Problem;
use crate::provenance::sha256;
use crate::schema::{Family, Record};
use manifest::{Entry, Manifest};
pub use writer::{Staged, TableWriter};

/// A folder of Parquet tables.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
}

/// What pruning took away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Files whose place a later one had taken.
    pub superseded: usize,
    /// Files that nothing referred to.
    pub stray: usize,
}

impl Store {
    /// The place that the platform keeps for data of programs.
    pub fn default_root() -> Result<PathBuf, Problem> {
        let places = etcetera::choose_base_strategy().map_err(|error| {
            Problem::new(format!("no place for the store: {error}")).hint("name one with --store")
        })?;
        Ok(places.data_dir().join("suasion").join("store"))
    }

    /// A store at this folder, which need not exist yet.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What the store holds, one table for each source and family, in the order in which they
    /// were first added. Superseded files are left out.
    pub fn tables(&self) -> Result<Vec<Table>, Problem> {
        let manifest = Manifest::read(&self.root)?;
        let mut tables: Vec<(Table, usize)> = Vec::new();
        for entry in manifest.split().0 {
            let table = entry.table()?;
            let same = |held: &Table| {
                held.family == table.family && held.provenance.source == table.provenance.source
            };
            match tables.iter_mut().find(|(held, _)| same(held)) {
                Some((held, files)) => {
                    *files += 1;
                    held.coverage = held.coverage.clone().joined(&table.coverage);
                    held.ledger.add(&table.ledger);
                    held.provenance.sha256 =
                        sha256(format!("{}{}", held.provenance.sha256, table.provenance.sha256).as_bytes());
                    held.provenance.file = format!("{files} files");
                }
                None => tables.push((table, 1)),
            }
        }
        Ok(tables.into_iter().map(|(table, _)| table).collect())
    }

    /// The Parquet files of a family that count.
    pub fn files(&self, family: Family) -> Result<Vec<PathBuf>, Problem> {
        let manifest = Manifest::read(&self.root)?;
        let (active, _) = manifest.split();
        let of_family = active.into_iter().filter(|entry| entry.family == family.table_name());
        Ok(of_family.map(|entry| self.root.join(&entry.file)).collect())
    }

    /// The files of refused rows, by source.
    pub fn quarantines(&self) -> Result<Vec<(String, PathBuf)>, Problem> {
        let manifest = Manifest::read(&self.root)?;
        let (active, _) = manifest.split();
        let with = |entry: &Entry| {
            let path = self.root.join(entry.quarantine.as_ref()?);
            Some((entry.provenance.source.clone(), path))
        };
        Ok(active.into_iter().filter_map(with).collect())
    }

    /// Whether the store holds a file of these bytes, kept by the same filter, and counts it.
    pub fn holds(&self, source: &str, hash: &str, filter: &str) -> Result<bool, Problem> {
        let manifest = Manifest::read(&self.root)?;
        let (active, _) = manifest.split();
        Ok(active.iter().any(|entry| {
            entry.provenance.source == source && entry.provenance.sha256 == hash && entry.filter == filter
        }))
    }

    /// Begins a table of a family.
    pub fn writer<R: Record>(&self) -> Result<TableWriter, Problem> {
        let guard = self.lock_file("writers.lock")?;
        guard.lock_shared().map_err(|error| Problem::file("lock", &self.root, &error))?;
        TableWriter::new(&self.root.join(R::FAMILY.table_name()), R::schema()?, guard)
    }

    /// Counts written tables in, all in one step. Those of which the store holds the same bytes
    /// already change nothing, and say so by `false`.
    pub fn commit(&self, staged: Vec<(Staged, Table)>, filter: &str) -> Result<Vec<bool>, Problem> {
        let _lock = self.lock()?;
        let mut manifest = Manifest::read(&self.root)?;
        let mut added = Vec::with_capacity(staged.len());
        for (files, table) in staged {
            let entry = Entry::of(&table, filter);
            let (active, _) = manifest.split();
            if active.iter().any(|held| held.file == entry.file) {
                added.push(false);
                continue;
            }
            let persist = |file: tempfile::NamedTempFile, name: &str| {
                let path = self.root.join(name);
                let folder = path.parent().unwrap_or(&self.root);
                fs::create_dir_all(folder).map_err(|error| Problem::file("create", folder, &error))?;
                file.persist(&path).map_err(|error| Problem::file("write", &path, &error.error))?;
                Ok::<(), Problem>(())
            };
            persist(files.file, &entry.file)?;
            if let (Some(rows), Some(name)) = (files.quarantine, &entry.quarantine) {
                persist(rows, name)?;
            }
            manifest.entries.retain(|held| held.file != entry.file);
            manifest.entries.push(entry);
            added.push(true);
        }
        manifest.write(&self.root)?;
        Ok(added)
    }

    /// Adds a whole table of typed rows.
    pub fn add<R: Record>(&self, table: &Table, rows: &[R::Row]) -> Result<bool, Problem> {
        let mut writer = self.writer::<R>()?;
        writer.write(&R::to_batch(rows)?)?;
        for row in &table.ledger.quarantined {
            writer.quarantine(row)?;
        }
        let added = self.commit(vec![(writer.finish()?, table.clone())], "")?;
        Ok(added.first().copied().unwrap_or(false))
    }

    /// Takes superseded files away, and what killed processes left behind.
    pub fn prune(&self) -> Result<Pruned, Problem> {
        // Unfinished files of a running process are no strays.
        let writers = self.lock_file("writers.lock")?;
        writers.try_lock().map_err(|_| {
            Problem::new("another process is filling the store").hint("prune when it is done")
        })?;
        let _lock = self.lock()?;
        let mut manifest = Manifest::read(&self.root)?;
        let (active, old) = manifest.split();
        let superseded = old.len();
        let kept: Vec<Entry> = active.into_iter().cloned().collect();
        let names: BTreeSet<PathBuf> = kept
            .iter()
            .flat_map(|entry| std::iter::once(&entry.file).chain(&entry.quarantine))
            .map(|name| self.root.join(name))
            .collect();
        manifest.entries = kept;
        manifest.write(&self.root)?;
        let mut gone = 0;
        let folders = Family::ALL.map(Family::table_name).into_iter().chain(["quarantine"]);
        for folder in folders.map(|name| self.root.join(name)).filter(|folder| folder.is_dir()) {
            let wrong = |error: std::io::Error| Problem::file("read", &folder, &error);
            for file in fs::read_dir(&folder).map_err(wrong)? {
                let path = file.map_err(wrong)?.path();
                if path.is_file() && !names.contains(&path) {
                    let refers = path.extension().is_some_and(|extension| extension == "parquet");
                    fs::remove_file(&path).map_err(|error| Problem::file("remove", &path, &error))?;
                    gone += usize::from(refers);
                }
            }
        }
        Ok(Pruned { superseded, stray: gone.saturating_sub(superseded) })
    }

    /// Waits until no other process changes the store. The lock ends with the value.
    fn lock(&self) -> Result<File, Problem> {
        let file = self.lock_file("manifest.lock")?;
        file.lock().map_err(|error| Problem::file("lock", &self.root, &error))?;
        Ok(file)
    }

    fn lock_file(&self, name: &str) -> Result<File, Problem> {
        fs::create_dir_all(&self.root).map_err(|error| Problem::file("create", &self.root, &error))?;
        let path = self.root.join(name);
        File::create(&path).map_err(|error| Problem::file("open", &path, &error))
    }
}
