//! Self-exciting counts by day: each act makes others likelier for a while (Hawkes 1971; in
//! discrete time, since events are dated by day and many share one).

use faer::Mat;
use rayon::prelude::*;

use super::autoregression::spectral_radius;
use super::hawkes_fit::{Rows, fit};
use crate::distribution::chi_squared_upper;
use crate::regression::DesignProblem;

/// How counts spread around their intensity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountModel {
    /// Variance equal to the mean.
    Poisson,
    /// Variance λ + λ²/r, with the size r estimated: days with many reports at once.
    NegativeBinomial,
}

/// What is fitted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HawkesOptions {
    /// Share of an act's effect that is left from one day to the next; estimated if `None`.
    pub decay: Option<f64>,
    /// How counts spread.
    pub model: CountModel,
}

/// Where a stream's acts come from; shares sum to one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shares {
    /// Not predicted by anybody's past acts.
    pub initiative: f64,
    /// Triggered by the stream's own past.
    pub momentum: f64,
    /// Triggered by the other side's acts.
    pub reaction: f64,
    /// Triggered by third streams.
    pub rival_triggered: f64,
}

/// One stream's fit.
#[derive(Debug, Clone)]
pub struct Stream {
    /// Acts per day (per unit of volume) that nothing before explains.
    pub baseline: f64,
    /// Further acts that one act of each stream brings in all.
    pub excitation: Vec<f64>,
    /// Standard errors of baseline and excitations from the observed information, the decay and the
    /// size taken as known; `None` where a parameter lies at zero, its bound, and for all where the
    /// information is singular.
    pub standard_errors: Vec<Option<f64>>,
    /// Logarithm of the likelihood, with its constants.
    pub log_likelihood: f64,
    /// Size of the negative binomial.
    pub size: Option<f64>,
    /// Expected count by day.
    pub intensity: Vec<f64>,
    /// Share of the stream's acts from the baseline.
    pub initiative: f64,
    /// Share of its acts triggered by each stream.
    pub triggered: Vec<f64>,
    /// Mean square of Pearson residuals: about 1 where the spread is right.
    pub dispersion: f64,
    /// p-value that Pearson residuals are not autocorrelated over ten days (Ljung & Box 1978).
    pub residual_p_value: Option<f64>,
}

/// Streams that excite each other.
#[derive(Debug, Clone)]
pub struct Hawkes {
    /// Share of an act's effect that is left from one day to the next.
    pub decay: f64,
    /// By stream.
    pub streams: Vec<Stream>,
    /// Sum over streams.
    pub log_likelihood: f64,
    /// Largest modulus of the excitations' eigenvalues; at 1 and above acts would never end.
    pub spectral_radius: f64,
    /// What a careful reader must know.
    pub warnings: Vec<String>,
}

impl Stream {
    /// The shares of a stream at position `own`, whose other side is at `reverse`.
    pub fn shares(&self, own: usize, reverse: Option<usize>) -> Shares {
        let of = |at: usize| self.triggered.get(at).copied().unwrap_or(0.0);
        let reaction = reverse.map_or(0.0, of);
        let all: f64 = self.triggered.iter().sum();
        Shares {
            initiative: self.initiative,
            momentum: of(own),
            reaction,
            rival_triggered: all - of(own) - reaction,
        }
    }
}

/// Days over which residuals are tested.
const RESIDUAL_LAGS: usize = 10;

impl Hawkes {
    /// Fits counts by stream and day. The intensity of stream i on day t is
    /// μ_i v_t + Σ_j α_ij Σ_{s<t} (1 − φ) φ^{t−s−1} y_js, with `volume` v (such as all the
    /// source's reports of the day over their mean; otherwise one) so that a busy news day is not
    /// taken for an answer. Parameters are not negative; likelihood is maximised for each stream
    /// given φ. Nothing is known before the first day. A stream without any act is an error of
    /// value: leave it out.
    pub fn fit(
        counts: &[Vec<u32>],
        volume: Option<&[f64]>,
        options: &HawkesOptions,
    ) -> Result<Self, DesignProblem> {
        let days = counts.first().map_or(0, Vec::len);
        if counts.iter().any(|stream| stream.len() != days) || volume.is_some_and(|v| v.len() != days) {
            return Err(DesignProblem::Lengths);
        }
        if volume.is_some_and(|v| v.iter().any(|value| !value.is_finite() || *value <= 0.0)) {
            return Err(DesignProblem::Value);
        }
        if options.decay.is_some_and(|decay| !(0.0..1.0).contains(&decay)) {
            return Err(DesignProblem::Value);
        }
        if counts.iter().any(|stream| stream.iter().all(|count| *count == 0)) {
            return Err(DesignProblem::Value);
        }
        if days <= counts.len() + 1 {
            return Err(DesignProblem::TooFewRows { rows: days, columns: counts.len() + 1 });
        }
        let at = |decay: f64| Self::at_decay(counts, volume, decay, options.model);
        Ok(options.decay.map_or_else(|| best(at), at))
    }

