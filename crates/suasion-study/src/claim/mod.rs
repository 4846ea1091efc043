//! Claims: sentences from the literature as data, and how they are tested.

mod fact;
mod ledger;
mod measured;
mod read;
mod reading;
mod template;
mod test;

use suasion_actors::{FactDate, Period, TimeUnit};
use suasion_panel::{Inputs, Panel};

use crate::diagnosis::Diagnosis;
use crate::ledger::Ledger;
use crate::multiverse::{Curve, Multiverse};
use crate::phases::PhaseAssessment;
use crate::study::Study;
use crate::verdict::{Verdict, all_of, any_of};

pub use fact::{Fact, FactKind};
pub use read::read;
pub use template::template;
pub use test::{Against, Series, Test};

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
