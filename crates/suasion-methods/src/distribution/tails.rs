//! Tail probabilities of the distributions of test statistics.

use statrs::function::beta::beta_reg;
use statrs::function::gamma::gamma_ur;

/// Both-sided probability of Student's t as far from zero as `t`; `None` without degrees of
/// freedom.
pub fn student_t_two_sided(t: f64, freedom: f64) -> Option<f64> {
    if t.is_infinite() {
        return Some(0.0);
    }
    (freedom > 0.0 && t.is_finite()).then(|| beta_reg(freedom / 2.0, 0.5, freedom / (freedom + t * t)))
}

/// Probability of a χ² at least as large as `value`; `None` without degrees of freedom.
pub fn chi_squared_upper(value: f64, freedom: f64) -> Option<f64> {
    (freedom > 0.0 && value.is_finite())
        .then(|| if value <= 0.0 { 1.0 } else { gamma_ur(freedom / 2.0, value / 2.0) })
}

/// Probability of an F at least as large as `value`; `None` without degrees of freedom.
pub fn f_upper(value: f64, numerator: f64, denominator: f64) -> Option<f64> {
    (numerator > 0.0 && denominator > 0.0 && value.is_finite()).then(|| {
        if value <= 0.0 {
            1.0
        } else {
            beta_reg(denominator / 2.0, numerator / 2.0, denominator / (denominator + numerator * value))
        }
    })
}
