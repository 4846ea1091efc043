//! Entropy, Hill numbers and divergence against vegan and base R.

use suasion_methods::diversity::{chao_shen, hill_number, jensen_shannon, rarefied_hill_one, shannon};

use crate::case::Case;

/// vegan's binomials go through logarithms of gamma, which lose some digits.
const TOLERANCE: f64 = 1e-10;

fn counts(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| *value as u64).collect()
}

#[test]
fn measures_match_vegan() {
    let case = Case::read("diversity");
    for name in ["even", "mixed", "long_tail", "with_zeros", "all_singletons"] {
        let own = counts(case.inputs.all(&format!("{name}_counts")));
        case.near(&format!("{name}_shannon"), shannon(&own).unwrap(), TOLERANCE);
        case.near(&format!("{name}_chao_shen"), chao_shen(&own).unwrap(), TOLERANCE);
        for (order, word) in [(0.0, "zero"), (1.0, "one"), (2.0, "two")] {
            let name = format!("{name}_hill_{word}");
            case.near(&name, hill_number(&own, order).unwrap(), TOLERANCE);
        }
        let depths = counts(case.inputs.all(&format!("{name}_depths")));
        let rarefied: Vec<f64> =
            depths.iter().map(|&depth| rarefied_hill_one(&own, depth).unwrap()).collect();
        case.all_near(&format!("{name}_rarefied_hill_one"), &rarefied, TOLERANCE);
    }
    let groups: Vec<Vec<u64>> = case.inputs.rows("group_counts").iter().map(|row| counts(row)).collect();
    case.near("jensen_shannon_equal_normalised", jensen_shannon(&groups).unwrap(), TOLERANCE);
}
