//! Does the joint test over a multiverse keep its promises? Simulated panels of dyads with and
//! without an effect, through the same questions that claims ask.
//!
//! `cargo test -p suasion-methods --release --test calibration_of_verdicts -- --ignored --nocapture`
//! runs the whole grid and prints the tables of `docs/calibration.md`.
#![allow(clippy::expect_used, clippy::print_stdout, clippy::too_many_arguments)]

use std::ops::Range;

use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;
use suasion_methods::Seed;
use suasion_methods::quantile::{mean, median};
use suasion_methods::specification_curve::questions::{
    Exchange, Observed, Pair, ResponseUnit, Scale, association, break_near, change, extremum, initiative,
    level, response, trend,
};
use suasion_methods::specification_curve::{
    JointTest, Point, SharedWeights, StepWeights, decision_shares, lowest_of,
};

/// One cell of the grid.
#[derive(Debug, Clone, Copy)]
struct Cell {
    dyads: usize,
    periods: usize,
    /// Autocorrelation of every series.
    phi: f64,
}

/// Measures of one concept: the same conduct with noise of their own.
const MEASURES: usize = 3;
const DRAWS: usize = 199;
const LEVEL: f64 = 0.05;

/// By measure, by dyad, over time.
type Panel = Vec<Vec<Vec<f64>>>;

fn normal(generator: &mut impl RngExt) -> f64 {
    StandardNormal.sample(generator)
}

/// Autoregressive series of variance one, half of it common to all dyads, each measured with
/// noise.
fn panel(cell: Cell, seed: Seed) -> Panel {
    let mut generator = seed.generator();
    let mut series = |deviation: f64| {
        let shock = (1.0 - cell.phi * cell.phi).sqrt() * deviation;
        let mut level = deviation * normal(&mut generator);
        (0..cell.periods)
            .map(|_| {
                level = cell.phi * level + shock * normal(&mut generator);
                level
            })
            .collect::<Vec<f64>>()
    };
    let common = series(0.7);
    let own: Vec<Vec<f64>> = (0..cell.dyads).map(|_| series(0.7)).collect();
    let mut noise = seed.named("noise").generator();
    (0..MEASURES)
        .map(|_| {
            own.iter()
                .map(|own| {
                    own.iter()
                        .zip(&common)
                        .map(|(own, common)| own + common + 0.5 * normal(&mut noise))
                        .collect()
                })
                .collect()
        })
        .collect()
}

fn observed(values: &[f64], window: &Range<usize>) -> Observed {
    Observed { steps: window.clone().collect(), values: values[window.clone()].to_vec() }
}

/// The region's series of a measure: mean or median over the dyads.
fn pooled(panel: &[Vec<f64>], by_median: bool) -> Vec<f64> {
    (0..panel[0].len())
        .map(|time| {
            let at: Vec<f64> = panel.iter().map(|dyad| dyad[time]).collect();
            if by_median { median(&at) } else { mean(&at) }.unwrap_or(0.0)
        })
        .collect()
}

/// What a claim may ask of a panel.
const KINDS: [&str; 9] =
    ["level", "order", "change", "trend", "extremum", "break", "association", "response", "initiative"];

/// All specifications of one claim: measure, pooling, scale and window.
fn curve(kind: &str, panel: &Panel, effect: f64, weights: &StepWeights) -> Vec<Point> {
    let periods = panel[0][0].len();
    let windows = [0..periods, periods / 10..periods - periods / 10];
    let mut points = Vec::new();
    for measure in panel {
        for by_median in [false, true] {
            for scale in [Scale::Values, Scale::Ranks] {
                for window in &windows {
                    let found = specification(kind, measure, by_median, scale, window, effect, weights);
                    points.extend(found);
                }
            }
        }
    }
    points
}

