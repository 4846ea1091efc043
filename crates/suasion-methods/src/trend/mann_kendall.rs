//! The Mann–Kendall test for a monotone trend, with corrections for autocorrelation.

use super::slope::{detrended, mann_kendall};
use crate::association::ranks;
use crate::distribution::normal::two_sided;
use crate::quantile::mean;

/// How the variance of the score allows for autocorrelation, which makes trends of noise look
/// surer than they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Autocorrelation {
    /// Not at all: observations are taken as independent (Mann 1945, Kendall 1975).
    Ignored,
    /// By the autocorrelations of the detrended ranks that differ from zero at 5 %, up to so many
    /// lags (Hamed & Rao 1998, Journal of Hydrology 204:182–196).
    HamedRao {
        /// Most lags.
        lags: usize,
    },
    /// By the autocorrelations of the detrended values up to so many lags (Yue & Wang 2004, Water
    /// Resources Management 18:201–218). With all lags, as some programs have it, the correction
    /// collapses, since sample autocorrelations sum to −1/2; the paper's own is one lag.
    YueWang {
        /// Lags.
        lags: usize,
    },
}

/// Outcome of the test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannKendall {
    /// Pairs that rise less pairs that fall.
    pub score: i64,
    /// Its variance without a trend, corrected for ties and as asked for autocorrelation.
    pub variance: f64,
    /// The score in standard deviations, drawn in by one for continuity.
    pub z: f64,
    /// Both-sided.
    pub p_value: f64,
}

/// Tests whether a series in order of time rises or falls; `None` below four values, if one is not
/// finite, or where all are equal or the correction leaves no variance.
pub fn mann_kendall_test(y: &[f64], autocorrelation: Autocorrelation) -> Option<MannKendall> {
    if y.len() < 4 || y.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let score = mann_kendall(y);
    let variance = tied_variance(y) * correction(y, autocorrelation);
    if variance <= 0.0 {
        return None;
    }
    let z = (score - score.signum()) as f64 / variance.sqrt();
    Some(MannKendall { score, variance, z, p_value: two_sided(z) })
}

fn tied_variance(y: &[f64]) -> f64 {
    let part = |n: f64| n * (n - 1.0) * (2.0 * n + 5.0);
    let mut sorted = y.to_vec();
    sorted.sort_by(f64::total_cmp);
    let ties: f64 = sorted.chunk_by(|a, b| a == b).map(|same| part(same.len() as f64)).sum();
    (part(y.len() as f64) - ties) / 18.0
}

fn correction(y: &[f64], autocorrelation: Autocorrelation) -> f64 {
    let n = y.len() as f64;
    let time: Vec<f64> = (0..y.len()).map(|at| at as f64).collect();
    let without_trend = detrended(&time, y);
    match autocorrelation {
        Autocorrelation::Ignored => 1.0,
        Autocorrelation::HamedRao { lags } => {
            let bound = 1.96 / n.sqrt();
            let weighted: f64 = autocorrelations(&ranks(&without_trend), lags)
                .zip(1..)
                .filter(|(r, _)| r.abs() > bound)
                .map(|(r, lag)| {
                    let rest = n - f64::from(lag);
                    rest * (rest - 1.0) * (rest - 2.0) * r
                })
                .sum();
            1.0 + 2.0 / (n * (n - 1.0) * (n - 2.0)) * weighted
        }
        Autocorrelation::YueWang { lags } => {
            let weighted: f64 = autocorrelations(&without_trend, lags)
                .zip(1..)
                .map(|(r, lag)| (1.0 - f64::from(lag) / n) * r)
                .sum();
            1.0 + 2.0 * weighted
        }
    }
}

/// Autocorrelations at lags 1, 2, … (denominator n), as many as there are.
fn autocorrelations(values: &[f64], lags: usize) -> impl Iterator<Item = f64> {
    let centre = mean(values).unwrap_or(0.0);
    let centred: Vec<f64> = values.iter().map(|value| value - centre).collect();
    let total: f64 = centred.iter().map(|value| value * value).sum();
    (1..=lags.min(values.len() - 1)).map(move |lag| {
        let sum: f64 = centred[lag..].iter().zip(&centred).map(|(a, b)| a * b).sum();
        if total > 0.0 { sum / total } else { 0.0 }
    })
}
