//! Formal bilateral influence capacity in the manner of Moyer et al. (2018, 2021): how much two
//! states deal with each other, times how much one of them depends on it.

/// Weights of the parts, each brought to a sum of one. The published weights could not be
/// verified, so that none is built in but equality; a weights file can name others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CapacityWeights {
    /// Of economic, political and security bandwidth.
    pub bandwidth: [f64; 3],
    /// Of economic and security dependence; there is no political one.
    pub dependence: [f64; 2],
}

impl Default for CapacityWeights {
    fn default() -> Self {
        Self { bandwidth: [1.0; 3], dependence: [1.0; 2] }
    }
}

/// The parts of one directed dyad in one year, each between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Capacity {
    /// Economic, political and security bandwidth: the same in both directions.
    pub bandwidth: [f64; 3],
    /// Economic and security dependence of the target on the source.
    pub dependence: [f64; 2],
}

/// Bandwidth times dependence of each dyad and year, divided by the largest of all, and that
/// divisor: with other years or dyads it changes, and with it every value. `None` if weights are
/// negative or sum to nothing, or nobody has any capacity.
pub fn influence_capacity(parts: &[Capacity], weights: &CapacityWeights) -> Option<(Vec<f64>, f64)> {
    let raw: Option<Vec<f64>> = parts
        .iter()
        .map(|of| {
            Some(
                weighted(&of.bandwidth, &weights.bandwidth)? * weighted(&of.dependence, &weights.dependence)?,
            )
        })
        .collect();
    let raw = raw?;
    let largest = raw.iter().copied().fold(0.0, f64::max);
    (largest > 0.0).then(|| (raw.iter().map(|value| value / largest).collect(), largest))
}

fn weighted(values: &[f64], weights: &[f64]) -> Option<f64> {
    let total: f64 = weights.iter().sum();
    let sound = total > 0.0 && weights.iter().all(|weight| *weight >= 0.0);
    sound.then(|| values.iter().zip(weights).map(|(value, weight)| value * weight / total).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_is_one_and_either_part_at_zero_makes_it_zero() {
        let parts = [
            Capacity { bandwidth: [0.6, 0.3, 0.0], dependence: [0.5, 0.1] },
            Capacity { bandwidth: [0.2, 0.1, 0.0], dependence: [0.5, 0.1] },
            Capacity { bandwidth: [0.9, 0.9, 0.9], dependence: [0.0, 0.0] },
        ];
        let (values, divisor) = influence_capacity(&parts, &CapacityWeights::default()).unwrap();
        assert!((values[0] - 1.0).abs() < 1e-12 && (values[1] - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!(values[2], 0.0);
        assert!((divisor - 0.09).abs() < 1e-12);
        let none = CapacityWeights { bandwidth: [0.0; 3], ..CapacityWeights::default() };
        assert!(influence_capacity(&parts, &none).is_none());
    }
}
