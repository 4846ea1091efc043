//! Vector autoregression by least squares, its order, and tests of whether series help to predict
//! others (Lütkepohl 2005, New Introduction to Multiple Time Series Analysis).

use faer::linalg::solvers::{DenseSolveCore, Solve, SolveLstsq};
use faer::{Mat, Side};

use crate::distribution::{chi_squared_upper, f_upper};
use crate::regression::{DesignProblem, bread_and_leverage, scaled};

/// A fitted autoregression of several series.
#[derive(Debug, Clone)]
pub struct Autoregression {
    /// Lags.
    pub order: usize,
    /// Number of series.
    pub series: usize,
    /// Regressors by equation: the constant, the exogenous series, then each lag's series.
    pub coefficients: Mat<f64>,
    /// Residuals, periods by series.
    pub residuals: Mat<f64>,
    /// Residual covariance with denominator T − m, m regressors per equation.
    pub covariance: Mat<f64>,
    exogenous: usize,
    /// Inverse of the regressors' cross-product.
    bread: Mat<f64>,
}

/// A test that lags of some series do not help to predict others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Causality {
    /// Wald statistic, χ² with as many degrees of freedom as coefficients are tested.
    pub wald: f64,
    /// Coefficients tested.
    pub restrictions: usize,
    /// Its p-value.
    pub p_value: f64,
    /// The statistic over the restrictions, an F with K (T − m) degrees below.
    pub f: f64,
    /// p-value by that F, better in short series.
    pub f_p_value: f64,
}

/// What speaks for and against an order; the smallest value wins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Criteria {
    /// Lags.
    pub order: usize,
    /// Akaike.
    pub akaike: f64,
    /// Hannan and Quinn.
    pub hannan_quinn: f64,
    /// Schwarz.
    pub schwarz: f64,
}

impl Autoregression {
    /// Fits `series` (of equal length, without gaps) on `order` lags, with exogenous series of the
    /// same period.
    pub fn fit(series: &[Vec<f64>], exogenous: &[Vec<f64>], order: usize) -> Result<Self, DesignProblem> {
        Self::fit_after(series, exogenous, order, order)
    }

    /// The same on the periods after the first `skipped`, at least `order`.
    fn fit_after(
        series: &[Vec<f64>],
        exogenous: &[Vec<f64>],
        order: usize,
        skipped: usize,
    ) -> Result<Self, DesignProblem> {
        let n = series.first().map_or(0, Vec::len);
        if series.iter().chain(exogenous).any(|values| values.len() != n) {
            return Err(DesignProblem::Lengths);
        }
        if series.iter().chain(exogenous).flatten().any(|value| !value.is_finite()) {
            return Err(DesignProblem::Value);
        }
        let (k, regressors) = (series.len(), 1 + exogenous.len() + order * series.len());
        let periods = n.saturating_sub(skipped);
        if periods <= regressors {
            return Err(DesignProblem::TooFewRows { rows: periods, columns: regressors });
        }
        let first_lag = 1 + exogenous.len();
        let x = Mat::from_fn(periods, regressors, |row, column| match column {
            0 => 1.0,
            column if column < first_lag => exogenous[column - 1][skipped + row],
            column => {
                let (lag, which) = ((column - first_lag) / k + 1, (column - first_lag) % k);
                series[which][skipped + row - lag]
            }
        });
        let y = Mat::from_fn(periods, k, |row, column| series[column][skipped + row]);
        let coefficients = x.qr().solve_lstsq(&y);
        let residuals = &y - &x * &coefficients;
        let covariance = scaled(&(residuals.transpose() * &residuals), 1.0 / (periods - regressors) as f64);
        let (bread, _) = bread_and_leverage(&x)?;
        Ok(Self { order, series: k, coefficients, residuals, covariance, exogenous: exogenous.len(), bread })
    }

    /// Periods that were fitted.
    pub fn periods(&self) -> usize {
        self.residuals.nrows()
    }

    fn regressors(&self) -> usize {
        self.coefficients.nrows()
    }

    /// The coefficient on `cause` so many periods ago (1 to the order) in the equation of
    /// `effect`.
    pub fn coefficient(&self, effect: usize, cause: usize, lag: usize) -> f64 {
        self.coefficients[(self.row(cause, lag), effect)]
    }

    fn row(&self, cause: usize, lag: usize) -> usize {
        1 + self.exogenous + (lag - 1) * self.series + cause
    }

    /// Residual covariance with denominator T.
    pub fn maximum_likelihood_covariance(&self) -> Mat<f64> {
        scaled(&self.covariance, (self.periods() - self.regressors()) as f64 / self.periods() as f64)
    }

