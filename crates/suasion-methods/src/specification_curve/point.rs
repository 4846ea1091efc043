//! One specification of a curve: what it found, and what it finds when there is nothing.

use crate::estimate::Interval;
use crate::quantile::quantile;

/// An estimate and its studentised value in every draw of the null.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Draws {
    /// Standardised effects.
    pub effect: Vec<f32>,
    /// Effects over their standard errors.
    pub z: Vec<f32>,
}

/// A specification's result. Positive is the claimed direction.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The estimate in its own units.
    pub estimate: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// The estimate in residual standard deviations, so that measures of different units can stand
    /// on one axis; bounded by ±[`Point::MOST`].
    pub effect: f64,
    /// The estimate over its standard error, bounded by ±[`Point::MOST`].
    pub z: f64,
    /// Observations.
    pub n: usize,
    /// The null that nothing points in the claimed direction.
    pub toward: Draws,
    /// The null that nothing points the other way, where it is another than `toward`.
    pub against: Option<Draws>,
    /// What a careful reader must know.
    pub warnings: Vec<&'static str>,
}

impl Point {
    /// Bound of effects and z: series without any variation would have none.
    pub const MOST: f64 = 10.0;
    /// Draws are kept as whole multiples of one over this.
    pub const GRID: f32 = 2048.0;
    /// A warning: the series lies on its fit.
    pub const NO_VARIATION: &'static str = "no variation around the estimate";

    /// The same point with its draws rounded to the grid, so that kept and computed ones are alike.
    #[must_use]
    pub fn rounded(mut self) -> Self {
        let draws = std::iter::once(&mut self.toward).chain(&mut self.against);
        for value in draws.flat_map(|draws| draws.effect.iter_mut().chain(&mut draws.z)) {
            *value = (*value * Self::GRID).round() / Self::GRID;
        }
        self
    }

    pub(super) fn bounded(value: f64) -> f64 {
        if value.is_nan() { 0.0 } else { value.clamp(-Self::MOST, Self::MOST) }
    }

    /// The draws of the null against which a value in the claimed direction, or the other, counts.
    pub fn null(&self, toward: bool) -> &Draws {
        if toward { &self.toward } else { self.against.as_ref().unwrap_or(&self.toward) }
    }

    /// Share of the null's draws with z at least as large in the claimed direction (`toward`) or
    /// the other, with one added.
    pub fn p_value(&self, toward: bool) -> f64 {
        let draws = &self.null(toward).z;
        let z = self.z as f32;
        let as_far = |draw: &&f32| if toward { **draw >= z } else { **draw <= z };
        (draws.iter().filter(as_far).count() + 1) as f64 / (draws.len() + 1) as f64
    }

    /// Bootstrap-t interval of the estimate in its own units (Efron 1981): the estimate less
    /// quantiles of the null's z times the standard error. The null is that of the claimed
    /// direction, centred.
    pub fn interval(&self, level: f64) -> Option<Interval> {
        if self.against.is_some() || self.toward.z.is_empty() || self.standard_error <= 0.0 {
            return None;
        }
        let z: Vec<f64> = self.toward.z.iter().map(|z| f64::from(*z)).collect();
        let tail = (1.0 - level) / 2.0;
        let low = self.estimate - quantile(&z, 1.0 - tail)? * self.standard_error;
        let high = self.estimate - quantile(&z, tail)? * self.standard_error;
        Some(Interval { low, high, level })
    }
}
