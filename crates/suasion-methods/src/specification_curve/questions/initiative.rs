//! Who acts and who answers: shares of forecast-error variance.

use super::Observed;
use crate::estimate::InsufficientData;
use crate::quantile::{mean, standard_deviation};
use crate::specification_curve::series::{SeriesProblem, lane_by_lane, statistic_of_series};
use crate::specification_curve::{Point, StepWeights};

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
/// Gaps are not allowed: each exchange is cut to its longest stretch without one.
///
/// The null is that both sides answer each other alike: then the sum and the difference of the two
/// series, each in its own deviations, go their own ways, whatever the sides have in common, and
/// each is drawn anew from its own past. Two series with a persistent part in common foretell each
/// other through it; this null does so too. It takes both sides to be measured equally well.
pub fn initiative(
    exchanges: &[Exchange],
    order: usize,
    horizon: usize,
    weights: &StepWeights,
) -> Result<Point, InsufficientData> {
    let mut problem = SeriesProblem::default();
    for exchange in exchanges {
        let (steps, answers, acts) = longest_stretch(exchange);
        if steps.len() < 4 * (2 * order + 1) {
            continue;
        }
        if let (Some(answers), Some(acts)) = (standardised(&answers), standardised(&acts)) {
            problem.steps.extend([steps.clone(), steps]);
            problem.values.extend(sum_and_difference([&answers, &acts]));
        }
    }
    if problem.values.is_empty() {
        return Err(InsufficientData::new(
            "no stretch without gaps in which both vary is long enough for the lags",
            0,
        ));
    }
    let statistic = |series: &[Vec<f64>]| {
        // Sum and difference of sum and difference are the sides again, twice over.
        let sides = |pair: &[Vec<f64>]| sum_and_difference([&pair[0], &pair[1]]);
        let contrasts: Vec<f64> =
            series.chunks_exact(2).filter_map(|pair| contrast(&sides(pair), order, horizon)).collect();
        mean(&contrasts)
    };
    statistic_of_series(&problem, weights, lane_by_lane(statistic))
}

fn sum_and_difference(pair: [&[f64]; 2]) -> [Vec<f64>; 2] {
    let both = |combine: fn(f64, f64) -> f64| {
        pair[0].iter().zip(pair[1]).map(|(first, second)| combine(*first, *second)).collect()
    };
    [both(|first, second| first + second), both(|first, second| first - second)]
}

/// The series in its own deviations; `None` of one that does not vary.
fn standardised(values: &[f64]) -> Option<Vec<f64>> {
    let (centre, deviation) = (mean(values)?, standard_deviation(values)?);
    (deviation > 0.0).then(|| values.iter().map(|value| (value - centre) / deviation).collect())
}

/// Share of the first series' variance that the second's shocks account for, less the reverse, by
/// a vector autoregression of two series with a constant.
fn contrast(pair: &[Vec<f64>], order: usize, horizon: usize) -> Option<f64> {
    let fit = TwoSeries::fit([&pair[0], &pair[1]], order)?;
    let shares = fit.generalised_shares(horizon);
    Some(shares[0] - shares[1]).filter(|value| value.is_finite())
}

/// Most regressors of an equation: a constant and two lags of two series, with room.
const MOST: usize = 9;

/// A fitted autoregression of two series: what [`crate::initiative::Autoregression`] is for any
/// number, without allocation, as it is fitted anew in every draw.
struct TwoSeries {
    order: usize,
    /// By equation: the constant, then each lag's two series.
    coefficients: [[f64; MOST]; 2],
    covariance: [[f64; 2]; 2],
}

impl TwoSeries {
    fn fit(series: [&[f64]; 2], order: usize) -> Option<Self> {
        let (n, width) = (series[0].len(), 2 * order + 1);
        if width > MOST || n <= order + width {
            return None;
        }
        let mut cross = [[0.0; MOST]; MOST];
        let mut right = [[0.0; MOST]; 2];
        let mut squares = [[0.0; 2]; 2];
        for time in order..n {
            let row = regressors(series, time, order);
            for first in 0..width {
                for second in 0..=first {
                    cross[first][second] += row[first] * row[second];
                }
                for equation in 0..2 {
                    right[equation][first] += row[first] * series[equation][time];
                }
            }
            for first in 0..2 {
                for second in 0..2 {
                    squares[first][second] += series[first][time] * series[second][time];
                }
            }
        }
        factor(&mut cross, width)?;
        let coefficients = right.map(|side| solve(&cross, side, width));
        let freedom = (n - order - width) as f64;
        let covariance = std::array::from_fn(|first| {
            std::array::from_fn(|second| {
                let explained: f64 = (0..width).map(|at| coefficients[first][at] * right[second][at]).sum();
                (squares[first][second] - explained) / freedom
            })
        });
        Some(Self { order, coefficients, covariance })
    }

