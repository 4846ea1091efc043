//! Tests of claims: what is looked at, and what it is held against.

use suasion_actors::{FactDate, Period, StateId, TimeUnit};
use suasion_panel::{Concept, Measure};

use super::fact::{self, Fact};
use super::{Evidence, TestOutcome, ledger, measured};
use crate::diagnosis::DiagnosisKind;
use crate::multiverse::{Setting, Specification};
use crate::selector::Selector;
use crate::verdict::Verdict;

/// One test of a claim (METHODS 1.5).
#[derive(Debug, Clone)]
pub enum Test {
    /// Something was so at a date, or happened.
    Fact(Fact),
    /// One series lies above another, or above a bound.
    Level {
        /// The series.
        series: Series,
        /// What it is compared with.
        against: Against,
        /// Whether it is claimed to lie above, and not below.
        above: bool,
    },
    /// Series rank so.
    Order {
        /// Each of these is claimed to lie above
        higher: Vec<Series>,
        /// each of these.
        lower: Vec<Series>,
    },
    /// A series goes up or down from one window to another.
    Change {
        /// The series; its own window is not used.
        series: Series,
        /// The first window.
        before: Period,
        /// The second window.
        after: Period,
        /// Whether it is claimed to go up, and not down.
        up: bool,
    },
    /// A series rises or falls through a window.
    Trend {
        /// The series.
        series: Series,
        /// Whether it is claimed to rise, and not to fall.
        rises: bool,
    },
    /// The extreme value of a series lies in a window.
    Extremum {
        /// The series.
        series: Series,
        /// Where the extreme value is claimed to lie.
        within: Period,
        /// Whether it is the lowest, and not the highest.
        lowest: bool,
    },
    /// A diagnosis has the claimed sign for the power.
    Diagnosis(DiagnosisKind),
    /// A published periodisation fits the change points that were found.
    Periodisation(String),
    /// A power spends more on a state than it has of it in money.
    Ledger {
        /// Who spends.
        power: StateId,
        /// On whom.
        state: StateId,
    },
    /// The level of a series changes near a date.
    Break {
        /// The series.
        series: Series,
        /// The date.
        near: FactDate,
        /// Months before and after it that count as near.
        margin: u8,
    },
    /// Two series move together, or against each other.
    Association {
        /// What is taken to follow.
        series: Series,
        /// What is taken to lead.
        with: Series,
        /// Whether they are claimed to move together, and not against each other.
        together: bool,
    },
    /// One side answers what the other does.
    Response {
        /// What answers.
        series: Series,
        /// What it answers to.
        impulse: Series,
        /// Whether more is claimed to be answered by more, and not by less.
        positive: bool,
    },
    /// One side acts, the other reacts.
    Initiative {
        /// Acts of the side that is claimed to react.
        answers: Series,
        /// Acts of the side that is claimed to act first.
        acts: Series,
    },
    /// The record cannot test it.
    Untestable {
        /// The kind as written.
        kind: String,
        /// What is lacking.
        reason: String,
    },
}

/// Measures of some dyads in a window.
#[derive(Debug, Clone)]
pub struct Series {
    /// The measures that stand for what is claimed: those of a concept, some, or one.
    pub measures: Vec<&'static Measure>,
    /// The concept, where the claim names one.
    pub concept: Option<Concept>,
    /// The dyads.
    pub of: Selector,
    /// The window.
    pub window: Period,
    /// The steps, where the claim names their length.
    pub step: Option<TimeUnit>,
}

/// What a level is compared with.
#[derive(Debug, Clone)]
pub enum Against {
    /// Another series.
    Series(Series),
    /// A number.
    Bound(f64),
}

impl Test {
    /// The kind of the test, as written in the file of claims.
    pub fn kind(&self) -> &str {
        match self {
            Self::Fact(_) => "fact",
            Self::Level { .. } => "level",
            Self::Order { .. } => "order",
            Self::Change { .. } => "change",
            Self::Trend { .. } => "trend",
            Self::Extremum { .. } => "extremum",
            Self::Diagnosis(_) => "diagnosis",
            Self::Periodisation(_) => "periodisation",
            Self::Ledger { .. } => "ledger",
            Self::Break { .. } => "break",
            Self::Association { .. } => "association",
            Self::Response { .. } => "response",
            Self::Initiative { .. } => "initiative",
            Self::Untestable { kind, .. } => kind,
        }
    }

