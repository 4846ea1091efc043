//! Input that says nothing, or too much, gives an answer or a reason, never a panic or no end.
#![allow(clippy::unwrap_used)]

mod simulated_votes;

use simulated_votes::Assembly;
use suasion_methods::Seed;
use suasion_methods::association::{kendall_test, pearson, spearman};
use suasion_methods::change_points::{GammaPoisson, LeastSquares, online};
use suasion_methods::composite::{mean_rank_shift, ranks_from_largest};
use suasion_methods::convergence::convergence;
use suasion_methods::ideal_points::{
    Anchors, Ballots, Rules, SamplerOptions, VariationalOptions, sample, variational,
};
use suasion_methods::initiative::{Autoregression, CountModel, Hawkes, HawkesOptions};
use suasion_methods::regression::{Covariance, Design, Heteroskedastic, least_squares, poisson};
use suasion_methods::resample::{CircularBlocks, Permutations, Resamples, politis_white};
use suasion_methods::trend::{Autocorrelation, mann_kendall_test, theil_sen_interval};

#[test]
fn values_that_are_no_numbers_are_told() {
    let (x, y) = ([1.0, f64::NAN, 3.0, 2.0], [2.0, 1.0, 4.0, 3.0]);
    assert!(spearman(&x, &y).is_none() && kendall_test(&x, &y).is_none());
    assert!(mann_kendall_test(&x, Autocorrelation::HamedRao { lags: 2 }).is_none());
    assert!(theil_sen_interval(&y, &x, 0.9).is_none());
    assert!(ranks_from_largest(&x)[1].is_nan());
    assert!(mean_rank_shift(&x, &y).is_none());
    assert!(LeastSquares::new(&[x.to_vec()], 1).is_none());
    assert!(convergence(&[vec![f64::NAN; 20], vec![1.0; 20]]).r_hat.is_none());
}

#[test]
fn rounding_dust_is_not_variation() {
    let flat = [0.1; 10];
    assert_eq!(pearson(&flat, &flat), None);
    assert_eq!(politis_white(&[0.1; 50]), 1.0);
}

#[test]
fn a_value_that_nothing_predicts_does_not_end_detection() {
    let mut values = vec![20_u32; 50];
    values.extend([2_000, 20, 20, 20]);
    let mut last = (0.0, 0.0);
    online(&values, &GammaPoisson { shape: 1.0, rate: 1.0 }, 0.01, 0.0, |after| {
        last = (after.log_evidence, after.probabilities.iter().sum());
    });
    assert!(last.0.is_finite() && (last.1 - 1.0).abs() < 1e-9, "{last:?}");
}

#[test]
fn counts_that_separate_do_not_pass_for_a_fit() {
    let design = Design::new(&[vec![1.0; 4], vec![0.5, 1.5, 4.1, 0.6]]).unwrap();
    assert!(poisson(&design, &[446.0, 0.0, 0.0, 0.0]).is_err());
}

#[test]
fn groups_that_say_nothing_give_no_error() {
    let time: Vec<f64> = (0..12).map(f64::from).collect();
    let mut own = vec![0.0; 12];
    own[3] = 1.0;
    let outcome: Vec<f64> = time.iter().map(|t| t + (t * 7.0).sin()).collect();
    let fit = least_squares(&Design::new(&[vec![1.0; 12], time, own]).unwrap(), &outcome).unwrap();
    for kind in [
        Covariance::Cluster { groups: &[1; 12], small_sample: false },
        Covariance::Cluster { groups: &[1, 2], small_sample: true },
        Covariance::Dyadic { first: &[1], second: &[2] },
        Covariance::Heteroskedastic(Heteroskedastic::Hc3),
    ] {
        assert!(fit.standard_errors(&kind).iter().all(Option::is_none), "{kind:?}");
    }
}

#[test]
fn acts_of_the_last_day_excite_nothing() {
    let options = HawkesOptions { decay: Some(0.5), model: CountModel::Poisson };
    let counts = [vec![1, 0, 2, 0, 1, 0, 1, 3], vec![0, 0, 0, 0, 0, 0, 0, 1]];
    let fit = Hawkes::fit(&counts, None, &options).unwrap();
    assert!(fit.streams.iter().all(|stream| stream.excitation[1] == 0.0));
    assert!(fit.spectral_radius < 10.0);
    assert!(Hawkes::fit(&counts, None, &HawkesOptions { decay: Some(f64::NAN), ..options }).is_err());
    assert!(Hawkes::fit(&[vec![0; 30], vec![1; 30]], None, &options).is_err());
}

