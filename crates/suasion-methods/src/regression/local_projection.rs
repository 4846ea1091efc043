//! Local projections (Jordà 2005, American Economic Review 95:161–182): the response to an impulse,
//! horizon by horizon.

use super::covariance::{Covariance, Heteroskedastic};
use super::design::{Design, DesignProblem};
use super::least_squares::least_squares;

/// How errors at longer horizons are allowed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProjectionErrors {
    /// Newey–West with as many lags as the horizon, without correction for few rows.
    NeweyWest,
    /// One lag more among the regressors, and White's errors times n / (n − k) (Montiel Olea &
    /// Plagborg-Møller 2021, Econometrica 89:1789–1823): right for persistent series too.
    LagAugmented,
}

/// What is projected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalProjectionOptions {
    /// Lags of response, impulse and controls among the regressors; one more with
    /// [`ProjectionErrors::LagAugmented`].
    pub lags: usize,
    /// Farthest horizon; the nearest is 0.
    pub horizon: usize,
    /// Which errors.
    pub errors: ProjectionErrors,
}

/// The response at one horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LocalProjection {
    /// Periods after the impulse.
    pub horizon: usize,
    /// Change of the response per unit of the impulse.
    pub coefficient: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Periods used.
    pub n: usize,
}

/// Projects the response on the impulse of the same period and on its own, the impulse's and the
/// controls' past; controls also enter with the same period's value. Each horizon uses all periods
/// that it can. Series are of equal length, without gaps.
pub fn local_projection(
    response: &[f64],
    impulse: &[f64],
    controls: &[Vec<f64>],
    options: &LocalProjectionOptions,
) -> Result<Vec<LocalProjection>, DesignProblem> {
    let n = response.len();
    if impulse.len() != n || controls.iter().any(|control| control.len() != n) {
        return Err(DesignProblem::Lengths);
    }
    let lags = options.lags + usize::from(options.errors == ProjectionErrors::LagAugmented);
    (0..=options.horizon)
        .map(|horizon| {
            let end = n.saturating_sub(horizon);
            if end <= lags {
                return Err(DesignProblem::TooFewRows { rows: 0, columns: 0 });
            }
            let at = |series: &[f64], lag: usize| series[lags - lag..end - lag].to_vec();
            let mut columns = vec![at(impulse, 0), vec![1.0; end - lags]];
            columns.extend(controls.iter().map(|control| at(control, 0)));
            let series = [response, impulse].into_iter().chain(controls.iter().map(Vec::as_slice));
            columns.extend(series.flat_map(|series| (1..=lags).map(move |lag| at(series, lag))));
            let fit = least_squares(&Design::new(&columns)?, &response[lags + horizon..])?;
            let covariance = match options.errors {
                ProjectionErrors::NeweyWest => Covariance::NeweyWest { lags: horizon, small_sample: false },
                ProjectionErrors::LagAugmented => Covariance::Heteroskedastic(Heteroskedastic::Hc1),
            };
            let standard_error = fit.standard_errors(&covariance)[0].unwrap_or(f64::NAN);
            Ok(LocalProjection { horizon, coefficient: fit.coefficients[0], standard_error, n: fit.rows() })
        })
        .collect()
}
