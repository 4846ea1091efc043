//! Who acts and who answers: shares of forecast-error variance.

use super::Observed;
use crate::estimate::InsufficientData;
use crate::initiative::{Autoregression, Responses};
use crate::specification_curve::{Point, SeriesProblem, StepWeights, statistic_of_series};

/// What two sides do toward each other.
#[derive(Debug, Clone, Default)]
pub struct Exchange {
    /// What the side that is said to answer does.
    pub answers: Observed,
    /// What the side that is said to act first does.
    pub acts: Observed,
}

/// How much more of what one side does is accounted for by shocks of the other than the other way
/// round, `horizon` steps ahead, by a vector autoregression of `order` lags for each exchange;
/// mean over the exchanges, from −1 to 1. Positive means that the side said to answer answers.
/// Gaps are not allowed: each exchange is cut to its longest stretch without one. The null is two
/// series that go their own ways but for what happens at the same step.
pub fn initiative(
    exchanges: &[Exchange],
    order: usize,
    horizon: usize,
    weights: &StepWeights,
) -> Result<Point, InsufficientData> {
    let mut problem = SeriesProblem::default();
    for exchange in exchanges {
        let (steps, answers, acts) = longest_stretch(exchange);
        if steps.len() >= 4 * (2 * order + 1) {
            problem.steps.extend([steps.clone(), steps]);
            problem.values.extend([answers, acts]);
        }
    }
    if problem.values.is_empty() {
        return Err(InsufficientData::new("no stretch without gaps is long enough for the lags", 0));
    }
    statistic_of_series(&problem, weights, |series| {
        let contrasts: Vec<f64> =
            series.chunks_exact(2).filter_map(|pair| contrast(pair, order, horizon)).collect();
        crate::quantile::mean(&contrasts)
    })
}

/// Share of the first series' variance that the second's shocks account for, less the reverse.
fn contrast(pair: &[Vec<f64>], order: usize, horizon: usize) -> Option<f64> {
    let fit = Autoregression::fit(pair, &[], order).ok()?;
    let shares = Responses::of(&fit, horizon).generalised_shares(horizon);
    Some(shares[(0, 1)] - shares[(1, 0)]).filter(|value| value.is_finite())
}

fn longest_stretch(exchange: &Exchange) -> (Vec<usize>, Vec<f64>, Vec<f64>) {
    let rows: Vec<(usize, f64, f64)> = exchange.answers.paired(&exchange.acts, 0).collect();
    let longest = rows.chunk_by(|a, b| b.0 == a.0 + 1).max_by_key(|run| run.len()).unwrap_or(&[]);
    let steps = longest.iter().map(|row| row.0).collect();
    (steps, longest.iter().map(|row| row.1).collect(), longest.iter().map(|row| row.2).collect())
}
