//! The assessment: everything that is computed for a study, from one pass over its sources.

use suasion_actors::TimeUnit;
use suasion_archive::Problem;
use suasion_panel::{Panel, Spine};

use crate::claim::{self, ClaimOutcome, Evidence};
use crate::diagnosis::{self, Diagnosis, Material};
use crate::ledger::{self, Ledger};
use crate::multiverse::{Cache, Multiverse, Panels};
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
    /// Computes everything. The result depends on the study, its sources and its seed only, not on
    /// the cache. `progress` hears how many claims are done and which is next.
    pub fn run(open: &'a OpenStudy, cache: Cache, progress: &dyn Fn(usize, &str)) -> Result<Self, Problem> {
        let yearly = panel(open, TimeUnit::Year);
        let quarterly = panel(open, TimeUnit::Quarter);
        let study = &open.study;
        let material = Material { study, inputs: &open.inputs, yearly: &yearly, quarterly: &quarterly };
        let mut diagnoses = diagnosis::all(&material);
        diagnosis::settle(open, &mut diagnoses)?;
        let phases = phases::assess(study, &yearly, &open.periodisations.periodisations);
        let ledgers = ledger::ledgers(study, &open.inputs);
        let claims = {
            let panels = Panels::new(open, &yearly, &quarterly);
            let mut multiverse = Multiverse::new(study, panels, cache);
            multiverse.prepare(open.claims.iter().flat_map(|claim| &claim.tests))?;
            let evidence = Evidence {
                study,
                inputs: &open.inputs,
                yearly: &yearly,
                quarterly: &quarterly,
                diagnoses: &diagnoses,
                phases: &phases,
                ledgers: &ledgers,
                multiverse: &multiverse,
            };
            // One claim after the other, its specifications at once: memory holds one curve's draws.
            let one = |(number, claim): (usize, &claim::Claim)| {
                progress(number, &claim.id);
                claim::assess(claim, &evidence)
            };
            let claims = open.claims.iter().enumerate().map(one).collect();
            multiverse.save()?;
            claims
        };
        Ok(Self { open, yearly, quarterly, diagnoses, phases, ledgers, claims })
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
