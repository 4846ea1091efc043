//! Similarity of two states' positions against psych and base R, one pair and packed.

use suasion_methods::association::spearman;
use suasion_methods::similarity::{Contingency, Distance, PositionMatrix};

use crate::case::Case;

/// Closed formulas on whole numbers.
const ROUNDING: f64 = 1e-12;

#[test]
fn measures_match_psych() {
    let case = Case::read("agreement");
    for pair in ["short", "close", "skewed", "middle_level_unused", "two_lower_levels", "opposed"] {
        let levels = |which: &str| -> Vec<usize> {
            case.inputs.positions(&format!("{pair}_{which}")).iter().map(|level| level - 1).collect()
        };
        let (first, second) = (levels("first"), levels("second"));
        let table = Contingency::<3>::from_pairs(first.iter().zip(&second).map(|(&a, &b)| (a, b, 1.0)));
        let rows = [&first, &second].map(|row| row.iter().map(|level| Some(*level)).collect());
        assert_eq!(PositionMatrix::<3>::from_rows(&rows).pair(0, 1), table);
        let hold = |name: &str, value: Option<f64>| {
            let name = format!("{pair}_{name}");
            let expected = case.expected.one(&name);
            assert!((value.unwrap() - expected).abs() < ROUNDING, "{name} {value:?} {expected}");
        };
        for (distance, name) in
            [(Distance::Nominal, "nominal"), (Distance::Absolute, "absolute"), (Distance::Squared, "squared")]
        {
            hold(&format!("kappa_{name}"), table.kappa(distance));
            hold(&format!("pi_{name}"), table.pi(distance));
            hold(&format!("s_{name}"), table.s(distance));
        }
        hold("identical_share", table.identical());
        hold("agreement", table.agreement());
        hold("kendall_tau_b", table.tau_b());
        let values = |levels: &[usize]| levels.iter().map(|level| *level as f64).collect::<Vec<f64>>();
        hold("spearman", spearman(&values(&first), &values(&second)));
    }
}
