//! The null draws of a regression, eight at a time: what the time of a multiverse goes into.
#![expect(clippy::inline_always, reason = "the functions must be compiled for the processor that is found")]

use pulp::Arch;

use super::point::{Draws, Point};
use super::sieve::{Coefficients, Lanes, ORDER, Whitened, corrected, order_for, without_bias, yule_walker};
use super::weights::{LANES, StepWeights};

/// A unit with everything that the draws need.
pub(super) struct Unit {
    pub(super) steps: Vec<usize>,
    /// Orthonormal columns that span the controls.
    pub(super) basis: Vec<Vec<f64>>,
    /// The focal regressor outside of the controls.
    pub(super) focal: Vec<f64>,
    pub(super) residuals: Vec<f64>,
    /// Residuals of the values, where signs stand for them: what the null series are drawn from.
    pub(super) drawn: Vec<f64>,
}

/// A fitted regression, and the sieve of its residuals.
pub(super) struct Null<'a> {
    pub(super) units: &'a [Unit],
    pub(super) information: f64,
    /// Regressors of a unit.
    pub(super) regressors: f64,
    /// Observations of a unit, on average.
    pub(super) length: f64,
    pub(super) freedom: f64,
    pub(super) inflation: f64,
    /// Whether signs stand for the values.
    pub(super) signs: bool,
}

/// x'Ωx may not fall below this share of x'x, where negative autocorrelation and rounding could
/// take it.
const LEAST_SANDWICH: f64 = 1e-3;

/// x'Ωx of the units for errors with autocorrelation φ.
pub(super) fn sandwich(units: &[Unit], phi: f64) -> f64 {
    sandwich_lanes(units, &[phi; LANES])[0]
}

#[inline(always)]
fn sandwich_lanes(units: &[Unit], phi: &Lanes) -> Lanes {
    let (mut total, mut plain) = ([0.0; LANES], 0.0);
    for unit in units {
        let mut behind = [0.0; LANES];
        for focal in unit.focal.iter().rev() {
            plain += focal * focal;
            for lane in 0..LANES {
                total[lane] += focal * (focal + 2.0 * behind[lane]);
                behind[lane] = phi[lane] * (focal + behind[lane]);
            }
        }
    }
    total.map(|value| value.max(LEAST_SANDWICH * plain))
}

/// Where a group of draws is computed.
struct Bench {
    whitened: Vec<Whitened>,
    by: Coefficients,
    rows: Vec<Lanes>,
}

impl Bench {
    fn new(null: &Null<'_>, by: &Coefficients) -> Self {
        let whiten = |unit: &Unit| Whitened::new(&unit.drawn, &unit.steps, by, null.inflation);
        let rows = null.units.iter().map(|unit| unit.steps.len()).sum();
        Self { whitened: null.units.iter().map(whiten).collect(), by: *by, rows: vec![[0.0; LANES]; rows] }
    }
}

/// All draws: the null series coloured anew, regressed, studentised by its own autocorrelation.
pub(super) fn draws(null: &Null<'_>, raw: &Coefficients, weights: &StepWeights) -> Draws {
    let arch = Arch::new();
    let order = order_for(null.length);
    let by = without_bias(*raw, weights.groups(), |by, group| {
        let mut bench = Bench::new(null, by);
        arch.dispatch(
            #[inline(always)]
            || {
                regress(null, &mut bench, weights, group, false);
                coefficients_of_draws(null, &bench, order)
            },
        )
    });
    let mut bench = Bench::new(null, &by);
    let mut draws = Draws { effect: Vec::new(), z: Vec::new() };
    for group in 0..weights.groups() {
        let (effect, z) = arch.dispatch(
            #[inline(always)]
            || {
                let slope = regress(null, &mut bench, weights, group, null.signs);
                studentise(null, &bench, &slope)
            },
        );
        draws.effect.extend(effect.map(|value| Point::bounded(value) as f32));
        draws.z.extend(z.map(|value| Point::bounded(value) as f32));
    }
    draws.effect.truncate(weights.draws());
    draws.z.truncate(weights.draws());
    draws
}

/// Draws a group of null series and leaves their residuals on the bench; gives the slopes.
#[inline(always)]
fn regress(
    null: &Null<'_>,
    bench: &mut Bench,
    weights: &StepWeights,
    group: usize,
    signs: bool,
) -> Lanes {
    let mut slope = [0.0; LANES];
    let mut rest = bench.rows.as_mut_slice();
    for (unit, whitened) in null.units.iter().zip(&bench.whitened) {
        let (part, later) = rest.split_at_mut(unit.steps.len());
        whitened.colour(&bench.by, weights, group, part);
        if signs {
            part.iter_mut().flatten().for_each(|value| *value = value.signum());
        }
        for direction in &unit.basis {
            let along = along(part, direction);
            take_off(part, direction, &along);
        }
        let own = along(part, &unit.focal);
        for lane in 0..LANES {
            slope[lane] += own[lane];
        }
        rest = later;
    }
    for value in &mut slope {
        *value /= null.information;
    }
    let mut rest = bench.rows.as_mut_slice();
    for unit in null.units {
        let (part, later) = rest.split_at_mut(unit.steps.len());
        take_off(part, &unit.focal, &slope);
        rest = later;
    }
    slope
}

#[inline(always)]
fn along(rows: &[Lanes], direction: &[f64]) -> Lanes {
    let mut sum = [0.0; LANES];
    for (row, step) in rows.iter().zip(direction) {
        for lane in 0..LANES {
            sum[lane] += row[lane] * step;
        }
    }
    sum
}

#[inline(always)]
fn take_off(rows: &mut [Lanes], direction: &[f64], along: &Lanes) {
    for (row, step) in rows.iter_mut().zip(direction) {
        for lane in 0..LANES {
            row[lane] -= along[lane] * step;
        }
    }
}

/// Sums of products of the draws' residuals some observations apart, over all units.
#[inline(always)]
fn products(null: &Null<'_>, bench: &Bench, lag: usize) -> Lanes {
    let mut sum = [0.0; LANES];
    let mut rest = bench.rows.as_slice();
    for unit in null.units {
        let (part, later) = rest.split_at(unit.steps.len());
        for (early, late) in part.iter().zip(part.iter().skip(lag)) {
            for lane in 0..LANES {
                sum[lane] += early[lane] * late[lane];
            }
        }
        rest = later;
    }
    sum
}

#[inline(always)]
fn coefficients_of_draws(null: &Null<'_>, bench: &Bench, order: usize) -> [Coefficients; LANES] {
    let sums: [Lanes; ORDER + 1] = std::array::from_fn(|lag| products(null, bench, lag));
    std::array::from_fn(|lane| yule_walker(&std::array::from_fn(|lag| sums[lag][lane]), order))
}

#[inline(always)]
fn studentise(null: &Null<'_>, bench: &Bench, slope: &Lanes) -> (Lanes, Lanes) {
    let (squares, product) = (products(null, bench, 0), products(null, bench, 1));
    let mut phi = [0.0; LANES];
    for lane in 0..LANES {
        let raw = if squares[lane] > 0.0 { product[lane] / squares[lane] } else { 0.0 };
        phi[lane] = corrected(raw, null.length, null.regressors);
    }
    let spread = sandwich_lanes(null.units, &phi);
    let (mut effect, mut z) = ([0.0; LANES], [0.0; LANES]);
    for lane in 0..LANES {
        let variance = squares[lane] / null.freedom;
        effect[lane] = slope[lane] / variance.sqrt();
        z[lane] = slope[lane] * null.information / (variance * spread[lane]).sqrt();
    }
    (effect, z)
}
