//! `suasion ingest`: published files into the store.

use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use suasion_actors::FactDate;
use suasion_archive::Problem;
use suasion_archive::ingest::{Filter, Ingested, Options, ingest};
use suasion_archive::sources::mapping::Mapping;

use super::store_to_fill;
use crate::arguments::{Ingest, Shared, TableFormat};
use crate::output;

/// Reads the files, several at once; each goes in whole or not at all.
pub(crate) fn run(options: &Ingest, shared: &Shared) -> Result<(), Problem> {
    let store = store_to_fill(shared)?;
    let how = Options {
        filter: Filter {
            states: options.states.iter().copied().collect(),
            from: options.from.map(FactDate::earliest),
            to: options.to.map(FactDate::latest),
        },
        release: options.release.clone(),
        source: options.source.clone(),
        mapping: options.mapping.as_deref().map(mapping).transpose()?,
        strict: options.strict,
    };
    let bar = progress(&options.files, shared);
    let outcomes: Vec<Result<Vec<Ingested>, Problem>> =
        options.files.par_iter().map(|path| ingest(&store, path, &how, &|bytes| bar.inc(bytes))).collect();
    bar.finish_and_clear();
    let mut failed = 0;
    let mut rows = Vec::new();
    for outcome in &outcomes {
        match outcome {
            Ok(parts) => rows.extend(parts.iter().map(row)),
            Err(problem) => {
                failed += 1;
                output::tell_problem(problem);
            }
        }
    }
    if !rows.is_empty() || options.format != TableFormat::Table {
        let header = ["file", "source", "read", "stored", "left out", "refused", "period", "state"];
        output::rows(options.format, &header, &rows)?;
    }
    output::tell(shared, &format!("store: {}", store.root().display()));
    match failed {
        0 => Ok(()),
        failed => Err(Problem::new(format!("{failed} of {} files were not taken", outcomes.len()))
            .hint("the others are in the store; give the failed ones again")),
    }
}

fn mapping(path: &Path) -> Result<Mapping, Problem> {
    let text = std::fs::read_to_string(path).map_err(|error| Problem::file("read", path, &error))?;
    Mapping::read(&path.display().to_string(), &text)
}

/// Bytes read from disk, with rate and time left; nothing is drawn where no one looks.
fn progress(files: &[std::path::PathBuf], shared: &Shared) -> ProgressBar {
    if shared.quiet {
        return ProgressBar::hidden();
    }
    let total: u64 = files.iter().filter_map(|path| path.metadata().ok()).map(|known| known.len()).sum();
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
        if part.added { "new" } else { "held already" }.to_owned(),
    ]
}
