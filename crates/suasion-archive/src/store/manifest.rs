//! The manifest: which files of the store count, and what they are.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::archive::Table;
use crate::coverage::{Coverage, CoverageRecord};
use crate::problem::{Location, Problem};
use crate::provenance::{Provenance, sha256};
use crate::quarantine::Ledger;
use crate::schema::Family;
use crate::sources::registry;

const FILE: &str = "manifest.json";
/// The layout of the store; another number is another layout.
const LAYOUT: u32 = 3;

/// Refused rows that the manifest itself shows of a file.
const EXAMPLES: usize = 5;

/// The list of tables in a store.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    layout: u32,
    pub(super) entries: Vec<Entry>,
}

/// One published file in the store.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) family: String,
    /// Path below the store's folder.
    pub(super) file: String,
    /// Refused rows, below the store's folder, if there are any.
    pub(super) quarantine: Option<String>,
    /// What was asked to be kept of the file, and how it was read.
    kept_by: String,
    pub(super) provenance: Provenance,
    coverage: CoverageRecord,
    ledger: Ledger,
}

impl Entry {
    pub(super) fn of(table: &Table, kept_by: &str) -> Self {
        let family = table.family.table_name();
        // Members of one archive share its hash; the file's own name does not matter.
        let Provenance { source, sha256: hash, file, version, .. } = &table.provenance;
        let member = member_of(file);
        let identity = sha256(format!("{source}\n{hash}\n{member}\n{version}\n{kept_by}").as_bytes());
        // Names are the user's or the publisher's; only letters that are safe in a path go in.
        let source: String = table
            .provenance
            .source
            .chars()
            .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' })
            .collect();
        let stem = format!("{source}-{}", &identity[..16]);
        Self {
            family: family.to_owned(),
            file: format!("{family}/{stem}.parquet"),
            quarantine: (table.ledger.refused > 0).then(|| format!("quarantine/{stem}.csv")),
            kept_by: kept_by.to_owned(),
            provenance: table.provenance.clone(),
            coverage: CoverageRecord::from(&table.coverage),
            ledger: Ledger {
                // The file of refused rows holds them all.
                quarantined: table.ledger.quarantined.iter().take(EXAMPLES).cloned().collect(),
                ..table.ledger.clone()
            },
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

    /// The published file that it is of, or of a member of which, and how it was read.
    pub(super) fn published(&self) -> (String, String) {
        let file = self.provenance.file.split('/').next().unwrap_or_default();
        (file.to_owned(), self.kept_by.clone())
    }

    /// Its paths in a store.
    pub(super) fn paths(&self, root: &Path) -> impl Iterator<Item = PathBuf> {
        std::iter::once(&self.file)
            .chain(&self.quarantine)
            .map(|name| root.join(name))
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// Whether a later entry takes this one's place: another named release of the source, the same
    /// bytes read in another way, or a file that speaks for the same time and has the same name or
    /// holds all of the source.
    pub(super) fn is_superseded_by(&self, later: &Self) -> bool {
        let (own, other) = (&self.provenance, &later.provenance);
        if (&self.family, &own.source) != (&later.family, &other.source) {
            return false;
        }
        let released = !own.version.is_empty() && !other.version.is_empty() && own.version != other.version;
        let reread = own.sha256 == other.sha256 && member_of(&own.file) == member_of(&other.file);
        let same_name = own.file == other.file || registry::is_whole(&own.source);
        let revised = same_name && self.coverage.overlaps(&later.coverage);
        released || reread || revised
    }
}

/// Entries of one source and family that come later, by what can make an earlier one obsolete.
#[derive(Default)]
struct Later<'a> {
    versions: BTreeMap<&'a str, &'a Entry>,
    bytes: BTreeMap<(&'a str, &'a str), &'a Entry>,
    files: BTreeMap<&'a str, Vec<&'a Entry>>,
    all: Vec<&'a Entry>,
}

impl<'a> Later<'a> {
    fn supersede(&self, entry: &Entry) -> bool {
        let own = &entry.provenance;
        let same = self.bytes.get(&(own.sha256.as_str(), member_of(&own.file))).copied();
        let named = self.files.get(own.file.as_str()).into_iter().flatten().copied();
        // Releases are few, and so are files of sources of which one holds everything.
        let released = self.versions.values().copied();
        let whole = if registry::is_whole(&own.source) { self.all.as_slice() } else { &[] };
        same.into_iter()
            .chain(named)
            .chain(released)
            .chain(whole.iter().copied())
            .any(|later| entry.is_superseded_by(later))
    }

    fn add(&mut self, entry: &'a Entry) {
        let own = &entry.provenance;
        self.versions.entry(&own.version).or_insert(entry);
        self.bytes.entry((&own.sha256, member_of(&own.file))).or_insert(entry);
        self.files.entry(&own.file).or_default().push(entry);
        if registry::is_whole(&own.source) {
            self.all.push(entry);
        }
    }
}

/// The member of an archive that a table was read from; empty where the file is no archive.
fn member_of(file: &str) -> &str {
    file.split_once('/').map_or("", |(_, member)| member)
}

impl Manifest {
    /// Whether a folder has a manifest.
    pub(super) fn is_in(root: &Path) -> bool {
        root.join(FILE).is_file()
    }

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
        let broken = |error: &dyn std::fmt::Display| {
            Problem::new(format!("the store's manifest is broken: {error}")).at(place.clone())
        };
        let value: serde_json::Value = serde_json::from_str(&text).map_err(|error| broken(&error))?;
        let layout = value.get("layout").and_then(serde_json::Value::as_u64);
        if layout != Some(u64::from(LAYOUT)) {
            let held = layout.map_or_else(|| "none".to_owned(), |layout| layout.to_string());
            let message = format!("the store has layout {held}, this suasion reads layout {LAYOUT}");
            return Err(Problem::new(message).at(place).hint("ingest the sources again into a new store"));
        }
        serde_json::from_value(value).map_err(|error| broken(&error))
    }

    /// The entries that count, and those whose place a later one took.
    pub(super) fn split(&self) -> (Vec<&Entry>, Vec<&Entry>) {
        // From the last to the first; only entries that can matter to each other are compared.
        let mut later: BTreeMap<(&str, &str), Later<'_>> = BTreeMap::new();
        let (mut active, mut old) = (Vec::new(), Vec::new());
        for entry in self.entries.iter().rev() {
            let of_source = later.entry((&entry.family, &entry.provenance.source)).or_default();
            let list = if of_source.supersede(entry) { &mut old } else { &mut active };
            list.push(entry);
            of_source.add(entry);
        }
        active.reverse();
        old.reverse();
        (active, old)
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

#[cfg(test)]
mod tests {
    use super::LAYOUT;
    use crate::schema::Record;
    use crate::schema::event::EventRecord;
    use crate::schema::flow::FlowRecord;
    use crate::schema::tally::TallyRecord;
    use crate::schema::tie::TieRecord;
    use crate::schema::vote::VoteRecord;

    fn columns<R: Record>() -> String {
        let fields = R::fields().expect("a described record");
        let names: Vec<String> =
            fields.iter().map(|field| format!("{} {}", field.name(), field.data_type())).collect();
        format!("{}: {}", R::FAMILY.table_name(), names.join(", "))
    }

    // A store that was written with other columns must be refused as a whole, not fail in a query:
    // whoever changes a column takes the next number.
    #[test]
    fn the_layout_stands_for_its_columns() {
        let tables = [
            columns::<EventRecord>(),
            columns::<VoteRecord>(),
            columns::<TallyRecord>(),
            columns::<TieRecord>(),
            columns::<FlowRecord>(),
        ];
        insta::assert_snapshot!(format!("layout {LAYOUT}\n{}", tables.join("\n")));
    }
}
