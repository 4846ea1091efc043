//! `suasion ingest`: published files into the store.

use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use suasion_archive::Problem;
use suasion_archive::ingest::{Filter, Ingested, Options, count_in, read_companions, stage};
use suasion_archive::sources::mapping::Mapping;
use suasion_archive::store::{Added, StagedTable};

use super::store_to_fill;
use crate::arguments::{Ingest, Shared, TableFormat};
use crate::output;

/// Reads the files, several at once; each goes in whole or not at all.
pub(crate) fn run(options: &Ingest, shared: &Shared) -> Result<(), Problem> {
    let (from, to) = options.dates.days()?;
    let store = store_to_fill(shared)?;
    let mut how = Options {
        filter: Filter { states: options.states.iter().copied().collect(), from, to },
        release: options.release.clone(),
        source: options.source.clone(),
        mapping: options.mapping.as_deref().map(mapping).transpose()?,
        strict: options.strict,
        ..Options::default()
    };
    let (files, companions) = read_companions(&options.files, &mut how)?;
    for (path, rows) in companions {
        output::tell(shared, &format!("{}: {rows} rows, read beside the votes", path.display()));
    }
    let filling = store.fill()?;
    let bar = progress(files.iter().copied(), shared);
    let outcomes: Vec<Result<Vec<StagedTable>, Problem>> =
        files.par_iter().map(|path| stage(&filling, path, &how, &|bytes| bar.inc(bytes))).collect();
    bar.finish_and_clear();
    let (mut staged, mut failed) = (Vec::new(), 0);
    for outcome in outcomes {
        match outcome {
            Ok(tables) => staged.extend(tables),
            Err(problem) => {
                failed += 1;
                output::tell_problem(&problem);
            }
        }
    }
    // In the order of the command line and in one step, whatever was read first.
    let rows: Vec<Vec<String>> = count_in(&filling, staged)?.iter().map(row).collect();
    if !rows.is_empty() || options.format != TableFormat::Table {
        let header = ["file", "source", "read", "stored", "left out", "refused", "period", "state"];
        output::rows(options.format, &header, &rows)?;
    }
    output::tell(shared, &format!("store: {}", store.root().display()));
    if failed == 0 {
        return Ok(());
    }
    let problem = Problem::new(format!("{failed} of {} files were not taken", files.len()));
    Err(if rows.is_empty() { problem } else { problem.hint("the others are in the store") })
}

fn mapping(path: &Path) -> Result<Mapping, Problem> {
    let text = std::fs::read_to_string(path).map_err(|error| Problem::file("read", path, &error))?;
    Mapping::read(&path.display().to_string(), &text)
}

/// Bytes read from disk, with rate and time left; nothing is drawn where no one looks.
pub(super) fn progress<'a>(files: impl Iterator<Item = &'a PathBuf>, shared: &Shared) -> ProgressBar {
    bar_of(files.filter_map(|path| path.metadata().ok()).map(|known| known.len()).sum(), shared)
}

/// A bar for so many bytes.
pub(super) fn bar_of(total: u64, shared: &Shared) -> ProgressBar {
    if shared.quiet {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(total);
    let style = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes} {bytes_per_sec} {eta} left");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn row(part: &Ingested) -> Vec<String> {
    let (table, ledger) = (&part.table, &part.table.ledger);
    vec![
        table.provenance.file.clone(),
        table.provenance.source.clone(),
        ledger.rows_in.to_string(),
        ledger.stored.to_string(),
        ledger.filtered.to_string(),
        ledger.refused.to_string(),
        table.coverage.in_words(),
        match part.added {
            Added::HeldAlready => "held already".to_owned(),
            Added::New { superseded: 0 } => "new".to_owned(),
            Added::New { superseded: 1 } => "new, takes the place of a file".to_owned(),
            Added::New { superseded } => format!("new, takes the place of {superseded} files"),
        },
    ]
}
