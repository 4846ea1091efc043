//! Whether two series move together.

use super::level::time;
use super::{Observed, Scale};
use crate::quantile::{mean, standard_deviation};
use crate::specification_curve::{FocalRegression, FocalSeries};

/// The two series of one unit, such as a dyad.
#[derive(Debug, Clone, Default)]
pub struct Pair {
    /// What is taken to follow.
    pub outcome: Observed,
    /// What is taken to lead.
    pub with: Observed,
}

/// Slope of the outcome on the other series, both standardised within their unit, one slope for
/// all units: with ranks a rank correlation. `lag` steps lie between the two; `beyond_trend` takes
/// a straight line off both.
pub fn association(pairs: &[Pair], lag: usize, scale: Scale, beyond_trend: bool) -> FocalRegression {
    let series = pairs.iter().filter_map(|pair| unit(pair, lag, scale, beyond_trend)).collect();
    FocalRegression { series }
}

fn unit(pair: &Pair, lag: usize, scale: Scale, beyond_trend: bool) -> Option<FocalSeries> {
    let (mut steps, mut outcome, mut focal) = (Vec::new(), Vec::new(), Vec::new());
    for (step, own, with) in pair.outcome.paired(&pair.with, lag) {
        steps.push(step);
        outcome.push(own);
        focal.push(with);
    }
    let outcome = standardised(&scale.of(&outcome))?;
    let focal = standardised(&scale.of(&focal))?;
    let mut controls = vec![vec![1.0; steps.len()]];
    if beyond_trend {
        controls.push(time(&steps));
    }
    Some(FocalSeries { steps, outcome, focal, controls })
}

/// Mean nought, deviation one; `None` where nothing varies.
fn standardised(values: &[f64]) -> Option<Vec<f64>> {
    let (centre, deviation) = (mean(values)?, standard_deviation(values)?);
    (deviation > 0.0).then(|| values.iter().map(|value| (value - centre) / deviation).collect())
}
