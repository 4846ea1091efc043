//! Functions of distributions against scipy, whose values were checked with 60 digits.

use suasion_methods::distribution::{chi_squared_upper, f_upper, normal, student_t_two_sided};

use crate::case::{Case, close};

/// Below this the reference itself gives out.
const LEAST: f64 = 1e-300;

#[test]
fn normal_matches_scipy() {
    let case = Case::read("distributions");
    let points = case.inputs.all("normal_points");
    for (x, expected) in points.iter().zip(case.expected.all("normal_distribution")) {
        let actual = normal::cumulative(*x);
        if *expected > LEAST {
            close("normal", actual, *expected, 1e-11);
        } else {
            assert!(actual <= LEAST);
        }
    }
    for (p, expected) in
        case.inputs.all("normal_lower_probabilities").iter().zip(case.expected.all("normal_lower_quantile"))
    {
        assert!((normal::quantile(*p) - expected).abs() <= 1e-11 * expected.abs().max(1.0), "{p} {expected}");
    }
}

#[test]
fn tails_match_scipy() {
    let case = Case::read("distributions");
    let rows = |name: &str| case.expected.rows(name);
    let points = case.inputs.all("student_t_points");
    for (freedom, row) in
        case.inputs.all("student_t_degrees_of_freedom").iter().zip(rows("student_t_upper_tail"))
    {
        for (t, upper) in points.iter().zip(row) {
            let both = if *t > 0.0 { 2.0 * upper } else { 2.0 * (1.0 - upper) };
            // Taking from one loses digits of the reference where the tail is the lower one.
            let tolerance = if *t > 0.0 { 1e-10 } else { 1e-6 };
            if both > LEAST && both < 1.0 && (*t > 0.0 || both > 1e-8) {
                close(
                    &format!("t {t} {freedom}"),
                    student_t_two_sided(*t, *freedom).unwrap(),
                    both,
                    tolerance,
                );
            }
        }
    }
    for (freedom, row) in
        case.inputs.all("chi_squared_degrees_of_freedom").iter().zip(rows("chi_squared_upper_tail"))
    {
        for (value, upper) in case.inputs.all("chi_squared_points").iter().zip(row) {
            if upper > LEAST {
                close(
                    &format!("chi {value} {freedom}"),
                    chi_squared_upper(*value, *freedom).unwrap(),
                    upper,
                    1e-10,
                );
            }
        }
    }
    let numerators = case.inputs.all("f_numerator_degrees_of_freedom");
    let denominators = case.inputs.all("f_denominator_degrees_of_freedom");
    for ((numerator, denominator), row) in numerators.iter().zip(denominators).zip(rows("f_upper_tail")) {
        for (value, upper) in case.inputs.all("f_points").iter().zip(row) {
            let actual = f_upper(*value, *numerator, *denominator).unwrap();
            close(&format!("F {value} {numerator} {denominator}"), actual, upper, 1e-10);
        }
    }
}
