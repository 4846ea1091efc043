//! Any statistic of one or several series, with its null draws: extremes, breaks, initiative.

use std::ops::Range;

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
pub(super) struct SeriesProblem {
    /// Positions in the calendar of the weights, by series, ascending.
    pub(super) steps: Vec<Vec<usize>>,
    /// Values, by series.
    pub(super) values: Vec<Vec<f64>>,
    /// Positions at which the level of each series may shift once without passing for persistence.
    pub(super) shift_within: Option<Range<usize>>,
}

/// The statistic of the series less their means, in the deviations that it has under the null, and
/// the same for every draw, a group of draws at a time. NaN says that it is undefined; such a draw
/// counts as nought.
pub(super) fn statistic_of_series(
    problem: &SeriesProblem,
    weights: &StepWeights,
    statistic: impl Fn(&[Vec<Lanes>]) -> Lanes,
) -> Result<Point, InsufficientData> {
    let n = problem.values.iter().map(Vec::len).max().unwrap_or(0);
    let centred: Vec<Vec<Lanes>> = problem.values.iter().map(|values| in_all_lanes(values)).collect();
    let estimate = statistic(&centred)[0];
    if estimate.is_nan() {
        return Err(InsufficientData::new("the statistic is undefined", n));
    }
    let nulls: Vec<NullSeries> = problem
        .values
        .iter()
        .zip(&problem.steps)
        .map(|(values, steps)| NullSeries::new(values, steps, problem.shift_within.as_ref(), weights))
        .collect();
    let plain = in_draws(&nulls, weights, &statistic);
    let cautious: Vec<NullSeries> = nulls.iter().map(NullSeries::cautious).collect();
    let cautious = in_draws(&cautious, weights, &statistic);
    Ok(point(estimate, n, &plain, &cautious))
}

/// A statistic of one draw as one of a group.
pub(super) fn lane_by_lane(
    statistic: impl Fn(&[Vec<f64>]) -> Option<f64>,
) -> impl Fn(&[Vec<Lanes>]) -> Lanes {
    move |series| {
        std::array::from_fn(|lane| {
            let of_lane = |rows: &Vec<Lanes>| rows.iter().map(|row| row[lane]).collect();
            statistic(&series.iter().map(of_lane).collect::<Vec<_>>()).unwrap_or(f64::NAN)
        })
    }
}

/// The statistic in every draw.
fn in_draws(
    nulls: &[NullSeries],
    weights: &StepWeights,
    statistic: &impl Fn(&[Vec<Lanes>]) -> Lanes,
) -> Vec<f64> {
    let mut found = Vec::with_capacity(weights.groups() * LANES);
    for group in 0..weights.groups() {
        let drawn: Vec<Vec<Lanes>> = nulls.iter().map(|null| null.draw(weights, group)).collect();
        found.extend(statistic(&drawn).map(|value| if value.is_nan() { 0.0 } else { value }));
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

/// The series less its mean, in every lane alike.
fn in_all_lanes(values: &[f64]) -> Vec<Lanes> {
    let mean = mean(values).unwrap_or(0.0);
    values.iter().map(|value| [value - mean; LANES]).collect()
}

/// A level with autocorrelated noise.
struct NullSeries {
    whitened: Whitened,
    by: Coefficients,
    residuals: Vec<f64>,
    inflation: f64,
}

impl NullSeries {
    fn new(
        values: &[f64],
        steps: &[usize],
        shift_within: Option<&Range<usize>>,
        weights: &StepWeights,
    ) -> Self {
        let n = values.len() as f64;
        let parameters = if shift_within.is_some() { 2.0 } else { 1.0 };
        let inflation = (n / (n - parameters).max(1.0)).sqrt();
        let residuals = residuals(values, shift_within);
        let raw = yule_walker(&autocovariance_sums(&residuals), order_for(n));
        let of = |by: &Coefficients| Self {
            whitened: Whitened::new(&residuals, steps, by, inflation),
            by: *by,
            residuals: residuals.clone(),
            inflation,
        };
        let by = without_bias(raw, weights.groups(), |by, group| {
            let drawn = of(by).draw(weights, group);
            std::array::from_fn(|lane| {
                let values: Vec<f64> = drawn.iter().map(|row| row[lane]).collect();
                yule_walker(&autocovariance_sums(&self::residuals(&values, shift_within)), order_for(n))
            })
        });
        of(&by)
    }

    /// The same level with more persistent noise.
    fn cautious(&self) -> Self {
        let by = cautious(self.by, self.residuals.len() as f64);
        Self {
            whitened: Whitened::new(&self.residuals, &self.whitened.steps, &by, self.inflation),
            by,
            residuals: self.residuals.clone(),
            inflation: self.inflation,
        }
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

/// What a level leaves of the values, or two levels where it may shift: at the position of those
/// given that leaves least.
fn residuals(values: &[f64], shift_within: Option<&Range<usize>>) -> Vec<f64> {
    let mean_of = |part: &[f64]| mean(part).unwrap_or(0.0);
    let (n, total) = (values.len() as f64, values.iter().sum::<f64>());
    let mut before = 0.0;
    let mut best = (f64::NEG_INFINITY, 0);
    for (at, value) in values.iter().enumerate() {
        // What two levels explain more than one.
        let (first, rest) = (at as f64, n - at as f64);
        let gain = (before / first - (total - before) / rest).powi(2) * first * rest;
        if shift_within.is_some_and(|within| within.contains(&at)) && gain > best.0 {
            best = (gain, at);
        }
        before += value;
    }
    let (early, late) = values.split_at(best.1);
    let of = |part: &[f64]| {
        let level = mean_of(part);
        part.iter().map(move |value| value - level).collect::<Vec<_>>()
    };
    [of(early), of(late)].concat()
}
