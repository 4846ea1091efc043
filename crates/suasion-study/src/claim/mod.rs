//! Claims: sentences from the literature as data, and how they are tested.

mod fact;
mod ledger;
mod measured;
mod read;

use suasion_actors::{FactDate, MembershipRole, Obligation, OrganisationId, Period, StateId, TimeUnit};
use suasion_archive::ontology::Instrument;
use suasion_panel::{Inputs, Measure, Panel};

use crate::diagnosis::{Diagnosis, DiagnosisKind};
use crate::ledger::Ledger;
use crate::phases::PhaseAssessment;
use crate::selector::Selector;
use crate::study::Study;
use crate::verdict::{Verdict, all_of};

pub use read::read;

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
    /// All of them must hold.
    pub tests: Vec<Test>,
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
    /// No estimator of this program can test it yet.
    NotYet {
        /// The kind as written.
        kind: String,
        /// What is lacking.
        reason: String,
    },
}

/// A measure of some dyads in a window.
#[derive(Debug, Clone)]
pub struct Series {
    /// The measure.
    pub measure: &'static Measure,
    /// The dyads.
    pub of: Selector,
    /// The window.
    pub window: Period,
    /// The steps.
    pub unit: TimeUnit,
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
    /// The verdict on each test, in order.
    pub tests: Vec<Verdict>,
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
}

impl Evidence<'_> {
    fn panel(&self, unit: TimeUnit) -> &suasion_panel::Panel {
        if unit == TimeUnit::Year { self.yearly } else { self.quarterly }
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
            Self::NotYet { kind, .. } => kind,
        }
    }

    /// The series that the test looks at.
    pub(crate) fn series(&self) -> Vec<&Series> {
        match self {
            Self::Level { series, against: Against::Series(other), .. } => vec![series, other],
            Self::Level { series, .. }
            | Self::Change { series, .. }
            | Self::Trend { series, .. }
            | Self::Extremum { series, .. } => vec![series],
            Self::Order { higher, lower } => higher.iter().chain(lower).collect(),
            _ => Vec::new(),
        }
    }

    fn run(&self, evidence: &Evidence<'_>, label: &str) -> Verdict {
        match self {
            Self::Fact(fact) => fact::test(fact, evidence),
            Self::Diagnosis(kind) => diagnosis(*kind, evidence),
            Self::Periodisation(id) => evidence.phases.verdict(id, evidence.study.thresholds.significance),
            Self::Ledger { power, state } => ledger::test(*power, *state, evidence),
            Self::NotYet { reason, .. } => Verdict::Untestable(format!("Not tested: {reason}.")),
            _ => measured::test(self, evidence, label),
        }
    }
}

/// Tests a claim.
pub fn assess(claim: &Claim, evidence: &Evidence<'_>) -> ClaimOutcome {
    let tests: Vec<Verdict> = claim
        .tests
        .iter()
        .enumerate()
        .map(|(number, test)| test.run(evidence, &format!("claim {} {number}", claim.id)))
        .collect();
    ClaimOutcome { claim: claim.clone(), verdict: all_of(tests.clone()), tests }
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
