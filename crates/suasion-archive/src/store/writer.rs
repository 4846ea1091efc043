//! Writing one table of the store, batch by batch, beside the others until it is whole.

use std::fs;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::Schema;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use tempfile::{NamedTempFile, TempPath};

use crate::problem::Problem;
use crate::quarantine::Quarantined;

/// Rows of a row group; each is held in memory while it is written.
const GROUP_ROWS: usize = 1 << 16;

/// Bytes of a row group, about.
const GROUP_BYTES: usize = 64 << 20;

/// A table that is being written. Dropped unfinished, it leaves nothing behind.
#[derive(Debug)]
pub struct TableWriter {
    writer: ArrowWriter<File>,
    file: NamedTempFile,
    quarantine: Option<(csv::Writer<File>, NamedTempFile)>,
    folder: std::path::PathBuf,
}

/// A table that is written and waits to be counted in.
#[derive(Debug)]
pub struct Staged {
    pub(super) file: TempPath,
    pub(super) quarantine: Option<TempPath>,
}

impl TableWriter {
    pub(super) fn new(folder: &Path, schema: Arc<Schema>) -> Result<Self, Problem> {
        fs::create_dir_all(folder).map_err(|error| Problem::file("create", folder, &error))?;
        let file =
            NamedTempFile::new_in(folder).map_err(|error| Problem::file("write in", folder, &error))?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_max_row_group_row_count(Some(GROUP_ROWS))
            .set_created_by("suasion".to_owned())
            .build();
        let handle = file.reopen().map_err(|error| Problem::file("write in", folder, &error))?;
        let writer = ArrowWriter::try_new(handle, schema, Some(properties)).map_err(failed)?;
        Ok(Self { writer, file, quarantine: None, folder: folder.to_owned() })
    }

    /// Adds rows.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), Problem> {
        self.writer.write(batch).map_err(failed)?;
        // Long texts fill memory before rows do.
        if self.writer.in_progress_size() > GROUP_BYTES {
            self.writer.flush().map_err(failed)
        } else {
            Ok(())
        }
    }

    /// Keeps a refused row.
    pub fn quarantine(&mut self, row: &Quarantined) -> Result<(), Problem> {
        let folder = &self.folder;
        let wrong = |error: std::io::Error| Problem::file("write in", folder, &error);
        if self.quarantine.is_none() {
            let file = NamedTempFile::new_in(folder).map_err(wrong)?;
            let handle = file.reopen().map_err(wrong)?;
            self.quarantine = Some((csv::Writer::from_writer(handle), file));
        }
        let Some((writer, _)) = &mut self.quarantine else { return Ok(()) };
        writer
            .serialize(row)
            .map_err(|error| Problem::new(format!("cannot keep a refused row in the store: {error}")))
    }

    /// Ends the table.
    pub fn finish(self) -> Result<Staged, Problem> {
        self.writer.close().map_err(failed)?;
        let synced = |file: &NamedTempFile| {
            file.as_file().sync_all().map_err(|error| Problem::file("write in", &self.folder, &error))
        };
        synced(&self.file)?;
        let quarantine = match self.quarantine {
            Some((mut writer, file)) => {
                writer.flush().map_err(|error| Problem::file("write in", &self.folder, &error))?;
                synced(&file)?;
                Some(file)
            }
            None => None,
        };
        // Paths only: a thousand open files are more than most systems let a process have.
        Ok(Staged {
            file: self.file.into_temp_path(),
            quarantine: quarantine.map(NamedTempFile::into_temp_path),
        })
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn failed(error: parquet::errors::ParquetError) -> Problem {
    Problem::new(format!("cannot write a table of the store: {error}"))
}
