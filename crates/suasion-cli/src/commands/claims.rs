//! `suasion claims`: the verdicts, or all the evidence on one claim.

use std::fmt::Write;

use suasion_archive::Problem;
use suasion_archive::problem::nearest;
use suasion_report::Report;
use suasion_report::views::claims::ClaimView;
use suasion_study::Assessment;

use super::{assess, open_study};
use crate::arguments::{Claims, Shared, TableFormat};
use crate::output;

/// Prints the table of verdicts, or one claim's evidence.
pub(crate) fn run(options: &Claims, shared: &Shared) -> Result<(), Problem> {
    let opened = open_study(&options.study, shared)?;
    let assessment = Assessment::run(&opened);
    let report = Report::of(&assessment, &assess::command(&options.study));
    let all: Vec<&ClaimView> = report.claims.iter().flat_map(|group| &group.claims).collect();
    let Some(id) = &options.id else {
        return overview(&all, options.format);
    };
    let Some(claim) = all.iter().find(|claim| claim.id == *id) else {
        let problem = Problem::new(format!("the study has no claim `{id}`"));
        return Err(match nearest(id, all.iter().map(|claim| claim.id.as_str())) {
            Some(near) => problem.hint(format!("did you mean `{near}`?")),
            None => problem.hint("`suasion claims STUDY` lists them"),
        });
    };
    if options.format == TableFormat::Table {
        return output::data(told(claim, &report).as_bytes());
    }
    tests(claim, options.format)
}

fn overview(claims: &[&ClaimView], format: TableFormat) -> Result<(), Problem> {
    let rows: Vec<Vec<String>> = claims
        .iter()
        .map(|claim| vec![claim.id.clone(), claim.verdict.text.clone(), claim.says.clone()])
        .collect();
    output::rows(format, &["claim", "verdict", "says"], &rows)
}

fn tests(claim: &ClaimView, format: TableFormat) -> Result<(), Problem> {
    let rows: Vec<Vec<String>> = claim
        .tests
        .iter()
        .map(|test| {
            vec![
                test.kind.clone(),
                test.verdict.to_owned(),
                test.estimate.as_ref().map(|number| number.text.clone()).unwrap_or_default(),
                test.p.clone(),
                test.n.clone(),
                test.sentence.clone(),
            ]
        })
        .collect();
    output::rows(format, &["kind", "verdict", "estimate", "p", "n", "sentence"], &rows)
}

fn told(claim: &ClaimView, report: &Report<'_>) -> String {
    let width = usize::from(output::width()).clamp(40, 110);
    let by: Vec<String> = claim.by.iter().map(|(key, place)| format!("{key}, {place}")).collect();
    let mut text =
        format!("{}\n{}\n\n{}: {}\n", claim.id, output::wrapped(&claim.says, width, ""), "by", by.join("; "));
    // Writing to a text cannot fail.
    if !claim.note.is_empty() {
        let _ = writeln!(text, "\n{}", output::wrapped(&claim.note, width, ""));
    }
    let _ = writeln!(text, "\nverdict: {}", claim.verdict.text);
    for test in &claim.tests {
        let sentence = output::wrapped(&test.sentence, width - 4, "    ");
        let _ = writeln!(text, "\n  {} ({})\n    {sentence}", test.verdict, test.kind);
        if !test.p.is_empty() {
            let _ = writeln!(text, "    {}, n = {}, {}", test.p, test.n, test.method);
        }
    }
    if let Some(entry) = report.evidence.entries().iter().find(|entry| entry.id == claim.verdict.id) {
        for (family, rows) in &entry.rows {
            let _ = writeln!(text, "\nrests on {} rows of {}", rows.len(), family.table_name());
        }
    }
    text
}
