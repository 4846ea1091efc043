//! From a specification and its panel to the numbers that are estimated.

use suasion_actors::{DirectedDyad, FactDate, Period};
use suasion_methods::specification_curve::questions::{
    Exchange, Observed, Pair, ResponseUnit, association, change, level, response, trend,
};
use suasion_panel::inputs::Actors;
use suasion_panel::{Measure, Panel};

use super::observe::{of_dyad, pooled, steps_inside, sum_of, window_of};
use super::panels::Panels;
use super::problem::{Problem, Question};
use super::specification::Specification;
use crate::claim::{Against, Series, Test, when};
use crate::wording::count_of;

/// What one specification needs to be reduced to numbers.
pub(super) struct Material<'a> {
    pub(super) panels: &'a Panels<'a>,
    pub(super) specification: &'a Specification,
    /// Fewest observed steps.
    pub(super) observations: usize,
    pub(super) actors: &'a Actors,
}

/// The numbers, or why there are none.
pub(super) fn problem(test: &Test, material: &Material<'_>) -> Result<Problem, String> {
    let (question, turned) = match test {
        Test::Level { series, against, above } => (material.level(series, against, *above)?, !above),
        Test::Order { higher, lower } => (material.order(higher, lower)?, false),
        Test::Change { series, before, after, up } => (material.change(series, before, after, *up)?, !up),
        Test::Trend { series, rises } => {
            let observed = turned(material.series(series)?, !rises);
            (Question::Focal(trend(&observed, material.specification.scale())), !rises)
        }
        Test::Extremum { series, within, lowest } => (material.extremum(series, within, *lowest)?, *lowest),
        Test::Break { series, near, margin } => (material.near_break(series, *near, *margin)?, false),
        Test::Association { series, with, together } => {
            (material.association(series, with, *together)?, !together)
        }
        Test::Response { series, impulse, positive } => {
            (material.response(series, impulse, *positive)?, !positive)
        }
        Test::Initiative { answers, acts } => (material.initiative(answers, acts)?, false),
        _ => return Err("this kind of test has no specifications".to_owned()),
    };
    Ok(Problem { question, unit: material.specification.step(), turned })
}

fn turned(mut observed: Observed, turn: bool) -> Observed {
    if turn {
        for value in &mut observed.values {
            *value = -*value;
        }
    }
    observed
}

