//! The autoregression by which null series are whitened and coloured again.
#![expect(clippy::inline_always, reason = "called by code that is compiled for the processor found")]

use super::weights::{LANES, StepWeights};

/// Lags of the autoregression at most.
pub(super) const ORDER: usize = 6;
/// Sum of the sieve's coefficients at most: nearer to one, a short series cannot be told from a walk.
const MOST_SUM: f64 = 0.98;
/// What is new at least, as a share of the variance.
const LEAST_NEW: f64 = 1e-3;
/// Standard errors by which the sum of coefficients is raised; chosen by `docs/calibration.md`.
const CAUTION: f64 = 1.0;
/// Draws by which the bias of the coefficients is measured, in groups of [`LANES`].
const BIAS_GROUPS: usize = 12;

pub(super) type Lanes = [f64; LANES];
pub(super) type Coefficients = [f64; ORDER];

/// Sums of products of values that lie 0 to [`ORDER`] observations apart.
pub(super) fn autocovariance_sums(values: &[f64]) -> [f64; ORDER + 1] {
    std::array::from_fn(|lag| values.iter().zip(values.iter().skip(lag)).map(|(a, b)| a * b).sum())
}

/// Lags for series of this length: what noise in a measure hides of persistence shows only at
/// longer lags, and short series cannot afford them. About the cube root, as for any sieve.
pub(super) fn order_for(length: f64) -> usize {
    match length {
        short if short < 16.0 => 1,
        years if years < 48.0 => 2,
        quarters if quarters < 96.0 => 3,
        longer if longer < 160.0 => 4,
        _ => ORDER,
    }
}

/// Coefficients from autocovariances, by the recursion of Levinson and Durbin (Yule–Walker).
pub(super) fn yule_walker(sums: &[f64; ORDER + 1], order: usize) -> Coefficients {
    let mut coefficients = [0.0; ORDER];
    let mut error = sums[0];
    for lag in 1..=order {
        if error.is_nan() || error <= 1e-12 * sums[0] || sums[0] <= 0.0 {
            break;
        }
        let explained: f64 = (1..lag).map(|step| coefficients[step - 1] * sums[lag - step]).sum();
        let reflection = (sums[lag] - explained) / error;
        let before = coefficients;
        for step in 1..lag {
            coefficients[step - 1] = before[step - 1] - reflection * before[lag - step - 1];
        }
        coefficients[lag - 1] = reflection;
        error *= 1.0 - reflection * reflection;
    }
    coefficients
}

/// Coefficients that keep the series from being nearly a walk, and the sum of squares of what is
/// new in it: for standard errors, in the record as in every draw.
#[inline(always)]
pub(super) fn autoregression(sums: &[f64; ORDER + 1], order: usize) -> (Coefficients, f64) {
    let mut coefficients = yule_walker(sums, order);
    let total: f64 = coefficients.iter().sum();
    if total > MOST_SUM {
        coefficients = coefficients.map(|coefficient| coefficient * MOST_SUM / total);
    }
    let explained: f64 = coefficients.iter().zip(&sums[1..]).map(|(weight, sum)| weight * sum).sum();
    (coefficients, (sums[0] - explained).max(LEAST_NEW * sums[0]))
}

/// Lags that count.
fn order_of(by: &Coefficients) -> usize {
    ORDER - by.iter().rev().take_while(|coefficient| **coefficient == 0.0).count()
}

/// Coefficients drawn towards nought until the series is stationary and not nearly a walk.
pub(super) fn bounded(mut coefficients: Coefficients) -> Coefficients {
    for _ in 0..500 {
        if coefficients.iter().sum::<f64>() <= MOST_SUM && is_stationary(&coefficients) {
            return coefficients;
        }
        let mut shrink = 1.0;
        for coefficient in &mut coefficients {
            shrink *= 0.995;
            *coefficient *= shrink;
        }
    }
    [0.0; ORDER]
}

/// Whether all reflection coefficients lie within (−1, 1), with a little room: stepping the order
/// down.
fn is_stationary(coefficients: &Coefficients) -> bool {
    let mut left = coefficients.to_vec();
    while let Some(reflection) = left.pop() {
        let room = 1.0 - reflection * reflection;
        if reflection.abs() >= 0.99 {
            return false;
        }
        let mirrored: Vec<f64> = left.iter().rev().copied().collect();
        for (own, other) in left.iter_mut().zip(mirrored) {
            *own = (*own + reflection * other) / room;
        }
    }
    true
}

/// A unit's residuals under the null, and what is new in them at each observation.
#[derive(Debug, Clone)]
pub(super) struct Whitened {
    /// Positions in the calendar of the weights.
    pub(super) steps: Vec<usize>,
    pub(super) innovations: Vec<f64>,
}

