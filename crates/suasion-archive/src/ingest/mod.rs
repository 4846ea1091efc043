//! From a published file to the store: recognised by content, read in a stream, filtered while
//! reading, refused rows kept, counted in at the end in one step.

pub mod count;
mod events;
mod filter;
mod layout;
mod rows;
mod sink;
mod table;

use std::path::{Path, PathBuf};

use sha2::Sha256;

use crate::archive::Table;
use crate::input::{Lines, Seen, each_beginning, each_part};
use crate::problem::Problem;
use crate::provenance::hash_of_file;
use crate::schema::Family;
use crate::sources::mapping::Mapping;
use crate::sources::unvotes::{Companion, RollCalls};
use crate::store::{Added, Filling, StagedTable, Store};
pub use filter::Filter;
use layout::Layout;

/// What became of one file, or of one member of an archive.
#[derive(Debug, Clone)]
pub struct Ingested {
    /// The table with its ledger.
    pub table: Table,
    /// Whether it is new.
    pub added: Added,
}

/// How a file is to be read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What to keep.
    pub filter: Filter,
    /// The publisher's edition, where the file itself does not name it.
    pub release: Option<String>,
    /// The source whose layout the file has; recognised by content if none is named.
    pub source: Option<String>,
    /// The user's own description of the table.
    pub mapping: Option<Mapping>,
    /// Roll calls that stand in tables beside the votes.
    pub roll_calls: RollCalls,
    /// Whether a refused row refuses the file.
    pub strict: bool,
}

impl Options {
    /// By what two readings of the same bytes differ; the store tells tables apart by it.
    pub fn kept_by(&self) -> String {
        let mapping = self.mapping.as_ref().map(|mapping| format!("{mapping:?}")).unwrap_or_default();
        format!("{}{mapping}", self.filter)
    }
}

/// Files that are left to be taken, and tables that were read beside them, with their numbers of rows.
pub type Parted<'a> = (Vec<&'a PathBuf>, Vec<(&'a PathBuf, u64)>);

/// Reads tables that stand beside others into the options. An archive may hold both.
pub fn read_companions<'a>(paths: &'a [PathBuf], options: &mut Options) -> Result<Parted<'a>, Problem> {
    let (mut left, mut read) = (Vec::new(), Vec::new());
    for path in paths {
        let (mut companions, mut others) = (0, 0);
        // A file that cannot be read is told when it is taken.
        let looked = each_beginning(path, |_, start| match Companion::of(start) {
            Some(_) => companions += 1,
            None => others += 1,
        });
        if looked.is_err() || others > 0 || companions == 0 {
            left.push(path);
        }
        if companions > 0 {
            read.push((path, read_companion(path, &mut options.roll_calls)?));
        }
    }
    Ok((left, read))
}

fn read_companion(path: &Path, roll_calls: &mut RollCalls) -> Result<u64, Problem> {
    let mut rows = 0;
    each_part(path, &|_| (), |name, input| {
        let mut lines = Lines::new(input);
        let start = lines.peek().map_err(|error| Problem::file("read", path, &error))?;
        if let Some(what) = Companion::of(start) {
            rows += roll_calls.read(what, name, &mut lines.into_rest())?;
        }
        Ok(())
    })?;
    roll_calls.identity += &hash_of_file::<Sha256>(path)?;
    Ok(rows)
}

/// Reads a file and counts what it holds into the store, all of it or nothing.
pub fn ingest(
    store: &Store,
    path: &Path,
    options: &Options,
    seen: Seen<'_>,
) -> Result<Vec<Ingested>, Problem> {
    let filling = store.fill()?;
    let staged = stage(&filling, path, options, seen)?;
    count_in(&filling, staged)
}

/// Reads a file into tables that wait to be counted in, one for each member of an archive.
pub fn stage(
    filling: &Filling<'_>,
    path: &Path,
    options: &Options,
    seen: Seen<'_>,
) -> Result<Vec<StagedTable>, Problem> {
    let hash = hash_of_file::<Sha256>(path)?;
    let own_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (mut staged, mut unknown): (Vec<StagedTable>, Vec<Problem>) = (Vec::new(), Vec::new());
    each_part(path, seen, |name, input| {
        let mut lines = Lines::new(input);
        let start = lines.peek().map_err(|error| Problem::file("read", path, &error))?;
        let Some(layout) = Layout::of(start, name, options)? else {
            unknown.push(Layout::unknown(path, name, start));
            return Ok(());
        };
        let file = if own_name == name { name.to_owned() } else { format!("{own_name}/{name}") };
        let (files, table) = layout.read(filling, lines, &file, options, &hash)?;
        if let Some(row) = table.ledger.quarantined.first().filter(|_| options.strict) {
            let message = format!("{} rows were refused; the first: {row}", table.ledger.refused);
            return Err(Problem::new(message).hint("without --strict they are kept apart and counted"));
        }
        // Votes are read with the roll calls beside them: other roll calls make another table.
        let beside = if table.family == Family::Vote { options.roll_calls.identity.as_str() } else { "" };
        staged.push(StagedTable { files, table, kept_by: options.kept_by() + beside });
        Ok(())
    })?;
    // Archives hold codebooks and other tables beside the one that is wanted.
    match unknown.into_iter().next() {
        Some(problem) if staged.is_empty() => Err(problem),
        _ => Ok(staged),
    }
}

/// Counts tables in, in this order and in one step.
pub fn count_in(filling: &Filling<'_>, staged: Vec<StagedTable>) -> Result<Vec<Ingested>, Problem> {
    let tables: Vec<Table> = staged.iter().map(|staged| staged.table.clone()).collect();
    let added = filling.commit(staged)?;
    Ok(tables.into_iter().zip(added).map(|(table, added)| Ingested { table, added }).collect())
}
