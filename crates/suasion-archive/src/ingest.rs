//! From a published file to the store: recognised by content, read in a stream, filtered while
//! reading, refused rows kept, counted in at the end in one step.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use jiff::civil::Date;
use sha2::{Digest, Sha256};
use suasion_actors::{Period, StateId};

use crate::archive::Table;
use crate::coverage::{Coverage, Scope, joined};
use crate::input::{Lines, Seen, each_part};
use crate::problem::Problem;
use crate::provenance::{Provenance, hexadecimal};
use crate::quarantine::{Ledger, Refusal};
use crate::schema::event::EventRecord;
use crate::schema::{CodedEvent, CodedEvents, Family};
use crate::sources::coded::Receiver;
use crate::sources::{gdelt, icews, registry};
use crate::store::{Staged, Store, TableWriter};

/// Events of a batch.
const BATCH: usize = 1 << 15;

/// What to keep of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Events between two of these states only; all if empty.
    pub states: BTreeSet<StateId>,
    /// Events from this day on.
    pub from: Option<Date>,
    /// Events to this day.
    pub to: Option<Date>,
}

impl Filter {
    fn keeps(&self, event: &CodedEvent<'_>) -> bool {
        let known = |state: Option<StateId>| state.is_some_and(|state| self.states.contains(&state));
        (self.states.is_empty() || (known(event.source) && known(event.target)))
            && self.from.is_none_or(|from| from <= event.date)
            && self.to.is_none_or(|to| event.date <= to)
    }

    fn scope(&self) -> Scope {
        if self.states.is_empty() {
            return Scope::World;
        }
        Scope::Between { powers: self.states.clone(), states: self.states.clone() }
    }

    /// The part of a covered period that the filter leaves.
    fn within(&self, period: Period) -> Option<Period> {
        Period::new(
            self.from.map_or(period.begin(), |from| from.max(period.begin())),
            self.to.map_or(period.end(), |to| to.min(period.end())),
        )
    }
}

/// The filter in one line, by which the store tells the same file kept in other ways apart; empty
/// for everything.
impl fmt::Display for Filter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = Vec::new();
        if !self.states.is_empty() {
            parts.push(self.states.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "));
        }
        parts.extend(self.from.map(|from| format!("from {from}")));
        parts.extend(self.to.map(|to| format!("to {to}")));
        formatter.write_str(&parts.join(", "))
    }
}

/// What became of one file, or of one member of an archive.
#[derive(Debug, Clone)]
pub struct Ingested {
    /// The table with its ledger.
    pub table: Table,
    /// Whether it is new; `false` where the store held the same bytes already.
    pub added: bool,
}

/// The hash of a file's bytes.
pub fn hash_of(path: &Path) -> Result<String, Problem> {
    let failed = |error: std::io::Error| Problem::file("read", path, &error);
    let mut file = File::open(path).map_err(failed)?;
    let (mut hasher, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        let read = file.read(&mut buffer).map_err(failed)?;
        if read == 0 {
            return Ok(hexadecimal(&hasher.finalize()));
        }
        hasher.update(&buffer[..read]);
    }
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
    /// Whether a refused row refuses the file.
    pub strict: bool,
}

/// Reads a file and counts what it holds into the store, all of it or nothing.
pub fn ingest(
    store: &Store,
    path: &Path,
    options: &Options,
    seen: Seen<'_>,
) -> Result<Vec<Ingested>, Problem> {
    let hash = hash_of(path)?;
    let own_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut staged: Vec<(Staged, Table)> = Vec::new();
    each_part(path, seen, |name, input| {
        let mut lines = Lines::new(input);
        let first = lines.peek().map_err(|error| Problem::file("read", path, &error))?;
        let layout =
            Layout::of(first, options.source.as_deref()).ok_or_else(|| unknown(path, name, first))?;
        let file = if own_name == name { name.to_owned() } else { format!("{own_name}/{name}") };
        let mut sink = EventSink::new(store, layout.source(), &file, &options.filter)?;
        layout.read(&mut lines, &file, &mut sink)?;
        let (files, table) = sink.finish(&hash, options.release.as_deref())?;
        if let Some(row) = table.ledger.quarantined.first().filter(|_| options.strict) {
            let message = format!("{} rows were refused; the first: {row}", table.ledger.refused);
            return Err(Problem::new(message).hint("without --strict they are kept apart and counted"));
        }
        staged.push((files, table));
        Ok(())
    })?;
    let tables: Vec<Table> = staged.iter().map(|(_, table)| table.clone()).collect();
    let added = store.commit(staged, &options.filter.to_string())?;
    Ok(tables.into_iter().zip(added).map(|(table, added)| Ingested { table, added }).collect())
}

fn unknown(path: &Path, name: &str, first: &[u8]) -> Problem {
    let begin = String::from_utf8_lossy(&first[..first.len().min(80)]).into_owned();
    let member = if path.ends_with(name) { String::new() } else { format!(" ({name})") };
    Problem::new(format!("{}{member} has no layout that is known; it begins `{begin}`", path.display()))
        .hint(format!("known layouts: {}", Layout::ALL.map(Layout::title).join("; ")))
}

