//! `suasion fetch`: from publishers' servers into the store.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{HumanBytes, ProgressBar};
use suasion_archive::Problem;
use suasion_archive::fetch::{Client, Manners, Outcome, Plan, Remote, download, plan};
use suasion_archive::ingest::{Filter, Options, ingest};
use suasion_archive::store::Store;

use super::store_to_fill;
use crate::arguments::{Fetch, Shared, TableFormat};
use crate::output;

/// Fetches the files one after the other; each goes into the store whole or not at all.
pub(crate) fn run(options: &Fetch, shared: &Shared) -> Result<(), Problem> {
    let (from, to) = options.dates.days()?;
    let states = options.states.iter().copied().collect();
    let how = Options { filter: Filter { states, from, to }, ..Options::default() };
    let mut client = Client::new(manners(options));
    let plans: Vec<(&str, Plan)> = options
        .sources
        .iter()
        .map(|source| Ok((source.as_str(), plan(&mut client, source, from, to)?)))
        .collect::<Result<_, Problem>>()?;
    let store = store_to_fill(shared)?;
    for (source, plan) in &plans {
        tell_plan(source, plan, shared);
    }
    if options.dry_run {
        let rows =
            plans.iter().flat_map(|(source, plan)| plan.files.iter().map(|file| planned(source, file)));
        return output::rows(
            options.format,
            &["source", "file", "bytes", "address"],
            &rows.collect::<Vec<_>>(),
        );
    }
    let folder = options.keep.clone().unwrap_or_else(|| store.root().join("downloads"));
    let held = store.held_files()?;
    let mut fetching = Fetching { client, store, folder, keep: options.keep.is_some(), how, held, failed: 0 };
    let bar = progress(&plans, shared);
    let mut rows = Vec::new();
    for (source, plan) in &plans {
        for file in &plan.files {
            let state = fetching.fetch(file, &bar);
            rows.push(vec![(*source).to_owned(), file.name.clone(), state]);
        }
    }
    bar.finish_and_clear();
    if !rows.is_empty() || options.format != TableFormat::Table {
        output::rows(options.format, &["source", "file", "state"], &rows)?;
    }
    output::tell(shared, &format!("store: {}", fetching.store.root().display()));
    match fetching.failed {
        0 => Ok(()),
        failed => Err(Problem::new(format!("{failed} of {} files did not come", rows.len()))
            .hint("the same command goes on where it broke off")),
    }
}

fn manners(options: &Fetch) -> Manners {
    Manners {
        pause: Duration::from_millis(options.pause),
        tries: options.tries,
        wait: Duration::from_millis(options.wait),
        timeout: Duration::from_secs(options.timeout),
        mirror: options.mirror.clone(),
        ..Manners::default()
    }
}

fn tell_plan(source: &str, plan: &Plan, shared: &Shared) {
    let (bytes, unknown) = plan.size();
    let more = match unknown {
        0 => String::new(),
        1 => ", and one file of unknown size".to_owned(),
        unknown => format!(", and {unknown} files of unknown size"),
    };
    output::tell(shared, &format!("{source}: {} files, {}{more}", plan.files.len(), HumanBytes(bytes)));
    if let Some(first) = plan.missing.first() {
        let told = format!("note: the publisher lists no files of {source} for {first}");
        let rest = plan.missing.len() - 1;
        let rest = if rest == 0 { String::new() } else { format!(" and {rest} further periods") };
        output::tell(shared, &format!("{told}{rest}"));
    }
}

fn planned(source: &str, file: &Remote) -> Vec<String> {
    let bytes = file.size.map_or_else(|| "not told".to_owned(), |size| size.to_string());
    vec![source.to_owned(), file.name.clone(), bytes, file.url.clone()]
}

fn progress(plans: &[(&str, Plan)], shared: &Shared) -> ProgressBar {
    let bytes = plans.iter().map(|(_, plan)| plan.size().0).sum();
    super::ingest::bar_of(bytes, shared)
}

/// What is needed to fetch one file after the other.
struct Fetching {
    client: Client,
    store: Store,
    folder: PathBuf,
    keep: bool,
    how: Options,
    /// Files that the store held when the fetching began.
    held: BTreeSet<(String, String)>,
    failed: usize,
}

impl Fetching {
    /// Fetches a file, and says what became of it.
    fn fetch(&mut self, file: &Remote, bar: &ProgressBar) -> String {
        match self.take(file, bar) {
            Ok(state) => state,
            Err(problem) => {
                self.failed += 1;
                bar.suspend(|| output::tell_problem(&problem));
                "failed".to_owned()
            }
        }
    }

    fn take(&mut self, file: &Remote, bar: &ProgressBar) -> Result<String, Problem> {
        let known = (file.file_name(), self.how.kept_by());
        if !self.keep && file.is_known_by_checksum() && self.held.contains(&known) {
            bar.inc(file.size.unwrap_or(0));
            return Ok("held already".to_owned());
        }
        let path = match download(&mut self.client, file, &self.folder, &|bytes| bar.inc(bytes))? {
            Outcome::Missing => {
                // A list may name a file that is gone; an address of our own must hold.
                self.failed += usize::from(!file.is_known_by_checksum());
                return Ok("missing at the publisher".to_owned());
            }
            Outcome::Here(path) => path,
        };
        let tables = ingest(&self.store, &path, &self.how, &|_| ())?;
        if !self.keep {
            remove(&path)?;
        }
        let rows: u64 = tables.iter().map(|part| part.table.ledger.stored).sum();
        let refused: u64 = tables.iter().map(|part| part.table.ledger.refused).sum();
        Ok(format!("{rows} rows stored, {refused} refused"))
    }
}

fn remove(path: &Path) -> Result<(), Problem> {
    std::fs::remove_file(path).map_err(|error| Problem::file("remove", path, &error))
}
