//! How long each method takes: `cargo bench --package suasion-methods`.
#![allow(clippy::expect_used)]

use divan::{Bencher, black_box};
use rand::{Rng, RngExt};
use suasion_methods::Seed;
use suasion_methods::change_points::{LeastSquares, NormalInverseGamma, crops, online, pelt};
use suasion_methods::diversity::jensen_shannon;
use suasion_methods::ideal_points::{
    Anchors, Ballot, Ballots, Choice, RollCall, Rules, SamplerOptions, VariationalOptions, sample,
    variational,
};
use suasion_methods::initiative::{Autoregression, CountModel, Hawkes, HawkesOptions, Responses};
use suasion_methods::regression::{Covariance, Design, least_squares};
use suasion_methods::resample::{Resamples, StationaryBootstrap, WholeUnits, politis_white};
use suasion_methods::similarity::{Distance, PositionMatrix};
use suasion_methods::trend::theil_sen;

fn main() {
    divan::main();
}

fn noise(n: usize, seed: u64) -> Vec<f64> {
    let mut generator = Seed::new(seed).generator();
    (0..n).map(|_| generator.random::<f64>() - 0.5).collect()
}

fn level(generator: &mut impl Rng) -> Option<usize> {
    let draw: f64 = generator.random();
    match draw {
        draw if draw < 0.6 => Some(0),
        draw if draw < 0.75 => Some(1),
        draw if draw < 0.9 => Some(2),
        _ => None,
    }
}

#[divan::bench]
fn similarity_of_all_pairs(bencher: Bencher<'_, '_>) {
    let mut generator = Seed::new(1).generator();
    let rows: Vec<Vec<Option<usize>>> =
        (0..190).map(|_| (0..5_000).map(|_| level(&mut generator)).collect()).collect();
    let matrix = PositionMatrix::<3>::from_rows(&rows);
    bencher.bench(|| {
        matrix.pairs().iter().map(|table| table.similarity(Distance::Absolute)).collect::<Vec<_>>()
    });
}

fn steps(n: usize, every: usize) -> LeastSquares {
    let values = noise(n, 2).iter().enumerate().map(|(at, e)| e + ((at / every) % 2) as f64 * 4.0).collect();
    LeastSquares::new(&[values], 2).expect("one series")
}

#[divan::bench(args = [100, 10_000])]
fn pelt_of_ten_thousand(bencher: Bencher<'_, '_>, every: usize) {
    let cost = steps(10_000, every);
    bencher.bench(|| pelt(&cost, black_box(10.0)));
}

#[divan::bench]
fn crops_of_a_thousand(bencher: Bencher<'_, '_>) {
    let cost = steps(1_000, 100);
    bencher.bench(|| crops(&cost, black_box(0.5), 50.0));
}

#[divan::bench(args = [0.0, 1e-6])]
fn online_of_two_thousand(bencher: Bencher<'_, '_>, negligible: f64) {
    let values = noise(2_000, 3);
    let model = NormalInverseGamma { mean: 0.0, kappa: 1.0, alpha: 1.0, beta: 1.0 };
    bencher.bench(|| {
        let mut last = 0;
        online(&values, &model, 0.01, negligible, |after| last = after.most_probable());
        last
    });
}

fn ballots(states: u32, calls: u32) -> (Ballots, Anchors) {
    let mut generator = Seed::new(4).generator();
    let list: Vec<RollCall> =
        (0..calls).map(|id| RollCall { id, session: 1 + id / 100, year: 1990, part: false }).collect();
    let mut all = Vec::new();
    for call in 0..calls {
        let (slope, cut) = (generator.random::<f64>() * 3.0, generator.random::<f64>() * 2.0 - 1.0);
        for state in 0..states {
            let position = f64::from(state) / f64::from(states) * 4.0 - 2.0;
            let latent = slope * position + noise(1, u64::from(state * calls + call))[0] * 3.0;
            let choice = if latent < cut {
                Choice::Yes
            } else if latent < cut + 0.5 {
                Choice::Abstain
            } else {
                Choice::No
            };
            all.push(Ballot { state, roll_call: call, choice });
        }
    }
    let anchors =
        Anchors { positive: [states - 1].into(), negative: [0].into(), poles: Some((states - 1, 0)) };
    (Ballots::new(&list, &all, &Rules::default()), anchors)
}

