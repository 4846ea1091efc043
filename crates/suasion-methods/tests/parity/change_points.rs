//! Segmentations against ruptures and exact dynamic programming, CROPS likewise, online detection
//! against plain numpy, optimal partitions against R's strucchange.

use suasion_methods::change_points::{
    Cost, CountSpread, Counts, GammaPoisson, LeastSquares, NormalInverseGamma, NormalMeanVariance,
    RunLengths, crops, online, pelt, total_cost,
};

use crate::case::Case;

/// Costs are closed formulas over running sums, which cancel.
const COST: f64 = 1e-9;
const PROBABILITY: f64 = 1e-10;

fn hold(case: &Case, name: &str, cost: &impl Cost, cost_name: &str) {
    let prefix = format!("{name}_penalty_");
    let mut found = 0;
    for key in case.expected.names().filter(|key| key.starts_with(&prefix) && key.ends_with("_points")) {
        let penalty = &key[prefix.len()..key.len() - "_points".len()];
        let points = pelt(cost, penalty.parse().unwrap());
        assert_eq!(points, case.expected.positions(key), "{key}");
        case.near(&format!("{prefix}{penalty}_{cost_name}"), total_cost(cost, &points), COST);
        found += 1;
    }
    assert!(found > 2, "{name}");
}

fn counts(case: &Case, name: &str) -> Vec<u32> {
    case.inputs.all(name).iter().map(|count| *count as u32).collect()
}

#[test]
fn segmentations_match_exact_ones() {
    let case = Case::read("change_points");
    let series = |name: &str| case.inputs.all(name).to_vec();
    let one = LeastSquares::new(&[series("univariate")], 2).unwrap();
    hold(&case, "squared_error_univariate", &one, "cost");
    let two = LeastSquares::new(&[series("univariate"), series("second_series")], 2).unwrap();
    hold(&case, "squared_error_multivariate", &two, "cost");
    for shortest in [2, 5] {
        let normal = NormalMeanVariance::new(&[series("mean_variance")], shortest).unwrap();
        hold(&case, &format!("normal_shortest_{shortest}"), &normal, "cost");
    }
    let poisson = Counts::new(&[counts(&case, "poisson_counts")], CountSpread::Poisson, 2).unwrap();
    hold(&case, "poisson", &poisson, "minus_two_log_likelihood");
    let size = case.inputs.one("negative_binomial_size");
    let spread = CountSpread::NegativeBinomial { size };
    let binomial = Counts::new(&[counts(&case, "negative_binomial_counts")], spread, 2).unwrap();
    hold(&case, "negative_binomial", &binomial, "minus_two_log_likelihood");
}

#[test]
fn crops_finds_all_and_no_other() {
    let case = Case::read("change_points");
    let cost = LeastSquares::new(&[case.inputs.all("univariate").to_vec()], 2).unwrap();
    let range = case.inputs.all("crops_penalty_range");
    let found = crops(&cost, range[0], range[1]);
    let numbers: Vec<f64> = found.iter().map(|of| of.points.len() as f64).collect();
    case.all_near("crops_numbers_of_change_points", &numbers, 0.0);
    case.all_near("crops_costs", &found.iter().map(|of| of.cost).collect::<Vec<f64>>(), COST);
    let changes: Vec<f64> = found[1..].iter().map(|of| of.from).collect();
    case.all_near("crops_penalties_where_the_optimum_changes", &changes, COST);
    for of in &found {
        assert_eq!(of.points, case.expected.positions(&format!("crops_points_{}", of.points.len())));
    }
}

/// Compares the run lengths as they come; what is told is from short to long without gaps.
fn online_near(case: &Case, name: &str, run: impl FnOnce(&mut dyn FnMut(RunLengths<'_>))) {
    let (mut likeliest, mut one, mut recent, mut evidence) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    run(&mut |after| {
        if [10, 60, 120].contains(&after.time) {
            let name = format!("{name}_run_length_posterior_after_{}", after.time);
            case.all_near(&name, after.probabilities, PROBABILITY);
        }
        likeliest.push(after.most_probable() as f64);
        one.push(after.at_most(1) - after.at_most(0));
        recent.push(after.at_most(5));
        evidence.push(after.log_evidence);
    });
    case.all_near(&format!("{name}_most_probable_run_length"), &likeliest, 0.0);
    case.all_near(&format!("{name}_probability_of_run_length_1"), &one, PROBABILITY);
    case.all_near(&format!("{name}_probability_of_run_length_at_most_5"), &recent, PROBABILITY);
    case.all_near(&format!("{name}_log_evidence"), &evidence, COST);
}

#[test]
fn online_detection_matches_the_recursion() {
    let case = Case::read("change_points");
    let hazard = case.inputs.one("online_hazard");
    let prior = case.inputs.all("online_normal_prior_mean_kappa_alpha_beta");
    let normal = NormalInverseGamma { mean: prior[0], kappa: prior[1], alpha: prior[2], beta: prior[3] };
    let values = case.inputs.all("univariate");
    online_near(&case, "online_normal", |each| online(values, &normal, hazard, 0.0, each));
    let prior = case.inputs.all("online_gamma_prior_shape_rate");
    let gamma = GammaPoisson { shape: prior[0], rate: prior[1] };
    let values = counts(&case, "poisson_counts");
    online_near(&case, "online_counts", |each| online(&values, &gamma, hazard, 0.0, each));
    // Dropping what is negligible changes nothing that shows.
    let (mut exact, mut pruned) = (Vec::new(), Vec::new());
    online(&values, &gamma, hazard, 0.0, |after| exact.push(after.at_most(5)));
    online(&values, &gamma, hazard, 1e-9, |after| pruned.push(after.at_most(5)));
    assert!(exact.iter().zip(&pruned).all(|(a, b)| (a - b).abs() < 1e-6));
}

#[test]
fn partitions_match_strucchange() {
    let case = Case::read("optimal_partitions");
    for name in ["steps", "drifting"] {
        let shortest = case.inputs.one(&format!("{name}_shortest_segment")) as usize;
        let cost = LeastSquares::new(&[case.inputs.all(name).to_vec()], shortest).unwrap();
        for penalty in [3, 8, 20, 60] {
            let points = pelt(&cost, f64::from(penalty));
            let prefix = format!("{name}_penalty_{penalty}");
            assert_eq!(points.len() as f64, case.expected.one(&format!("{prefix}_number")));
            if !points.is_empty() {
                assert_eq!(points, case.expected.positions(&format!("{prefix}_breaks")));
                let all = case.expected.all(&format!("{name}_residual_sums_of_squares"));
                assert!((total_cost(&cost, &points) / all[points.len()] - 1.0).abs() < 1e-10);
            }
        }
    }
}