fn specification(
    kind: &str,
    measure: &[Vec<f64>],
    by_median: bool,
    scale: Scale,
    window: &Range<usize>,
    effect: f64,
    weights: &StepWeights,
) -> Option<Point> {
    let periods = measure[0].len();
    let region = pooled(measure, by_median);
    let with = |shape: &dyn Fn(usize) -> f64| -> Observed {
        let values: Vec<f64> =
            region.iter().enumerate().map(|(time, value)| value + effect * shape(time)).collect();
        observed(&values, window)
    };
    let middle = periods / 2;
    let after = |time: usize| f64::from(u8::from(time >= middle));
    match kind {
        "level" => level(&with(&|_| 1.0), scale).point(weights).ok(),
        "order" => {
            let third = measure.len() / 3;
            let high = pooled(&measure[..third.max(1)], by_median);
            let rivals = [&measure[third.max(1)], &measure[measure.len() - 1]];
            let pairs = rivals.map(|rival| {
                let values: Vec<f64> =
                    high.iter().zip(rival).map(|(high, low)| high - low + effect).collect();
                level(&observed(&values, window), scale).point(weights)
            });
            lowest_of(pairs.into_iter().flatten().collect()).ok()
        }
        "change" => change(&with(&after), middle, scale, false).point(weights).ok(),
        "trend" => trend(&with(&|time| time as f64 / periods as f64), scale).point(weights).ok(),
        "extremum" => {
            let within = middle..middle + (periods / 12).max(2);
            let shape = |time: usize| -f64::from(u8::from(within.contains(&time)));
            (scale == Scale::Values).then(|| extremum(&with(&shape), &within, true, weights).ok())?
        }
        "break" => {
            let margin = (periods / 20).max(2);
            let near = middle - margin..middle + margin + 1;
            (scale == Scale::Values).then(|| break_near(&[with(&after)], &near, weights).ok())?
        }
        "association" => {
            let (leading, outcome) = lead(&region, effect, periods);
            let pair = Pair { outcome: observed(&outcome, window), with: observed(&leading, window) };
            association(&[pair], 0, scale, by_median).point(weights).ok()
        }
        "response" => {
            let units: Vec<ResponseUnit> = measure
                .iter()
                .map(|dyad| {
                    let (impulse, mut outcome) = lead(dyad, 0.0, periods);
                    for time in 1..periods {
                        outcome[time] += effect * impulse[time - 1];
                    }
                    ResponseUnit {
                        outcome: observed(&outcome, window),
                        impulse: observed(&impulse, window),
                        controls: Vec::new(),
                    }
                })
                .collect();
            response(&units, if by_median { 1 } else { 2 }, scale).point(weights).ok()
        }
        _ => {
            let exchanges: Vec<Exchange> = measure
                .chunks_exact(2)
                .map(|pair| {
                    let mut answers = pair[0].clone();
                    for time in 1..periods {
                        answers[time] += effect * pair[1][time - 1];
                    }
                    Exchange { answers: observed(&answers, window), acts: observed(&pair[1], window) }
                })
                .collect();
            let order = if by_median { 1 } else { 2 };
            (scale == Scale::Values).then(|| initiative(&exchanges, order, 4, weights).ok())?
        }
    }
}

/// A series that leads, of the same persistence as the outcome's and drawn from its hash, and the
/// outcome with the lead's effect.
fn lead(outcome: &[f64], effect: f64, periods: usize) -> (Vec<f64>, Vec<f64>) {
    let bits = outcome.iter().fold(0_u64, |hash, value| hash.rotate_left(7) ^ value.to_bits());
    let sum: f64 = outcome.windows(2).map(|pair| pair[0] * pair[1]).sum();
    let phi = (sum / outcome.iter().map(|value| value * value).sum::<f64>()).clamp(0.0, 0.8);
    let cell = Cell { dyads: 1, periods, phi };
    let lead = panel(cell, Seed::new(bits))[0][0].clone();
    let moved = outcome.iter().zip(&lead).map(|(own, lead)| own + effect * lead).collect();
    (lead, moved)
}