#[divan::bench(sample_count = 3)]
fn ideal_points_hundred_iterations(bencher: Bencher<'_, '_>) {
    let (ballots, anchors) = ballots(100, 500);
    let options =
        SamplerOptions { burn_in: 50, iterations: 50, thin: 5, ..SamplerOptions::published(Seed::new(5)) };
    bencher.bench(|| sample(&ballots, &anchors, &options));
}

#[divan::bench(sample_count = 3)]
fn ideal_points_without_sampling(bencher: Bencher<'_, '_>) {
    let (ballots, anchors) = ballots(100, 500);
    bencher.bench(|| variational(&ballots, &anchors, &VariationalOptions::default()));
}

#[divan::bench]
fn hawkes_of_six_streams(bencher: Bencher<'_, '_>) {
    let mut generator = Seed::new(6).generator();
    let counts: Vec<Vec<u32>> = (0..6)
        .map(|_| (0..3_000).map(|_| u32::from(generator.random::<f64>() < 0.5) * 2).collect())
        .collect();
    let options = HawkesOptions { decay: Some(0.5), model: CountModel::Poisson };
    bencher.bench(|| Hawkes::fit(&counts, None, &options));
}

#[divan::bench]
fn autoregression_of_six_series(bencher: Bencher<'_, '_>) {
    let series: Vec<Vec<f64>> = (0..6).map(|at| noise(400, 10 + at)).collect();
    bencher.bench(|| {
        let fit = Autoregression::fit(&series, &[], 3).expect("enough periods");
        (fit.causality(&[1], &[0], 3), Responses::of(&fit, 12).generalised_shares(12))
    });
}

#[divan::bench]
fn least_squares_with_newey_west(bencher: Bencher<'_, '_>) {
    let columns: Vec<Vec<f64>> =
        std::iter::once(vec![1.0; 5_000]).chain((0..6).map(|at| noise(5_000, 20 + at))).collect();
    let outcome = noise(5_000, 30);
    bencher.bench(|| {
        let fit = least_squares(&Design::new(&columns).expect("full rank"), &outcome).expect("sound");
        fit.standard_errors(&Covariance::NeweyWest { lags: 8, small_sample: true })
    });
}

#[divan::bench]
fn bootstrap_of_a_mean(bencher: Bencher<'_, '_>) {
    let values = noise(400, 40);
    let bootstrap =
        StationaryBootstrap { length: 400, block: politis_white(&values), draws: 1_000, seed: Seed::new(7) };
    bencher.bench(|| bootstrap.run(|at| Some(at.iter().map(|&i| values[i]).sum::<f64>())));
}

#[divan::bench]
fn whole_dyads(bencher: Bencher<'_, '_>) {
    let units = WholeUnits { units: 30, draws: 1_000, seed: Seed::new(8) };
    bencher.bench(|| units.all());
}

#[divan::bench]
fn theil_sen_of_four_hundred(bencher: Bencher<'_, '_>) {
    let (x, y): (Vec<f64>, Vec<f64>) = ((0..400).map(f64::from).collect(), noise(400, 50));
    bencher.bench(|| theil_sen(&x, &y));
}

#[divan::bench]
fn jensen_shannon_of_five_states(bencher: Bencher<'_, '_>) {
    let counts: Vec<Vec<u64>> = (1..=5).map(|at| (1..=12).map(|k| at * k % 17).collect()).collect();
    bencher.bench(|| jensen_shannon(black_box(&counts)));
}
