//! The panels that specifications look at: one for each source, choice of acts and step, each
//! computed once.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use suasion_actors::TimeUnit;
use suasion_archive::{Family, Problem};
use suasion_panel::{Codes, Inputs, Measure, Panel, Spine, measures};

use super::specification::Specification;
use crate::open::OpenStudy;

/// Which panel: the family that varies, its source, the acts that count, the step.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PanelKey {
    family: Family,
    /// None for the study's own choice, whose rows are there already.
    source: Option<String>,
    codes: Codes,
    unit: TimeUnit,
}

impl PanelKey {
    /// Whether the panel is of the study's own choice of sources, whose rows are the report's
    /// evidence.
    pub(super) fn is_own(&self) -> bool {
        self.source.is_none()
    }
}

/// The panels of a study under all its sources.
#[derive(Debug)]
pub struct Panels<'a> {
    open: &'a OpenStudy,
    yearly: &'a Panel,
    quarterly: &'a Panel,
    others: BTreeMap<PanelKey, Panel>,
    /// Sources that can feed each measure, the study's first choice first.
    sources: BTreeMap<&'static str, Vec<String>>,
}

impl<'a> Panels<'a> {
    /// The study's own panels, to which those of other sources are added.
    pub fn new(open: &'a OpenStudy, yearly: &'a Panel, quarterly: &'a Panel) -> Self {
        let sources = measures::all().map(|measure| (measure.name, open.sources_of(measure))).collect();
        Self { open, yearly, quarterly, others: BTreeMap::new(), sources }
    }

    /// Sources that can feed a measure, the study's first choice first.
    pub(super) fn sources_of(&self, measure: &Measure) -> &[String] {
        self.sources.get(measure.name).map_or(&[], Vec::as_slice)
    }

    /// The panel of a measure under a specification: of the source that was chosen, or the study's
    /// own where the measure is of another family than that source.
    pub(super) fn key(&self, measure: &Measure, specification: &Specification) -> Option<PanelKey> {
        let family = measure.needs.family();
        let own = self.sources_of(measure).first()?;
        let varies = specification.measure().is_some_and(|chosen| chosen.needs.family() == family);
        let source = Some(specification.source())
            .filter(|source| varies && !source.is_empty() && source != own)
            .map(ToOwned::to_owned);
        Some(PanelKey { family, source, codes: specification.codes(), unit: specification.step() })
    }

    /// Whether a source of events tells single acts, of all instruments, and not machine coding.
    pub(super) fn is_curated(&self, source: &str) -> bool {
        self.open
            .archive
            .table(Family::Event, source)
            .is_some_and(|table| table.coverage.sees_all_instruments)
    }

    /// Computes the panels that specifications need and that are not there yet.
    pub(super) fn prepare(&mut self, wanted: BTreeSet<PanelKey>) -> Result<(), Problem> {
        let missing: Vec<PanelKey> = wanted
            .into_iter()
            .filter(|key| self.own(key).is_none() && !self.others.contains_key(key))
            .collect();
        // Panels that share a source share its rows, which are read once.
        let mut by_source: BTreeMap<(Family, Option<String>), Vec<PanelKey>> = BTreeMap::new();
        for key in missing {
            by_source.entry((key.family, key.source.clone())).or_default().push(key);
        }
        for ((family, source), keys) in by_source {
            let read = source.map(|source| self.open.inputs_with(family, source)).transpose()?;
            let inputs = read.as_ref().unwrap_or(&self.open.inputs);
            let built: Vec<(PanelKey, Panel)> =
                keys.into_par_iter().map(|key| (key.clone(), self.build(inputs, &key))).collect();
            self.others.extend(built);
        }
        Ok(())
    }

    /// The panel of a key, once prepared.
    pub(super) fn get(&self, key: &PanelKey) -> Option<&Panel> {
        self.own(key).or_else(|| self.others.get(key))
    }

    fn own(&self, key: &PanelKey) -> Option<&'a Panel> {
        match key.unit {
            _ if !key.is_own() || key.codes != Codes::All => None,
            TimeUnit::Year => Some(self.yearly),
            TimeUnit::Quarter => Some(self.quarterly),
            TimeUnit::Month => None,
        }
    }

    fn build(&self, inputs: &Inputs, key: &PanelKey) -> Panel {
        let study = &self.open.study;
        let spine = Spine::new(study.actors.dyads(), &study.period, key.unit);
        Panel::with(inputs, spine, key.codes, |measure| measure.needs.family() == key.family)
    }
}
