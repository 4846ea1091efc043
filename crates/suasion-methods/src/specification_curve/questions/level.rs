//! Means above a bound, changes between windows, trends.

use super::{Observed, Scale};
use crate::association::ranks;
use crate::specification_curve::{FocalRegression, FocalSeries};

/// Whether the mean over the window lies above nought: of differences between two sides, or from a
/// bound. With ranks: whether more of the steps lie above than below. A straight trend of the
/// differences is held constant: centred, it leaves the mean as it is, and a gap that widens
/// steadily is not taken for noise that wanders.
pub fn level(differences: &Observed, scale: Scale) -> FocalRegression {
    let outcome = match scale {
        Scale::Values => differences.values.clone(),
        Scale::Ranks => signed_ranks(&differences.values),
    };
    let focal = vec![1.0; outcome.len()];
    let time = time(&differences.steps);
    let middle = crate::quantile::mean(&time).unwrap_or(0.0);
    let centred = time.iter().map(|at| at - middle).collect();
    one(differences.steps.clone(), outcome, focal, vec![centred])
}

/// The rank of each value's size, with its sign, from −1 to 1 (Wilcoxon 1945).
fn signed_ranks(values: &[f64]) -> Vec<f64> {
    let sizes: Vec<f64> = values.iter().map(|value| value.abs()).collect();
    let ranked = ranks(&sizes).into_iter().zip(values);
    let of = |(rank, value): (f64, &f64)| if *value == 0.0 { 0.0 } else { value.signum() * rank };
    ranked.map(of).map(|rank| rank / values.len() as f64).collect()
}

/// How far the mean goes up from the steps before `first_after` to those from it on.
pub fn change(series: &Observed, first_after: usize, scale: Scale, beyond_trend: bool) -> FocalRegression {
    let focal = series.steps.iter().map(|step| f64::from(u8::from(*step >= first_after))).collect();
    let mut controls = vec![vec![1.0; series.steps.len()]];
    if beyond_trend {
        controls.push(time(&series.steps));
    }
    one(series.steps.clone(), scale.of(&series.values), focal, controls)
}

/// How far the series rises over its window along a straight line.
pub fn trend(series: &Observed, scale: Scale) -> FocalRegression {
    let constant = vec![1.0; series.steps.len()];
    one(series.steps.clone(), scale.of(&series.values), time(&series.steps), vec![constant])
}

/// Time from nought at the first step to one at the last.
pub(super) fn time(steps: &[usize]) -> Vec<f64> {
    let first = steps.first().copied().unwrap_or(0);
    let span = steps.last().map_or(1, |last| (last - first).max(1)) as f64;
    steps.iter().map(|step| (step - first) as f64 / span).collect()
}

fn one(steps: Vec<usize>, outcome: Vec<f64>, focal: Vec<f64>, controls: Vec<Vec<f64>>) -> FocalRegression {
    FocalRegression { series: vec![FocalSeries { steps, outcome, focal, controls }] }
}
