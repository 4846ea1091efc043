//! The claims with their verdicts, by heading.

use std::collections::BTreeMap;

use suasion_methods::specification_curve::Tail;
use suasion_study::Assessment;
use suasion_study::claim::ClaimOutcome;
use suasion_study::multiverse::{Curve, DecisionImportance};
use suasion_study::wording::{number, p_value};

use crate::evidence::{EvidenceBook, Number};

/// Claims under one heading.
#[derive(Debug, Clone)]
pub struct ClaimGroup {
    /// The heading.
    pub title: String,
    /// Its claims, in the order of the study.
    pub claims: Vec<ClaimView>,
}

/// One claim.
#[derive(Debug, Clone)]
pub struct ClaimView {
    /// Identity.
    pub id: String,
    /// The claim, paraphrased.
    pub says: String,
    /// Citation key and place of each source.
    pub by: Vec<(String, String)>,
    /// How it was read.
    pub note: String,
    /// The verdict in a word, with its evidence.
    pub verdict: Number,
    /// One line for each test.
    pub tests: Vec<TestView>,
}

/// One test of a claim.
#[derive(Debug, Clone)]
pub struct TestView {
    /// Kind of test.
    pub kind: String,
    /// Verdict in a word.
    pub verdict: &'static str,
    /// What was found.
    pub sentence: String,
    /// The estimate with its evidence, where there is one.
    pub estimate: Option<Number>,
    /// Probability of as much in the claimed direction, were there nothing.
    pub p: String,
    /// Observations.
    pub n: String,
    /// How it was computed.
    pub method: String,
    /// The specification curve, where the test has one.
    pub curve: Option<CurveView>,
}

/// A specification curve in words.
#[derive(Debug, Clone)]
pub struct CurveView {
    /// Name of its drawing.
    pub name: String,
    /// The curve.
    pub curve: Box<Curve>,
    /// The three joint statistics, each in a line.
    pub statistics: Vec<String>,
    /// What each decision accounts for, the largest first.
    pub decisions: Vec<String>,
    /// The verdict without each source.
    pub without: Vec<String>,
    /// What could not run and what is shown beside.
    pub notes: Vec<String>,
}

/// Headings and their claims, in the order of the study.
pub(crate) fn groups<'a>(assessment: &'a Assessment<'_>) -> Vec<(String, Vec<&'a ClaimOutcome>)> {
    let mut groups: Vec<(String, Vec<&ClaimOutcome>)> = Vec::new();
    for outcome in &assessment.claims {
        let title = if outcome.claim.group.is_empty() { "Claims" } else { &outcome.claim.group };
        match groups.iter_mut().find(|(group, _)| group == title) {
            Some((_, outcomes)) => outcomes.push(outcome),
            None => groups.push((title.to_owned(), vec![outcome])),
        }
    }
    groups
}

pub(super) fn views(assessment: &Assessment<'_>, evidence: &mut EvidenceBook) -> Vec<ClaimGroup> {
    groups(assessment)
        .into_iter()
        .map(|(title, outcomes)| ClaimGroup {
            title,
            claims: outcomes.into_iter().map(|outcome| view(outcome, evidence)).collect(),
        })
        .collect()
}

fn view(outcome: &ClaimOutcome, evidence: &mut EvidenceBook) -> ClaimView {
    let claim = &outcome.claim;
    let rows = outcome.verdict.finding().map(|finding| finding.rows.clone()).unwrap_or_default();
    let verdict = evidence.note(
        format!("claim-{}-verdict", claim.id),
        outcome.verdict.word(),
        format!("Verdict on `{}`", claim.id),
        "all tests of the claim together",
        &rows,
    );
    let tests = claim
        .tests
        .iter()
        .zip(&outcome.tests)
        .enumerate()
        .map(|(position, (test, verdict))| {
            let (verdict, curve) = (&verdict.verdict, &verdict.curve);
            let finding = verdict.finding();
            let found = finding.and_then(|finding| Some((finding, finding.estimate.as_ref()?)));
            TestView {
                kind: test.kind().to_owned(),
                verdict: verdict.word(),
                sentence: verdict.sentence().to_owned(),
                estimate: found.map(|(finding, estimate)| {
                    evidence.note(
                        format!("claim-{}-test-{}", claim.id, position + 1),
                        number(estimate.value),
                        format!("`{}`, test {}", claim.id, position + 1),
                        estimate.method,
                        &finding.rows,
                    )
                }),
                p: found.and_then(|(_, estimate)| estimate.p_value).map(p_value).unwrap_or_default(),
                n: found.map(|(_, estimate)| estimate.n.to_string()).unwrap_or_default(),
                method: found.map(|(_, estimate)| method(estimate)).unwrap_or_default(),
                curve: curve
                    .as_ref()
                    .map(|curve| curve_view(format!("curve-{}-{}", claim.id, position + 1), curve)),
            }
        })
        .collect();
    ClaimView {
        id: claim.id.clone(),
        says: claim.says.clone(),
        by: claim.by.clone(),
        note: claim.note.clone(),
        verdict,
        tests,
    }
}

fn curve_view(name: String, curve: &Curve) -> CurveView {
    CurveView {
        name,
        statistics: statistics(curve),
        decisions: curve.decisions.iter().map(decision).collect(),
        without: curve
            .without
            .iter()
            .map(|without| {
                format!("without {}: {} ({})", without.source, without.verdict, p_value(without.p))
            })
            .collect(),
        notes: notes(curve),
        curve: Box::new(curve.clone()),
    }
}

fn statistics(curve: &Curve) -> Vec<String> {
    let joint = &curve.joint;
    let both =
        |tail: &Tail| format!("{} as claimed, {} the other way", p_value(tail.toward), p_value(tail.against));
    vec![
        format!(
            "Median effect {} standard deviations: {}.",
            number(joint.signs.median.value),
            both(&joint.signs.median)
        ),
        format!("Significant as claimed {:.0} %: {}.", 100.0 * joint.share.value, both(&joint.share)),
        format!("Stouffer's Z {}: {}.", number(joint.stouffer.value), both(&joint.stouffer)),
    ]
}

fn decision(decision: &DecisionImportance) -> String {
    let options: Vec<String> = decision
        .options
        .iter()
        .map(|option| {
            format!(
                "{} {} ({}, n = {})",
                option.name,
                number(option.median),
                option.verdict,
                option.specifications
            )
        })
        .collect();
    format!(
        "{}, {:.0} % of the variance: {}",
        decision.decision.label(),
        100.0 * decision.share,
        options.join("; ")
    )
}

fn notes(curve: &Curve) -> Vec<String> {
    let mut notes = Vec::new();
    if curve.repeated > 0 {
        notes.push(format!("{} specifications were another one over again.", curve.repeated));
    }
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for unable in &curve.unable {
        *reasons.entry(&unable.reason).or_default() += 1;
    }
    notes.extend(reasons.into_iter().map(|(reason, count)| format!("{count} could not run: {reason}.")));
    if let Some(beside) = curve.beside {
        notes.push(format!(
            "{} specifications ask another question and are left out of the test; their median effect is {}.",
            beside.count,
            number(beside.median)
        ));
    }
    notes
}

/// The method, with what a careful reader must know.
fn method(estimate: &suasion_methods::Estimate) -> String {
    std::iter::once(estimate.method.to_owned())
        .chain(estimate.warnings.iter().cloned())
        .collect::<Vec<_>>()
        .join("; ")
}
