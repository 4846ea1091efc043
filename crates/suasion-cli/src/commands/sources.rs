//! `suasion sources`: what the archive holds.

use suasion_archive::Problem;
use suasion_report::views::data::{self, TableView};
use suasion_study::open;

use super::store;
use crate::arguments::{Shared, Sources, TableFormat};
use crate::output;

/// Prints one line for each table.
pub(crate) fn run(options: &Sources, shared: &Shared) -> Result<(), Problem> {
    let held = store(shared)?;
    let opened = open(&options.study, &[], held.as_ref())?;
    let tables = opened.archive.tables().iter().map(data::table);
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
    let rows: Vec<Vec<String>> = tables.map(full).collect();
    output::rows(
        options.format,
        &["source", "family", "title", "version", "coverage", "rows", "licence", "citations", "note"],
        &rows,
    )
}

fn short(table: TableView) -> Vec<String> {
    vec![table.source, table.family.to_owned(), table.title, table.years, table.rows]
}

fn full(table: TableView) -> Vec<String> {
    vec![
        table.source,
        table.family.to_owned(),
        table.title,
        table.version,
        table.coverage,
        table.rows,
        table.licence,
        table.citations.join(" "),
        table.note,
    ]
}
