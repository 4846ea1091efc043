//! Bayesian online detection: how long ago the last change was, after each observation (Adams &
//! MacKay 2007, arXiv 0710.3742).

use std::f64::consts::PI;

use libm::lgamma;

/// What is known of a run of observations, and what it predicts.
pub trait Predictive {
    /// An observation.
    type Value: Copy;
    /// Sufficient statistics of a run.
    type State: Copy;

    /// Of a run without observations.
    fn prior(&self) -> Self::State;

    /// The part of the predictive density that depends on the run's length only.
    fn constant(&self, length: usize) -> f64;

    /// Logarithm of the predictive density, given the constant of the run's length.
    fn log_density(&self, state: &Self::State, constant: f64, value: Self::Value) -> f64;

    /// The run with one observation more.
    fn updated(&self, state: &Self::State, value: Self::Value) -> Self::State;
}

/// Normal observations of unknown mean and variance: Student-t predictive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NormalInverseGamma {
    /// Prior mean.
    pub mean: f64,
    /// How many observations the prior mean counts for.
    pub kappa: f64,
    /// Shape of the variance's inverse gamma prior.
    pub alpha: f64,
    /// Its scale.
    pub beta: f64,
}

/// A run of normal observations.
#[derive(Debug, Clone, Copy)]
pub struct NormalRun {
    mean: f64,
    kappa: f64,
    alpha: f64,
    beta: f64,
}

impl Predictive for NormalInverseGamma {
    type Value = f64;
    type State = NormalRun;

    fn prior(&self) -> NormalRun {
        NormalRun { mean: self.mean, kappa: self.kappa, alpha: self.alpha, beta: self.beta }
    }

    fn constant(&self, length: usize) -> f64 {
        let (alpha, kappa) = (self.alpha + length as f64 / 2.0, self.kappa + length as f64);
        lgamma(alpha + 0.5) - lgamma(alpha) - 0.5 * (2.0 * PI * (kappa + 1.0) / kappa).ln()
    }

    fn log_density(&self, run: &NormalRun, constant: f64, value: f64) -> f64 {
        // Student's t with 2α degrees and squared scale β (κ + 1) / (α κ), logarithms gathered.
        let distance = (value - run.mean).powi(2) * run.kappa / (2.0 * (run.kappa + 1.0));
        constant + run.alpha * run.beta.ln() - (run.alpha + 0.5) * (run.beta + distance).ln()
    }

    fn updated(&self, run: &NormalRun, value: f64) -> NormalRun {
        let kappa = run.kappa + 1.0;
        NormalRun {
            mean: (run.kappa * run.mean + value) / kappa,
            kappa,
            alpha: run.alpha + 0.5,
            beta: run.beta + run.kappa * (value - run.mean).powi(2) / (2.0 * kappa),
        }
    }
}

/// Poisson counts of unknown mean: negative-binomial predictive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GammaPoisson {
    /// Shape of the mean's gamma prior.
    pub shape: f64,
    /// Its rate.
    pub rate: f64,
}

/// A run of counts.
#[derive(Debug, Clone, Copy)]
pub struct CountRun {
    shape: f64,
    rate: f64,
}

impl Predictive for GammaPoisson {
    type Value = u32;
    type State = CountRun;

    fn prior(&self) -> CountRun {
        CountRun { shape: self.shape, rate: self.rate }
    }

    /// Logarithm of rate / (rate + 1).
    fn constant(&self, length: usize) -> f64 {
        let rate = self.rate + length as f64;
        -(1.0 / rate).ln_1p()
    }

    fn log_density(&self, run: &CountRun, constant: f64, value: u32) -> f64 {
        let count = f64::from(value);
        lgamma(run.shape + count) - lgamma(run.shape) - lgamma(count + 1.0) + run.shape * constant
            - count * (run.rate + 1.0).ln()
    }

    fn updated(&self, run: &CountRun, value: u32) -> CountRun {
        CountRun { shape: run.shape + f64::from(value), rate: run.rate + 1.0 }
    }
}

