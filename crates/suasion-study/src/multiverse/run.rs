//! Running a multiverse: panels prepared, specifications reduced, estimated in parallel, each
//! problem once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use suasion_actors::{Period, Step, TimeUnit};
use suasion_archive::Problem as Failure;
use suasion_methods::InsufficientData;
use suasion_methods::specification_curve::{Point, SharedWeights, StepWeights};
use suasion_panel::{Measure, RowRef};

use super::ESTIMATORS;
use super::cache::Cache;
use super::curve::{Curve, Unable};
use super::estimate::{Material, problem};
use super::expand::specifications;
use super::infer::{Ran, curve};
use super::observe::rows_behind;
use super::panels::{PanelKey, Panels};
use super::problem::{Key, Problem};
use super::specification::Specification;
use crate::claim::Test;
use crate::study::Study;

/// Everything that the multiverses of a study share.
pub struct Multiverse<'a> {
    study: &'a Study,
    panels: Panels<'a>,
    weights: BTreeMap<TimeUnit, StepWeights>,
    /// What the draws depend on.
    draws_of: String,
    cache: Cache,
}

impl std::fmt::Debug for Multiverse<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Multiverse")
    }
}

/// What a test's multiverse gave.
pub(crate) struct Outcome {
    /// The curve, or why nothing could be estimated.
    pub(crate) curve: Result<Curve, Vec<Unable>>,
    /// The rows behind the study's own first choice of sources.
    pub(crate) rows: Vec<RowRef>,
}

impl<'a> Multiverse<'a> {
    /// Draws are taken once, for all claims of the study.
    pub fn new(study: &'a Study, panels: Panels<'a>, cache: Cache) -> Self {
        let months = study.period.steps(TimeUnit::Month).len();
        let seed = study.seed.named("specifications");
        let shared = SharedWeights::new(months, study.thresholds.draws, seed);
        let weights = [TimeUnit::Year, TimeUnit::Quarter, TimeUnit::Month]
            .map(|unit| (unit, shared.by_steps(&spans(&study.period, unit))))
            .into();
        let draws_of =
            format!("{ESTIMATORS} {} {} {}", study.seed_value, study.thresholds.draws, study.period);
        Self { study, panels, weights, draws_of, cache }
    }

    /// All specifications of a test, in their order.
    pub(super) fn specifications(&self, test: &Test) -> Vec<Specification> {
        specifications(test, &self.panels, &self.study.allowed)
    }

    /// Computes the panels that some tests need.
    pub fn prepare<'t>(&mut self, tests: impl IntoIterator<Item = &'t Test>) -> Result<(), Failure> {
        let mut keys = BTreeSet::new();
        for test in tests {
            for specification in self.specifications(test) {
                let measures = test.measures(&specification);
                keys.extend(measures.iter().filter_map(|measure| self.panels.key(measure, &specification)));
            }
        }
        self.panels.prepare(keys)
    }

    /// The problem of a specification, or why there is none.
    pub(super) fn problem(&self, test: &Test, specification: &Specification) -> Result<Problem, String> {
        let material = Material {
            panels: &self.panels,
            specification,
            observations: self.study.thresholds.observations,
            actors: &self.study.actors,
        };
        problem(test, &material)
    }

    /// Estimates all specifications of a test and tests the curve.
    pub(crate) fn run(&self, test: &Test) -> Outcome {
        let all = self.specifications(test);
        let rows = self.rows(test, &all);
        let reduced: Vec<Result<(Key, Problem), String>> = all
            .par_iter()
            .map(|specification| {
                let problem = self.problem(test, specification)?;
                Ok((problem.key(&self.draws_of), problem))
            })
            .collect();
        let mut first: BTreeMap<Key, usize> = BTreeMap::new();
        for (number, reduced) in reduced.iter().enumerate() {
            if let Ok((key, _)) = reduced {
                first.entry(*key).or_insert(number);
            }
        }
        let unique: Vec<(Key, &Problem)> = first
            .values()
            .filter_map(|number| reduced[*number].as_ref().ok())
            .map(|(key, problem)| (*key, problem))
            .collect();
        let points: BTreeMap<Key, Result<Arc<Point>, InsufficientData>> =
            unique.into_par_iter().map(|(key, problem)| (key, self.point(key, problem))).collect();
        let identity = test.identity();
        let (mut ran, mut unable, mut repeated) = (Vec::new(), Vec::new(), 0);
        for (number, (specification, reduced)) in all.into_iter().zip(&reduced).enumerate() {
            let failed = |reason: String| Unable { choices: specification.canonical(), reason };
            match reduced {
                Err(reason) => unable.push(failed(reason.clone())),
                Ok((key, _)) if first.get(key) != Some(&number) => repeated += 1,
                Ok((key, problem)) => match &points[key] {
                    Err(lacking) => unable.push(failed(lacking.reason.clone())),
                    Ok(point) => ran.push(Ran {
                        hash: specification.hash(&identity),
                        specification,
                        point: Arc::clone(point),
                        turned: problem.turned,
                    }),
                },
            }
        }
        Outcome { curve: curve(&ran, unable, repeated, &self.study.thresholds), rows }
    }

    fn point(&self, key: Key, problem: &Problem) -> Result<Arc<Point>, InsufficientData> {
        if let Some(point) = self.cache.get(&key) {
            return Ok(point);
        }
        let weights = self
            .weights
            .get(&problem.unit)
            .ok_or_else(|| InsufficientData::new("there are no draws for steps of this length", 0))?;
        let point = Arc::new(problem.estimate(weights)?.rounded());
        self.cache.put(key, &point);
        Ok(point)
    }

    /// The rows behind a test under the study's first choice of sources.
    fn rows(&self, test: &Test, all: &[Specification]) -> Vec<RowRef> {
        let mut behind: BTreeMap<&str, (&Measure, PanelKey)> = BTreeMap::new();
        for specification in all {
            for measure in test.measures(specification) {
                if let Some(key) = self.panels.key(measure, specification).filter(PanelKey::is_own) {
                    behind.entry(measure.name).or_insert((measure, key));
                }
            }
        }
        let mut rows = Vec::new();
        for (measure, key) in behind.values() {
            let Some(panel) = self.panels.get(key) else { continue };
            for series in test.series().into_iter().filter(|series| series.measures.contains(measure)) {
                rows.extend(rows_behind(panel, measure, &series.of, &series.window));
            }
        }
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// Keeps what was computed for the next run.
    pub fn save(&self) -> Result<(), Failure> {
        self.cache.save()
    }
}

/// The months of each step, counted from the beginning of the study.
pub(crate) fn spans(period: &Period, unit: TimeUnit) -> Vec<std::ops::Range<usize>> {
    let month = |day| Step::containing(day, TimeUnit::Month).index();
    let origin = month(period.begin());
    let from_origin = |index: i32| usize::try_from(index - origin).unwrap_or(0);
    period
        .steps(unit)
        .into_iter()
        .map(|step| from_origin(month(step.period().begin()))..from_origin(month(step.period().end()) + 1))
        .collect()
}
