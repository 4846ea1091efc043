//! Maximum likelihood of one stream of counts whose mean is linear with non-negative parameters.

use faer::linalg::solvers::{DenseSolveCore, Solve};
use faer::{Mat, Side};
use libm::lgamma;

use super::hawkes::CountModel;

/// Days by (volume, then each stream's decayed past).
pub(super) struct Rows {
    width: usize,
    values: Vec<f64>,
}

impl Rows {
    pub(super) fn new(counts: &[Vec<u32>], volume: Option<&[f64]>, decay: f64) -> Self {
        let days = counts.first().map_or(0, Vec::len);
        let width = counts.len() + 1;
        let mut values = Vec::with_capacity(days * width);
        let mut past = vec![0.0; counts.len()];
        for day in 0..days {
            values.push(volume.map_or(1.0, |volume| volume[day]));
            values.extend(&past);
            for (left, stream) in past.iter_mut().zip(counts) {
                *left = decay * *left + (1.0 - decay) * f64::from(stream[day]);
            }
        }
        Self { width, values }
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[f64]> {
        self.values.chunks_exact(self.width)
    }
}

/// Parameters of greatest likelihood.
pub(super) struct Fitted {
    pub parameters: Vec<f64>,
    pub standard_errors: Vec<Option<f64>>,
    pub log_likelihood: f64,
    pub size: Option<f64>,
    pub intensity: Vec<f64>,
    pub converged: bool,
}

/// Parameters below this stand at their bound.
const AT_BOUND: f64 = 1e-9;
/// Most Newton steps; interior optima take about ten.
const MOST_STEPS: usize = 200;
/// Rounds between parameters and size of the negative binomial.
const MOST_ROUNDS: usize = 50;

pub(super) fn fit(rows: &Rows, counts: &[u32], model: CountModel) -> Fitted {
    let mut parameters = start(rows, counts);
    let mut size = None;
    let mut converged = maximise(rows, counts, &mut parameters, size);
    if model == CountModel::NegativeBinomial {
        for _ in 0..MOST_ROUNDS {
            let better = best_size(counts, &means(rows, &parameters));
            let settled = size.is_some_and(|before: f64| (better.ln() - before.ln()).abs() < 1e-8);
            size = Some(better);
            converged = maximise(rows, counts, &mut parameters, size) && settled;
            if settled {
                break;
            }
        }
    }
    let intensity = means(rows, &parameters);
    Fitted {
        standard_errors: standard_errors(rows, counts, &parameters, &intensity, size),
        log_likelihood: log_likelihood(counts, &intensity, size),
        parameters,
        size,
        intensity,
        converged,
    }
}

/// Half of the mean from the baseline, half from all streams alike.
fn start(rows: &Rows, counts: &[u32]) -> Vec<f64> {
    let mean = counts.iter().map(|count| f64::from(*count)).sum::<f64>() / counts.len() as f64;
    let mut totals = vec![0.0; rows.width()];
    for row in rows.iter() {
        for (total, value) in totals.iter_mut().zip(row) {
            *total += value / counts.len() as f64;
        }
    }
    let others = (rows.width() - 1) as f64;
    (0..rows.width())
        .map(|at| match at {
            0 => 0.5 * mean / totals[0],
            // Acts on the last day only: they can have brought nothing.
            at if totals[at] == 0.0 => 0.0,
            at => 0.5 * mean / (others * totals[at]),
        })
        .collect()
}

fn means(rows: &Rows, parameters: &[f64]) -> Vec<f64> {
    rows.iter().map(|row| row.iter().zip(parameters).map(|(x, b)| x * b).sum()).collect()
}

/// Rounding of a log-likelihood, as a share of it.
const ROUNDING: f64 = 1e-13;
/// Factors whose logarithm is taken at once: a logarithm costs as much as many products, and so
/// few factors cannot overflow.
const FACTORS: usize = 8;

/// −∞ where a count came about that could not.
fn log_likelihood(counts: &[u32], means: &[f64], size: Option<f64>) -> f64 {
    let of_size = size.map_or(0.0, lgamma);
    let of_acts = |count: f64, mean: f64| {
        let here = count * mean.ln() - lgamma(count + 1.0);
        size.map_or(here, |r| here + lgamma(count + r) - of_size - count * (r + mean).ln())
    };
    // Most days have no act.
    let acts: f64 = counts
        .iter()
        .zip(means)
        .filter(|(count, _)| **count > 0)
        .map(|(count, mean)| of_acts(f64::from(*count), mean.max(0.0)))
        .sum();
    acts - match size {
        None => means.iter().map(|mean| mean.max(0.0)).sum(),
        Some(r) => {
            let product = |days: &[f64]| days.iter().map(|mean| 1.0 + mean.max(0.0) / r).product::<f64>();
            r * means.chunks(FACTORS).map(|days| product(days).ln()).sum::<f64>()
        }
    }
}

/// Whether a parameter is told by the data and not held at its bound.
fn may_move(at: usize, parameters: &[f64], gradient: &[f64], information: &[f64]) -> bool {
    let told = information[at * parameters.len() + at] > 0.0;
    told && (parameters[at] > AT_BOUND || gradient[at] > 0.0)
}

/// Newton steps with expected information on the parameters that are free to move; whether they
/// came to rest.
fn maximise(rows: &Rows, counts: &[u32], parameters: &mut [f64], size: Option<f64>) -> bool {
    let mut intensity = means(rows, parameters);
    let mut here = log_likelihood(counts, &intensity, size);
    for _ in 0..MOST_STEPS {
        let (gradient, information) = derivatives(rows, counts, &intensity, size, false);
        let free: Vec<usize> =
            (0..parameters.len()).filter(|&at| may_move(at, parameters, &gradient, &information)).collect();
        let Some(step) = solve(&gradient, &information, &free) else { return false };
        let mut share = 1.0;
        loop {
            let next: Vec<f64> =
                parameters.iter().zip(&step).map(|(value, step)| (value + share * step).max(0.0)).collect();
            let moved = means(rows, &next);
            let there = log_likelihood(counts, &moved, size);
            // Near the maximum sums differ by their rounding alone; the step knows better.
            if there >= here - ROUNDING * here.abs() {
                let change = next.iter().zip(&*parameters).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
                parameters.copy_from_slice(&next);
                (intensity, here) = (moved, there);
                if change < 1e-11 {
                    return true;
                }
                break;
            }
            share /= 2.0;
            if share < 1e-10 {
                // No step gains: at rest if the step itself is short.
                return step.iter().all(|part| part.abs() < 1e-6);
            }
        }
    }
    false
}

/// Gradient and information (expected, or observed) of the log-likelihood.
fn derivatives(
    rows: &Rows,
    counts: &[u32],
    intensity: &[f64],
    size: Option<f64>,
    observed: bool,
) -> (Vec<f64>, Vec<f64>) {
    let width = rows.width();
    let mut gradient = vec![0.0; width];
    let mut information = vec![0.0; width * width];
    for ((row, count), mean) in rows.iter().zip(counts).zip(intensity) {
        let (count, mean) = (f64::from(*count), mean.max(1e-300));
        let (slope, weight) = match (size, observed) {
            (None, false) => (count / mean - 1.0, 1.0 / mean),
            (None, true) => (count / mean - 1.0, count / (mean * mean)),
            (Some(r), false) => (count / mean - (count + r) / (mean + r), r / (mean * (r + mean))),
            (Some(r), true) => {
                let slope = count / mean - (count + r) / (mean + r);
                (slope, count / (mean * mean) - (count + r) / (mean + r).powi(2))
            }
        };
        for i in 0..width {
            gradient[i] += slope * row[i];
            let scaled = weight * row[i];
            for j in 0..=i {
                information[i * width + j] += scaled * row[j];
            }
        }
    }
    (gradient, information)
}

fn restricted(information: &[f64], width: usize, free: &[usize]) -> Mat<f64> {
    Mat::from_fn(free.len(), free.len(), |i, j| {
        let (row, column) = (free[i].max(free[j]), free[i].min(free[j]));
        information[row * width + column]
    })
}

fn solve(gradient: &[f64], information: &[f64], free: &[usize]) -> Option<Vec<f64>> {
    let factor = restricted(information, gradient.len(), free).llt(Side::Lower).ok()?;
    let solution = factor.solve(&Mat::from_fn(free.len(), 1, |i, _| gradient[free[i]]));
    let mut step = vec![0.0; gradient.len()];
    for (i, &at) in free.iter().enumerate() {
        step[at] = solution[(i, 0)];
    }
    Some(step)
}

fn standard_errors(
    rows: &Rows,
    counts: &[u32],
    parameters: &[f64],
    intensity: &[f64],
    size: Option<f64>,
) -> Vec<Option<f64>> {
    let (_, information) = derivatives(rows, counts, intensity, size, true);
    let told = |at: usize| information[at * parameters.len() + at] > 0.0;
    let free: Vec<usize> =
        (0..parameters.len()).filter(|&at| parameters[at] > AT_BOUND && told(at)).collect();
    let mut errors = vec![None; parameters.len()];
    if let Ok(factor) = restricted(&information, parameters.len(), &free).llt(Side::Lower) {
        let inverse = factor.inverse();
        for (i, &at) in free.iter().enumerate() {
            errors[at] = Some(inverse[(i, i)].sqrt());
        }
    }
    errors
}

/// The size of greatest likelihood given the means, by golden section over its logarithm.
fn best_size(counts: &[u32], intensity: &[f64]) -> f64 {
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    let at = |log: f64| log_likelihood(counts, intensity, Some(log.exp()));
    let (mut low, mut high) = (1e-3_f64.ln(), 1e6_f64.ln());
    let (mut left, mut right) = (high - golden * (high - low), low + golden * (high - low));
    let (mut at_left, mut at_right) = (at(left), at(right));
    while high - low > 1e-9 {
        if at_left >= at_right {
            (high, right, at_right) = (right, left, at_left);
            left = high - golden * (high - low);
            at_left = at(left);
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = low + golden * (high - low);
            at_right = at(right);
        }
    }
    f64::midpoint(low, high).exp()
}
