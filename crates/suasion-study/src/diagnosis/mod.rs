//! The diagnosed faults of a policy (METHODS 1.3), each with estimate, null and rivals beside it.

mod acts;
mod balance;
mod breadth;
mod choices;
mod consistency;
mod differentiation;
mod influence;
mod initiative;
mod orbit;

use rayon::prelude::*;
use suasion_actors::StateId;
use suasion_methods::Estimation;
use suasion_panel::{Inputs, Panel, RowRef};

use crate::study::Study;
use crate::verdict::{Finding, Verdict};
pub(crate) use choices::settle;

/// Which diagnosis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DiagnosisKind {
    /// Is the region treated as one?
    Differentiation,
    /// Does the policy cover a narrow range of issues?
    Breadth,
    /// Does it send contradictory signals?
    Consistency,
    /// Never both pivots at once?
    Balance,
    /// Can it not move the states' policy?
    Influence,
    /// Does it only react?
    Initiative,
    /// Are the states drifting out of the power's orbit?
    Orbit,
}

impl DiagnosisKind {
    /// All diagnoses, in the order of the report.
    pub const ALL: [Self; 7] = [
        Self::Differentiation,
        Self::Breadth,
        Self::Consistency,
        Self::Balance,
        Self::Influence,
        Self::Initiative,
        Self::Orbit,
    ];

    /// The diagnosis's name in files and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Differentiation => "differentiation",
            Self::Breadth => "breadth",
            Self::Consistency => "consistency",
            Self::Balance => "balance",
            Self::Influence => "influence",
            Self::Initiative => "initiative",
            Self::Orbit => "orbit",
        }
    }

    /// A diagnosis by name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The question in plain words, about a power by name.
    pub fn question(self, power: &str) -> String {
        match self {
            Self::Differentiation => format!("Does {power} treat the states as one?"),
            Self::Breadth => format!("Does {power}'s policy cover only a narrow range of issues?"),
            Self::Consistency => format!("Does {power} send contradictory signals?"),
            Self::Balance => {
                format!("Does {power} favour one of the two regional powers at the other's expense?")
            }
            Self::Influence => format!("Is {power} unable to move the states' policy?"),
            Self::Initiative => format!("Does {power} only react?"),
            Self::Orbit => format!("Are the states drifting out of {power}'s orbit?"),
        }
    }

    /// What the number is and how to read it.
    pub fn scale(self) -> &'static str {
        match self {
            Self::Differentiation => {
                "Jensen–Shannon divergence of the mixes of instruments across the states: 0 the same mix for all, 1 nothing in common."
            }
            Self::Breadth => {
                "Effective number of instruments at the same number of acts for every power: 1 only one, 12 all alike."
            }
            Self::Consistency => {
                "Share of quarters with acts that hold both material cooperation and coercion toward the same state."
            }
            Self::Balance => {
                "Odds ratio that both receive more than their usual attention in the same quarter: below 1 one at the other's expense, above 1 together."
            }
            Self::Influence => {
                "Capacity: 0 none, 1 the most of any power, state and year. Drift: change per decade of the share of votes in agreement. Response: change of the states' conduct toward the power in the year after its acts, in standard deviations."
            }
            Self::Initiative => {
                "Shares from 0 to 1. Reaction: what goes with the states' acts before. Initiative: acts that nobody's recorded acts foretell, which does not say that they were meant as a beginning."
            }
            Self::Orbit => {
                "Change per decade of each power's share among all powers, region's mean, in years in which more than half of the states are known."
            }
        }
    }
}

/// One number of a diagnosis: for a power, or for the states' own conduct.
#[derive(Debug, Clone)]
pub struct DiagnosisFinding {
    /// Whose conduct it is, in words.
    pub label: String,
    /// The power, if it is one.
    pub power: Option<StateId>,
    /// What is measured, where a diagnosis measures several things.
    pub domain: &'static str,
    /// The number with its interval, or why there is none.
    pub estimation: Estimation,
    /// What chance alone would give.
    pub null: Option<f64>,
    /// Distance from the null in its own deviations, where it has any.
    pub excess: Option<f64>,
    /// The rows behind it.
    pub rows: Vec<RowRef>,
}

