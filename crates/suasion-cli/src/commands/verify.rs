//! `suasion verify`: someone's own claims against a study.

use suasion_archive::Problem;
use suasion_study::claim;

use super::{assess_study, open_study};
use crate::arguments::{Shared, StudyArguments, Verify};
use crate::output;

/// Prints the verdicts; true if every claim has the one that it expects.
pub(crate) fn run(options: &Verify, shared: &Shared) -> Result<bool, Problem> {
    let study = StudyArguments { study: options.study.clone(), set: options.set.clone() };
    let text = std::fs::read_to_string(&options.claims)
        .map_err(|error| Problem::file("read", &options.claims, &error))?;
    let mut opened = open_study(&study, shared)?;
    opened.claims = claim::read(
        &options.claims.display().to_string(),
        &text,
        &opened.study.actors,
        &opened.study.period,
        &opened.inputs.organisations,
        &opened.periodisations,
    )?;
    if opened.claims.is_empty() {
        return Err(Problem::new(format!("{} makes no claim", options.claims.display()))
            .hint("`suasion claims STUDY --new` prints a file to start from"));
    }
    let assessment = assess_study(&opened, shared)?;
    let rows: Vec<Vec<String>> = assessment
        .claims
        .iter()
        .map(|outcome| {
            let expected = outcome.claim.expect;
            let verdict = outcome.verdict.word();
            vec![
                if verdict == expected { "ok" } else { "NOT AS EXPECTED" }.to_owned(),
                outcome.claim.id.clone(),
                verdict.to_owned(),
                expected.to_owned(),
                outcome.verdict.sentence().to_owned(),
            ]
        })
        .collect();
    output::rows(options.format, &["", "claim", "verdict", "expected", "evidence"], &rows)?;
    Ok(assessment.claims.iter().all(|outcome| outcome.verdict.word() == outcome.claim.expect))
}
