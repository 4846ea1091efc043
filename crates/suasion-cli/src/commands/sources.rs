//! `suasion sources`: what the archive holds.

use suasion_archive::Problem;
use suasion_report::views::data;
use suasion_study::open;

use super::store;
use crate::arguments::{Shared, Sources};
use crate::output;

/// Prints one line for each table.
pub(crate) fn run(options: &Sources, shared: &Shared) -> Result<(), Problem> {
    let held = store(shared)?;
    let opened = open(&options.study, &[], held.as_ref())?;
    let rows: Vec<Vec<String>> = opened
        .archive
        .tables()
        .iter()
        .map(data::table)
        .map(|table| {
            vec![
                table.source,
                table.family.to_owned(),
                table.title,
                table.version,
                table.coverage,
                table.rows,
                table.licence,
                table.citations.join(" "),
            ]
        })
        .collect();
    match held {
        Some(store) => output::tell(shared, &format!("store: {}", store.root().display())),
        None => output::tell(shared, "store: none yet; these are the tables compiled into the program"),
    }
    output::rows(
        options.format,
        &["source", "family", "title", "version", "coverage", "rows", "licence", "citations"],
        &rows,
    )
}
