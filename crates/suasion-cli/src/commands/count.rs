//! `suasion count`: events straight from published files, counted.

use rayon::prelude::*;
use suasion_archive::Problem;
use suasion_archive::ingest::count::{Cell, Count, Counts, count};
use suasion_archive::ingest::{Filter, Options};

use super::ingest::progress;
use crate::arguments::{self, Shared};
use crate::output;

/// Counts the files, several at once, and adds them up in the order of the command line.
pub(crate) fn run(options: &arguments::Count, shared: &Shared) -> Result<(), Problem> {
    let (from, to) = options.dates.days()?;
    let states = options.states.iter().copied().collect();
    let how = Options { filter: Filter { states, from, to }, ..Options::default() };
    let bar = progress(options.files.iter(), shared);
    let unit = options.by.into();
    let counted: Vec<Result<Counts, Problem>> =
        options.files.par_iter().map(|path| count(path, &how, unit, &|bytes| bar.inc(bytes))).collect();
    bar.finish_and_clear();
    let mut all = Counts::default();
    for counts in counted {
        all.add(counts?);
    }
    let rows: Vec<Vec<String>> = all.cells.iter().map(|(cell, count)| row(cell, count)).collect();
    let header = ["source_name", "source", "target", "period", "quad_class", "reports", "mean_score"];
    output::rows(options.format, &header, &rows)?;
    tell(&all, shared);
    Ok(())
}

fn row(cell: &Cell, count: &Count) -> Vec<String> {
    vec![
        cell.source_name.to_owned(),
        cell.source.to_string(),
        cell.target.to_string(),
        cell.step.to_string(),
        (cell.quad_class as i32).to_string(),
        count.reports.to_string(),
        count.mean_score().to_string(),
    ]
}

/// What a reader of the table must know, on standard error.
fn tell(counts: &Counts, shared: &Shared) {
    let ledger = &counts.ledger;
    let told = format!(
        "{} rows read, {} counted, {} left out, {} refused",
        ledger.rows_in, ledger.stored, ledger.filtered, ledger.refused
    );
    output::tell(shared, &told);
    if let Some(first) = ledger.quarantined.first() {
        output::tell(shared, &format!("note: the first refused row: {first}"));
    }
    let days: Vec<String> = counts.covered.iter().take(5).map(ToString::to_string).collect();
    let more = if counts.covered.len() > 5 { ", …" } else { "" };
    output::tell(
        shared,
        &format!("note: the files speak for {}{more}; there, what has no row had no report", days.join(", ")),
    );
}
