//! `suasion cite`: BibTeX for everything that a study uses.

use std::collections::BTreeSet;

use suasion_archive::Problem;
use suasion_report::Report;
use suasion_study::Assessment;

use super::{assess, open_study};
use crate::arguments::{Cite, Shared};
use crate::output;

/// Prints the cited works, by key.
pub(crate) fn run(options: &Cite, shared: &Shared) -> Result<(), Problem> {
    let opened = open_study(&options.study, shared)?;
    let assessment = Assessment::run(&opened);
    let report = Report::of(&assessment, &assess::command(&options.study));
    let mut keys: BTreeSet<String> = report.cited().into_iter().collect();
    let events = opened.inputs.event_rows().iter().map(|event| &event.sources);
    let ties = opened.inputs.tie_rows().iter().map(|tie| &tie.sources);
    for sources in events.chain(ties) {
        keys.extend(sources.iter().map(|(key, _)| key.clone()));
    }
    let bibliography = opened.archive.bibliography();
    let missing: Vec<&String> = keys.iter().filter(|key| bibliography.get(key).is_none()).collect();
    if !missing.is_empty() {
        output::tell(
            shared,
            &format!("note: {} keys are not in the bibliography, such as `{}`", missing.len(), missing[0]),
        );
    }
    let entries: Vec<String> = keys
        .iter()
        .filter_map(|key| bibliography.get(key))
        .map(|work| work.bibtex.trim().to_owned())
        .collect();
    output::data((entries.join("\n\n") + "\n").as_bytes())
}
