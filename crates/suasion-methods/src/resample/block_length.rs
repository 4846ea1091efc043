//! Automatic block length (Politis & White 2004, corrected by Patton, Politis & White 2009).

use crate::association::constant;
use crate::quantile::mean;

/// Expected block length of the stationary bootstrap for a series of at least 8 values; 1 for a
/// shorter or constant one. The papers' rule: a flat-top lag window of width 2m̂, where from lag m̂
/// on max(5, log₁₀ n) autocorrelations in a row lie within ±2 √(log₁₀ n / n); result bounded by
/// min(3√n, n/3).
///
/// The papers' text lets the quiet run start one lag later; the authors' own code and its ports
/// (R's np, Python's arch) start it at m̂, and so do we. Where no run is quiet the window takes
/// all lags, as in arch.
pub fn politis_white(values: &[f64]) -> f64 {
    bounded(politis_white_unbounded(values), values.len())
}

fn politis_white_unbounded(values: &[f64]) -> f64 {
    let n = values.len();
    let Some(centre) = mean(values).filter(|_| n >= 8) else {
        return 1.0;
    };
    let deviations: Vec<f64> = values.iter().map(|value| value - centre).collect();
    let run = 5.max((n as f64).log10() as usize);
    let longest_lag = ((n as f64).sqrt().ceil() as usize + run).min(n - 2);
    let covariance: Vec<f64> =
        (0..=longest_lag).map(|lag| product_sum(&deviations, lag) / n as f64).collect();
    if constant(values) || covariance[0] <= 0.0 {
        return 1.0;
    }
    let bandwidth = bandwidth(&deviations, longest_lag, run);
    let (mut spectrum, mut weighted) = (covariance[0], 0.0);
    for (lag, value) in covariance.iter().enumerate().take(bandwidth + 1).skip(1) {
        let window = 2.0 * flat_top(lag as f64 / bandwidth as f64) * value;
        spectrum += window;
        weighted += lag as f64 * window;
    }
    let variance = 2.0 * spectrum * spectrum;
    let length = (2.0 * weighted * weighted / variance * n as f64).cbrt();
    if length.is_finite() { length } else { 1.0 }
}

/// Block length of the circular bootstrap, by the same rule: the cube root of 3/2 times the
/// stationary one, since blocks of fixed length leave less variance. Not below 1.
pub fn politis_white_circular(values: &[f64]) -> f64 {
    bounded(politis_white_unbounded(values) * 1.5_f64.cbrt(), values.len())
}

fn bounded(length: f64, n: usize) -> f64 {
    let n = n as f64;
    length.clamp(1.0, (3.0 * n.sqrt()).min(n / 3.0).ceil().max(1.0))
}

/// Σ_t x_t x_{t+lag}.
fn product_sum(deviations: &[f64], lag: usize) -> f64 {
    deviations.iter().zip(&deviations[lag..]).map(|(a, b)| a * b).sum()
}

/// Twice the first lag from which a run of autocorrelations is negligible.
fn bandwidth(deviations: &[f64], longest_lag: usize, run: usize) -> usize {
    let n = deviations.len();
    let negligible = 2.0 * ((n as f64).log10() / n as f64).sqrt();
    let small = |lag: usize| {
        let (later, earlier) = (&deviations[lag + 1..], &deviations[..n - lag - 1]);
        let scale = (product_sum(later, 0) * product_sum(earlier, 0)).sqrt();
        (product_sum(deviations, lag) / scale).abs() < negligible
    };
    let quiet_from = (0..=longest_lag.saturating_sub(run)).find(|&lag| (lag..lag + run).all(small));
    quiet_from.map_or(longest_lag, |lag| (2 * lag.max(1)).min(longest_lag))
}

fn flat_top(position: f64) -> f64 {
    if position <= 0.5 { 1.0 } else { (2.0 * (1.0 - position)).max(0.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Seed;
    use rand::RngExt;

    fn autoregressive(n: usize, coefficient: f64) -> Vec<f64> {
        let mut generator = Seed::new(5).generator();
        let mut value = 0.0;
        (0..n)
            .map(|_| {
                let noise: f64 = (0..12).map(|_| generator.random::<f64>()).sum::<f64>() - 6.0;
                value = coefficient * value + noise;
                value
            })
            .collect()
    }

    #[test]
    fn longer_memory_asks_for_longer_blocks() {
        let short = politis_white(&autoregressive(400, 0.1));
        let long = politis_white(&autoregressive(400, 0.8));
        assert!(short < long, "{short} {long}");
        assert!((8.0..=60.0).contains(&long), "{long}");
    }

    #[test]
    fn degenerate_series_need_no_blocks() {
        assert_eq!(politis_white(&[1.0, 1.0, 1.0, 1.0, 1.0]), 1.0);
        assert_eq!(politis_white(&[1.0, 2.0]), 1.0);
    }
}
