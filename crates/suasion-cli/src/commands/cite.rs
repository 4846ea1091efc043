//! `suasion cite`: BibTeX for everything that a study uses.

use suasion_archive::Problem;

use super::open_study;
use crate::arguments::{Cite, Shared};
use crate::output;

/// Prints the cited works, by key.
pub(crate) fn run(options: &Cite, shared: &Shared) -> Result<(), Problem> {
    let opened = open_study(&options.study, shared)?;
    let mut keys = opened.works_cited();
    keys.extend(opened.sources_of_facts());
    let bibliography = opened.archive.bibliography();
    let missing: Vec<&String> = keys.iter().filter(|key| bibliography.get(key).is_none()).collect();
    if let Some(first) = missing.first() {
        let count = missing.len();
        output::tell(shared, &format!("note: {count} keys are not in the bibliography, such as `{first}`"));
    }
    let entries: Vec<String> = keys
        .iter()
        .filter_map(|key| bibliography.get(key))
        .map(|work| work.bibtex().trim().to_owned())
        .collect();
    output::data((entries.join("\n\n") + "\n").as_bytes())
}
