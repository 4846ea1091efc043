//! One command, one file.

pub(crate) mod assess;
pub(crate) mod chronicle;
pub(crate) mod cite;
pub(crate) mod claims;
pub(crate) mod count;
pub(crate) mod estimates;
pub(crate) mod explore;
pub(crate) mod fetch;
pub(crate) mod generate;
pub(crate) mod ingest;
pub(crate) mod new;
pub(crate) mod panel;
pub(crate) mod sources;
pub(crate) mod sql;
pub(crate) mod verify;

use etcetera::BaseStrategy;
use indicatif::{ProgressBar, ProgressStyle};
use suasion_archive::Problem;
use suasion_archive::store::Store;
use suasion_study::multiverse::Cache;
use suasion_study::{Assessment, OpenStudy, open};

use crate::arguments::{Shared, StudyArguments};
use crate::output;

/// The store that the user named, or the platform's place for it; none if it is not there yet.
fn store(shared: &Shared) -> Result<Option<Store>, Problem> {
    let store = store_to_fill(shared)?;
    Ok(store.root().is_dir().then_some(store))
}

/// The same store, whether it is there yet or not.
fn store_to_fill(shared: &Shared) -> Result<Store, Problem> {
    match &shared.store {
        Some(root) => Ok(Store::at(root)),
        None => Store::default_root().map(Store::at),
    }
}

/// Estimates of earlier runs of a study, unless the user wants none.
fn cache(study: &str, shared: &Shared) -> Cache {
    if shared.no_cache {
        return Cache::none();
    }
    let stem: String = study
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || letter == '-' { letter } else { '_' })
        .collect();
    let folder = shared.cache.clone().or_else(|| {
        let places = etcetera::choose_base_strategy().ok()?;
        Some(places.cache_dir().join("suasion"))
    });
    folder.map_or_else(Cache::none, |folder| Cache::open(&folder.join(format!("{stem}.estimates"))))
}

/// Runs the whole assessment, with a progress line where someone watches.
fn assess_study<'a>(opened: &'a OpenStudy, shared: &Shared) -> Result<Assessment<'a>, Problem> {
    let bar = progress(opened.claims.len(), shared);
    let assessment = Assessment::run(opened, cache(&opened.name, shared), &|done, claim| {
        bar.set_position(done as u64);
        bar.set_message(claim.to_owned());
    });
    bar.finish_and_clear();
    assessment
}

/// A bar over claims; hidden where nobody watches.
fn progress(claims: usize, shared: &Shared) -> ProgressBar {
    if shared.quiet || claims == 0 {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("claims {bar:30} {pos}/{len} {msg}");
    ProgressBar::new(claims as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Opens the study with its changes and says what must be said.
fn open_study(study: &StudyArguments, shared: &Shared) -> Result<OpenStudy, Problem> {
    let opened = open(&study.study, &study.set, store(shared)?.as_ref())?;
    for notice in &opened.notices {
        output::tell(shared, &format!("note: {notice}"));
    }
    Ok(opened)
}
