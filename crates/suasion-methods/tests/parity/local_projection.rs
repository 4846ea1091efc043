//! Local projections against statsmodels.

use suasion_methods::regression::{LocalProjectionOptions, ProjectionErrors, local_projection};

use crate::case::Case;

#[test]
fn responses_match_statsmodels() {
    let case = Case::read("local_projection");
    let series = |name: &str| case.inputs.all(name).to_vec();
    for (errors, prefix, errors_name) in [
        (ProjectionErrors::NeweyWest, "", "standard_errors_newey_west"),
        (ProjectionErrors::LagAugmented, "lag_augmented_", "lag_augmented_standard_errors_hc1"),
    ] {
        let options = LocalProjectionOptions { lags: 4, horizon: 12, errors };
        let found = local_projection(&series("response"), &series("impulse"), &[series("control")], &options)
            .unwrap();
        let coefficients: Vec<f64> = found.iter().map(|at| at.coefficient).collect();
        let errors: Vec<f64> = found.iter().map(|at| at.standard_error).collect();
        let rows: Vec<f64> = found.iter().map(|at| at.n as f64).collect();
        // Closed formulas on both sides.
        case.all_near(&format!("{prefix}coefficients"), &coefficients, 1e-9);
        case.all_near(errors_name, &errors, 1e-9);
        case.all_near(&format!("{prefix}observations"), &rows, 0.0);
    }
}
