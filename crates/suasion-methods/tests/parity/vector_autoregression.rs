//! Vector autoregressions against statsmodels, single Granger tests against R's lmtest.

use faer::Mat;
use suasion_methods::initiative::{Autoregression, Responses, order_criteria};

use crate::case::Case;

/// Closed formulas on both sides; QR and normal equations lose different digits.
const CLOSED: f64 = 1e-9;
const PROBABILITY: f64 = 1e-8;

#[test]
fn estimates_match_statsmodels() {
    let case = Case::read("vector_autoregression");
    let series = case.inputs.columns("series");
    let fit = Autoregression::fit(&series, &[], 2).unwrap();
    case.matrix_near("coefficients", &fit.coefficients, CLOSED);
    case.matrix_near("residual_covariance_unbiased", &fit.covariance, CLOSED);
    let likelihood = fit.maximum_likelihood_covariance();
    case.matrix_near("residual_covariance_maximum_likelihood", &likelihood, CLOSED);
    case.near("moduli_of_companion_eigenvalues", fit.spectral_radius(), CLOSED);
    let (statistic, p_value) = fit.portmanteau(10).unwrap();
    case.near("portmanteau_lags_10_adjusted_statistic", statistic, CLOSED);
    case.near("portmanteau_lags_10_adjusted_p_value", p_value, PROBABILITY);
    let exogenous = vec![case.inputs.all("exogenous").to_vec()];
    let with = Autoregression::fit(&series, &exogenous, 2).unwrap();
    case.matrix_near("exogenous_coefficients", &with.coefficients, CLOSED);
}

#[test]
fn criteria_match_statsmodels() {
    let case = Case::read("vector_autoregression");
    let found = order_criteria(&case.inputs.columns("series"), &[], 6).unwrap();
    for (name, values) in [
        ("akaike", found.iter().map(|of| of.akaike).collect::<Vec<f64>>()),
        ("schwarz", found.iter().map(|of| of.schwarz).collect()),
        ("hannan_quinn", found.iter().map(|of| of.hannan_quinn).collect()),
    ] {
        case.all_near(&format!("order_{name}_lags_0_to_6"), &values, CLOSED);
    }
}

#[test]
fn causality_matches_statsmodels() {
    let case = Case::read("vector_autoregression");
    let series = case.inputs.columns("series");
    let fit = Autoregression::fit(&series, &[], 2).unwrap();
    let longer = Autoregression::fit(&series, &[], 3).unwrap();
    for (causes, effects, name) in [
        (vec![0], vec![1], "1_to_2"),
        (vec![0], vec![2], "1_to_3"),
        (vec![1], vec![0], "2_to_1"),
        (vec![1], vec![2], "2_to_3"),
        (vec![2], vec![0], "3_to_1"),
        (vec![2], vec![1], "3_to_2"),
        (vec![1, 2], vec![0], "2_and_3_to_1"),
        (vec![0], vec![1, 2], "1_to_2_and_3"),
    ] {
        let found = fit.causality(&causes, &effects, 2).unwrap();
        case.near(&format!("causality_{name}_wald_statistic"), found.wald, CLOSED);
        case.near(&format!("causality_{name}_wald_p_value"), found.p_value, PROBABILITY);
        case.near(&format!("causality_{name}_f_statistic"), found.f, CLOSED);
        case.near(&format!("causality_{name}_f_p_value"), found.f_p_value, PROBABILITY);
        let toda_yamamoto = format!("causality_{name}_toda_yamamoto_statistic");
        if case.expected.names().any(|known| known == toda_yamamoto) {
            let found = longer.causality(&causes, &effects, 2).unwrap();
            case.near(&toda_yamamoto, found.wald, CLOSED);
            case.near(&format!("causality_{name}_toda_yamamoto_p_value"), found.p_value, PROBABILITY);
        }
    }
}

#[test]
fn responses_match_statsmodels() {
    let case = Case::read("vector_autoregression");
    let fit = Autoregression::fit(&case.inputs.columns("series"), &[], 2).unwrap();
    let responses = Responses::of(&fit, 8);
    let flat = |matrices: &[Mat<f64>]| -> Vec<f64> {
        matrices
            .iter()
            .flat_map(|matrix| (0..3).flat_map(move |i| (0..3).map(move |j| matrix[(i, j)])))
            .collect()
    };
    case.all_near("moving_average", &flat(&responses.moving_average), CLOSED);
    case.all_near("generalised_responses", &flat(&responses.generalised), CLOSED);
    case.all_near("orthogonal_responses", &flat(responses.orthogonal.as_ref().unwrap()), CLOSED);
    let by_horizon = |of: &dyn Fn(usize) -> Mat<f64>| flat(&(0..=8).map(of).collect::<Vec<_>>());
    case.all_near("generalised_shares_raw", &by_horizon(&|h| responses.raw_shares(h)), CLOSED);
    let normalised = by_horizon(&|h| responses.generalised_shares(h));
    case.all_near("generalised_shares_rows_normalised", &normalised, CLOSED);
    case.all_near("generalised_shares_lanne_nyberg", &normalised, CLOSED);
    case.all_near("orthogonal_shares", &by_horizon(&|h| responses.orthogonal_shares(h).unwrap()), CLOSED);
}

#[test]
fn pairs_match_lmtest() {
    let case = Case::read("granger");
    let series = ["first", "second"].map(|name| case.inputs.all(name).to_vec());
    for (cause, effect, name) in [(0, 1, "first_to_second"), (1, 0, "second_to_first")] {
        for order in 1..=4 {
            // lmtest has one equation, so that its residual variance is that equation's alone.
            let found =
                Autoregression::fit(&series, &[], order).unwrap().causality(&[cause], &[effect], order);
            case.near(&format!("{name}_order_{order}_chi_squared"), found.unwrap().wald, CLOSED);
            case.near(&format!("{name}_order_{order}_chi_squared_p"), found.unwrap().p_value, PROBABILITY);
        }
    }
}
