//! The store on disk: Parquet files by family, and one manifest that says which of them count.
//!
//! A table is added by writing its file beside the others and then replacing the manifest in one
//! step, under a lock that other processes heed. Until then nothing refers to the file, so a
//! process that dies leaves the store as it was; what it left behind is swept away by the next
//! `prune`.

mod filling;
mod manifest;
mod writer;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::archive::Table;
use crate::problem::Problem;
use crate::provenance::sha256;
use crate::schema::{Family, Record};
pub use filling::{Added, Filling, StagedTable};
use manifest::{Entry, Manifest};
pub use writer::{Staged, TableWriter};

/// A folder of Parquet tables.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
}

/// Tables of a store with the files behind them.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// One table for each source and family.
    pub tables: Vec<Table>,
    /// The Parquet files that count, by family.
    pub files: BTreeMap<Family, Vec<PathBuf>>,
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

    /// What the store holds at this moment: tables and the files behind them, from one reading of
    /// the manifest, so that they agree whatever other processes do.
    pub fn snapshot(&self) -> Result<Snapshot, Problem> {
        let manifest = Manifest::read(&self.root)?;
        let (active, _) = manifest.split();
        let mut tables: Vec<(Table, usize)> = Vec::new();
        let mut files: BTreeMap<Family, Vec<PathBuf>> = BTreeMap::new();
        for entry in active {
            let table = entry.table()?;
            files.entry(table.family).or_default().push(self.root.join(&entry.file));
            let same = |held: &Table| {
                held.family == table.family && held.provenance.source == table.provenance.source
            };
            match tables.iter_mut().find(|(held, _)| same(held)) {
                Some((held, parts)) => {
                    *parts += 1;
                    held.coverage = held.coverage.clone().joined(&table.coverage);
                    held.ledger.add(&table.ledger);
                    held.provenance.sha256 =
                        sha256(format!("{}{}", held.provenance.sha256, table.provenance.sha256).as_bytes());
                    held.provenance.file = format!("{parts} files");
                }
                None => tables.push((table, 1)),
            }
        }
        Ok(Snapshot { tables: tables.into_iter().map(|(table, _)| table).collect(), files })
    }

    /// What the store holds, one table for each source and family, in the order in which they
    /// were first added. Superseded files are left out.
    pub fn tables(&self) -> Result<Vec<Table>, Problem> {
        Ok(self.snapshot()?.tables)
    }

    /// Bytes on disk by family and source.
    pub fn sizes(&self) -> Result<BTreeMap<(String, String), u64>, Problem> {
        let manifest = Manifest::read(&self.root)?;
        let (active, _) = manifest.split();
        let mut sizes = BTreeMap::new();
        for entry in active {
            let bytes: u64 =
                entry.paths(&self.root).filter_map(|path| path.metadata().ok()).map(|file| file.len()).sum();
            *sizes.entry((entry.family.clone(), entry.provenance.source.clone())).or_insert(0) += bytes;
        }
        Ok(sizes)
    }

    /// The published files that the store holds, in whole or a member of them, and how they were
    /// read.
    pub fn held_files(&self) -> Result<BTreeSet<(String, String)>, Problem> {
        let manifest = Manifest::read(&self.root)?;
        let (active, _) = manifest.split();
        Ok(active.into_iter().map(Entry::published).collect())
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

    /// Begins to fill the store; until the value ends, nobody prunes.
    pub fn fill(&self) -> Result<Filling<'_>, Problem> {
        let guard = self.lock_file("writers.lock")?;
        guard.lock_shared().map_err(|error| Problem::file("lock", &self.root, &error))?;
        Ok(Filling { store: self, _guard: guard })
    }

    /// Adds a whole table of typed rows.
    pub fn add<R: Record>(&self, table: &Table, rows: &[R::Row]) -> Result<bool, Problem> {
        let filling = self.fill()?;
        let mut writer = filling.writer::<R>()?;
        writer.write(&R::to_batch(rows)?)?;
        for row in &table.ledger.quarantined {
            writer.quarantine(row)?;
        }
        let staged = StagedTable { files: writer.finish()?, table: table.clone(), kept_by: String::new() };
        let added = filling.commit(vec![staged])?;
        Ok(added.first().is_some_and(|added| *added != Added::HeldAlready))
    }

    /// Takes superseded files away, and what killed processes left behind.
    pub fn prune(&self) -> Result<Pruned, Problem> {
        if !Manifest::is_in(&self.root) {
            let message = format!("{} is no store: it has no manifest", self.root.display());
            return Err(Problem::new(message).hint("name the store with --store"));
        }
        // Unfinished files of a running process are no strays.
        let writers = self.lock_file("writers.lock")?;
        writers.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => {
                Problem::new("another process is filling the store").hint("prune when it is done")
            }
            TryLockError::Error(error) => Problem::file("lock", &self.root, &error),
        })?;
        let _lock = self.lock()?;
        let mut manifest = Manifest::read(&self.root)?;
        let (active, old) = manifest.split();
        let superseded = old.len();
        let old_names: BTreeSet<PathBuf> = old.iter().flat_map(|entry| entry.paths(&self.root)).collect();
        let kept: Vec<Entry> = active.into_iter().cloned().collect();
        let names: BTreeSet<PathBuf> = kept.iter().flat_map(|entry| entry.paths(&self.root)).collect();
        manifest.entries = kept;
        manifest.write(&self.root)?;
        let mut stray = 0;
        let folders = Family::ALL.map(Family::table_name).into_iter().chain(["quarantine", ""]);
        for folder in folders.map(|name| self.root.join(name)).filter(|folder| folder.is_dir()) {
            let wrong = |error: std::io::Error| Problem::file("read", &folder, &error);
            for file in fs::read_dir(&folder).map_err(wrong)? {
                let path = file.map_err(wrong)?.path();
                if path.is_file() && is_ours(&path) && !names.contains(&path) {
                    fs::remove_file(&path).map_err(|error| Problem::file("remove", &path, &error))?;
                    stray += usize::from(!old_names.contains(&path));
                }
            }
        }
        Ok(Pruned { superseded, stray })
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

/// Whether a file bears a name that only the store gives: `source-0123456789abcdef.parquet`, or a
/// temporary one.
fn is_ours(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.strip_suffix(".parquet").or_else(|| name.strip_suffix(".csv"));
    let hashed = stem
        .and_then(|stem| stem.rsplit_once('-'))
        .is_some_and(|(_, hash)| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
    hashed || name.starts_with(".tmp")
}