    /// Largest modulus of the companion matrix's eigenvalues: shocks die out below 1.
    pub fn spectral_radius(&self) -> f64 {
        let size = self.order * self.series;
        let companion = Mat::from_fn(size, size, |row, column| {
            if row < self.series {
                self.coefficient(row, column % self.series, column / self.series + 1)
            } else if row - self.series == column {
                1.0
            } else {
                0.0
            }
        });
        spectral_radius(&companion)
    }

    /// Whether lags 1 to `lags` of all of `causes` are absent from the equations of all of
    /// `effects` (Granger 1969, in a block). With `lags` below the fitted order this is the test
    /// of Toda and Yamamoto (1995), right for series that may be integrated up to the difference.
    /// `None` if the tested coefficients' covariance is singular, nothing is tested or there is no
    /// such series.
    pub fn causality(&self, causes: &[usize], effects: &[usize], lags: usize) -> Option<Causality> {
        if causes.iter().chain(effects).any(|&at| at >= self.series) {
            return None;
        }
        let tested: Vec<(usize, usize)> = effects
            .iter()
            .flat_map(|&effect| {
                (1..=lags.min(self.order))
                    .flat_map(move |lag| causes.iter().map(move |&cause| (cause, lag)))
                    .map(move |(cause, lag)| (self.row(cause, lag), effect))
            })
            .collect();
        if tested.is_empty() {
            return None;
        }
        let size = tested.len();
        let covariance = Mat::from_fn(size, size, |i, j| {
            let ((row, effect), (other_row, other_effect)) = (tested[i], tested[j]);
            self.covariance[(effect, other_effect)] * self.bread[(row, other_row)]
        });
        let values = Mat::from_fn(size, 1, |i, _| self.coefficients[tested[i]]);
        let weighted = covariance.llt(Side::Lower).ok()?.solve(&values);
        let wald: f64 = (0..size).map(|i| values[(i, 0)] * weighted[(i, 0)]).sum();
        let freedom = size as f64;
        let below = (self.series * (self.periods() - self.regressors())) as f64;
        Some(Causality {
            wald,
            restrictions: size,
            p_value: chi_squared_upper(wald, freedom)?,
            f: wald / freedom,
            f_p_value: f_upper(wald / freedom, freedom, below)?,
        })
    }

    /// Ljung and Box's portmanteau test that residuals up to `lags` are not autocorrelated (with
    /// its correction for short series): the statistic and its p-value. `None` if `lags` is not
    /// above the order and below the number of periods.
    pub fn portmanteau(&self, lags: usize) -> Option<(f64, f64)> {
        let n = self.periods();
        if lags <= self.order || lags >= n {
            return None;
        }
        let autocovariance = |lag: usize| {
            let later = self.residuals.submatrix(lag, 0, n - lag, self.series);
            let earlier = self.residuals.submatrix(0, 0, n - lag, self.series);
            scaled(&(later.transpose() * earlier), 1.0 / n as f64)
        };
        let inverse = autocovariance(0).llt(Side::Lower).ok()?.inverse();
        let size = n as f64;
        let statistic: f64 = (1..=lags)
            .map(|lag| {
                let at_lag = autocovariance(lag);
                let product = at_lag.transpose() * &inverse * &at_lag * &inverse;
                let trace: f64 = (0..self.series).map(|i| product[(i, i)]).sum();
                size * size * trace / (n - lag) as f64
            })
            .sum();
        let freedom = self.series * self.series * (lags - self.order);
        Some((statistic, chi_squared_upper(statistic, freedom as f64)?))
    }
}

/// Criteria for all orders from 0 to `most`, on the periods that the longest leaves.
pub fn order_criteria(
    series: &[Vec<f64>],
    exogenous: &[Vec<f64>],
    most: usize,
) -> Result<Vec<Criteria>, DesignProblem> {
    (0..=most)
        .map(|order| {
            let fit = Autoregression::fit_after(series, exogenous, order, most)?;
            let n = fit.periods() as f64;
            let free = (fit.regressors() * fit.series) as f64;
            let log = log_determinant(&fit.maximum_likelihood_covariance());
            Ok(Criteria {
                order,
                akaike: log + 2.0 * free / n,
                hannan_quinn: log + 2.0 * n.ln().ln() * free / n,
                schwarz: log + n.ln() * free / n,
            })
        })
        .collect()
}

fn log_determinant(matrix: &Mat<f64>) -> f64 {
    matrix.llt(Side::Lower).map_or(f64::NEG_INFINITY, |factor| {
        let lower = factor.L();
        (0..lower.nrows()).map(|i| 2.0 * lower[(i, i)].ln()).sum()
    })
}

/// Largest modulus of a matrix's eigenvalues; NaN if they cannot be had.
pub(super) fn spectral_radius(matrix: &Mat<f64>) -> f64 {
    matrix
        .eigenvalues()
        .map_or(f64::NAN, |values| values.iter().map(|value| value.re.hypot(value.im)).fold(0.0, f64::max))
}
