//! `suasion sources`: what the archive holds.

use std::collections::BTreeMap;

use suasion_archive::store::Store;
use suasion_archive::{Problem, Quarantined};
use suasion_report::views::data::{self, TableView};
use suasion_study::open_archive;

use super::store;
use crate::arguments::{Shared, Sources, TableFormat};
use crate::output;

/// Prints one line for each table.
pub(crate) fn run(options: &Sources, shared: &Shared) -> Result<(), Problem> {
    let held = store(shared)?;
    if let Some(store) = held.as_ref().filter(|_| options.prune) {
        let pruned = store.prune()?;
        output::tell(
            shared,
            &format!("{} superseded and {} stray files taken away", pruned.superseded, pruned.stray),
        );
    }
    if options.quarantine {
        return quarantine(options, held.as_ref());
    }
    let archive = open_archive(&options.study, held.as_ref())?;
    let sizes = held.as_ref().map_or_else(|| Ok(BTreeMap::new()), Store::sizes)?;
    let tables = archive.tables().iter().map(data::table);
    match held {
        Some(store) => output::tell(shared, &format!("store: {}", store.root().display())),
        None => output::tell(shared, "store: none yet; these are the tables compiled into the program"),
    }
    if options.format == TableFormat::Table {
        let rows: Vec<Vec<String>> = tables.map(short).collect();
        output::rows(options.format, &["source", "family", "what", "years", "rows"], &rows)?;
        output::tell(shared, "--format csv or json for versions, actors, licences and citations");
        return Ok(());
    }
    let rows: Vec<Vec<String>> = tables.map(|table| full(table, &sizes)).collect();
    output::rows(options.format, &FULL, &rows)
}

const FULL: [&str; 11] = [
    "source",
    "family",
    "title",
    "version",
    "coverage",
    "gaps",
    "rows",
    "bytes",
    "licence",
    "citations",
    "note",
];

fn short(table: TableView) -> Vec<String> {
    vec![table.source, table.family.to_owned(), table.title, table.years, table.rows]
}

/// Bytes on disk are those of the store; tables that are compiled in or a study's own have none.
fn full(table: TableView, sizes: &BTreeMap<(String, String), u64>) -> Vec<String> {
    let bytes = sizes.get(&(table.family.to_owned(), table.source.clone()));
    vec![
        table.source,
        table.family.to_owned(),
        table.title,
        table.version,
        table.coverage,
        table.gaps.join(" "),
        table.rows,
        bytes.map_or_else(String::new, u64::to_string),
        table.licence,
        table.citations.join(" "),
        table.note,
    ]
}

/// Refused rows by source, column and reason, with an example of each.
fn quarantine(options: &Sources, held: Option<&Store>) -> Result<(), Problem> {
    let mut counted: BTreeMap<[String; 3], (usize, String)> = BTreeMap::new();
    for (source, path) in held.map_or_else(|| Ok(Vec::new()), Store::quarantines)? {
        let broken = |error: csv::Error| Problem::new(format!("cannot read {}: {error}", path.display()));
        for row in csv::Reader::from_path(&path).map_err(broken)?.into_deserialize() {
            let row: Quarantined = row.map_err(broken)?;
            let example = format!("{}:{} `{}`", row.file, row.line, row.value);
            // Unknown codes stand one by one, so that they can be mended; other values together.
            let unknown = row.reason.ends_with("of any state");
            let value = format!("`{}`", row.value);
            let reason = if unknown { row.reason } else { row.reason.replace(&value, "it") };
            counted.entry([source.clone(), row.column, reason]).or_insert((0, example)).0 += 1;
        }
    }
    let rows: Vec<Vec<String>> = counted
        .into_iter()
        .map(|([source, column, reason], (count, example))| {
            vec![source, column, reason, count.to_string(), example]
        })
        .collect();
    output::rows(options.format, &["source", "column", "reason", "rows", "first"], &rows)
}
