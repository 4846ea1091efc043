//! Composite indices against base R, sensitivity indices against SALib.

use suasion_methods::composite::{
    Aggregation, Normalisation, aggregate, normalise, principal_weights, ranks_from_largest, sensitivity,
};

use crate::case::Case;

/// Closed formulas; the eigenvectors are iterated.
const CLOSED: f64 = 1e-10;

#[test]
fn composites_match_r() {
    let case = Case::read("factor_and_composite");
    let indicators = case.inputs.columns("indicators");
    let given = case.inputs.all("given_weights");
    let component = principal_weights(&indicators).unwrap();
    case.all_near("component_weights", &component, 1e-9);
    let normalised =
        |how| -> Vec<Vec<f64>> { indicators.iter().map(|of| normalise(of, how).unwrap()).collect() };
    let ways = [
        (Normalisation::MinimumMaximum, "minimum_maximum", "arithmetic_minimum_maximum"),
        (Normalisation::ZScore, "z_score", "arithmetic_z_score"),
        (Normalisation::Rank, "rank_normalised", "arithmetic_rank"),
    ];
    for (how, name, index_name) in ways {
        let columns = normalised(how);
        let rows: Vec<f64> = (0..20).flat_map(|unit| columns.iter().map(move |of| of[unit])).collect();
        case.all_near(name, &rows, CLOSED);
        for (weights, which) in [(given, "given"), (component.as_slice(), "component")] {
            let index = aggregate(&columns, weights, Aggregation::Arithmetic).unwrap();
            case.all_near(&format!("{index_name}_{which}"), &index, 1e-9);
            case.all_near(&format!("{index_name}_{which}_ranks"), &ranks_from_largest(&index), 0.0);
        }
    }
    let positive: Vec<Vec<f64>> = normalised(Normalisation::MinimumMaximum)
        .into_iter()
        .map(|of| of.into_iter().map(|value| 1.0 + 99.0 * value).collect())
        .collect();
    let index = aggregate(&positive, given, Aggregation::Geometric).unwrap();
    case.all_near("geometric_given", &index, CLOSED);
    case.all_near("geometric_given_ranks", &ranks_from_largest(&index), 0.0);
}

#[test]
fn sensitivities_match_salib() {
    let case = Case::read("sobol");
    let (at_a, at_b) = (case.expected.all("output_at_a"), case.expected.all("output_at_b"));
    let found = sensitivity(at_a, at_b, &case.expected.columns("output_at_ab")).unwrap();
    case.all_near("first_order", &found.first_order, CLOSED);
    case.all_near("total", &found.total, CLOSED);
}
