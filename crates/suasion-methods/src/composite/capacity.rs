//! Formal bilateral influence capacity in the manner of Moyer et al. (2018, 2021): how much two
//! states deal with each other, times how much one of them depends on it.

/// Weights of the parts, each to a sum of one. The published weights could not be verified, so
/// that none is built in but equality; a study names others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CapacityWeights {
    bandwidth: [f64; 3],
    dependence: [f64; 2],
}

impl CapacityWeights {
    /// Weights of economic, political and security bandwidth, and of economic and security
    /// dependence; there is no political one. `None` if a weight is negative or no number, or
    /// those of a part sum to nothing.
    pub fn new(bandwidth: [f64; 3], dependence: [f64; 2]) -> Option<Self> {
        Some(Self { bandwidth: shares(bandwidth)?, dependence: shares(dependence)? })
    }

    /// Bandwidth of a dyad, between 0 and 1.
    pub fn bandwidth(&self, of: &Capacity) -> f64 {
        weighted(&of.bandwidth, &self.bandwidth)
    }

    /// Dependence of its target, between 0 and 1.
    pub fn dependence(&self, of: &Capacity) -> f64 {
        weighted(&of.dependence, &self.dependence)
    }
}

impl Default for CapacityWeights {
    fn default() -> Self {
        Self { bandwidth: [1.0 / 3.0; 3], dependence: [0.5; 2] }
    }
}

fn shares<const N: usize>(weights: [f64; N]) -> Option<[f64; N]> {
    let total: f64 = weights.iter().sum();
    let sound = total > 0.0 && total.is_finite() && weights.iter().all(|weight| *weight >= 0.0);
    sound.then(|| weights.map(|weight| weight / total))
}

fn weighted(values: &[f64], weights: &[f64]) -> f64 {
    values.iter().zip(weights).map(|(value, weight)| value * weight).sum()
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
/// divisor: with other years or dyads it changes, and with it every value. `None` if nobody has
/// any capacity.
pub fn influence_capacity(parts: &[Capacity], weights: &CapacityWeights) -> Option<(Vec<f64>, f64)> {
    let raw: Vec<f64> = parts.iter().map(|of| weights.bandwidth(of) * weights.dependence(of)).collect();
    let largest = raw.iter().copied().fold(0.0, f64::max);
    (largest > 0.0).then(|| (raw.iter().map(|value| value / largest).collect(), largest))
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
        // Twice the weight on the economic part: (2 × 0.6 + 0.3 + 0) / 4 by (0.5 + 3 × 0.1) / 4.
        let weights = CapacityWeights::new([2.0, 1.0, 1.0], [1.0, 3.0]).unwrap();
        assert!((influence_capacity(&parts, &weights).unwrap().1 - 0.375 * 0.2).abs() < 1e-12);
    }

    #[test]
    fn weights_that_say_nothing_are_refused() {
        assert!(CapacityWeights::new([0.0; 3], [1.0, 1.0]).is_none());
        assert!(CapacityWeights::new([1.0; 3], [-1.0, 3.0]).is_none());
        assert!(CapacityWeights::new([1.0, f64::NAN, 1.0], [1.0, 1.0]).is_none());
    }
}
