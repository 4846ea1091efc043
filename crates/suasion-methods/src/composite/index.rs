//! Normalising indicators, weighting and aggregating them.

use faer::{Mat, Side};

use crate::association::{constant, pearson, ranks};
use crate::quantile::{mean, standard_deviation};

/// How an indicator is brought to a common scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Normalisation {
    /// From 0 for the smallest to 1 for the largest.
    MinimumMaximum,
    /// Distance from the mean in standard deviations (denominator n − 1).
    ZScore,
    /// Rank from 0 to 1; equal values share the mean of theirs.
    Rank,
}

/// Brings an indicator over units to a common scale; `None` if all values are equal or one is
/// missing.
pub fn normalise(values: &[f64], how: Normalisation) -> Option<Vec<f64>> {
    let (low, high) = values
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &value| (low.min(value), high.max(value)));
    if high <= low || values.iter().any(|value| value.is_nan()) {
        return None;
    }
    Some(match how {
        Normalisation::MinimumMaximum => values.iter().map(|value| (value - low) / (high - low)).collect(),
        Normalisation::ZScore => {
            let (centre, spread) = (mean(values)?, standard_deviation(values)?);
            values.iter().map(|value| (value - centre) / spread).collect()
        }
        Normalisation::Rank => {
            let last = (values.len() - 1) as f64;
            ranks(values).iter().map(|rank| (rank - 1.0) / last).collect()
        }
    })
}

/// How indicators are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregation {
    /// Weighted mean: a good value makes up for a bad one.
    Arithmetic,
    /// Weighted geometric mean, for positive values: a bad value is hard to make up for.
    Geometric,
}

/// The index of each unit from indicators (each over all units) and their weights, which are
/// brought to a sum of one. `None` if lengths differ, weights are negative or sum to nothing, or
/// a value is not positive where the mean is geometric.
pub fn aggregate(indicators: &[Vec<f64>], weights: &[f64], how: Aggregation) -> Option<Vec<f64>> {
    let units = indicators.first()?.len();
    let total: f64 = weights.iter().sum();
    let sound = indicators.len() == weights.len()
        && indicators.iter().all(|values| values.len() == units)
        && weights.iter().all(|weight| *weight >= 0.0)
        && total > 0.0;
    if !sound {
        return None;
    }
    let weighted = |unit: usize, of: &dyn Fn(f64) -> f64| -> f64 {
        indicators.iter().zip(weights).map(|(values, weight)| weight / total * of(values[unit])).sum()
    };
    match how {
        Aggregation::Arithmetic => Some((0..units).map(|unit| weighted(unit, &|value| value)).collect()),
        Aggregation::Geometric => {
            let positive = indicators.iter().flatten().all(|value| *value > 0.0);
            positive.then(|| (0..units).map(|unit| weighted(unit, &f64::ln).exp()).collect())
        }
    }
}

/// Weights by the first principal component of the indicators' correlations: squared loadings,
/// which sum to one. `None` if an indicator never varies.
pub fn principal_weights(indicators: &[Vec<f64>]) -> Option<Vec<f64>> {
    let size = indicators.len();
    if indicators.iter().any(|values| constant(values)) {
        return None;
    }
    let mut correlations = Mat::<f64>::identity(size, size);
    for i in 0..size {
        for j in 0..i {
            let value = pearson(&indicators[i], &indicators[j])?;
            correlations[(i, j)] = value;
            correlations[(j, i)] = value;
        }
    }
    let decomposed = correlations.self_adjoint_eigen(Side::Lower).ok()?;
    // Eigenvalues ascend.
    let loadings = decomposed.U().col(size.checked_sub(1)?).to_owned();
    Some((0..size).map(|at| loadings[at] * loadings[at]).collect())
}
