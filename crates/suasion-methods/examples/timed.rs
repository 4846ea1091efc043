//! The work that `benchmarks/methods` gives to the peers too: reads numbers (a line a vector),
//! does the work some times and prints the shortest time in milliseconds and a sum that tells
//! whether the answers are the same.
#![allow(clippy::print_stdout, clippy::expect_used, clippy::panic, missing_docs)]

use std::time::Instant;

use rayon::prelude::*;
use suasion_methods::Seed;
use suasion_methods::change_points::{LeastSquares, NormalInverseGamma, online, pelt};
use suasion_methods::ideal_points::{
    Anchors, Ballot, Ballots, Choice, RollCall, Rules, SamplerOptions, sample,
};
use suasion_methods::initiative::{Autoregression, CountModel, Hawkes, HawkesOptions};
use suasion_methods::similarity::{Distance, PositionMatrix};

const USAGE: &str =
    "timed (similarity | pelt PENALTY | online | granger | hawkes | item_response ITERATIONS) FILE TIMES";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (work, rest) = arguments.split_first().expect(USAGE);
    let (times, rest) = rest.split_last().expect(USAGE);
    let (file, options) = rest.split_last().expect(USAGE);
    let text = std::fs::read_to_string(file).expect("the file can be read");
    let rows: Vec<Vec<f64>> = text
        .lines()
        .map(|line| line.split(',').map(|value| value.parse().expect("a number")).collect())
        .collect();
    let option = || options.first().expect(USAGE).parse::<f64>().expect("a number");
    let run: Box<dyn Fn() -> f64> = match work.as_str() {
        "similarity" => {
            let matrix = positions(&rows);
            Box::new(move || similarity(&matrix))
        }
        "pelt" => {
            let cost = LeastSquares::new(&rows, 2).expect("a series");
            let penalty = option();
            Box::new(move || pelt(&cost, penalty).len() as f64)
        }
        "online" => Box::new(move || online_lengths(&rows[0])),
        "granger" => Box::new(move || granger(&rows)),
        "hawkes" => {
            let counts = counts(&rows);
            Box::new(move || hawkes(&counts))
        }
        "item_response" => {
            let (ballots, anchors) = ballots(&rows);
            let iterations = option() as usize;
            Box::new(move || item_response(&ballots, &anchors, iterations))
        }
        _ => panic!("{USAGE}"),
    };
    let mut shortest = f64::INFINITY;
    let mut sum = 0.0;
    for _ in 0..times.parse::<usize>().expect("how many times") {
        let start = Instant::now();
        sum = run();
        shortest = shortest.min(start.elapsed().as_secs_f64() * 1e3);
    }
    println!("{shortest:.3} {sum}");
}

/// Levels from 1; 0 is missing.
fn positions(rows: &[Vec<f64>]) -> PositionMatrix<3> {
    let level = |value: &f64| (*value > 0.0).then(|| *value as usize - 1);
    PositionMatrix::from_rows(&rows.iter().map(|row| row.iter().map(level).collect()).collect::<Vec<_>>())
}

/// S, κ and π of all pairs; the sum of κ.
fn similarity(matrix: &PositionMatrix<3>) -> f64 {
    let all: Vec<_> = matrix.pairs().iter().map(|table| table.similarity(Distance::Absolute)).collect();
    all.iter().filter_map(|of| of.kappa).sum()
}

fn online_lengths(values: &[f64]) -> f64 {
    let model = NormalInverseGamma { mean: 0.0, kappa: 1.0, alpha: 1.0, beta: 1.0 };
    let mut sum = 0.0;
    online(values, &model, 0.01, 1e-6, |after| sum += after.most_probable() as f64);
    sum
}

/// All ordered pairs of series at orders 1 to 6; the sum of F.
fn granger(series: &[Vec<f64>]) -> f64 {
    let pairs: Vec<(usize, usize)> = (0..series.len())
        .flat_map(|effect| (0..series.len()).map(move |cause| (effect, cause)))
        .filter(|(effect, cause)| effect != cause)
        .collect();
    let one = |&(effect, cause): &(usize, usize)| -> f64 {
        let both = [series[effect].clone(), series[cause].clone()];
        (1..=6)
            .map(|order| {
                let fit = Autoregression::fit(&both, &[], order).expect("enough periods");
                fit.causality(&[1], &[0], order).expect("a statistic").f
            })
            .sum()
    };
    let sums: Vec<f64> = pairs.par_iter().map(one).collect();
    sums.iter().sum()
}

fn counts(rows: &[Vec<f64>]) -> Vec<Vec<u32>> {
    rows.iter().map(|row| row.iter().map(|count| *count as u32).collect()).collect()
}

fn hawkes(counts: &[Vec<u32>]) -> f64 {
    let options = HawkesOptions { decay: Some(0.5), model: CountModel::Poisson };
    Hawkes::fit(counts, None, &options).expect("counts").log_likelihood
}

/// States by roll calls, choices 1 to 3 and 0 for none; the first and the last state are the poles.
fn ballots(rows: &[Vec<f64>]) -> (Ballots, Anchors) {
    let choice = |value: f64| {
        [Choice::Yes, Choice::Abstain, Choice::No].get((value as usize).wrapping_sub(1)).copied()
    };
    let ballots: Vec<Ballot> = rows
        .iter()
        .enumerate()
        .flat_map(|(state, row)| {
            row.iter().enumerate().filter_map(move |(call, value)| {
                Some(Ballot { state: state as u32, roll_call: call as u32, choice: choice(*value)? })
            })
        })
        .collect();
    let calls: Vec<RollCall> =
        (0..rows[0].len() as u32).map(|id| RollCall { id, session: 1, year: 1946, part: false }).collect();
    let last = rows.len() as u32 - 1;
    let anchors = Anchors { positive: [last].into(), negative: [0].into(), poles: Some((last, 0)) };
    (Ballots::new(&calls, &ballots, &Rules::default()), anchors)
}

fn item_response(ballots: &Ballots, anchors: &Anchors, iterations: usize) -> f64 {
    let options = SamplerOptions {
        burn_in: 0,
        iterations,
        thin: iterations,
        ..SamplerOptions::published(Seed::new(1))
    };
    sample(ballots, anchors, &options).accepted
}
