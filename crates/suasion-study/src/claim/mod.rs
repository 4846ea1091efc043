//! Claims: sentences from the literature as data, and how they are tested.

mod fact;
mod ledger;
mod measured;
mod read;
mod reading;
mod template;

use suasion_actors::{FactDate, MembershipRole, Obligation, OrganisationId, Period, StateId, TimeUnit};
use suasion_archive::ontology::Instrument;
use suasion_panel::{Concept, Inputs, Measure, Panel};

use crate::diagnosis::{Diagnosis, DiagnosisKind};
use crate::ledger::Ledger;
use crate::multiverse::{Curve, Multiverse, Setting, Specification};
use crate::phases::PhaseAssessment;
use crate::selector::Selector;
use crate::study::Study;
use crate::verdict::{Verdict, all_of, any_of};

pub use read::read;
pub use template::template;

/// A claim with the tests that it must pass.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Identity.
    pub id: String,
    /// The claim, paraphrased.
    pub says: String,
    /// Who says it: citation key and place.
    pub by: Vec<(String, String)>,
    /// Under which heading it belongs.
    pub group: String,
    /// What a reader must know of how it is tested.
    pub note: String,
    /// The verdict that whoever wrote it expects, in a word.
    pub expect: &'static str,
    /// Whether all of its tests must hold, or any.
    pub pass: Pass,
    /// Its tests.
    pub tests: Vec<Test>,
}

/// How the tests of a claim make up its verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Pass {
    /// All of them must hold.
    #[default]
    All,
    /// It is enough that one holds.
    Any,
}

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

/// Something that was so, or was not.
#[derive(Debug, Clone)]
pub struct Fact {
    /// What.
    pub what: FactKind,
    /// When.
    pub during: Period,
    /// Whether the claim says that it was so.
    pub holds: bool,
}

/// Kinds of facts.
#[derive(Debug, Clone)]
pub enum FactKind {
    /// A state had a standing in an organisation on some day of the period.
    Membership {
        /// The state.
        state: StateId,
        /// The organisation.
        organisation: OrganisationId,
        /// The standing; any if none is named.
        role: Option<MembershipRole>,
    },
    /// Two states had a treaty at least this deep, or one with this role, on some day of the period.
    Treaty {
        /// One party.
        state: StateId,
        /// The other party.
        with: StateId,
        /// The least depth.
        obligation: Obligation,
        /// A role that the treaty must have, such as `strategic_partnership`.
        role: Option<String>,
    },
    /// A power had a base in a state on some day of the period.
    Base {
        /// On whose soil.
        host: StateId,
        /// Whose base.
        owner: StateId,
    },
    /// Acts of a kind happened in the period.
    Act {
        /// Between whom.
        of: Selector,
        /// By which instrument; any if none is named.
        instrument: Option<Instrument>,
        /// Beginning of the CAMEO code; any if none is named.
        cameo: Option<String>,
        /// One act by its identity, whatever the other conditions.
        id: Option<String>,
        /// Fewest acts.
        at_least: usize,
    },
}

/// A claim with its verdict.
#[derive(Debug, Clone)]
pub struct ClaimOutcome {
    /// The claim.
    pub claim: Claim,
    /// The verdict on the claim as a whole.
    pub verdict: Verdict,
    /// What each test gave, in order.
    pub tests: Vec<TestOutcome>,
}

/// What a test gave.
#[derive(Debug, Clone)]
pub struct TestOutcome {
    /// The verdict.
    pub verdict: Verdict,
    /// The specification curve, where the test has one.
    pub curve: Option<Box<Curve>>,
}

impl TestOutcome {
    fn without_curve(verdict: Verdict) -> Self {
        Self { verdict, curve: None }
    }
}

/// Everything that a test may look at.
#[derive(Debug)]
pub struct Evidence<'a> {
    /// The study.
    pub study: &'a Study,
    /// The rows of the sources.
    pub inputs: &'a Inputs,
    /// The panel by year.
    pub yearly: &'a Panel,
    /// The panel by quarter.
    pub quarterly: &'a Panel,
    /// The diagnoses.
    pub diagnoses: &'a [Diagnosis],
    /// The phases.
    pub phases: &'a PhaseAssessment,
    /// The ledgers.
    pub ledgers: &'a [Ledger],
    /// What tests of measures run on.
    pub multiverse: &'a Multiverse<'a>,
}

impl Evidence<'_> {
    /// The study's own panel of a series.
    fn panel(&self, series: &Series) -> &Panel {
        if series.step.unwrap_or(TimeUnit::Year) == TimeUnit::Year { self.yearly } else { self.quarterly }
    }
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
    fn is_looked_for(&self) -> bool {
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

    fn run(&self, evidence: &Evidence<'_>) -> TestOutcome {
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

/// Tests a claim.
pub fn assess(claim: &Claim, evidence: &Evidence<'_>) -> ClaimOutcome {
    let tests: Vec<TestOutcome> = claim.tests.iter().map(|test| test.run(evidence)).collect();
    let verdicts: Vec<Verdict> = tests.iter().map(|test| test.verdict.clone()).collect();
    let verdict = match claim.pass {
        Pass::All => all_of(verdicts),
        Pass::Any => any_of(verdicts),
    };
    ClaimOutcome { claim: claim.clone(), verdict, tests }
}

fn diagnosis(kind: DiagnosisKind, evidence: &Evidence<'_>) -> Verdict {
    match evidence.diagnoses.iter().find(|diagnosis| diagnosis.kind == kind) {
        Some(diagnosis) => diagnosis.verdict.clone(),
        None => Verdict::Untestable("The diagnosis could not be made for this study.".to_owned()),
    }
}

/// Dates at which a fact is asked for, in words.
pub(crate) fn when(period: &Period) -> String {
    let text = period.to_string();
    match text.split_once('/') {
        Some((begin, end)) => format!("between {begin} and {end}"),
        None => format!("in {text}"),
    }
}

/// A date in words.
pub(crate) fn on(date: FactDate) -> String {
    match date {
        FactDate::Day(day) => format!("on {day}"),
        other => format!("in {other}"),
    }
}
