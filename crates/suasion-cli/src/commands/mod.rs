//! One command, one file.

pub(crate) mod assess;
pub(crate) mod chronicle;
pub(crate) mod cite;
pub(crate) mod claims;
pub(crate) mod explore;
pub(crate) mod generate;
pub(crate) mod new;
pub(crate) mod panel;
pub(crate) mod sources;

use suasion_archive::Problem;
use suasion_archive::store::Store;
use suasion_study::{OpenStudy, open};

use crate::arguments::{Shared, StudyArguments};
use crate::output;

/// The store that the user named, or the platform's place for it; none if it is not there yet.
fn store(shared: &Shared) -> Result<Option<Store>, Problem> {
    let root = match &shared.store {
        Some(root) => root.clone(),
        None => Store::default_root()?,
    };
    Ok(root.is_dir().then(|| Store::at(root)))
}

/// Opens the study with its changes and says what must be said.
fn open_study(study: &StudyArguments, shared: &Shared) -> Result<OpenStudy, Problem> {
    let opened = open(&study.study, &study.set, store(shared)?.as_ref())?;
    for notice in &opened.notices {
        output::tell(shared, &format!("note: {notice}"));
    }
    Ok(opened)
}
