//! The panels that specifications look at: one for each source, choice of acts and step, each
//! computed once.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use suasion_actors::TimeUnit;
use suasion_archive::{Family, Problem};
use suasion_panel::inputs::SourceNames;
use suasion_panel::{Codes, Inputs, Measure, Needs, Panel, Spine};

use super::specification::Specification;
use crate::open::OpenStudy;

/// Which panel: the family that varies, its source, the acts that count, the step.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PanelKey {
    family: FamilyKey,
    source: String,
    codes: Codes,
    unit: TimeUnit,
}

/// Families by what a panel varies; votes are one family whether tallied or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum FamilyKey {
    Events,
    Votes,
    Ties,
    Flows,
}

impl FamilyKey {
    fn of(needs: Needs) -> Self {
        match needs.family() {
            Family::Event => Self::Events,
            Family::Vote | Family::Tally => Self::Votes,
            Family::Tie => Self::Ties,
            Family::Flow => Self::Flows,
        }
    }
}

/// The panels of a study under all its sources.
#[derive(Debug)]
pub struct Panels<'a> {
    open: &'a OpenStudy,
    yearly: &'a Panel,
    quarterly: &'a Panel,
    others: BTreeMap<PanelKey, Panel>,
}

impl<'a> Panels<'a> {
    /// The study's own panels, to which those of other sources are added.
    pub fn new(open: &'a OpenStudy, yearly: &'a Panel, quarterly: &'a Panel) -> Self {
        Self { open, yearly, quarterly, others: BTreeMap::new() }
    }

    /// Sources that can feed a measure, the study's first choice first.
    pub(super) fn sources_of(&self, measure: &Measure) -> Vec<String> {
        let held = &self.open.sources;
        let inputs = &self.open.inputs;
        match measure.needs {
            Needs::Events => held.events.clone(),
            Needs::Votes => held.votes.clone(),
            Needs::Ties => held.ties.clone(),
            Needs::Flows(indicators) | Needs::TiesAndFlows(indicators) => {
                let Some(first) = indicators.first() else { return Vec::new() };
                let has = |name: &&String| inputs.flow_source_has(name, first);
                held.flows.iter().filter(has).cloned().collect()
            }
        }
    }

    /// The panel of a measure under a specification: of the source that was chosen, or the study's
    /// own where the measure is of another family than that source.
    pub(super) fn key(&self, measure: &Measure, specification: &Specification) -> Option<PanelKey> {
        let family = FamilyKey::of(measure.needs);
        let chosen = specification.measure().map(|chosen| FamilyKey::of(chosen.needs));
        let source = if chosen == Some(family) {
            Some(specification.source().to_owned()).filter(|source| !source.is_empty())
        } else {
            self.sources_of(measure).into_iter().next()
        };
        Some(PanelKey { family, source: source?, codes: specification.codes(), unit: specification.step() })
    }

    /// Whether a source of events tells single acts, of all instruments, and not machine coding.
    pub(super) fn is_curated(&self, source: &str) -> bool {
        self.open
            .archive
            .table(Family::Event, source)
            .is_some_and(|table| table.coverage.sees_all_instruments)
    }

    /// Whether a source is the study's own choice, whose rows are the report's evidence.
    pub(super) fn is_main(&self, measure: &Measure, source: &str) -> bool {
        self.sources_of(measure).first().is_some_and(|first| first == source)
    }

    /// Computes the panels that specifications need and that are not there yet.
    pub(super) fn prepare(&mut self, wanted: BTreeSet<PanelKey>) -> Result<(), Problem> {
        let missing: Vec<PanelKey> = wanted
            .into_iter()
            .filter(|key| self.own(key).is_none() && !self.others.contains_key(key))
            .collect();
        // Panels that share a source share its rows, which are read once.
        let mut by_source: BTreeMap<(FamilyKey, String), Vec<PanelKey>> = BTreeMap::new();
        for key in missing {
            by_source.entry((key.family, key.source.clone())).or_default().push(key);
        }
        for ((family, source), keys) in by_source {
            let inputs = self.inputs(family, &source)?;
            let built: Vec<(PanelKey, Panel)> =
                keys.into_par_iter().map(|key| (key.clone(), self.build(&inputs, &key))).collect();
            self.others.extend(built);
        }
        Ok(())
    }

    /// The panel of a key, once prepared.
    pub(super) fn get(&self, key: &PanelKey) -> Option<&Panel> {
        self.own(key).or_else(|| self.others.get(key))
    }

    fn own(&self, key: &PanelKey) -> Option<&'a Panel> {
        let held = &self.open.sources;
        let first = match key.family {
            FamilyKey::Events => held.events.first(),
            FamilyKey::Votes => held.votes.first(),
            FamilyKey::Ties => held.ties.first(),
            FamilyKey::Flows => held.flows.first(),
        };
        let is_own = first.is_none_or(|first| *first == key.source) || key.source.is_empty();
        match key.unit {
            _ if !is_own || key.codes != Codes::All => None,
            TimeUnit::Year => Some(self.yearly),
            TimeUnit::Quarter => Some(self.quarterly),
            TimeUnit::Month => None,
        }
    }

    fn build(&self, inputs: &Inputs, key: &PanelKey) -> Panel {
        let study = &self.open.study;
        let spine = Spine::new(study.actors.dyads(), &study.period, key.unit);
        Panel::with(inputs, spine, key.codes, |measure| FamilyKey::of(measure.needs) == key.family)
    }

    /// The study's inputs with another source first.
    fn inputs(&self, family: FamilyKey, source: &str) -> Result<Inputs, Problem> {
        let held = &self.open.sources;
        let first = |all: &[String]| all.first().cloned().into_iter().collect::<Vec<_>>();
        let one = vec![source.to_owned()];
        let mut names = SourceNames {
            reports: held.reports,
            events: first(&held.events),
            votes: first(&held.votes),
            ties: first(&held.ties),
            flows: held.flows.clone(),
        };
        match family {
            FamilyKey::Events => names.events = one,
            FamilyKey::Votes => names.votes = one,
            FamilyKey::Ties => names.ties = one,
            FamilyKey::Flows => {
                names.flows.retain(|name| name != source);
                names.flows.insert(0, source.to_owned());
            }
        }
        Inputs::read(&self.open.archive, self.open.study.actors.clone(), &names)
    }
}