/// A diagnosis of the power, with the rivals beside it.
#[derive(Debug, Clone)]
pub struct Diagnosis {
    /// Which one.
    pub kind: DiagnosisKind,
    /// One plain sentence on the power.
    pub sentence: String,
    /// Whether the fault is there.
    pub verdict: Verdict,
    /// The power first, then rivals, then others.
    pub findings: Vec<DiagnosisFinding>,
    /// The same under other sources and a shorter window. The verdict stands only where none of
    /// them gives another.
    pub choices: Vec<UnderChoice>,
}

/// What a diagnosis says under another source or window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnderChoice {
    /// The choice in words.
    pub choice: String,
    /// The verdict under it, in a word.
    pub verdict: &'static str,
    /// The sentence under it.
    pub sentence: String,
}

/// What a diagnosis is made from.
#[derive(Debug)]
pub(crate) struct Material<'a> {
    pub(crate) study: &'a Study,
    pub(crate) inputs: &'a Inputs,
    pub(crate) yearly: &'a Panel,
    pub(crate) quarterly: &'a Panel,
}

/// All diagnoses that the study allows, from its first sources over its whole period.
pub(crate) fn all(material: &Material<'_>) -> Vec<Diagnosis> {
    DiagnosisKind::ALL.into_par_iter().filter_map(|kind| diagnose(kind, material)).collect()
}

fn diagnose(kind: DiagnosisKind, material: &Material<'_>) -> Option<Diagnosis> {
    match kind {
        DiagnosisKind::Differentiation => Some(differentiation::diagnose(material)),
        DiagnosisKind::Breadth => Some(breadth::diagnose(material)),
        DiagnosisKind::Consistency => Some(consistency::diagnose(material)),
        DiagnosisKind::Balance => balance::diagnose(material),
        DiagnosisKind::Influence => Some(influence::diagnose(material)),
        DiagnosisKind::Initiative => Some(initiative::diagnose(material)),
        DiagnosisKind::Orbit => Some(orbit::diagnose(material)),
    }
}

/// A diagnosis whose verdict on the power's fault carries the power's own finding.
fn diagnosis(
    kind: DiagnosisKind,
    findings: Vec<DiagnosisFinding>,
    fault: Fault,
    sentence: String,
) -> Diagnosis {
    let own = findings.first();
    let finding = Finding {
        sentence: sentence.clone(),
        estimate: own.and_then(|own| own.estimation.clone().ok()),
        rows: own.map(|own| own.rows.clone()).unwrap_or_default(),
    };
    let verdict = match fault {
        Fault::Present => Verdict::Supported(finding),
        Fault::Absent => Verdict::Contradicted(finding),
        Fault::Open => Verdict::Mixed(finding),
        Fault::Unknown => Verdict::Untestable(sentence.clone()),
    };
    Diagnosis { kind, sentence, verdict, findings, choices: Vec::new() }
}

/// Whether the record shows the fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Present,
    Absent,
    Open,
    Unknown,
}

/// The values of the findings that could be estimated, the power's first.
fn values(findings: &[DiagnosisFinding]) -> Option<(f64, Vec<f64>)> {
    let own = findings.first()?.estimation.as_ref().ok()?.value;
    let others = findings[1..]
        .iter()
        .filter(|finding| finding.power.is_some())
        .filter_map(|finding| finding.estimation.as_ref().ok())
        .map(|estimate| estimate.value)
        .collect();
    Some((own, others))
}

/// Twice the smaller of two one-sided p-values.
fn two_sided(below: f64, above: f64) -> f64 {
    (2.0 * below.min(above)).min(1.0)
}

/// The reason why the power's own number is lacking.
fn why_not(findings: &[DiagnosisFinding]) -> String {
    match findings.first().map(|finding| &finding.estimation) {
        Some(Err(lacking)) => format!("{}.", lacking.reason),
        _ => "Nothing could be estimated.".to_owned(),
    }
}
