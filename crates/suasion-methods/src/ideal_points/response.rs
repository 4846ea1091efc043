//! The probability of a choice and its derivatives.

use super::rules::Choice;
use super::start::Item;
use crate::distribution::normal::{cumulative, density};

/// First two derivatives of the logarithm of a choice's probability in the latent mean η = βθ; the
/// logarithm itself only for tests of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Response {
    #[cfg(test)]
    pub log: f64,
    pub slope: f64,
    /// Never positive: the probability is log-concave.
    pub curvature: f64,
    /// Derivatives of the logarithm in the lower and the upper cut-point, and second derivatives
    /// (lower, upper, mixed); zero where the choice does not touch the cut-point.
    pub cuts: [f64; 2],
    pub cut_curvatures: [f64; 3],
    /// Mixed second derivatives in η and each cut-point.
    pub mixed: [f64; 2],
}

/// Least probability that is told apart from none.
const LEAST: f64 = 1e-300;

/// The response at latent mean `eta`.
pub(super) fn response(item: &Item, eta: f64, choice: Choice) -> Response {
    match choice {
        Choice::Yes => one_sided(item.low - eta, 1.0, 0),
        Choice::No => one_sided(item.high - eta, -1.0, 1),
        Choice::Abstain => two_sided(item.low - eta, item.high - eta),
    }
}

/// Φ(sign·x), where x is a cut-point less η.
fn one_sided(x: f64, sign: f64, which: usize) -> Response {
    let p = cumulative(sign * x).max(LEAST);
    // Mills' ratio; far out, where both underflow, its limit.
    let ratio = if sign * x < -37.0 { -sign * x } else { density(x) / p };
    let slope_in_x = sign * ratio;
    let curvature = -ratio * (ratio + sign * x);
    let (mut cuts, mut cut_curvatures, mut mixed) = ([0.0; 2], [0.0; 3], [0.0; 2]);
    cuts[which] = slope_in_x;
    cut_curvatures[which] = curvature;
    mixed[which] = -curvature;
    Response {
        #[cfg(test)]
        log: p.ln(),
        slope: -slope_in_x,
        curvature,
        cuts,
        cut_curvatures,
        mixed,
    }
}

/// Φ(high) − Φ(low), both less η.
fn two_sided(low: f64, high: f64) -> Response {
    // The difference is taken in the tail where it keeps its digits.
    let p = if low > 0.0 { cumulative(-low) - cumulative(-high) } else { cumulative(high) - cumulative(low) };
    let p = p.max(LEAST);
    let (at_low, at_high) = (density(low) / p, density(high) / p);
    let slope = at_low - at_high;
    let curvature_low = low * at_low - at_low * at_low;
    let curvature_high = -high * at_high - at_high * at_high;
    let between = at_low * at_high;
    Response {
        #[cfg(test)]
        log: p.ln(),
        slope,
        curvature: low * at_low - high * at_high - slope * slope,
        cuts: [-at_low, at_high],
        cut_curvatures: [curvature_low, curvature_high, between],
        mixed: [-(curvature_low + between), -(curvature_high + between)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Against differences of the logarithm itself.
        #[test]
        fn derivatives(low in -3.0..1.0f64, width in 0.05..2.0f64, eta in -3.0..3.0f64, which in 0..3) {
            let choice = [Choice::Yes, Choice::Abstain, Choice::No][which as usize];
            let step = 1e-4;
            let log = |low: f64, high: f64, eta: f64| response(&Item { beta: 0.0, low, high }, eta, choice).log;
            let high = low + width;
            let here = response(&Item { beta: 0.0, low, high }, eta, choice);
            let first = |f: &dyn Fn(f64) -> f64| (f(step) - f(-step)) / (2.0 * step);
            let second = |f: &dyn Fn(f64) -> f64| (f(step) - 2.0 * f(0.0) + f(-step)) / (step * step);
            let cross = |f: &dyn Fn(f64, f64) -> f64| {
                (f(step, step) - f(step, -step) - f(-step, step) + f(-step, -step)) / (4.0 * step * step)
            };
            let near = |a: f64, b: f64| (a - b).abs() < 1e-4 * b.abs().max(1.0);
            prop_assert!(near(here.slope, first(&|d| log(low, high, eta + d))));
            prop_assert!(near(here.curvature, second(&|d| log(low, high, eta + d))));
            prop_assert!(near(here.cuts[0], first(&|d| log(low + d, high, eta))));
            prop_assert!(near(here.cuts[1], first(&|d| log(low, high + d, eta))));
            prop_assert!(near(here.cut_curvatures[0], second(&|d| log(low + d, high, eta))));
            prop_assert!(near(here.cut_curvatures[1], second(&|d| log(low, high + d, eta))));
            prop_assert!(near(here.cut_curvatures[2], cross(&|a, b| log(low + a, high + b, eta))));
            prop_assert!(near(here.mixed[0], cross(&|a, b| log(low + a, high, eta + b))));
            prop_assert!(near(here.mixed[1], cross(&|a, b| log(low, high + a, eta + b))));
            prop_assert!(here.curvature <= 1e-12);
        }
    }
}
