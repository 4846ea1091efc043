//! Theil–Sen slope and the Mann–Kendall score.

use crate::quantile::median;

/// Median of the slopes between all pairs of points (Theil 1950, Sen 1968), in units of y per unit
/// of x; `None` below three points or if all x are equal.
pub fn theil_sen(x: &[f64], y: &[f64]) -> Option<f64> {
    if x.len() < 3 || x.len() != y.len() {
        return None;
    }
    let mut slopes = Vec::with_capacity(x.len() * (x.len() - 1) / 2);
    for i in 0..x.len() {
        for j in i + 1..x.len() {
            if x[i] != x[j] {
                slopes.push((y[j] - y[i]) / (x[j] - x[i]));
            }
        }
    }
    median(&slopes)
}

/// Mann–Kendall S: pairs that rise minus pairs that fall, in order of time.
pub fn mann_kendall(y: &[f64]) -> i64 {
    let mut score = 0;
    for i in 0..y.len() {
        for j in i + 1..y.len() {
            score += match y[j].total_cmp(&y[i]) {
                std::cmp::Ordering::Less => -1,
                std::cmp::Ordering::Equal => 0,
                std::cmp::Ordering::Greater => 1,
            };
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
