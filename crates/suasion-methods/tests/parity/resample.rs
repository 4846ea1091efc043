//! Block lengths against arch, accelerated intervals against scipy and R's boot.

use suasion_methods::resample::{BootstrapDraws, politis_white, politis_white_circular};

use crate::case::Case;

/// Closed formulas.
const CLOSED: f64 = 1e-10;

#[test]
fn block_lengths_match_arch() {
    let case = Case::read("block_bootstrap");
    for series in
        ["autoregressive_00", "autoregressive_03", "autoregressive_06", "autoregressive_09", "moving_average"]
    {
        let values = case.inputs.all(series);
        let expected = |kind: &str| case.expected.one(&format!("{series}_{kind}_block_length"));
        // arch has no floor of one observation.
        assert!((politis_white(values) - expected("stationary").max(1.0)).abs() < CLOSED);
        assert!((politis_white_circular(values) - expected("circular").max(1.0)).abs() < CLOSED);
    }
}

#[test]
fn accelerated_intervals_match_scipy() {
    let case = Case::read("block_bootstrap");
    for statistic in ["mean", "median"] {
        let draws = BootstrapDraws::new(case.inputs.all(&format!("{statistic}_replicates")).to_vec());
        let observed = case.inputs.one(&format!("{statistic}_observed"));
        let left_out = case.inputs.all(&format!("{statistic}_leave_one_out"));
        for (level, name) in [(0.9, "90"), (0.95, "95")] {
            let accelerated = draws.accelerated_interval(observed, left_out, level).unwrap();
            let ends = [accelerated.low, accelerated.high];
            case.all_near(&format!("{statistic}_{name}_interval"), &ends, CLOSED);
            let percentile = draws.interval(level).unwrap();
            let ends = [percentile.low, percentile.high];
            case.all_near(&format!("{statistic}_{name}_percentile_interval"), &ends, CLOSED);
        }
    }
}

#[test]
fn accelerated_intervals_match_boot() {
    let case = Case::read("block_length_and_boot");
    for statistic in ["mean", "correlation"] {
        let draws = BootstrapDraws::new(case.expected.all(&format!("{statistic}_replicates")).to_vec());
        // boot centres what each observation adds (n − 1)(θ − θ₍ᵢ₎); only its spread and skew count.
        let influence = case.expected.all(&format!("{statistic}_centred_jackknife_influence"));
        let left_out: Vec<f64> = influence.iter().map(|value| -value).collect();
        let observed = case.expected.one(&format!("{statistic}_estimate"));
        let found = draws.accelerated_interval(observed, &left_out, 0.95).unwrap();
        let name = format!("{statistic}_centred_jackknife_bca_interval_type_seven");
        case.all_near(&name, &[found.low, found.high], CLOSED);
    }
}
