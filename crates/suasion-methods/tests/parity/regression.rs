//! Coefficients and covariances against statsmodels, and against R's sandwich.

use std::cell::Cell;

use suasion_methods::regression::{Covariance, Design, Fit, Heteroskedastic, least_squares, poisson};

use crate::case::Case;

/// Closed formulas on both sides; QR and normal equations lose different digits.
const CLOSED: f64 = 1e-9;
/// Iterated on both sides.
const ITERATED: f64 = 1e-8;

fn design(case: &Case) -> Design {
    let mut columns = vec![vec![1.0; case.inputs.all("regressor_one").len()]];
    columns
        .extend(["one", "two", "three"].map(|name| case.inputs.all(&format!("regressor_{name}")).to_vec()));
    Design::new(&columns).unwrap()
}

/// Holds every covariance that the case has; returns how many.
fn covariances(case: &Case, fit: &Fit, prefix: &str, tolerance: f64) -> usize {
    let held = Cell::new(0);
    let hold = |name: &str, kind: Covariance<'_>| {
        let name = format!("{prefix}_covariance_{name}");
        if case.expected.names().any(|known| known == name) {
            case.matrix_near(&name, &fit.covariance(&kind), tolerance);
            held.set(held.get() + 1);
        }
    };
    hold("classical", Covariance::Classical);
    hold("hc0", Covariance::Heteroskedastic(Heteroskedastic::Hc0));
    hold("hc1", Covariance::Heteroskedastic(Heteroskedastic::Hc1));
    hold("hc3", Covariance::Heteroskedastic(Heteroskedastic::Hc3));
    let (one, two) = (case.inputs.positions("cluster_one"), case.inputs.positions("cluster_two"));
    for (small_sample, suffix) in [(false, "uncorrected"), (true, "corrected")] {
        for lags in [0, 4, 8] {
            hold(&format!("newey_west_lags_{lags}_{suffix}"), Covariance::NeweyWest { lags, small_sample });
        }
        hold(&format!("cluster_one_{suffix}"), Covariance::Cluster { groups: &one, small_sample });
        hold(&format!("cluster_two_{suffix}"), Covariance::Cluster { groups: &two, small_sample });
        let both = Covariance::TwoWay { first: &one, second: &two, small_sample };
        hold(&format!("two_way_{suffix}"), both);
    }
    let (first, second) = (case.inputs.positions("dyad_first"), case.inputs.positions("dyad_second"));
    hold("dyadic", Covariance::Dyadic { first: &first, second: &second });
    held.get()
}

#[test]
fn least_squares_matches_statsmodels() {
    let case = Case::read("regression");
    let fit = least_squares(&design(&case), case.inputs.all("outcome")).unwrap();
    case.all_near("ols_coefficients", &fit.coefficients, CLOSED);
    case.near("ols_residual_sum_of_squares", fit.deviance, CLOSED);
    assert_eq!(covariances(&case, &fit, "ols", CLOSED), 17);
}

#[test]
fn poisson_matches_statsmodels() {
    let case = Case::read("regression");
    let fit = poisson(&design(&case), case.inputs.all("count_outcome")).unwrap();
    case.all_near("poisson_coefficients", &fit.coefficients, ITERATED);
    case.near("poisson_deviance", fit.deviance, ITERATED);
    case.near("poisson_log_likelihood", fit.log_likelihood, ITERATED);
    assert_eq!(covariances(&case, &fit, "poisson", ITERATED), 7);
}

#[test]
fn covariances_match_sandwich() {
    let case = Case::read("regression_sandwich");
    let columns: Vec<Vec<f64>> = std::iter::once(vec![1.0; case.inputs.all("outcome").len()])
        .chain(["first", "second", "third"].map(|name| case.inputs.all(name).to_vec()))
        .collect();
    let fit = least_squares(&Design::new(&columns).unwrap(), case.inputs.all("outcome")).unwrap();
    case.all_near("linear_coefficients", &fit.coefficients, CLOSED);
    let hold = |name: &str, kind: Covariance<'_>| {
        case.matrix_near(&format!("linear_{name}_covariance"), &fit.covariance(&kind), CLOSED);
    };
    hold("classical", Covariance::Classical);
    hold("hc0", Covariance::Heteroskedastic(Heteroskedastic::Hc0));
    hold("hc1", Covariance::Heteroskedastic(Heteroskedastic::Hc1));
    hold("hc3", Covariance::Heteroskedastic(Heteroskedastic::Hc3));
    hold("newey_west", Covariance::NeweyWest { lags: 4, small_sample: false });
    hold("newey_west_adjusted", Covariance::NeweyWest { lags: 4, small_sample: true });
    let (one, two) = (case.inputs.positions("cluster_one"), case.inputs.positions("cluster_two"));
    hold("one_way_hc0", Covariance::Cluster { groups: &one, small_sample: false });
    // sandwich's HC1 with its cluster adjustment is the usual correction for few groups.
    hold("one_way_hc1_cluster_adjusted", Covariance::Cluster { groups: &one, small_sample: true });
    hold("two_way_hc0", Covariance::TwoWay { first: &one, second: &two, small_sample: false });
    hold(
        "two_way_hc1_cluster_adjusted",
        Covariance::TwoWay { first: &one, second: &two, small_sample: true },
    );
}
