//! The bottom line: verdict counts, one sentence for each diagnosis, what must be said at once.

use suasion_archive::schema::Flow;
use suasion_study::{Assessment, Verdict};

use crate::evidence::{EvidenceBook, Number};

/// What comes first.
#[derive(Debug, Clone)]
pub struct BottomLine {
    /// How many claims, in a sentence.
    pub claims: String,
    /// Each verdict's word and count.
    pub counts: Vec<(&'static str, usize)>,
    /// Question, sentence and the number of the power for each diagnosis.
    pub diagnoses: Vec<(String, String, Option<Number>)>,
    /// Claims whose facts the record contradicts outright, with their ids.
    pub contradicted: Vec<(String, String)>,
    /// What must be said before anything else.
    pub notices: Vec<String>,
}

pub(super) fn view(assessment: &Assessment<'_>, evidence: &mut EvidenceBook) -> BottomLine {
    let counts: Vec<(&'static str, usize)> =
        Verdict::WORDS.into_iter().zip(assessment.verdict_counts()).collect();
    let total = assessment.claims.len();
    let claims = if total == 0 {
        "The study makes no claims.".to_owned()
    } else {
        let words: Vec<String> = counts.iter().map(|(word, count)| format!("{count} {word}")).collect();
        format!("Of {total} claims, {}.", words.join(", "))
    };
    let diagnoses = assessment
        .diagnoses
        .iter()
        .map(|diagnosis| {
            let number = diagnosis.findings.first().and_then(|finding| {
                let estimate = finding.estimation.as_ref().ok()?;
                Some(evidence.note(
                    format!("bottom-{}", diagnosis.kind.name()),
                    "evidence",
                    format!("{} of {}", diagnosis.kind.name(), finding.label),
                    estimate.method,
                    &finding.rows,
                ))
            });
            (
                diagnosis.kind.question(&super::name(assessment.open.study.actors.power)),
                diagnosis.sentence.clone(),
                number,
            )
        })
        .collect();
    let contradicted = assessment
        .claims
        .iter()
        .filter(|outcome| outcome.verdict.word() == "contradicted")
        .map(|outcome| (outcome.claim.id.clone(), outcome.claim.says.clone()))
        .collect();
    let mut notices = assessment.open.notices.clone();
    notices.extend(coverage_notices(assessment));
    BottomLine { claims, counts, diagnoses, contradicted, notices }
}

/// Sources that cover only a part of the study's period, and events too imprecise for a quarter.
fn coverage_notices(assessment: &Assessment<'_>) -> Vec<String> {
    let study = &assessment.open.study;
    let mut notices = Vec::new();
    let years = |of: &[i16]| Some((*of.iter().min()?, *of.iter().max()?));
    let inputs = &assessment.open.inputs;
    let trade_source =
        inputs.flow_table("goods_exports").map_or("", |table| table.provenance.source.as_str());
    // Trade carries dependence and orbit; other figures say in their own tables what they cover.
    let traded = |flow: &&Flow| flow.indicator == "goods_exports" && flow.source_name == trade_source;
    let flows: Vec<i16> = inputs.flow_rows().iter().filter(traded).map(|flow| flow.year).collect();
    let votes: Vec<i16> = inputs.tally_rows().iter().map(|tally| tally.year).collect();
    for (what, span) in [("Trade", years(&flows)), ("Votes", years(&votes))] {
        let Some((first, last)) = span else {
            notices.push(format!("{what}: no source; measures from it are missing, not zero."));
            continue;
        };
        if first > study.period.begin().year() || last < study.period.end().year() {
            notices.push(format!(
                "{what}: known for {first}–{last} only; other years of the study are missing, not zero."
            ));
        }
    }
    let unplaced = assessment.quarterly.unplaced_events;
    if unplaced > 0 {
        notices.push(format!(
            "{unplaced} acts are dated to the year only; they count in yearly measures and in no quarter."
        ));
    }
    notices
}