impl Material<'_> {
    fn measure(&self) -> Result<&'static Measure, String> {
        self.specification.measure().ok_or_else(|| "no measure was chosen".to_owned())
    }

    fn panel(&self, measure: &Measure) -> Result<&Panel, String> {
        let lacking = || format!("no source of the study feeds `{}`", measure.name);
        let key = self.panels.key(measure, self.specification).ok_or_else(lacking)?;
        self.panels.get(&key).ok_or_else(|| format!("there is no panel for `{}`", measure.name))
    }

    fn window(&self, window: &Period) -> Result<Period, String> {
        window_of(window, self.specification).ok_or_else(|| "nothing is left of the window".to_owned())
    }

    /// A series in its window, if enough of it is observed.
    fn series(&self, series: &Series) -> Result<Observed, String> {
        self.series_of(series, self.measure()?)
    }

    fn series_of(&self, series: &Series, measure: &Measure) -> Result<Observed, String> {
        let window = self.window(&series.window)?;
        let observed = pooled(self.panel(measure)?, measure, &series.of, &window, self.specification);
        self.enough(observed, measure, &window)
    }

    fn enough(&self, observed: Observed, measure: &Measure, window: &Period) -> Result<Observed, String> {
        let found = observed.values.len();
        if found >= self.observations {
            return Ok(observed);
        }
        Err(format!(
            "`{}` is observed in {} {}; at least {} are needed",
            measure.name,
            count_of(found, self.specification.step().name()),
            when(window),
            self.observations
        ))
    }

    fn level(&self, series: &Series, against: &Against, above: bool) -> Result<Question, String> {
        let own = self.series(series)?;
        let differences = match against {
            Against::Bound(bound) => {
                Observed { values: own.values.iter().map(|value| value - bound).collect(), steps: own.steps }
            }
            Against::Series(other) => {
                // Another measure, if one is named, else the one that this specification chose.
                let measure = if other.measures == series.measures {
                    self.measure()?
                } else {
                    other.measures.first().copied().ok_or("no measure to compare with")?
                };
                let differences = own.less(&self.series_of(other, measure)?);
                self.enough(differences, measure, &series.window)?
            }
        };
        Ok(Question::Focal(level(&turned(differences, !above), self.specification.scale())))
    }

    fn order(&self, higher: &[Series], lower: &[Series]) -> Result<Question, String> {
        let observe = |list: &[Series]| -> Result<Vec<Observed>, String> {
            list.iter().map(|series| self.series(series)).collect()
        };
        let (higher, lower) = (observe(higher)?, observe(lower)?);
        let measure = self.measure()?;
        let mut pairs = Vec::new();
        for above in &higher {
            for below in &lower {
                let differences = above.less(below);
                if differences.values.len() < self.observations {
                    return Err(format!("`{}` is seldom observed for two states at once", measure.name));
                }
                pairs.push(level(&differences, self.specification.scale()));
            }
        }
        Ok(Question::All(pairs))
    }

    fn change(&self, series: &Series, before: &Period, after: &Period, up: bool) -> Result<Question, String> {
        let measure = self.measure()?;
        let panel = self.panel(measure)?;
        let whole = Period::new(before.begin(), after.end()).ok_or("the windows lie in the wrong order")?;
        let trimmed = self.window(&whole)?;
        let kept = |window: &Period| window.intersection(&trimmed).map(|kept| steps_inside(panel, &kept));
        let (early, late) = (
            kept(before).ok_or("nothing is left of the first window")?,
            kept(after).ok_or("nothing is left of the second window")?,
        );
        let all = pooled(panel, measure, &series.of, &trimmed, self.specification);
        let mut observed = Observed::default();
        for (step, value) in all.steps.iter().zip(&all.values) {
            if early.contains(step) || late.contains(step) {
                observed.steps.push(*step);
                observed.values.push(*value);
            }
        }
        let second = observed.steps.iter().filter(|step| late.contains(step)).count();
        let first = observed.steps.len() - second;
        if first.min(second) < self.observations {
            return Err(format!(
                "`{}` is observed in {} before and {second} after; at least {} are needed of each",
                measure.name,
                count_of(first, self.specification.step().name()),
                self.observations
            ));
        }
        let observed = turned(observed, !up);
        let (scale, given) = (self.specification.scale(), self.specification.given());
        Ok(Question::Focal(change(&observed, late.start, scale, given)))
    }

    fn extremum(&self, series: &Series, within: &Period, lowest: bool) -> Result<Question, String> {
        let observed = self.series(series)?;
        let within = steps_inside(self.panel(self.measure()?)?, within);
        Ok(Question::Extremum { series: observed, within, lowest })
    }

    fn near_break(&self, series: &Series, near: FactDate, margin: u8) -> Result<Question, String> {
        let panel = self.panel(self.measure()?)?;
        let observed = self.series(series)?;
        let months = jiff::Span::new().months(i32::from(margin));
        let (begin, end) = (near.earliest().checked_sub(months), near.latest().checked_add(months));
        let around = begin.ok().zip(end.ok()).and_then(|(begin, end)| Period::new(begin, end));
        let around = around.ok_or("the date has no surroundings")?;
        // A step counts that begins within the margin.
        let first = panel.spine.steps().iter().position(|step| step.period().begin() >= around.begin());
        let first = first.ok_or("the date lies after the panel")?;
        let count = panel.spine.steps()[first..]
            .iter()
            .take_while(|step| step.period().begin() <= around.end())
            .count();
        Ok(Question::Break { series: vec![observed], within: first..first + count })
    }

    /// The dyads of two selectors in pairs: the same state of the region on both sides.
    fn pairs(first: &Series, second: &Series) -> Vec<(DirectedDyad, DirectedDyad)> {
        let others = second.of.dyads();
        let partner = |dyad: &DirectedDyad| {
            let same = |other: &&DirectedDyad| *other == dyad || **other == dyad.reversed();
            let touching = |other: &&DirectedDyad| {
                [other.source(), other.target()]
                    .iter()
                    .any(|state| [dyad.source(), dyad.target()].contains(state))
            };
            others.iter().find(same).or_else(|| others.iter().find(touching)).copied()
        };
        first.of.dyads().into_iter().filter_map(|dyad| Some((dyad, partner(&dyad)?))).collect()
    }

    fn dyad(&self, measure: &Measure, dyad: DirectedDyad, window: &Period) -> Result<Observed, String> {
        Ok(of_dyad(self.panel(measure)?, measure, dyad, window))
    }

    fn association(&self, series: &Series, with: &Series, together: bool) -> Result<Question, String> {
        let measure = self.measure()?;
        let other = with.measures.first().copied().ok_or("no second measure")?;
        let window = self.window(&series.window)?;
        let pairs: Vec<Pair> = Self::pairs(series, with)
            .into_iter()
            .map(|(own, partner)| {
                let outcome = turned(self.dyad(measure, own, &window)?, !together);
                Ok(Pair { outcome, with: self.dyad(other, partner, &window)? })
            })
            .collect::<Result<_, String>>()?;
        let shared: usize = pairs.iter().map(|pair| pair.outcome.less(&pair.with).values.len()).sum();
        if shared < self.observations {
            return Err(format!(
                "`{}` and `{}` are observed together {shared} times",
                measure.name, other.name
            ));
        }
        let specification = self.specification;
        Ok(Question::Focal(association(
            &pairs,
            specification.lag(),
            specification.scale(),
            specification.given(),
        )))
    }

    fn response(&self, series: &Series, impulse: &Series, positive: bool) -> Result<Question, String> {
        let measure = self.measure()?;
        let acts = self.specification.impulse().ok_or("no measure of what is answered to")?;
        let window = self.window(&series.window)?;
        let given = self.specification.given();
        let mut units = Vec::new();
        for (answering, acting) in Self::pairs(series, impulse) {
            let controls = if given { self.rivals_acts(acts, acting, &window)? } else { Vec::new() };
            units.push(ResponseUnit {
                outcome: turned(self.dyad(measure, answering, &window)?, !positive),
                impulse: self.dyad(acts, acting, &window)?,
                controls,
            });
        }
        let regression = response(&units, self.specification.horizon(), self.specification.scale());
        let rows: usize = regression.series.iter().map(|unit| unit.steps.len()).sum();
        if rows < self.observations {
            return Err(format!("answers by `{}` can be seen in {rows} steps only", measure.name));
        }
        Ok(Question::Focal(regression))
    }

    /// What the other powers together did toward the same state.
    fn rivals_acts(
        &self,
        acts: &Measure,
        acting: DirectedDyad,
        window: &Period,
    ) -> Result<Vec<Observed>, String> {
        let others = self.actors.powers().into_iter().filter(|power| *power != acting.source());
        let own: Result<Vec<Observed>, String> = others
            .filter_map(|other| DirectedDyad::new(other, acting.target()))
            .map(|dyad| self.dyad(acts, dyad, window))
            .collect();
        Ok(sum_of(own?).into_iter().collect())
    }

    fn initiative(&self, answers: &Series, acts: &Series) -> Result<Question, String> {
        let measure = self.measure()?;
        let window = self.window(&answers.window)?;
        let exchanges = Self::pairs(answers, acts)
            .into_iter()
            .map(|(answering, acting)| {
                Ok(Exchange {
                    answers: self.dyad(measure, answering, &window)?,
                    acts: self.dyad(measure, acting, &window)?,
                })
            })
            .collect::<Result<Vec<Exchange>, String>>()?;
        Ok(Question::Initiative {
            exchanges,
            order: self.specification.order(),
            horizon: self.specification.horizon(),
        })
    }
}