#[test]
fn an_estimated_decay_and_spread_are_found() {
    use rand::Rng;
    use rand_distr::{Distribution, Gamma, Poisson};
    let mut generator = Seed::new(9).generator();
    let (mut past, mut counts) = (0.0, Vec::new());
    for _ in 0..4_000 {
        let mean: f64 = 1.0 + 0.5 * past;
        let draw = |generator: &mut dyn Rng| -> f64 {
            let spread = Gamma::new(2.0, mean / 2.0).unwrap().sample(generator);
            Poisson::new(spread.max(1e-9)).unwrap().sample(generator)
        };
        let today = draw(&mut generator);
        past = 0.6 * past + 0.4 * today;
        counts.push(today as u32);
    }
    let options = HawkesOptions { decay: None, model: CountModel::NegativeBinomial };
    let fit = Hawkes::fit(&[counts], None, &options).unwrap();
    let stream = &fit.streams[0];
    assert!((fit.decay - 0.6).abs() < 0.15, "{}", fit.decay);
    assert!((stream.size.unwrap() - 2.0).abs() < 0.3, "{:?}", stream.size);
    assert!((stream.excitation[0] - 0.5).abs() < 0.12, "{:?}", stream.excitation);
    assert!((stream.dispersion - 1.0).abs() < 0.15 && stream.residual_p_value.unwrap() > 0.001);
    let shares = stream.shares(0, None);
    assert!((shares.initiative + shares.momentum - 1.0).abs() < 1e-9 && shares.reaction == 0.0);
}

#[test]
fn positions_outside_are_refused() {
    let series = [vec![1.0, 3.0, 2.0, 5.0, 4.0, 6.0, 5.0, 8.0], vec![0.0, 1.0, 0.0, 2.0, 1.0, 0.0, 3.0, 1.0]];
    let fit = Autoregression::fit(&series, &[], 1).unwrap();
    assert!(fit.causality(&[2], &[0], 1).is_none());
    assert!(fit.portmanteau(100).is_none() && fit.portmanteau(1).is_none());
    let flat = [series[0].clone(), vec![0.1; 8]];
    assert!(Autoregression::fit(&flat, &[], 1).is_err());
    assert!(Permutations { length: 5, draws: 9, seed: Seed::new(1) }.p_value(|_| Some(f64::NAN)).is_none());
    let blocks = CircularBlocks { length: 3, block: usize::MAX, draws: 1, seed: Seed::new(1) };
    assert_eq!(blocks.positions(0).len(), 3);
}

/// Several sessions, a gap and linked roll calls: positions are found again, alike for any number
/// of threads.
#[test]
fn planted_positions_are_found_by_any_number_of_threads() {
    let place = |state: u32, session: u32| (f64::from(state) - 19.5) / 10.0 + 0.1 * f64::from(session);
    let assembly = Assembly {
        states: 40,
        sessions: &[1, 2, 4],
        roll_calls: 60,
        item: |call, [cut, _]| (if call % 2 == 0 { 1.5 } else { -1.5 }, cut),
        repeated: 1,
    };
    let (calls, ballots) = assembly.votes(Seed::new(12), |state, session| {
        (!(state == 7 && session == 2)).then(|| place(state, session))
    });
    let rules = Rules { same_text: assembly.same_text().into_iter().collect(), ..Rules::default() };
    let all = Ballots::new(&calls, &ballots, &rules);
    let anchors = Anchors { positive: [39].into(), negative: [0].into(), poles: Some((39, 0)) };
    let options =
        SamplerOptions { burn_in: 100, iterations: 200, thin: 4, ..SamplerOptions::published(Seed::new(3)) };
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            (
                sample(&all, &anchors, &options).points,
                variational(&all, &anchors, &VariationalOptions::default()).points,
            )
        })
    };
    let (sampled, found) = run(1);
    assert_eq!((&sampled, &found), (&run(4).0, &run(4).1));
    let truth: Vec<f64> = sampled.iter().map(|point| place(point.state, point.session)).collect();
    for points in [&sampled, &found] {
        let positions: Vec<f64> = points.iter().map(|point| point.position).collect();
        assert!(pearson(&positions, &truth).unwrap() > 0.97, "{:?}", pearson(&positions, &truth));
    }
    // Without direction, or without a step, there is a warning and an end.
    let none = variational(&all, &Anchors::default(), &VariationalOptions::default());
    assert!(!none.warnings.is_empty());
    let still = SamplerOptions { smooth: 0.0, ..options };
    assert!(!sample(&all, &anchors, &still).warnings.is_empty());
}
