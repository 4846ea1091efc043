//! The store on disk: Parquet files by family, and one manifest that says which of them count.
//!
//! A table is added by writing its file beside the others and then replacing the manifest in one
//! step. Until then nothing refers to the file, so a process that dies leaves the store as it was.

mod manifest;

use std::fs;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::archive::Table;
use crate::problem::Problem;
use crate::schema::{Family, Record};
use manifest::{Entry, Manifest};

/// A folder of Parquet tables.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
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

    /// What the store holds, in the order in which it was added.
    pub fn tables(&self) -> Result<Vec<Table>, Problem> {
        Manifest::read(&self.root)?.entries.iter().map(Entry::table).collect()
    }

    /// The Parquet files of a family.
    pub fn files(&self, family: Family) -> Result<Vec<PathBuf>, Problem> {
        let manifest = Manifest::read(&self.root)?;
        let files = manifest.entries.iter().filter(|entry| entry.family == family.table_name());
        Ok(files.map(|entry| self.root.join(&entry.file)).collect())
    }

    /// Adds a table; the same file of the same source again changes nothing, and says so by
    /// `false`.
    pub fn add<R: Record>(&self, table: &Table, rows: &[R::Row]) -> Result<bool, Problem> {
        let mut manifest = Manifest::read(&self.root)?;
        let entry = Entry::of(table, rows.len());
        if manifest.entries.iter().any(|held| held.file == entry.file) {
            return Ok(false);
        }
        let path = self.root.join(&entry.file);
        write_parquet::<R>(&path, rows)?;
        manifest.entries.push(entry);
        manifest.write(&self.root)?;
        Ok(true)
    }
}

fn write_parquet<R: Record>(path: &Path, rows: &[R::Row]) -> Result<(), Problem> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| Problem::file("create", folder, &error))?;
    let temporary =
        tempfile::NamedTempFile::new_in(folder).map_err(|error| Problem::file("write in", folder, &error))?;
    let batch = R::to_batch(rows)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by("suasion".to_owned())
        .build();
    let failed = |error: parquet::errors::ParquetError| {
        Problem::new(format!("cannot write {}: {error}", path.display()))
    };
    let mut writer =
        ArrowWriter::try_new(temporary.as_file(), batch.schema(), Some(properties)).map_err(failed)?;
    writer.write(&batch).map_err(failed)?;
    writer.close().map_err(failed)?;
    temporary.as_file().sync_all().map_err(|error| Problem::file("write", path, &error))?;
    temporary.persist(path).map_err(|error| Problem::file("write", path, &error.error))?;
    Ok(())
}
