//! Hawkes counts against Poisson regression with identity link (statsmodels), which they are when
//! the decay is known and no parameter is at zero.

use suasion_methods::initiative::{CountModel, Hawkes, HawkesOptions};

use crate::case::Case;

#[test]
fn parameters_match_statsmodels() {
    let case = Case::read("hawkes_regression");
    let counts = |name: &str| -> Vec<Vec<u32>> {
        case.inputs
            .columns(name)
            .iter()
            .map(|stream| stream.iter().map(|count| *count as u32).collect())
            .collect()
    };
    let options = HawkesOptions { decay: Some(case.inputs.one("decay")), model: CountModel::Poisson };
    let volume = case.inputs.all("volume");
    for (prefix, counts, volume) in
        [("constant", counts("counts"), None), ("volume", counts("counts_with_volume"), Some(volume))]
    {
        let fit = Hawkes::fit(&counts, volume, &options).unwrap();
        let mut parameters = Vec::new();
        let mut errors = Vec::new();
        for stream in &fit.streams {
            parameters.push(stream.baseline);
            parameters.extend(&stream.excitation);
            errors.extend(stream.standard_errors.iter().map(|error| error.unwrap()));
            let sum = stream.initiative + stream.triggered.iter().sum::<f64>();
            assert!((sum - 1.0).abs() < 1e-12, "{sum}");
        }
        // Optimised on both sides.
        case.all_near(&format!("{prefix}_coefficients"), &parameters, 1e-7);
        case.all_near(&format!("{prefix}_standard_errors_observed"), &errors, 1e-6);
        let likelihoods: Vec<f64> = fit.streams.iter().map(|stream| stream.log_likelihood).collect();
        case.all_near(&format!("{prefix}_log_likelihood"), &likelihoods, 1e-10);
        case.near(&format!("{prefix}_branching_spectral_radius"), fit.spectral_radius, 1e-7);
    }
}