/// Rejections by statistic and direction: median, share, Stouffer; claimed then other direction.
fn rejections(kind: &str, cell: Cell, effect: f64, simulations: u64) -> [f64; 6] {
    let counts = (0..simulations)
        .into_par_iter()
        .map(|number| {
            let seed = Seed::new(20_130_212).named(kind).named(&format!("{cell:?}")).numbered(number);
            let panel = panel(cell, seed);
            let months: Vec<Range<usize>> = (0..cell.periods).map(|month| month..month + 1).collect();
            let weights = SharedWeights::new(cell.periods, DRAWS, seed.named("weights")).by_steps(&months);
            let points = curve(kind, &panel, effect, &weights);
            let test = JointTest::of(&points.iter().collect::<Vec<_>>(), LEVEL).expect("specifications");
            [
                test.signs.median.toward,
                test.share.toward,
                test.stouffer.toward,
                test.signs.median.against,
                test.share.against,
                test.stouffer.against,
            ]
            .map(|p| usize::from(p <= LEVEL))
        })
        .reduce(|| [0; 6], |a, b| std::array::from_fn(|index| a[index] + b[index]));
    counts.map(|count| count as f64 / simulations as f64)
}

fn line(name: &str, cell: Cell, rates: &[f64; 6]) -> String {
    let numbers: Vec<String> = rates.iter().map(|rate| format!("{:.1}", rate * 100.0)).collect();
    format!("| {name} | {} | {} | {} | {} |", cell.dyads, cell.periods, cell.phi, numbers.join(" | "))
}

/// A short run of every kind in the middle of the grid: the level is kept within what 200
/// simulations can tell (5 % ± 4 standard errors), and a plain effect is found.
#[test]
fn verdicts_keep_their_level_and_find_effects() {
    let cell = Cell { dyads: 6, periods: 100, phi: 0.5 };
    for kind in KINDS {
        let null = rejections(kind, cell, 0.0, 200);
        assert!(null.iter().all(|rate| *rate <= 0.112), "{kind} rejects too often: {null:?}");
    }
    for (kind, effect) in [("level", 0.8), ("change", 1.5), ("trend", 2.5), ("response", 0.4)] {
        let power = rejections(kind, cell, effect, 60);
        assert!(power[0] >= 0.6 && power[3] <= 0.05, "{kind} misses an effect: {power:?}");
    }
}

#[test]
#[ignore = "the whole grid takes minutes; it prints the tables of docs/calibration.md"]
fn size_over_the_grid() {
    println!(
        "| kind | dyads | periods | φ | median | share | Stouffer | median, other | share, other | Stouffer, other |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for kind in kinds() {
        for (dyads, periods) in [(5, 60), (30, 60), (6, 200), (6, 400)] {
            for phi in [0.0, 0.5, 0.8] {
                let cell = Cell { dyads, periods, phi };
                println!("{}", line(kind, cell, &rejections(kind, cell, 0.0, simulations())));
            }
        }
    }
}

#[test]
#[ignore = "minutes; it prints the tables of docs/calibration.md"]
fn power_against_planted_effects() {
    println!(
        "| kind, effect | dyads | periods | φ | median | share | Stouffer | median, other | share, other | Stouffer, other |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for kind in kinds() {
        for effect in [0.25, 0.5, 1.0, 2.0] {
            let cell = Cell { dyads: 6, periods: 120, phi: 0.5 };
            println!(
                "{}",
                line(&format!("{kind}, {effect}"), cell, &rejections(kind, cell, effect, simulations() / 2))
            );
        }
    }
}

/// All kinds, or those named in `KINDS`, such as `KINDS=level,trend`.
fn kinds() -> Vec<&'static str> {
    let wanted = std::env::var("KINDS").unwrap_or_default();
    KINDS
        .into_iter()
        .filter(|kind| wanted.is_empty() || wanted.split(',').any(|name| name == *kind))
        .collect()
}

fn simulations() -> u64 {
    std::env::var("SIMULATIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(1000)
}

/// The decision that a planted effect hangs on is the one that is found.
#[test]
fn the_decision_that_matters_is_found() {
    let effects = [0.1, 0.2, 1.1, 1.3, 0.0, 0.1, 1.2, 1.0];
    let options: Vec<Vec<usize>> =
        (0..8).map(|number| vec![number / 4, number / 2 % 2, number % 2]).collect();
    let shares = decision_shares(&effects, &options);
    assert!(shares[1].share > 0.9 && shares[0].share < 0.1 && shares[2].share < 0.1);
}
