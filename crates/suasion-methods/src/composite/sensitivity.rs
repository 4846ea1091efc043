//! Which choice moves an output: variance-based indices (Sobol 1993; Saltelli et al. 2010, Computer
//! Physics Communications 181:259–270).

use rand::RngExt;

use crate::association::constant;
use crate::quantile::mean;
use crate::random::Seed;

/// Points at which an output must be computed: two independent samples A and B of the choices, and
/// A with one column from B at a time. Values lie between 0 and 1; how each stands for an option
/// is the caller's.
#[derive(Debug, Clone, PartialEq)]
pub struct SensitivityDesign {
    /// The first sample.
    pub a: Vec<Vec<f64>>,
    /// The second.
    pub b: Vec<Vec<f64>>,
}

impl SensitivityDesign {
    /// `runs` points of so many choices; the output is needed at `runs` × (choices + 2) points.
    pub fn new(runs: usize, choices: usize, seed: Seed) -> Self {
        let sample = |label: &str| {
            let mut generator = seed.named(label).generator();
            (0..runs).map(|_| (0..choices).map(|_| generator.random::<f64>()).collect()).collect()
        };
        Self { a: sample("a"), b: sample("b") }
    }

    /// The points of A with one column from B.
    pub fn mixed(&self, choice: usize) -> Vec<Vec<f64>> {
        let mixed = self.a.iter().zip(&self.b).map(|(a, b)| {
            let mut point = a.clone();
            if let (Some(slot), Some(value)) = (point.get_mut(choice), b.get(choice)) {
                *slot = *value;
            }
            point
        });
        mixed.collect()
    }
}

/// Shares of the output's variance, by choice.
#[derive(Debug, Clone, PartialEq)]
pub struct SensitivityIndices {
    /// By the choice alone.
    pub first_order: Vec<f64>,
    /// By the choice together with all others.
    pub total: Vec<f64>,
}

/// Indices from the outputs at A, at B and at each mixed sample (first order: Saltelli et al.
/// 2010; total: Jansen 1999). As SALib does, outputs are first centred on the mean of all; at few
/// runs the first-order estimate depends on that. `None` if lengths differ or the output never
/// varies.
pub fn sensitivity(at_a: &[f64], at_b: &[f64], at_mixed: &[Vec<f64>]) -> Option<SensitivityIndices> {
    let n = at_a.len();
    if at_b.len() != n || at_mixed.iter().any(|outputs| outputs.len() != n) || n == 0 {
        return None;
    }
    let all: Vec<f64> = at_a.iter().chain(at_b).chain(at_mixed.iter().flatten()).copied().collect();
    let centre = mean(&all)?;
    let both: Vec<f64> = at_a.iter().chain(at_b).copied().collect();
    let middle = mean(&both)?;
    let variance = both.iter().map(|value| (value - middle).powi(2)).sum::<f64>() / both.len() as f64;
    if constant(&both) || variance <= 0.0 {
        return None;
    }
    let average = |of: &dyn Fn(usize) -> f64| (0..n).map(of).sum::<f64>() / n as f64;
    let first = |mixed: &Vec<f64>| average(&|i| (at_b[i] - centre) * (mixed[i] - at_a[i])) / variance;
    let total = |mixed: &Vec<f64>| average(&|i| (at_a[i] - mixed[i]).powi(2)) / (2.0 * variance);
    Some(SensitivityIndices {
        first_order: at_mixed.iter().map(first).collect(),
        total: at_mixed.iter().map(total).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_shared_by_its_terms() {
        let design = SensitivityDesign::new(20_000, 3, Seed::new(11));
        let output = |points: &[Vec<f64>]| -> Vec<f64> {
            points.iter().map(|point| 2.0 * point[0] + point[1] + 0.0 * point[2]).collect()
        };
        let mixed: Vec<Vec<f64>> = (0..3).map(|choice| output(&design.mixed(choice))).collect();
        let found = sensitivity(&output(&design.a), &output(&design.b), &mixed).unwrap();
        // Variances of the terms are as 4 to 1.
        for (index, expected) in
            found.first_order.iter().chain(&found.total).zip([0.8, 0.2, 0.0, 0.8, 0.2, 0.0])
        {
            assert!((index - expected).abs() < 0.03, "{found:?}");
        }
    }
}
