//! Any statistic of one or several series, with its null draws: extremes, breaks, responses.

use super::point::{Draws, Point};
use super::sieve::{
    Coefficients, Lanes, Whitened, autocovariance_sums, order_for, without_bias, yule_walker,
};
use super::weights::{LANES, StepWeights};
use crate::estimate::InsufficientData;

/// Series of which a statistic is computed. Under the null each is a level with autocorrelated
/// noise, and what the series do at the same step stays together.
#[derive(Debug, Clone, Default)]
pub struct SeriesProblem {
    /// Positions in the calendar of the weights, by series, ascending.
    pub steps: Vec<Vec<usize>>,
    /// Values, by series.
    pub values: Vec<Vec<f64>>,
}

/// A statistic of series that have mean nought; `None` where it is undefined.
pub trait StatisticOf: Fn(&[Vec<f64>]) -> Option<f64> + Sync {}
impl<T: Fn(&[Vec<f64>]) -> Option<f64> + Sync> StatisticOf for T {}

/// The statistic of the series less their means, in the deviations that it has under the null, and
/// the same for every draw. A draw in which it is undefined counts as nought.
pub fn statistic_of_series(
    problem: &SeriesProblem,
    weights: &StepWeights,
    statistic: impl StatisticOf,
) -> Result<Point, InsufficientData> {
    let n = problem.values.iter().map(Vec::len).max().unwrap_or(0);
    let centred: Vec<Vec<f64>> = problem.values.iter().map(|values| centred(values)).collect();
    let estimate =
        statistic(&centred).ok_or_else(|| InsufficientData::new("the statistic is undefined", n))?;
    let nulls: Vec<NullSeries> = centred
        .iter()
        .zip(&problem.steps)
        .map(|(values, steps)| NullSeries::new(values, steps, weights))
        .collect();
    let mut null = Vec::with_capacity(weights.groups() * LANES);
    for group in 0..weights.groups() {
        let drawn: Vec<Vec<Lanes>> = nulls.iter().map(|null| null.draw(weights, group)).collect();
        null.extend((0..LANES).map(|lane| {
            let of_lane = |rows: &Vec<Lanes>| rows.iter().map(|row| row[lane]).collect();
            statistic(&drawn.iter().map(of_lane).collect::<Vec<_>>()).unwrap_or(0.0)
        }));
    }
    null.truncate(weights.draws());
    Ok(point(estimate, n, &null))
}

/// A point from a statistic and its values under the null.
pub(super) fn point(estimate: f64, n: usize, null: &[f64]) -> Point {
    let deviation = crate::quantile::standard_deviation(null).unwrap_or(0.0);
    let scaled = |value: f64| Point::bounded(value / deviation);
    let draws: Vec<f32> = null.iter().map(|value| scaled(*value) as f32).collect();
    Point {
        estimate,
        standard_error: deviation,
        effect: scaled(estimate),
        z: scaled(estimate),
        n,
        toward: Draws { effect: draws.clone(), z: draws },
        against: None,
        warnings: Vec::new(),
    }
}

fn centred(values: &[f64]) -> Vec<f64> {
    let mean = crate::quantile::mean(values).unwrap_or(0.0);
    values.iter().map(|value| value - mean).collect()
}

/// A level with autocorrelated noise.
struct NullSeries {
    whitened: Whitened,
    by: Coefficients,
}

impl NullSeries {
    fn new(values: &[f64], steps: &[usize], weights: &StepWeights) -> Self {
        let n = values.len() as f64;
        let inflation = (n / (n - 1.0).max(1.0)).sqrt();
        let raw = yule_walker(&autocovariance_sums(values), order_for(n));
        let of = |by: &Coefficients| Self { whitened: Whitened::new(values, steps, by, inflation), by: *by };
        let by = without_bias(raw, weights.groups(), |by, group| {
            let drawn = of(by).draw(weights, group);
            std::array::from_fn(|lane| {
                let values: Vec<f64> = drawn.iter().map(|row| row[lane]).collect();
                yule_walker(&autocovariance_sums(&values), order_for(n))
            })
        });
        of(&by)
    }

    /// One group of null series, each less its mean.
    fn draw(&self, weights: &StepWeights, group: usize) -> Vec<Lanes> {
        let mut rows = vec![[0.0; LANES]; self.whitened.innovations.len()];
        self.whitened.colour(&self.by, weights, group, &mut rows);
        let count = rows.len().max(1) as f64;
        for lane in 0..LANES {
            let mean = rows.iter().map(|row| row[lane]).sum::<f64>() / count;
            for row in &mut rows {
                row[lane] -= mean;
            }
        }
        rows
    }
}
