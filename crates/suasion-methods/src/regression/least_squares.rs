//! Ordinary least squares by QR (Golub 1965).

use std::f64::consts::PI;

use faer::Mat;
use faer::linalg::solvers::SolveLstsq;

use super::Fit;
use super::design::{Design, DesignProblem, bread_and_leverage};

/// Fits an outcome by least squares. Assumes a linear mean; which errors are allowed is a matter
/// of the covariance asked for.
pub fn least_squares(design: &Design, outcome: &[f64]) -> Result<Fit, DesignProblem> {
    let (n, k) = (design.rows(), design.columns());
    if outcome.len() != n {
        return Err(DesignProblem::Lengths);
    }
    if outcome.iter().any(|value| !value.is_finite()) {
        return Err(DesignProblem::Value);
    }
    let y = Mat::from_fn(n, 1, |row, _| outcome[row]);
    let solution = design.matrix.qr().solve_lstsq(&y);
    let fitted = &design.matrix * &solution;
    let residuals: Vec<f64> = (0..n).map(|row| outcome[row] - fitted[(row, 0)]).collect();
    let (bread, leverage) = bread_and_leverage(&design.matrix)?;
    let deviance: f64 = residuals.iter().map(|residual| residual * residual).sum();
    let size = n as f64;
    Ok(Fit {
        coefficients: (0..k).map(|column| solution[(column, 0)]).collect(),
        scores: Mat::from_fn(n, k, |row, column| design.matrix[(row, column)] * residuals[row]),
        residuals,
        log_likelihood: -0.5 * size * ((2.0 * PI * deviance / size).ln() + 1.0),
        deviance,
        bread,
        leverage,
        dispersion: deviance / (n - k) as f64,
    })
}