    /// Share of the first's variance by the second's shocks, and of the second's by the first's,
    /// each over both shares (Pesaran & Shin 1998; Lanne & Nyberg 2016 for the sum of one).
    fn generalised_shares(&self, horizon: usize) -> [f64; 2] {
        let mut moving = vec![[[1.0, 0.0], [0.0, 1.0]]];
        for step in 1..=horizon {
            let mut next = [[0.0; 2]; 2];
            for lag in 1..=step.min(self.order) {
                let before = moving[step - lag];
                for (effect, row) in next.iter_mut().enumerate() {
                    for (cause, value) in row.iter_mut().enumerate() {
                        let own = &self.coefficients[effect][2 * lag - 1..=2 * lag];
                        *value += own[0] * before[0][cause] + own[1] * before[1][cause];
                    }
                }
            }
            moving.push(next);
        }
        let mut raw = [[0.0; 2]; 2];
        for response in &moving {
            for (own, row) in response.iter().zip(&mut raw) {
                for (shock, value) in row.iter_mut().enumerate() {
                    let spread = own[0] * self.covariance[0][shock] + own[1] * self.covariance[1][shock];
                    *value += spread * spread / self.covariance[shock][shock];
                }
            }
        }
        let share = |row: [f64; 2], of: usize| row[of] / (row[0] + row[1]);
        [share(raw[0], 1), share(raw[1], 0)]
    }
}

fn regressors(series: [&[f64]; 2], time: usize, order: usize) -> [f64; MOST] {
    let mut row = [0.0; MOST];
    row[0] = 1.0;
    for lag in 1..=order {
        row[2 * lag - 1] = series[0][time - lag];
        row[2 * lag] = series[1][time - lag];
    }
    row
}

/// Cholesky's factor of the lower triangle, in place; `None` where a regressor repeats others.
fn factor(matrix: &mut [[f64; MOST]; MOST], width: usize) -> Option<()> {
    for column in 0..width {
        for row in column..width {
            let done: f64 = (0..column).map(|at| matrix[row][at] * matrix[column][at]).sum();
            let left = matrix[row][column] - done;
            if row == column {
                let enough = left > 1e-12 * matrix[column][column];
                matrix[column][column] = if enough { left.sqrt() } else { return None };
            } else {
                matrix[row][column] = left / matrix[column][column];
            }
        }
    }
    Some(())
}

fn solve(factor: &[[f64; MOST]; MOST], mut side: [f64; MOST], width: usize) -> [f64; MOST] {
    for row in 0..width {
        let done: f64 = (0..row).map(|at| factor[row][at] * side[at]).sum();
        side[row] = (side[row] - done) / factor[row][row];
    }
    for row in (0..width).rev() {
        let done: f64 = (row + 1..width).map(|at| factor[at][row] * side[at]).sum();
        side[row] = (side[row] - done) / factor[row][row];
    }
    side
}

fn longest_stretch(exchange: &Exchange) -> (Vec<usize>, Vec<f64>, Vec<f64>) {
    let rows: Vec<(usize, f64, f64)> = exchange.answers.paired(&exchange.acts, 0).collect();
    let longest = rows.chunk_by(|a, b| b.0 == a.0 + 1).max_by_key(|run| run.len()).unwrap_or(&[]);
    let steps = longest.iter().map(|row| row.0).collect();
    (steps, longest.iter().map(|row| row.1).collect(), longest.iter().map(|row| row.2).collect())
}

#[cfg(test)]
mod tests {
    use super::contrast;
    use crate::Seed;
    use crate::initiative::{Autoregression, Responses};
    use rand::RngExt;

    #[test]
    fn two_series_are_what_the_general_fit_gives() {
        let mut generator = Seed::new(4).generator();
        let mut pair = vec![vec![0.0; 60], vec![0.0; 60]];
        for time in 1..60 {
            let shock: f64 = generator.random();
            pair[1][time] = 0.3 * pair[1][time - 1] + generator.random::<f64>();
            pair[0][time] = 0.5 * pair[1][time - 1] + 0.2 * pair[0][time - 1] + shock;
        }
        for order in [1, 2] {
            let fit = Autoregression::fit(&pair, &[], order).unwrap();
            let shares = Responses::of(&fit, 6).generalised_shares(6);
            let expected = shares[(0, 1)] - shares[(1, 0)];
            let found = contrast(&pair, order, 6).unwrap();
            assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        }
    }
}
