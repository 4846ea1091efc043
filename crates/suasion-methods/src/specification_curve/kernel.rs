//! The null draws of a regression, eight at a time: what the time of a multiverse goes into.
#![expect(clippy::inline_always, reason = "the functions must be compiled for the processor that is found")]

use pulp::Arch;

use super::point::{Draws, Point};
use super::sieve::{
    Coefficients, Lanes, ORDER, Whitened, autoregression, cautious, order_for, without_bias, yule_walker,
};
use super::weights::{LANES, StepWeights};

/// A unit with everything that the draws need.
pub(super) struct Unit {
    pub(super) steps: Vec<usize>,
    /// Orthonormal columns that span the controls.
    pub(super) basis: Vec<Vec<f64>>,
    /// The focal regressor outside of the controls.
    pub(super) focal: Vec<f64>,
    pub(super) residuals: Vec<f64>,
}

/// A fitted regression, and the sieve of its residuals.
pub(super) struct Null<'a> {
    pub(super) units: &'a [Unit],
    pub(super) information: f64,
    /// Observations of a unit, on average.
    pub(super) length: f64,
    pub(super) freedom: f64,
    pub(super) inflation: f64,
}

/// Variance of the slope times the square of the regressor's information, x'Ωx, for errors that
/// follow an autoregression: what is new in them has `variance`, and a shock at one step is felt at
/// all later ones, so that x is filtered backward.
pub(super) fn sandwich(units: &[Unit], by: &Coefficients, variance: f64) -> f64 {
    let mut lanes = [[0.0; LANES]; ORDER];
    for (row, coefficient) in lanes.iter_mut().zip(by) {
        row[0] = *coefficient;
    }
    variance * filtered_squares(units, &lanes, ORDER)[0]
}

/// Sum of squares of the focal regressor filtered backward, over all units.
#[inline(always)]
fn filtered_squares(units: &[Unit], by: &[Lanes; ORDER], order: usize) -> Lanes {
    let mut total = [0.0; LANES];
    for unit in units {
        let mut past = [[0.0; LANES]; ORDER];
        for focal in unit.focal.iter().rev() {
            let mut now = [*focal; LANES];
            for lag in 0..order {
                for lane in 0..LANES {
                    now[lane] += by[lag][lane] * past[lag][lane];
                }
            }
            for lane in 0..LANES {
                total[lane] += now[lane] * now[lane];
            }
            past.copy_within(..ORDER - 1, 1);
            past[0] = now;
        }
    }
    total
}

/// Where a group of draws is computed.
struct Bench {
    whitened: Vec<Whitened>,
    by: Coefficients,
    rows: Vec<Lanes>,
}

impl Bench {
    fn new(null: &Null<'_>, by: &Coefficients) -> Self {
        let whiten = |unit: &Unit| Whitened::new(&unit.residuals, &unit.steps, by, null.inflation);
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
                regress(null, &mut bench, weights, group);
                coefficients_of_draws(null, &bench, order)
            },
        )
    });
    let mut bench = Bench::new(null, &cautious(by, null.length));
    let mut draws = Draws { effect: Vec::new(), z: Vec::new() };
    for group in 0..weights.groups() {
        let (effect, z) = arch.dispatch(
            #[inline(always)]
            || {
                let slope = regress(null, &mut bench, weights, group);
                studentise(null, &bench, &slope, order)
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
fn regress(null: &Null<'_>, bench: &mut Bench, weights: &StepWeights, group: usize) -> Lanes {
    let mut slope = [0.0; LANES];
    let mut rest = bench.rows.as_mut_slice();
    for (unit, whitened) in null.units.iter().zip(&bench.whitened) {
        let (part, later) = rest.split_at_mut(unit.steps.len());
        whitened.colour(&bench.by, weights, group, part);
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
fn sums_of_products(null: &Null<'_>, bench: &Bench, order: usize) -> [Lanes; ORDER + 1] {
    let mut sums = [[0.0; LANES]; ORDER + 1];
    for (lag, sum) in sums.iter_mut().enumerate().take(order + 1) {
        *sum = products(null, bench, lag);
    }
    sums
}

#[inline(always)]
fn coefficients_of_draws(null: &Null<'_>, bench: &Bench, order: usize) -> [Coefficients; LANES] {
    let sums = sums_of_products(null, bench, order);
    std::array::from_fn(|lane| yule_walker(&std::array::from_fn(|lag| sums[lag][lane]), order))
}

#[inline(always)]
fn studentise(null: &Null<'_>, bench: &Bench, slope: &Lanes, order: usize) -> (Lanes, Lanes) {
    let sums = sums_of_products(null, bench, order);
    let mut by = [[0.0; LANES]; ORDER];
    let mut new = [0.0; LANES];
    for lane in 0..LANES {
        let own = std::array::from_fn(|lag| sums[lag][lane]);
        let (coefficients, variance) = autoregression(&own, order);
        for lag in 0..ORDER {
            by[lag][lane] = coefficients[lag];
        }
        new[lane] = variance;
    }
    let spread = filtered_squares(null.units, &by, order);
    let (mut effect, mut z) = ([0.0; LANES], [0.0; LANES]);
    for lane in 0..LANES {
        effect[lane] = slope[lane] / (sums[0][lane] / null.freedom).sqrt();
        z[lane] = slope[lane] * null.information / (new[lane] / null.freedom * spread[lane]).sqrt();
    }
    (effect, z)
}
