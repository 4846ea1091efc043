//! What one side does after the other has acted: local projections (Jordà 2005, American Economic
//! Review 95:161–182).

use super::{Observed, Scale};
use crate::specification_curve::{FocalRegression, FocalSeries};

/// One dyad's series.
#[derive(Debug, Clone, Default)]
pub struct ResponseUnit {
    /// What answers.
    pub outcome: Observed,
    /// What it answers to.
    pub impulse: Observed,
    /// What else was done at the time, such as the rivals' acts.
    pub controls: Vec<Observed>,
}

/// Slope of the outcome's mean over the `horizon` steps after a step on the impulse at that step,
/// given the outcome and the controls at the step, and the impulse the step before. One slope for
/// all units, each with a level of its own. Steps without all of these are left out.
pub fn response(units: &[ResponseUnit], horizon: usize, scale: Scale) -> FocalRegression {
    let series = units.iter().map(|unit| projection(unit, horizon, scale)).collect();
    FocalRegression { series }
}

fn projection(unit: &ResponseUnit, horizon: usize, scale: Scale) -> FocalSeries {
    let count = 3 + unit.controls.len();
    let mut series = FocalSeries { controls: vec![Vec::new(); count], ..FocalSeries::default() };
    for step in &unit.impulse.steps {
        let Some((outcome, impulse, given)) = row(unit, *step, horizon) else { continue };
        // What is new in the mean of the steps ahead is the last of them: its sign is shared with
        // the other horizons.
        series.steps.push(*step + horizon);
        series.outcome.push(outcome);
        series.focal.push(impulse);
        for (column, value) in series.controls.iter_mut().zip(given) {
            column.push(value);
        }
    }
    series.outcome = scale.of(&series.outcome);
    series.focal = scale.of(&series.focal);
    // A control that does not vary in this unit says nothing beside its level.
    let varies = |column: &Vec<f64>| column.windows(2).any(|pair| pair[0] != pair[1]);
    let mut kept = vec![vec![1.0; series.steps.len()]];
    kept.extend(series.controls.drain(..).skip(1).filter(varies));
    series.controls = kept;
    series
}

/// Outcome after the step, impulse at it, and what is given.
fn row(unit: &ResponseUnit, step: usize, horizon: usize) -> Option<(f64, f64, Vec<f64>)> {
    let after: Vec<f64> = (1..=horizon).filter_map(|ahead| unit.outcome.at(step + ahead)).collect();
    if after.len() < horizon {
        return None;
    }
    let mut given = vec![1.0, unit.outcome.at(step)?, unit.impulse.at(step.checked_sub(1)?)?];
    for control in &unit.controls {
        given.push(control.at(step)?);
    }
    Some((crate::quantile::mean(&after)?, unit.impulse.at(step)?, given))
}
