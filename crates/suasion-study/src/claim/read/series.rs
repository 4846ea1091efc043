//! Measures and dyads that a test looks at.

use suasion_actors::TimeUnit;
use suasion_archive::problem::{nearest, nearest_or_all};
use suasion_panel::{Concept, measures};

use super::raw::RawTest;
use super::{Known, Wrong, needed, period, wrong};
use crate::claim::Series;
use crate::selector::Selector;

impl Known<'_> {
    pub(super) fn series(&self, raw: &RawTest, selector: &str) -> Result<Series, Wrong> {
        let (measures, concept) = match (&raw.concept, &raw.measures, &raw.measure) {
            (Some(name), None, None) => {
                let concept = concept(name)?;
                (measures::all().filter(|measure| measure.concept == concept).collect(), Some(concept))
            }
            (None, Some(names), None) if !names.is_empty() => {
                (names.iter().map(|name| measure(name)).collect::<Result<_, _>>()?, None)
            }
            (None, None, Some(name)) => (vec![measure(name)?], None),
            _ => {
                return Err(wrong(format!(
                    "a test of kind `{}` needs one of `concept`, `measures`, `measure`",
                    raw.kind
                )));
            }
        };
        self.series_of(raw, selector, measures, concept)
    }

    /// The series that a level is compared with, of another measure if the test names one.
    pub(super) fn other_series(&self, raw: &RawTest, selector: &str) -> Result<Series, Wrong> {
        match raw.other_measure.as_deref() {
            Some(name) => self.series_of(raw, selector, vec![measure(name)?], None),
            None => self.series(raw, selector),
        }
    }

    /// What an association is with: other dyads, or another measure of the same ones.
    pub(super) fn with(&self, raw: &RawTest) -> Result<Series, Wrong> {
        let selector = raw.with.as_deref().or(raw.of.as_deref());
        let name = needed(raw.with_measure.as_deref(), "with_measure", &raw.kind)?;
        self.series_of(raw, needed(selector, "of", &raw.kind)?, vec![measure(name)?], None)
    }

    /// What is answered to: acts, unless the test names other measures.
    pub(super) fn impulse(&self, raw: &RawTest) -> Result<Series, Wrong> {
        let selector = needed(raw.to.as_deref(), "to", &raw.kind)?;
        let names = raw.to_measures.clone().unwrap_or_else(|| vec!["acts".to_owned(), "log_acts".to_owned()]);
        let measures = names.iter().map(|name| measure(name)).collect::<Result<_, _>>()?;
        self.series_of(raw, selector, measures, None)
    }

    fn series_of(
        &self,
        raw: &RawTest,
        selector: &str,
        measures: Vec<&'static suasion_panel::Measure>,
        concept: Option<Concept>,
    ) -> Result<Series, Wrong> {
        let step = match raw.step.as_deref() {
            None => None,
            Some("year") => Some(TimeUnit::Year),
            Some("quarter") => Some(TimeUnit::Quarter),
            Some("month") => Some(TimeUnit::Month),
            Some(other) => return Err(wrong(format!("step `{other}` is not year, quarter or month"))),
        };
        Ok(Series {
            measures,
            concept,
            of: Selector::read(selector, self.actors).map_err(wrong)?,
            window: raw.window.as_deref().map_or(Ok(*self.period), period)?,
            step,
        })
    }
}

fn measure(name: &str) -> Result<&'static suasion_panel::Measure, Wrong> {
    measures::named(name).ok_or_else(|| {
        let near = nearest(name, measures::all().map(|measure| measure.name));
        (format!("`{name}` is not a measure"), near.map(|near| format!("did you mean `{near}`?")))
    })
}

fn concept(name: &str) -> Result<Concept, Wrong> {
    Concept::named(name).ok_or_else(|| {
        let names = Concept::ALL.map(Concept::name);
        (format!("`{name}` is not a concept"), Some(nearest_or_all(name, "concepts", &names)))
    })
}
