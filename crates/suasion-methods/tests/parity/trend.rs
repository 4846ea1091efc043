//! Mann–Kendall and Theil–Sen against pymannkendall and scipy.

use suasion_methods::association::{kendall_test, pearson_test, spearman_test};
use suasion_methods::trend::{Autocorrelation, mann_kendall_test, theil_sen, theil_sen_interval};

use crate::case::Case;

#[test]
fn tests_match_pymannkendall() {
    let case = Case::read("trend");
    for series in ["no_ties", "ties", "autoregressive", "trend_autoregressive"] {
        let y = case.inputs.all(&format!("series_{series}"));
        let all = y.len() - 1;
        for (kind, name) in [
            (Autocorrelation::Ignored, "original"),
            (Autocorrelation::HamedRao { lags: all }, "hamed_rao_all_lags"),
            (Autocorrelation::HamedRao { lags: 3 }, "hamed_rao_lags_3"),
            (Autocorrelation::YueWang { lags: all }, "yue_wang_all_lags"),
            (Autocorrelation::YueWang { lags: 1 }, "yue_wang_lags_1"),
        ] {
            let found = mann_kendall_test(y, kind).unwrap();
            let prefix = format!("series_{series}_{name}");
            case.near(&format!("{prefix}_score"), found.score as f64, 0.0);
            case.near(&format!("{prefix}_variance"), found.variance, 1e-9);
            case.near(&format!("{prefix}_z"), found.z, 1e-9);
            // The package's own p loses digits as 2(1 − Φ).
            case.near(&format!("{prefix}_p_value_from_upper_tail"), found.p_value, 1e-9);
        }
        let time: Vec<f64> = (0..y.len()).map(|at| at as f64).collect();
        lines(&case, &format!("series_{series}"), &time, y);
    }
}

fn lines(case: &Case, name: &str, x: &[f64], y: &[f64]) {
    let expected = case.expected.all(&format!("{name}_theil_sen_separate"));
    let interval = theil_sen_interval(x, y, 0.95).unwrap();
    assert!((theil_sen(x, y).unwrap() - expected[0]).abs() < 1e-12);
    assert!((interval.low - expected[2]).abs() < 1e-12, "{name} {interval:?} {expected:?}");
    assert!((interval.high - expected[3]).abs() < 1e-12, "{name} {interval:?} {expected:?}");
}

#[test]
fn correlations_match_scipy() {
    let case = Case::read("trend");
    for pair in ["no_ties", "ties"] {
        let x = case.inputs.all(&format!("pair_{pair}_x"));
        let y = case.inputs.all(&format!("pair_{pair}_y"));
        lines(&case, &format!("pair_{pair}"), x, y);
        for (found, name) in [
            (kendall_test(x, y), "kendall_tau_b_asymptotic"),
            (spearman_test(x, y), "spearman"),
            (pearson_test(x, y), "pearson"),
        ] {
            let found = found.unwrap();
            case.near(&format!("pair_{pair}_{name}"), found.value, 1e-12);
            case.near(&format!("pair_{pair}_{name}_p_value"), found.p_value, 1e-9);
        }
    }
}

#[test]
fn correlations_match_r() {
    let case = Case::read("rank_correlation");
    for pair in ["untied_8", "untied_12", "untied_40", "tied_10", "tied_30", "three_levels_60"] {
        let x = case.inputs.all(&format!("{pair}_first"));
        let y = case.inputs.all(&format!("{pair}_second"));
        let (kendall, spearman) = (kendall_test(x, y).unwrap(), spearman_test(x, y).unwrap());
        case.near(&format!("{pair}_kendall_tau_b"), kendall.value, 1e-12);
        case.near(&format!("{pair}_kendall_normal_p"), kendall.p_value, 1e-10);
        case.near(&format!("{pair}_spearman_rho"), spearman.value, 1e-12);
        case.near(&format!("{pair}_spearman_t_p"), spearman.p_value, 1e-10);
    }
}