impl Whitened {
    /// Observations follow each other whatever the gap between them. `inflation` makes good for
    /// the degrees of freedom that the null's fit took.
    pub(super) fn new(residuals: &[f64], steps: &[usize], by: &Coefficients, inflation: f64) -> Self {
        let innovations = (0..residuals.len())
            .map(|at| {
                let past: f64 = by
                    .iter()
                    .enumerate()
                    .filter_map(|(lag, weight)| Some(weight * residuals[at.checked_sub(lag + 1)?]))
                    .sum();
                (residuals[at] - past) * inflation
            })
            .collect();
        Self { steps: steps.to_vec(), innovations }
    }

    /// The null series in one group of draws: signs on the innovations, coloured again.
    #[inline(always)]
    pub(super) fn colour(&self, by: &Coefficients, weights: &StepWeights, group: usize, into: &mut [Lanes]) {
        let order = order_of(by);
        let mut past = [[0.0; LANES]; ORDER];
        for (position, row) in into.iter_mut().enumerate() {
            let (new, signs) = (self.innovations[position], weights.group(self.steps[position], group));
            for lane in 0..LANES {
                row[lane] = signs[lane] * new;
            }
            for lag in 0..order {
                for lane in 0..LANES {
                    row[lane] += by[lag] * past[lag][lane];
                }
            }
            past.copy_within(..ORDER - 1, 1);
            past[0] = *row;
        }
    }
}

/// Coefficients with the bias that the same estimate has in series drawn from them taken off
/// (Kilian 1998, Review of Economics and Statistics 80:218–230), twice over. `estimate` gives the
/// coefficients of every draw of a group, after the null's fit.
pub(super) fn without_bias(
    raw: Coefficients,
    groups: usize,
    mut estimate: impl FnMut(&Coefficients, usize) -> [Coefficients; LANES],
) -> Coefficients {
    let groups = groups.min(BIAS_GROUPS);
    if groups == 0 {
        return bounded(raw);
    }
    let mut current = bounded(raw);
    for _ in 0..2 {
        let mut sums = [0.0; ORDER];
        for group in 0..groups {
            for drawn in estimate(&current, group) {
                for (sum, value) in sums.iter_mut().zip(drawn) {
                    *sum += value;
                }
            }
        }
        let count = (groups * LANES) as f64;
        let bias: Coefficients = std::array::from_fn(|lag| sums[lag] / count - current[lag]);
        current = bounded(std::array::from_fn(|lag| raw[lag] - bias[lag]));
    }
    current
}

/// Persistence one standard error of an autoregression's coefficient above its estimate: where it is underestimated by chance, tests reject too
/// often, and by far more than they do too seldom where it is overestimated.
pub(super) fn cautious(mut coefficients: Coefficients, length: f64) -> Coefficients {
    let sum: f64 = coefficients.iter().sum();
    coefficients[0] += CAUTION * ((1.0 - sum * sum).max(0.0) / length).sqrt();
    bounded(coefficients)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Seed;
    use crate::specification_curve::SharedWeights;

    #[test]
    fn colouring_undoes_whitening() {
        let values = [1.0, -2.0, 0.5, 3.0, 1.5];
        let by = [0.6, 0.2, -0.1, 0.0, 0.0, 0.0];
        let whitened = Whitened::new(&values, &[0, 1, 2, 3, 4], &by, 1.0);
        // A draw in which every sign is alike gives the series itself, or its mirror image.
        let weights =
            SharedWeights::new(60, 8, Seed::new(3)).by_steps(&std::array::from_fn::<_, 5, _>(|_| 0..1));
        let mut drawn = [[0.0; LANES]; 5];
        whitened.colour(&by, &weights, 0, &mut drawn);
        let sign = weights.at(0, 0);
        for (row, value) in drawn.iter().zip(values) {
            assert!((row[0] * sign - value).abs() < 1e-12);
        }
    }

    // Expected by hand: AR(2) with ρ₁ = 0.6, ρ₂ = 0.5.
    #[test]
    fn yule_walker_solves_its_equations() {
        let found = yule_walker(&[1.0, 0.6, 0.5, 0.0, 0.0, 0.0, 0.0], 2);
        assert!((found[0] - 0.6 * 0.5 / 0.64).abs() < 1e-12 && (found[1] - 0.14 / 0.64).abs() < 1e-12);
        assert_eq!(found[2..], [0.0; 4]);
        assert_eq!(yule_walker(&[0.0; 7], 3), [0.0; 6]);
    }

    #[test]
    fn walks_are_drawn_back() {
        let found = bounded([1.2, -0.1, 0.0, 0.0, 0.0, 0.0]);
        assert!(found.iter().sum::<f64>() <= MOST_SUM && is_stationary(&found));
        assert!(
            is_stationary(&[0.5, 0.3, 0.1, 0.0, 0.0, 0.0]) && !is_stationary(&[0.0, 1.0, 0.0, 0.0, 0.0, 0.0])
        );
    }
}
