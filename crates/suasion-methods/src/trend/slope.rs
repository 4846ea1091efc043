//! Theil–Sen slope and the Mann–Kendall score.

use crate::distribution::normal::quantile;
use crate::estimate::Interval;
use crate::quantile::median;

/// Median of the slopes between all pairs of points (Theil 1950, Sen 1968), in units of y per unit
/// of x; `None` below three points or if all x are equal.
pub fn theil_sen(x: &[f64], y: &[f64]) -> Option<f64> {
    if x.len() < 3 || x.len() != y.len() {
        return None;
    }
    median(&slopes(x, y))
}

/// Interval for the Theil–Sen slope from the order of the slopes (Sen 1968), with ties in x and y
/// allowed for; `None` as for the slope, if a value is not finite, or for a level outside 0 to 1.
pub fn theil_sen_interval(x: &[f64], y: &[f64], level: f64) -> Option<Interval> {
    let finite = x.iter().chain(y).all(|value| value.is_finite());
    if x.len() < 3 || x.len() != y.len() || !finite || !(level > 0.0 && level < 1.0) {
        return None;
    }
    let mut slopes = slopes(x, y);
    slopes.sort_by(f64::total_cmp);
    let last = slopes.len().checked_sub(1)?;
    let n = x.len() as f64;
    let ties = |values: &[f64]| -> f64 {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let tied = |count: f64| count * (count - 1.0) * (2.0 * count + 5.0);
        sorted.chunk_by(|a, b| a == b).map(|same| tied(same.len() as f64)).sum()
    };
    let variance = (n * (n - 1.0) * (2.0 * n + 5.0) - ties(x) - ties(y)) / 18.0;
    let reach = quantile(f64::midpoint(1.0, level)) * variance.max(0.0).sqrt();
    let count = slopes.len() as f64;
    let upper = f64::midpoint(count, reach).round_ties_even() as usize;
    let lower = ((count - reach) / 2.0).round_ties_even() - 1.0;
    Some(Interval { low: slopes[(lower.max(0.0) as usize).min(last)], high: slopes[upper.min(last)], level })
}

fn slopes(x: &[f64], y: &[f64]) -> Vec<f64> {
    let mut slopes = Vec::with_capacity(x.len() * (x.len() - 1) / 2);
    for i in 0..x.len() {
        for j in i + 1..x.len() {
            if x[i] != x[j] {
                slopes.push((y[j] - y[i]) / (x[j] - x[i]));
            }
        }
    }
    slopes
}

/// Mann–Kendall S: pairs that rise minus pairs that fall, in order of time.
pub fn mann_kendall(y: &[f64]) -> i64 {
    let mut score = 0;
    for i in 0..y.len() {
        for j in i + 1..y.len() {
            score += i64::from(y[j] > y[i]) - i64::from(y[j] < y[i]);
        }
    }
    score
}

/// Values minus the Theil–Sen line through them (intercept: median of y − slope·x); as given where
/// no slope can be had.
pub fn detrended(x: &[f64], y: &[f64]) -> Vec<f64> {
    let Some(slope) = theil_sen(x, y) else {
        return y.to_vec();
    };
    let rest: Vec<f64> = x.iter().zip(y).map(|(x, y)| y - slope * x).collect();
    let intercept = median(&rest).unwrap_or(0.0);
    rest.iter().map(|value| value - intercept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn short_or_flat_series() {
        assert_eq!(theil_sen(&[0.0, 1.0], &[1.0, 2.0]), None);
        assert_eq!(theil_sen(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0]), None);
        assert_eq!(mann_kendall(&[1.0, 3.0, 2.0, 5.0, 4.0]), 6);
    }

    proptest! {
        #[test]
        fn scale_and_shift(y in proptest::collection::vec(-9.0..9.0f64, 3..20), a in 0.1..5.0f64, b in -5.0..5.0f64) {
            let x: Vec<f64> = (0..y.len()).map(|i| i as f64).collect();
            let moved: Vec<f64> = y.iter().map(|value| a * value + b).collect();
            let expected = a * theil_sen(&x, &y).unwrap();
            prop_assert!((theil_sen(&x, &moved).unwrap() - expected).abs() < 1e-9);
            prop_assert!(detrended(&x, &y).len() == y.len());
        }
    }
}