    fn at_decay(counts: &[Vec<u32>], volume: Option<&[f64]>, decay: f64, model: CountModel) -> Self {
        let rows = Rows::new(counts, volume, decay);
        let streams: Vec<(Stream, bool)> = counts.par_iter().map(|own| stream(&rows, own, model)).collect();
        let (streams, converged): (Vec<Stream>, Vec<bool>) = streams.into_iter().unzip();
        let size = streams.len();
        let matrix = Mat::from_fn(size, size, |i, j| streams[i].excitation[j]);
        let spectral_radius = spectral_radius(&matrix);
        let mut warnings = Vec::new();
        let restless = converged.iter().filter(|converged| !**converged).count();
        if restless > 0 {
            warnings.push(format!("the likelihood of {restless} of {size} streams found no maximum"));
        }
        if spectral_radius >= 1.0 {
            warnings.push("each act brings one more or more: the process would never end".to_owned());
        }
        Self {
            decay,
            log_likelihood: streams.iter().map(|stream| stream.log_likelihood).sum(),
            streams,
            spectral_radius,
            warnings,
        }
    }
}

/// The fit of one stream, and whether it came to rest.
fn stream(rows: &Rows, counts: &[u32], model: CountModel) -> (Stream, bool) {
    let fitted = fit(rows, counts, model);
    let total: f64 = counts.iter().map(|count| f64::from(*count)).sum();
    // Each act is shared among what could have brought it, in proportion to the intensity.
    let mut shares = vec![0.0; rows.width()];
    for ((row, count), intensity) in rows.iter().zip(counts).zip(&fitted.intensity) {
        if *count > 0 {
            for ((share, value), parameter) in shares.iter_mut().zip(row).zip(&fitted.parameters) {
                *share += f64::from(*count) * value * parameter / (intensity * total);
            }
        }
    }
    let residuals: Vec<f64> = counts
        .iter()
        .zip(&fitted.intensity)
        .map(|(count, mean)| {
            let variance = mean + fitted.size.map_or(0.0, |size| mean * mean / size);
            // A day without any intensity has no act and no residual.
            if variance > 0.0 { (f64::from(*count) - mean) / variance.sqrt() } else { 0.0 }
        })
        .collect();
    let squares: f64 = residuals.iter().map(|value| value * value).sum();
    let converged = fitted.converged;
    let stream = Stream {
        baseline: fitted.parameters[0],
        excitation: fitted.parameters[1..].to_vec(),
        standard_errors: fitted.standard_errors,
        log_likelihood: fitted.log_likelihood,
        size: fitted.size,
        intensity: fitted.intensity,
        initiative: shares[0],
        triggered: shares[1..].to_vec(),
        dispersion: squares / (counts.len() - rows.width()) as f64,
        residual_p_value: ljung_box(&residuals),
    };
    (stream, converged)
}

fn ljung_box(residuals: &[f64]) -> Option<f64> {
    let n = residuals.len() as f64;
    let squares: f64 = residuals.iter().map(|value| value * value).sum();
    if residuals.len() <= RESIDUAL_LAGS || squares <= 0.0 {
        return None;
    }
    let statistic: f64 = (1..=RESIDUAL_LAGS)
        .map(|lag| {
            let product: f64 = residuals[lag..].iter().zip(residuals).map(|(a, b)| a * b).sum();
            (product / squares).powi(2) / (n - lag as f64)
        })
        .sum();
    chi_squared_upper(n * (n + 2.0) * statistic, RESIDUAL_LAGS as f64)
}

/// The decay of greatest likelihood, by golden section.
fn best(at: impl Fn(f64) -> Hawkes) -> Hawkes {
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = (0.0, 0.98);
    let mut left = at(high - golden * (high - low));
    let mut right = at(low + golden * (high - low));
    while high - low > 1e-4 {
        if left.log_likelihood >= right.log_likelihood {
            high = right.decay;
            right = left;
            left = at(high - golden * (high - low));
        } else {
            low = left.decay;
            left = right;
            right = at(low + golden * (high - low));
        }
    }
    if left.log_likelihood >= right.log_likelihood { left } else { right }
}
