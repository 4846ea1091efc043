//! Any statistic of one or several series, with its null draws: extremes, breaks, responses.

use super::point::{Draws, Point};
use super::sieve::{
    Coefficients, Lanes, Whitened, autocovariance_sums, cautious, order_for, without_bias, yule_walker,
};
use super::weights::{LANES, StepWeights};
use crate::estimate::InsufficientData;
use crate::quantile::{mean, quantile, standard_deviation};

/// Series of which a statistic is computed. Under the null each is a level with autocorrelated
/// noise, and what the series do at the same step stays together.
#[derive(Debug, Clone, Default)]
pub struct SeriesProblem {
    /// Positions in the calendar of the weights, by series, ascending.
    pub steps: Vec<Vec<usize>>,
    /// Values, by series.
    pub values: Vec<Vec<f64>>,
}

/// The statistic of the series less their means, in the deviations that it has under the null, and
/// the same for every draw. `None` says that it is undefined; such a draw counts as nought.
pub fn statistic_of_series(
    problem: &SeriesProblem,
    weights: &StepWeights,
    statistic: impl Fn(&[Vec<f64>]) -> Option<f64>,
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
    let plain = in_draws(&nulls, weights, &statistic);
    let cautious: Vec<NullSeries> = nulls.iter().zip(&centred).map(|(null, of)| null.cautious(of)).collect();
    let cautious = in_draws(&cautious, weights, &statistic);
    Ok(point(estimate, n, &plain, &cautious))
}

/// The statistic in every draw.
fn in_draws(
    nulls: &[NullSeries],
    weights: &StepWeights,
    statistic: &impl Fn(&[Vec<f64>]) -> Option<f64>,
) -> Vec<f64> {
    let mut found = Vec::with_capacity(weights.groups() * LANES);
    for group in 0..weights.groups() {
        let drawn: Vec<Vec<Lanes>> = nulls.iter().map(|null| null.draw(weights, group)).collect();
        found.extend((0..LANES).map(|lane| {
            let of_lane = |rows: &Vec<Lanes>| rows.iter().map(|row| row[lane]).collect();
            statistic(&drawn.iter().map(of_lane).collect::<Vec<_>>()).unwrap_or(0.0)
        }));
    }
    found.truncate(weights.draws());
    found
}

/// A point from a statistic and its values under the null of the persistence that was estimated
/// and under one that is more persistent. Which of them reaches further depends on the statistic,
/// so each direction is held against the one that does there.
fn point(estimate: f64, n: usize, plain: &[f64], cautious: &[f64]) -> Point {
    let deviation = standard_deviation(plain).unwrap_or(0.0);
    let scaled = |value: f64| Point::bounded(value / deviation);
    let draws = |null: &[f64]| {
        let scaled: Vec<f32> = null.iter().map(|value| scaled(*value) as f32).collect();
        Draws { effect: scaled.clone(), z: scaled }
    };
    let further = |probability: f64| quantile(cautious, probability) > quantile(plain, probability);
    let toward = if further(0.95) { cautious } else { plain };
    let against = if further(0.05) { plain } else { cautious };
    Point {
        estimate,
        standard_error: deviation,
        effect: scaled(estimate),
        z: scaled(estimate),
        n,
        toward: draws(toward),
        against: Some(draws(against)),
        warnings: Vec::new(),
    }
}

fn centred(values: &[f64]) -> Vec<f64> {
    let mean = mean(values).unwrap_or(0.0);
    values.iter().map(|value| value - mean).collect()
}

/// A level with autocorrelated noise.
struct NullSeries {
    whitened: Whitened,
    by: Coefficients,
    inflation: f64,
}

impl NullSeries {
    fn new(values: &[f64], steps: &[usize], weights: &StepWeights) -> Self {
        let n = values.len() as f64;
        let inflation = (n / (n - 1.0).max(1.0)).sqrt();
        let raw = yule_walker(&autocovariance_sums(values), order_for(n));
        let of = |by: &Coefficients| Self::by(values, steps, by, inflation);
        let by = without_bias(raw, weights.groups(), |by, group| {
            let drawn = of(by).draw(weights, group);
            std::array::from_fn(|lane| {
                let values: Vec<f64> = drawn.iter().map(|row| row[lane]).collect();
                yule_walker(&autocovariance_sums(&values), order_for(n))
            })
        });
        of(&by)
    }

    fn by(values: &[f64], steps: &[usize], by: &Coefficients, inflation: f64) -> Self {
        Self { whitened: Whitened::new(values, steps, by, inflation), by: *by, inflation }
    }

    /// The same level with more persistent noise.
    fn cautious(&self, values: &[f64]) -> Self {
        let by = cautious(self.by, values.len() as f64);
        Self::by(values, &self.whitened.steps, &by, self.inflation)
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
