//! Impulse responses and shares of forecast-error variance that do not depend on the order of the
//! series (Koop, Pesaran & Potter 1996; Pesaran & Shin 1998, Economics Letters 58:17–29).

use faer::{Mat, Side};

use super::autoregression::Autoregression;

/// Responses by horizon, from 0.
#[derive(Debug, Clone)]
pub struct Responses {
    /// Per horizon, variable by shock: the moving-average coefficients.
    pub moving_average: Vec<Mat<f64>>,
    /// Response to a shock of one standard deviation, other shocks moving with it as they do.
    pub generalised: Vec<Mat<f64>>,
    /// Response to shocks made independent by the order of the series (Cholesky); `None` where
    /// the residual covariance is singular.
    pub orthogonal: Option<Vec<Mat<f64>>>,
    covariance: Mat<f64>,
}

impl Responses {
    /// Responses of a fitted autoregression up to a horizon.
    pub fn of(fit: &Autoregression, horizon: usize) -> Self {
        let k = fit.series;
        let mut moving_average: Vec<Mat<f64>> = vec![Mat::identity(k, k)];
        for step in 1..=horizon {
            let mut next = Mat::<f64>::zeros(k, k);
            for lag in 1..=step.min(fit.order) {
                let coefficients = Mat::from_fn(k, k, |effect, cause| fit.coefficient(effect, cause, lag));
                next += coefficients * &moving_average[step - lag];
            }
            moving_average.push(next);
        }
        let covariance = fit.covariance.clone();
        let by_shock = |matrix: &Mat<f64>| {
            let spread = matrix * &covariance;
            Mat::from_fn(k, k, |i, j| spread[(i, j)] / covariance[(j, j)].sqrt())
        };
        let generalised = moving_average.iter().map(by_shock).collect();
        let orthogonal = covariance.llt(Side::Lower).ok().map(|factor| {
            let lower = factor.L().to_owned();
            moving_average.iter().map(|matrix| matrix * &lower).collect()
        });
        Self { moving_average, generalised, orthogonal, covariance }
    }

    /// Share of each variable's forecast-error variance, up to a horizon, that goes with each
    /// shock: variable by shock, each row brought to a sum of one. (So brought, they equal the
    /// shares of Lanne & Nyberg 2016 in a linear model.)
    pub fn generalised_shares(&self, horizon: usize) -> Mat<f64> {
        normalised(&self.raw_shares(horizon))
    }

    /// The same before rows are brought to one: they overlap where shocks go together.
    pub fn raw_shares(&self, horizon: usize) -> Mat<f64> {
        let k = self.covariance.nrows();
        let upto = horizon.min(self.moving_average.len() - 1);
        let total = |variable: usize| -> f64 {
            self.moving_average[..=upto]
                .iter()
                .map(|matrix| (matrix * &self.covariance * matrix.transpose())[(variable, variable)])
                .sum()
        };
        let totals: Vec<f64> = (0..k).map(total).collect();
        Mat::from_fn(k, k, |i, j| {
            self.generalised[..=upto].iter().map(|matrix| matrix[(i, j)].powi(2)).sum::<f64>() / totals[i]
        })
    }

    /// Shares by the order of the series; rows sum to one. `None` where the residual covariance
    /// is singular.
    pub fn orthogonal_shares(&self, horizon: usize) -> Option<Mat<f64>> {
        let responses = self.orthogonal.as_ref()?;
        let k = self.covariance.nrows();
        let upto = horizon.min(responses.len() - 1);
        let sums = Mat::from_fn(k, k, |i, j| {
            responses[..=upto].iter().map(|matrix| matrix[(i, j)].powi(2)).sum::<f64>()
        });
        Some(normalised(&sums))
    }

    /// Sum of a variable's generalised responses to a shock up to a horizon: positive where it
    /// answers in kind, negative where it answers inversely.
    pub fn cumulative(&self, variable: usize, shock: usize, horizon: usize) -> f64 {
        let upto = horizon.min(self.generalised.len() - 1);
        self.generalised[..=upto].iter().map(|matrix| matrix[(variable, shock)]).sum()
    }
}

fn normalised(matrix: &Mat<f64>) -> Mat<f64> {
    Mat::from_fn(matrix.nrows(), matrix.ncols(), |i, j| {
        matrix[(i, j)] / (0..matrix.ncols()).map(|column| matrix[(i, column)]).sum::<f64>()
    })
}