/// What is known after an observation.
#[derive(Debug, Clone, Copy)]
pub struct RunLengths<'a> {
    /// Observations so far.
    pub time: usize,
    /// Lengths that the present run may have, from short to long; 0 says that the run ended with
    /// this observation.
    pub lengths: &'a [usize],
    /// Their probabilities.
    pub probabilities: &'a [f64],
    /// Logarithm of the density of all observations so far.
    pub log_evidence: f64,
}

impl RunLengths<'_> {
    /// The likeliest length; the shorter of two that are as likely.
    pub fn most_probable(&self) -> usize {
        let mut best = 0;
        for (at, probability) in self.probabilities.iter().enumerate() {
            if *probability > self.probabilities[best] {
                best = at;
            }
        }
        self.lengths.get(best).copied().unwrap_or(0)
    }

    /// Probability that the last change is at most so many observations ago. (The probability of
    /// length 0 alone is always the hazard: the paper's recursion judges a change by the run that
    /// it ends.)
    pub fn at_most(&self, length: usize) -> f64 {
        let within = self.lengths.iter().zip(self.probabilities).filter(|(of, _)| **of <= length);
        within.map(|(_, probability)| probability).sum()
    }
}

/// Tells after each observation how long the present run may be. A change comes with probability
/// `hazard` at any time. Run lengths less likely than `negligible` are dropped and what is left
/// brought to one; with 0 nothing is dropped, which is exact and takes time that grows with the
/// square of the length. Values must be finite.
pub fn online<Model: Predictive>(
    values: &[Model::Value],
    model: &Model,
    hazard: f64,
    negligible: f64,
    mut each: impl FnMut(RunLengths<'_>),
) {
    let hazard = hazard.clamp(0.0, 1.0);
    let constants: Vec<f64> = (0..values.len()).map(|length| model.constant(length)).collect();
    // From long to short while working, so that a new run is pushed to the end.
    let (mut lengths, mut states) = (vec![0_usize], vec![model.prior()]);
    let mut probabilities = vec![1.0_f64];
    let mut log_evidence = 0.0;
    let mut logs: Vec<f64> = Vec::new();
    let (mut shown_lengths, mut shown): (Vec<usize>, Vec<f64>) = (Vec::new(), Vec::new());
    for (time, &value) in values.iter().enumerate() {
        // From the largest logarithm down, so that a value that nothing predicts does not make
        // everything vanish.
        logs.clear();
        for ((probability, state), length) in probabilities.iter().zip(&mut states).zip(&mut lengths) {
            logs.push(probability.ln() + model.log_density(state, constants[*length], value));
            *state = model.updated(state, value);
            *length += 1;
        }
        let largest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut total = 0.0;
        for (probability, log) in probabilities.iter_mut().zip(&logs) {
            *probability = (log - largest).exp();
            total += *probability;
        }
        log_evidence += largest + total.ln();
        for probability in &mut probabilities {
            *probability *= (1.0 - hazard) / total;
        }
        lengths.push(0);
        states.push(model.prior());
        probabilities.push(hazard);
        if negligible > 0.0 {
            drop_negligible(&mut lengths, &mut states, &mut probabilities, negligible);
        }
        shown_lengths.clear();
        shown_lengths.extend(lengths.iter().rev());
        shown.clear();
        shown.extend(probabilities.iter().rev());
        each(RunLengths { time: time + 1, lengths: &shown_lengths, probabilities: &shown, log_evidence });
    }
}

fn drop_negligible<State: Copy>(
    lengths: &mut Vec<usize>,
    states: &mut Vec<State>,
    probabilities: &mut Vec<f64>,
    negligible: f64,
) {
    let mut kept = 0;
    let mut total = 0.0;
    let last = probabilities.len() - 1;
    for at in 0..=last {
        if probabilities[at] >= negligible || at == last {
            (lengths[kept], states[kept], probabilities[kept]) = (lengths[at], states[at], probabilities[at]);
            total += probabilities[kept];
            kept += 1;
        }
    }
    lengths.truncate(kept);
    states.truncate(kept);
    probabilities.truncate(kept);
    for probability in probabilities.iter_mut() {
        *probability /= total;
    }
}
