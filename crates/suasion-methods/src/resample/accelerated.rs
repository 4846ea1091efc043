//! Bias-corrected and accelerated intervals (Efron 1987, Journal of the American Statistical
//! Association 82:171–185).

use super::bootstrap::BootstrapDraws;
use crate::distribution::normal::{cumulative, quantile};
use crate::estimate::Interval;
use crate::quantile::{mean, quantile_of_sorted};

impl BootstrapDraws {
    /// The BCa interval of a statistic with this observed value and these values with each
    /// observation (or block, or dyad) left out in turn. Half of the draws equal to the observed
    /// value count as below it; quantiles are of type 7. `None` if fewer than half of the
    /// resamples gave a value, if all lie on one side of the observed value, or if leaving out
    /// changes nothing.
    pub fn accelerated_interval(&self, observed: f64, leave_one_out: &[f64], level: f64) -> Option<Interval> {
        self.interval(level)?;
        let n = self.values().len() as f64;
        let below = self.values().iter().filter(|&&value| value < observed).count() as f64;
        let equal = self.values().iter().filter(|&&value| value == observed).count() as f64;
        let bias = quantile((below + equal / 2.0) / n);
        let acceleration = acceleration(leave_one_out)?;
        if !bias.is_finite() {
            return None;
        }
        let end = |probability: f64| {
            let shifted = bias + quantile(probability);
            let adjusted = cumulative(bias + shifted / (1.0 - acceleration * shifted));
            quantile_of_sorted(self.values(), adjusted)
        };
        let tail = (1.0 - level) / 2.0;
        Some(Interval { low: end(tail)?, high: end(1.0 - tail)?, level })
    }
}

/// A sixth of the skewness of what each observation adds.
fn acceleration(leave_one_out: &[f64]) -> Option<f64> {
    let centre = mean(leave_one_out)?;
    let (mut squares, mut cubes) = (0.0, 0.0);
    for value in leave_one_out {
        let distance = centre - value;
        squares += distance * distance;
        cubes += distance.powi(3);
    }
    (squares > 0.0).then(|| cubes / (6.0 * squares.powf(1.5)))
}
