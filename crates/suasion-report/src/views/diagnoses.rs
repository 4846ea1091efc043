//! The diagnoses with their numbers in a table.

use suasion_study::Assessment;
use suasion_study::diagnosis::UnderChoice;
use suasion_study::wording::{number, p_value};

use crate::evidence::{EvidenceBook, Number};

/// One diagnosis as the report shows it.
#[derive(Debug, Clone)]
pub struct DiagnosisView {
    /// Its name.
    pub name: &'static str,
    /// The question.
    pub question: String,
    /// The answer for the power.
    pub sentence: String,
    /// The verdict on the fault, in a word.
    pub verdict: &'static str,
    /// How to read the numbers.
    pub scale: &'static str,
    /// One line for each power and domain.
    pub rows: Vec<DiagnosisRow>,
    /// The same under other sources and a shorter window.
    pub choices: Vec<UnderChoice>,
}

/// One line of a diagnosis.
#[derive(Debug, Clone)]
pub struct DiagnosisRow {
    /// Whose conduct.
    pub label: String,
    /// The number with its evidence, or why there is none.
    pub value: Result<Number, String>,
    /// Interval.
    pub interval: String,
    /// What chance would give.
    pub null: String,
    /// Probability under the null.
    pub p: String,
    /// What a careful reader must know.
    pub notes: String,
}

pub(super) fn views(assessment: &Assessment<'_>, evidence: &mut EvidenceBook) -> Vec<DiagnosisView> {
    assessment
        .diagnoses
        .iter()
        .map(|diagnosis| DiagnosisView {
            name: diagnosis.kind.name(),
            question: diagnosis.kind.question(&super::name(assessment.open.study.actors.power)),
            sentence: diagnosis.sentence.clone(),
            verdict: diagnosis.verdict.word(),
            scale: diagnosis.kind.scale(),
            choices: diagnosis.choices.clone(),
            rows: diagnosis
                .findings
                .iter()
                .map(|finding| row(diagnosis.kind.name(), finding, evidence))
                .collect(),
        })
        .collect()
}

fn row(
    diagnosis: &str,
    finding: &suasion_study::diagnosis::DiagnosisFinding,
    evidence: &mut EvidenceBook,
) -> DiagnosisRow {
    let label = if finding.domain.is_empty() {
        finding.label.clone()
    } else {
        format!("{}, {}", finding.label, finding.domain)
    };
    match &finding.estimation {
        Err(lacking) => DiagnosisRow {
            label,
            value: Err(lacking.reason.clone()),
            interval: String::new(),
            null: String::new(),
            p: String::new(),
            notes: String::new(),
        },
        Ok(estimate) => {
            let id = format!("diagnosis-{diagnosis}-{}", slug(&label));
            let value = evidence.note(
                id,
                number(estimate.value),
                format!("{diagnosis}: {label}"),
                estimate.method,
                &finding.rows,
            );
            DiagnosisRow {
                label,
                value: Ok(value),
                interval: estimate
                    .interval
                    .map(|interval| format!("{} to {}", number(interval.low), number(interval.high)))
                    .unwrap_or_default(),
                null: finding.null.map(number).unwrap_or_default(),
                p: estimate.p_value.map(p_value).unwrap_or_default(),
                notes: notes(finding, estimate),
            }
        }
    }
}

fn notes(
    finding: &suasion_study::diagnosis::DiagnosisFinding,
    estimate: &suasion_methods::Estimate,
) -> String {
    let excess = finding.excess.map(|excess| format!("{} deviations from chance.", number(excess)));
    excess.into_iter().chain(estimate.warnings.iter().cloned()).collect::<Vec<_>>().join(" ")
}

/// Letters, digits and hyphens only.
pub(crate) fn slug(text: &str) -> String {
    let letters: String = text
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' })
        .collect();
    letters.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}
