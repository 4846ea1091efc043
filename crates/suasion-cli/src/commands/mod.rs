//! One command, one file.

pub(crate) mod assess;
pub(crate) mod chronicle;
pub(crate) mod cite;
pub(crate) mod claims;
pub(crate) mod count;
pub(crate) mod explore;
pub(crate) mod fetch;
pub(crate) mod generate;
pub(crate) mod ingest;
pub(crate) mod new;
pub(crate) mod panel;
pub(crate) mod sources;
pub(crate) mod sql;

use suasion_archive::Problem;
use suasion_archive::store::Store;
use suasion_study::{OpenStudy, open};

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

/// Opens the study with its changes and says what must be said.
fn open_study(study: &StudyArguments, shared: &Shared) -> Result<OpenStudy, Problem> {
    let opened = open(&study.study, &study.set, store(shared)?.as_ref())?;
    for notice in &opened.notices {
        output::tell(shared, &format!("note: {notice}"));
    }
    Ok(opened)
}
