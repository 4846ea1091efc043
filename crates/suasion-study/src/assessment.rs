//! The assessment: everything that is computed for a study, from one pass over its sources.

use rayon::prelude::*;
use suasion_actors::TimeUnit;
use suasion_panel::{Panel, Spine};

use crate::claim::{self, ClaimOutcome, Evidence};
use crate::diagnosis::{self, Diagnosis, Material};
use crate::ledger::{self, Ledger};
use crate::open::OpenStudy;
use crate::phases::{self, PhaseAssessment};
use crate::verdict::Verdict;

/// Panels, diagnoses, phases and verdicts of a study.
#[derive(Debug)]
pub struct Assessment<'a> {
    /// The study and its sources.
    pub open: &'a OpenStudy,
    /// The panel by year.
    pub yearly: Panel,
    /// The panel by quarter.
    pub quarterly: Panel,
    /// The diagnoses, in the order of [`crate::diagnosis::DiagnosisKind::ALL`].
    pub diagnoses: Vec<Diagnosis>,
    /// Phases found and published.
    pub phases: PhaseAssessment,
    /// What each power spends on each state, and what it has of it.
    pub ledgers: Vec<Ledger>,
    /// The claims with their verdicts, in the order of their file.
    pub claims: Vec<ClaimOutcome>,
}

impl<'a> Assessment<'a> {
    /// Computes everything. The result depends on the study, its sources and its seed only.
    pub fn run(open: &'a OpenStudy) -> Self {
        let yearly = panel(open, TimeUnit::Year);
        let quarterly = panel(open, TimeUnit::Quarter);
        let study = &open.study;
        let material = Material { study, inputs: &open.inputs, yearly: &yearly, quarterly: &quarterly };
        let diagnoses = diagnosis::all(&material);
        let phases = phases::assess(study, &yearly, &open.periodisations.periodisations);
        let ledgers = ledger::ledgers(study, &open.inputs);
        let evidence = Evidence {
            study,
            inputs: &open.inputs,
            yearly: &yearly,
            quarterly: &quarterly,
            diagnoses: &diagnoses,
            phases: &phases,
            ledgers: &ledgers,
        };
        // Each claim draws from seeds of its own, so their order does not matter.
        let claims = open.claims.par_iter().map(|claim| claim::assess(claim, &evidence)).collect();
        Self { open, yearly, quarterly, diagnoses, phases, ledgers, claims }
    }

    /// How many claims have each verdict, in the order of [`Verdict::WORDS`].
    pub fn verdict_counts(&self) -> [usize; 4] {
        Verdict::WORDS.map(|word| self.claims.iter().filter(|outcome| outcome.verdict.word() == word).count())
    }
}

/// The panel of a study at a unit of time.
pub fn panel(open: &OpenStudy, unit: TimeUnit) -> Panel {
    let spine = Spine::new(open.study.actors.dyads(), &open.study.period, unit);
    Panel::build(&open.inputs, spine)
}
