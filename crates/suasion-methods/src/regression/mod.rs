//! Least squares and Poisson regression with covariances that allow for dependence.

mod covariance;
mod design;
mod least_squares;
mod local_projection;
mod poisson;

pub(crate) use covariance::scaled;
pub use covariance::{Covariance, Heteroskedastic};
pub use design::{Design, DesignProblem};
pub(crate) use design::{bread_and_leverage, repeating_column};
pub use least_squares::least_squares;
pub use local_projection::{LocalProjection, LocalProjectionOptions, ProjectionErrors, local_projection};
pub use poisson::poisson;

use faer::Mat;

/// A fitted regression: everything from which its covariances follow.
#[derive(Debug, Clone)]
pub struct Fit {
    /// One for each column of the design.
    pub coefficients: Vec<f64>,
    /// Outcome less fitted mean, by row.
    pub residuals: Vec<f64>,
    /// Logarithm of the likelihood at the coefficients (of a normal outcome with its maximum
    /// likelihood variance, or of a Poisson one).
    pub log_likelihood: f64,
    /// Residual sum of squares, or the Poisson deviance.
    pub deviance: f64,
    /// Inverse of the cross-product of the (weighted) design.
    bread: Mat<f64>,
    /// Each row's contribution to the estimating equations, rows by columns.
    scores: Mat<f64>,
    /// Diagonal of the hat matrix.
    leverage: Vec<f64>,
    /// By what the bread is multiplied in the classical covariance.
    dispersion: f64,
}

impl Fit {
    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.residuals.len()
    }

    /// Standard errors: roots of the diagonal of a covariance; `None` where it is negative, as can
    /// happen to two-way and dyadic ones, or not a number.
    pub fn standard_errors(&self, covariance: &Covariance<'_>) -> Vec<Option<f64>> {
        let matrix = self.covariance(covariance);
        (0..matrix.nrows()).map(|at| (matrix[(at, at)] >= 0.0).then(|| matrix[(at, at)].sqrt())).collect()
    }
}