    /// The series that the test looks at, the one whose measures are varied first.
    pub fn series(&self) -> Vec<&Series> {
        match self {
            Self::Level { series, against: Against::Series(other), .. } => vec![series, other],
            Self::Level { series, .. }
            | Self::Change { series, .. }
            | Self::Trend { series, .. }
            | Self::Extremum { series, .. }
            | Self::Break { series, .. } => vec![series],
            Self::Order { higher, lower } => higher.iter().chain(lower).collect(),
            Self::Association { series, with, .. } => vec![series, with],
            Self::Response { series, impulse, .. } => vec![series, impulse],
            Self::Initiative { answers, acts } => vec![answers, acts],
            _ => Vec::new(),
        }
    }

    /// Whether the plain reading says what is looked for and not what is found.
    pub(super) fn is_looked_for(&self) -> bool {
        matches!(
            self,
            Self::Break { .. } | Self::Association { .. } | Self::Response { .. } | Self::Initiative { .. }
        )
    }

    /// The measures that a specification of the test needs.
    pub(crate) fn measures(&self, specification: &Specification) -> Vec<&'static Measure> {
        let mut measures: Vec<&'static Measure> = specification
            .settings()
            .iter()
            .filter_map(|setting| match setting {
                Setting::Measure(measure, _) | Setting::Impulse(measure) => Some(*measure),
                _ => None,
            })
            .collect();
        let other = match self {
            Self::Level { series, against: Against::Series(other), .. }
            | Self::Association { series, with: other, .. } => Some((series, other)),
            _ => None,
        };
        if let Some((_, other)) = other.filter(|(series, other)| other.measures != series.measures) {
            measures.extend(other.measures.first());
        }
        measures
    }

    /// The test as text that is the same in every run.
    pub(crate) fn identity(&self) -> String {
        let mut parts = vec![self.kind().to_owned()];
        parts.extend(self.series().iter().map(|series| format!("{} {}", series.of.text(), series.window)));
        parts.push(match self {
            Self::Level { against: Against::Bound(bound), above, .. } => format!("{bound} {above}"),
            Self::Level { above, .. } => above.to_string(),
            Self::Order { higher, .. } => higher.len().to_string(),
            Self::Change { before, after, up, .. } => format!("{before} {after} {up}"),
            Self::Trend { rises, .. } => rises.to_string(),
            Self::Extremum { within, lowest, .. } => format!("{within} {lowest}"),
            Self::Break { near, margin, .. } => format!("{near} {margin}"),
            Self::Association { together, .. } => together.to_string(),
            Self::Response { positive, .. } => positive.to_string(),
            _ => String::new(),
        });
        parts.join(" ")
    }

    pub(super) fn run(&self, evidence: &Evidence<'_>) -> TestOutcome {
        let verdict = match self {
            Self::Fact(fact) => fact::test(fact, evidence),
            Self::Diagnosis(kind) => diagnosis(*kind, evidence),
            Self::Periodisation(id) => evidence.phases.verdict(id, evidence.study.thresholds.significance),
            Self::Ledger { power, state } => ledger::test(*power, *state, evidence),
            Self::Untestable { reason, .. } => Verdict::Untestable(format!("Not tested: {reason}.")),
            _ => return measured::test(self, evidence),
        };
        TestOutcome::without_curve(verdict)
    }
}

fn diagnosis(kind: DiagnosisKind, evidence: &Evidence<'_>) -> Verdict {
    match evidence.diagnoses.iter().find(|diagnosis| diagnosis.kind == kind) {
        Some(diagnosis) => diagnosis.verdict.clone(),
        None => Verdict::Untestable("The diagnosis could not be made for this study.".to_owned()),
    }
}
