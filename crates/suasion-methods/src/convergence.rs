//! Whether Markov chains have mixed: rank-normalised split R-hat and effective sample sizes
//! (Vehtari, Gelman, Simpson, Carpenter & Bürkner 2021, Bayesian Analysis 16:667–718).

use crate::association::ranks;
use crate::distribution::normal;
use crate::quantile::{mean, median, quantile};

/// Diagnostics of one quantity over chains; `None` where chains are too short, do
/// not move or hold what is no number.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Convergence {
    /// Rank-normalised split R-hat, the larger of that for location and that for spread; about 1
    /// when chains agree. Above 1.01 they should run longer.
    pub r_hat: Option<f64>,
    /// Effective number of draws for the centre.
    pub bulk: Option<f64>,
    /// Effective number of draws for the 5 % and 95 % quantiles, the smaller.
    pub tail: Option<f64>,
}

/// Diagnoses equally long chains.
pub fn convergence(chains: &[Vec<f64>]) -> Convergence {
    let halves = split(chains);
    let finite = halves.iter().flatten().all(|value| value.is_finite());
    if halves.is_empty() || halves[0].len() < 4 || !finite {
        return Convergence::default();
    }
    let all: Vec<f64> = halves.iter().flatten().copied().collect();
    let centre = median(&all).unwrap_or(0.0);
    let folded: Vec<Vec<f64>> =
        halves.iter().map(|half| half.iter().map(|value| (value - centre).abs()).collect()).collect();
    let normalised = rank_normalised(&halves);
    let larger = |a: Option<f64>, b: Option<f64>| Some(a?.max(b?));
    let tail = |level: f64| {
        let bound = quantile(&all, level)?;
        let below = |half: &Vec<f64>| half.iter().map(|value| f64::from(*value <= bound)).collect();
        effective_size(&halves.iter().map(below).collect::<Vec<Vec<f64>>>())
    };
    Convergence {
        r_hat: larger(r_hat(&normalised), r_hat(&rank_normalised(&folded))),
        bulk: effective_size(&normalised),
        tail: tail(0.05).and_then(|low| Some(low.min(tail(0.95)?))),
    }
}

/// The first and the last half of each chain; of an odd number the middle draw falls out.
fn split(chains: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let length = chains.iter().map(Vec::len).min().unwrap_or(0);
    let half = length / 2;
    chains.iter().flat_map(|chain| [chain[..half].to_vec(), chain[length - half..length].to_vec()]).collect()
}

/// Normal scores of the ranks over all chains.
fn rank_normalised(chains: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let all: Vec<f64> = chains.iter().flatten().copied().collect();
    let n = all.len() as f64;
    let scores: Vec<f64> =
        ranks(&all).iter().map(|rank| normal::quantile((rank - 0.375) / (n + 0.25))).collect();
    scores.chunks(chains[0].len()).map(<[f64]>::to_vec).collect()
}

fn r_hat(chains: &[Vec<f64>]) -> Option<f64> {
    let (within, between) = variances(chains)?;
    let n = chains[0].len() as f64;
    (within > 0.0).then(|| ((n - 1.0) / n + between / within).sqrt())
}

/// Mean variance within chains, and the variance of their means (denominators n − 1 and m − 1).
fn variances(chains: &[Vec<f64>]) -> Option<(f64, f64)> {
    let variance = |values: &[f64]| {
        let centre = mean(values)?;
        let squares: f64 = values.iter().map(|value| (value - centre).powi(2)).sum();
        Some(squares / (values.len() - 1) as f64)
    };
    let within: Vec<f64> = chains.iter().filter_map(|chain| variance(chain)).collect();
    let means: Vec<f64> = chains.iter().filter_map(|chain| mean(chain)).collect();
    Some((mean(&within)?, variance(&means)?))
}

/// Effective number of draws by Geyer's initial monotone sequence over all chains.
fn effective_size(chains: &[Vec<f64>]) -> Option<f64> {
    let (within, between) = variances(chains)?;
    if within <= 0.0 {
        return None;
    }
    let (m, n) = (chains.len() as f64, chains[0].len());
    let total = within * (n as f64 - 1.0) / n as f64 + between;
    let centred: Vec<Vec<f64>> = chains
        .iter()
        .map(|chain| {
            let centre = mean(chain).unwrap_or(0.0);
            chain.iter().map(|value| value - centre).collect()
        })
        .collect();
    // Autocovariance with denominator n, averaged over chains.
    let covariance = |lag: usize| {
        let sum: f64 =
            centred.iter().map(|chain| chain[lag..].iter().zip(chain).map(|(a, b)| a * b).sum::<f64>()).sum();
        sum / (m * n as f64)
    };
    let correlation = |lag: usize| 1.0 - (within - covariance(lag)) / total;
    // Sums of neighbouring lags fall and stay positive for a stationary chain; where they no
    // longer do is noise.
    let mut pairs: Vec<f64> = Vec::new();
    let mut even = 1.0;
    for lag in (0..n.saturating_sub(3)).step_by(2) {
        even = if lag == 0 { 1.0 } else { correlation(lag) };
        let pair = even + correlation(lag + 1);
        let last = lag + 5 > n;
        if pair < 0.0 || last {
            break;
        }
        pairs.push(pairs.last().map_or(pair, |before| pair.min(*before)));
    }
    // The even lag at which the sum ends corrects chains that swing from side to side.
    let rest = if even > 0.0 { even } else { 0.0 };
    let time = -1.0 + 2.0 * pairs.iter().sum::<f64>() + rest;
    let draws = m * n as f64;
    Some(draws / time.max(1.0 / draws.log10()))
}
