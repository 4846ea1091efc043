//! `suasion claims`: the verdicts, or all the evidence on one claim.

use std::fmt::Write;

use suasion_archive::Problem;
use suasion_archive::problem::nearest;
use suasion_report::Report;
use suasion_report::render::terminal;
use suasion_report::views::claims::{ClaimView, TestView};
use suasion_study::claim::template;
use suasion_study::multiverse::{Cache, Multiverse, Panels, Plan, plan};
use suasion_study::{OpenStudy, assessment};

use super::{assess, assess_study, estimates, open_study};
use crate::arguments::{Claims, Shared, TableFormat};
use crate::output;

/// Prints the table of verdicts, one claim's evidence, a plan, or a file to start from.
pub(crate) fn run(options: &Claims, shared: &Shared) -> Result<(), Problem> {
    let mut opened = open_study(&options.study, shared)?;
    if options.new {
        return output::data(template(&opened.study).as_bytes());
    }
    if let Some(id) = &options.id {
        known(id, &opened)?;
        opened.claims.retain(|claim| claim.id == *id);
    }
    if options.plan {
        return show_plans(&opened, options, shared);
    }
    let assessment = assess_study(&opened, shared)?;
    let report = Report::of(&assessment, &assess::command(&options.study));
    let all: Vec<&ClaimView> = report.claims.iter().flat_map(|group| &group.claims).collect();
    match (all.as_slice(), &options.id, options.format.of_words()) {
        ([claim], Some(_), Some(TableFormat::Table)) => output::data(told(claim, &report).as_bytes()),
        ([claim], Some(_), Some(format)) => estimates::print(claim, format),
        ([claim], Some(_), None) => output::data(&estimates::parquet(claim)?),
        (_, _, Some(format)) => overview(&all, format),
        (_, _, None) => Err(Problem::new("Parquet holds the estimates of one claim")
            .hint("name its id, or ask for csv or json")),
    }
}

fn known(id: &str, opened: &OpenStudy) -> Result<(), Problem> {
    let ids = || opened.claims.iter().map(|claim| claim.id.as_str());
    if ids().any(|known| known == id) {
        return Ok(());
    }
    let problem = Problem::new(format!("the study has no claim `{id}`"));
    Err(match nearest(id, ids()) {
        Some(near) => problem.hint(format!("did you mean `{near}`?")),
        None => problem.hint("`suasion claims STUDY` lists them"),
    })
}

fn overview(claims: &[&ClaimView], format: TableFormat) -> Result<(), Problem> {
    let rows: Vec<Vec<String>> = claims
        .iter()
        .map(|claim| {
            let specifications: usize = claim
                .tests
                .iter()
                .filter_map(|test| test.curve.as_ref())
                .map(|view| view.curve.points.len())
                .sum();
            vec![
                claim.id.clone(),
                claim.verdict.text.clone(),
                if specifications == 0 { String::new() } else { specifications.to_string() },
                claim.says.clone(),
            ]
        })
        .collect();
    output::rows(format, &["claim", "verdict", "specifications", "says"], &rows)
}

fn show_plans(opened: &OpenStudy, options: &Claims, shared: &Shared) -> Result<(), Problem> {
    use suasion_actors::TimeUnit;
    let yearly = assessment::panel(opened, TimeUnit::Year);
    let quarterly = assessment::panel(opened, TimeUnit::Quarter);
    let panels = Panels::new(opened, &yearly, &quarterly);
    let mut multiverse = Multiverse::new(&opened.study, panels, Cache::none());
    multiverse.prepare(opened.claims.iter().flat_map(|claim| &claim.tests))?;
    let plans: Vec<Plan> = opened.claims.iter().flat_map(|claim| plan(claim, &multiverse)).collect();
    let total: usize = plans.iter().map(|plan| plan.distinct).sum();
    output::tell(shared, &format!("{total} specifications would be estimated"));
    let format = options.format.of_words().unwrap_or_default();
    let decisions = |plan: &Plan| {
        let parts: Vec<String> = plan
            .decisions
            .iter()
            .filter(|(_, choices)| choices.len() > 1)
            .map(|(decision, choices)| format!("{}: {}", decision.name(), choices.join(" | ")))
            .collect();
        parts.join("; ")
    };
    let unable = |plan: &Plan| {
        let parts: Vec<String> =
            plan.unable.iter().map(|(reason, count)| format!("{count}: {reason}")).collect();
        parts.join("; ")
    };
    let rows: Vec<Vec<String>> = plans
        .iter()
        .map(|plan| {
            vec![
                plan.claim.clone(),
                plan.test.to_string(),
                plan.kind.clone(),
                plan.specifications.to_string(),
                plan.distinct.to_string(),
                decisions(plan),
                unable(plan),
            ]
        })
        .collect();
    let header = ["claim", "test", "kind", "specifications", "distinct", "decisions", "cannot run"];
    output::rows(format, &header, &rows)
}

fn told(claim: &ClaimView, report: &Report<'_>) -> String {
    let width = usize::from(output::width()).clamp(40, 110);
    let by: Vec<String> = claim.by.iter().map(|(key, place)| format!("{key}, {place}")).collect();
    let mut text = format!("{}\n{}\n", claim.id, output::wrapped(&claim.says, width, ""));
    // Writing to a text cannot fail.
    if !by.is_empty() {
        let _ = writeln!(text, "\nby: {}", by.join("; "));
    }
    if !claim.note.is_empty() {
        let _ = writeln!(text, "\n{}", output::wrapped(&claim.note, width, ""));
    }
    let _ = writeln!(text, "\nverdict: {}", claim.verdict.text);
    for test in &claim.tests {
        test_told(&mut text, test, width);
    }
    if let Some(entry) = report.evidence.entries().iter().find(|entry| entry.id == claim.verdict.id) {
        for (family, rows) in &entry.rows {
            let _ = writeln!(text, "\nrests on {} rows of {}", rows.len(), family.table_name());
        }
    }
    text
}

fn test_told(text: &mut String, test: &TestView, width: usize) {
    let sentence = output::wrapped(&test.sentence, width - 4, "    ");
    let _ = writeln!(text, "\n  {} ({})\n    {sentence}", test.verdict, test.kind);
    let Some(view) = &test.curve else {
        if !test.p.is_empty() {
            let _ = writeln!(text, "    {}, n = {}, {}", test.p, test.n, test.method);
        }
        return;
    };
    let _ = writeln!(text, "\n{}", terminal::curve(&view.curve, width).trim_end());
    let lines = view.statistics.iter().chain(&view.decisions).chain(&view.without).chain(&view.notes);
    for line in lines {
        let _ = writeln!(text, "    {}", output::wrapped(line, width - 6, "      "));
    }
}
