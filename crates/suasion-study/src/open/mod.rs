//! Opening a study: its file, its own tables or the built-in ones, and the store.

mod describe;
mod files;
mod loader;

use std::path::Path;

use suasion_archive::provenance::sha256;
use suasion_archive::store::Store;
use suasion_archive::{Archive, Family, Problem, Quarantined};
use suasion_panel::inputs::SourceNames;
use suasion_panel::{Inputs, Measure, Needs};

use crate::claim::Claim;
use crate::periodisation::Periodisations;
use crate::study::{self, Override, Study};
pub use files::{StudyFiles, built_in_names};
use loader::Loader;

/// A study with everything that it needs to run.
#[derive(Debug)]
pub struct OpenStudy {
    /// Name under which it was opened.
    pub name: String,
    /// The study.
    pub study: Study,
    /// Its tables and those of the store.
    pub archive: Archive,
    /// The sources that are held, in the study's order.
    pub sources: SourceNames,
    /// The rows of the first of them.
    pub inputs: Inputs,
    /// The claims.
    pub claims: Vec<Claim>,
    /// Periodisations and shocks.
    pub periodisations: Periodisations,
    /// Rows of the study's own files that were refused.
    pub quarantined: Vec<Quarantined>,
    /// What must be said at the top: sources that are not held, rows refused.
    pub notices: Vec<String>,
    /// Name, path and hash of every file read.
    pub hashes: Vec<(String, String)>,
}

impl OpenStudy {
    /// Sources that can feed a measure, the study's first choice first.
    pub(crate) fn sources_of(&self, measure: &Measure) -> Vec<String> {
        let held = &self.sources;
        match measure.needs {
            Needs::Events => held.events.clone(),
            Needs::Votes => held.votes.clone(),
            Needs::Ties => held.ties.clone(),
            Needs::Flows(indicators) | Needs::TiesAndFlows(indicators) => {
                let Some(first) = indicators.first() else { return Vec::new() };
                let has = |name: &&String| self.inputs.flow_source_has(name, first);
                held.flows.iter().filter(has).cloned().collect()
            }
        }
    }

    /// The study's inputs with another source of a family first.
    pub(crate) fn inputs_with(&self, family: Family, source: String) -> Result<Inputs, Problem> {
        let mut names = self.sources.first_of_each();
        match family {
            Family::Event => names.events = vec![source],
            Family::Vote | Family::Tally => names.votes = vec![source],
            Family::Tie => names.ties = vec![source],
            Family::Flow => {
                names.flows.retain(|name| *name != source);
                names.flows.insert(0, source);
            }
        }
        Inputs::read(&self.archive, self.study.actors.clone(), &names, self.study.capacity_weights)
    }
}

/// Opens a built-in study by name, or a study file by path.
pub fn open(reference: &str, changes: &[Override], store: Option<&Store>) -> Result<OpenStudy, Problem> {
    let (loader, study) = begin(reference, changes, store)?;
    loader.load(reference, study)
}

/// Opens only the tables of a study, for who asks them directly: no row of them is read yet.
pub fn open_archive(reference: &str, store: Option<&Store>) -> Result<Archive, Problem> {
    let (mut loader, study) = begin(reference, &[], store)?;
    loader.archive(&study)
}

fn begin<'a>(
    reference: &str,
    changes: &[Override],
    store: Option<&'a Store>,
) -> Result<(Loader<'a>, Study), Problem> {
    let (files, study_file) = locate(reference)?;
    let text = files.text(&study_file)?;
    let study = study::read(&files.shown(&study_file), &text, changes)?;
    let mut loader = Loader::new(files, store);
    loader.hashes.push((study_file, sha256(text.as_bytes())));
    Ok((loader, study))
}

fn locate(reference: &str) -> Result<(StudyFiles, String), Problem> {
    if built_in_names().contains(&reference) {
        return Ok((StudyFiles::BuiltIn, "study.toml".to_owned()));
    }
    let path = Path::new(reference);
    let path = if path.is_dir() { path.join("study.toml") } else { path.to_owned() };
    if !path.is_file() {
        let problem = Problem::new(format!("`{reference}` is neither a built-in study nor a study file"));
        let near = suasion_archive::problem::nearest(reference, built_in_names());
        return Err(match near {
            Some(near) => problem.hint(format!("did you mean `{near}`?")),
            None => problem.hint(format!(
                "built-in studies: {}; `suasion new NAME` writes a study file",
                built_in_names().join(", ")
            )),
        });
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    Ok((StudyFiles::Folder(folder.unwrap_or(Path::new(".")).to_owned()), name))
}