/// The layouts that are recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    Gdelt(gdelt::Version),
    Icews,
}

impl Layout {
    const ALL: [Self; 3] = [Self::Gdelt(gdelt::Version::One), Self::Gdelt(gdelt::Version::Two), Self::Icews];

    /// The layout of a first line, or the one that the user names.
    fn of(first: &[u8], named: Option<&str>) -> Option<Self> {
        let found = if icews::recognises(first) {
            Some(Self::Icews)
        } else {
            gdelt::Version::of(first).map(Self::Gdelt)
        };
        let wanted = |name: &str| Self::ALL.into_iter().find(|layout| layout.source() == name);
        match named {
            Some(name) if found.is_none_or(|found| found.source() != name) => wanted(name),
            _ => found,
        }
    }

    fn source(self) -> &'static str {
        match self {
            Self::Gdelt(gdelt::Version::Two) => "gdelt_2",
            Self::Gdelt(_) => "gdelt",
            Self::Icews => "icews",
        }
    }

    fn title(self) -> &'static str {
        registry::describe(self.source()).map_or("", |known| known.title)
    }

    fn read<R: Read>(
        self,
        lines: &mut Lines<R>,
        file: &str,
        receiver: &mut dyn Receiver,
    ) -> Result<(), Problem> {
        match self {
            Self::Gdelt(version) => gdelt::read(version, lines, file, receiver),
            Self::Icews => icews::read(lines, file, receiver),
        }
    }
}

/// Puts the events of one file into a table of the store.
struct EventSink<'a> {
    source: &'static str,
    file: String,
    filter: &'a Filter,
    writer: TableWriter,
    batch: CodedEvents,
    ledger: Ledger,
    days: BTreeSet<Date>,
}

impl<'a> EventSink<'a> {
    fn new(store: &Store, source: &'static str, file: &str, filter: &'a Filter) -> Result<Self, Problem> {
        Ok(Self {
            source,
            file: file.to_owned(),
            filter,
            writer: store.writer::<EventRecord>()?,
            batch: CodedEvents::new(source)?,
            ledger: Ledger::default(),
            days: BTreeSet::new(),
        })
    }

    fn flush(&mut self) -> Result<(), Problem> {
        if self.batch.is_empty() {
            return Ok(());
        }
        self.writer.write(&self.batch.take()?)
    }

    fn finish(mut self, hash: &str, release: Option<&str>) -> Result<(Staged, Table), Problem> {
        self.flush()?;
        let known = registry::describe(self.source);
        let periods = self.periods();
        let table = Table {
            family: Family::Event,
            coverage: Coverage {
                scope: self.filter.scope(),
                periods,
                sees_all_instruments: false,
                note: known.map(|known| known.note.to_owned()).unwrap_or_default(),
            },
            provenance: Provenance {
                source: self.source.to_owned(),
                title: known.map_or(self.source, |known| known.title).to_owned(),
                version: release.or(known.map(|known| known.version)).unwrap_or_default().to_owned(),
                file: self.file,
                sha256: hash.to_owned(),
                licence: known.map_or("as its publisher says", |known| known.licence).to_owned(),
                citations: known
                    .map(|known| known.citations.iter().map(|key| (*key).to_owned()).collect())
                    .unwrap_or_default(),
            },
            ledger: self.ledger,
        };
        Ok((self.writer.finish()?, table))
    }

    /// The days for which the file speaks. A source that publishes by day (GDELT) speaks for the
    /// days on which it published; others for everything from their first to their last event.
    fn periods(&self) -> Vec<Period> {
        let days = self.days.iter().filter_map(|day| Period::new(*day, *day));
        let periods = if self.source.starts_with("gdelt") {
            joined(days.collect())
        } else {
            let ends = self.days.first().zip(self.days.last());
            ends.and_then(|(first, last)| Period::new(*first, *last)).into_iter().collect()
        };
        periods.into_iter().filter_map(|period| self.filter.within(period)).collect()
    }
}

impl Receiver for EventSink<'_> {
    fn event(&mut self, event: &CodedEvent<'_>) -> Result<(), Problem> {
        self.ledger.rows_in += 1;
        if !self.filter.keeps(event) {
            self.ledger.filtered += 1;
            return Ok(());
        }
        self.ledger.stored += 1;
        self.batch.push(event);
        if self.batch.len() >= BATCH { self.flush() } else { Ok(()) }
    }

    fn refuse(&mut self, line: u64, refusal: Refusal) -> Result<(), Problem> {
        self.ledger.rows_in += 1;
        let row = refusal.into_quarantined(&self.file, line);
        self.writer.quarantine(&row)?;
        self.ledger.refuse(row);
        Ok(())
    }

    fn covers(&mut self, day: Date) {
        if self.days.last() != Some(&day) {
            self.days.insert(day);
        }
    }
}
