//! Random signs of calendar months, shared by all specifications.

use std::ops::Range;

use rand::Rng;

use crate::random::Seed;

/// Draws are computed in groups of this many.
pub(super) const LANES: usize = 8;

/// One random sign for each month of the calendar in each draw.
#[derive(Debug, Clone)]
pub struct SharedWeights {
    months: usize,
    draws: usize,
    /// Draw by draw, one bit for each month.
    bits: Vec<u64>,
}

impl SharedWeights {
    /// Signs of `months` months in `draws` draws.
    pub fn new(months: usize, draws: usize, seed: Seed) -> Self {
        let words = months.div_ceil(64);
        let bits = (0..draws)
            .flat_map(|draw| {
                let mut generator = seed.numbered(draw as u64).generator();
                (0..words).map(move |_| generator.next_u64()).collect::<Vec<_>>()
            })
            .collect();
        Self { months, draws, bits }
    }

    /// Number of draws.
    pub fn draws(&self) -> usize {
        self.draws
    }

    fn sign(&self, draw: usize, month: usize) -> f64 {
        let word = self.bits[draw * self.months.div_ceil(64) + month / 64];
        if word >> (month % 64) & 1 == 1 { 1.0 } else { -1.0 }
    }

    /// Weights of steps that span several months: the sum of their signs with variance one, so
    /// that a year and its quarters keep the correlation that they have in the record. Months
    /// outside of the calendar carry no weight.
    pub fn by_steps(&self, steps: &[Range<usize>]) -> StepWeights {
        let width = self.draws.div_ceil(LANES) * LANES;
        let mut values = vec![0.0; steps.len() * width];
        for (row, months) in values.chunks_exact_mut(width.max(1)).zip(steps) {
            let months = months.start.min(self.months)..months.end.min(self.months);
            let scale = 1.0 / (months.len().max(1) as f64).sqrt();
            for (draw, value) in row.iter_mut().enumerate().take(self.draws) {
                *value = months.clone().map(|month| self.sign(draw, month)).sum::<f64>() * scale;
            }
        }
        StepWeights { steps: steps.len(), draws: self.draws, width, values }
    }
}

/// Weights of the steps of one calendar, such as all quarters of a study.
#[derive(Debug, Clone)]
pub struct StepWeights {
    steps: usize,
    draws: usize,
    /// Draws with those that fill the last group.
    width: usize,
    /// Step by step, one weight for each draw.
    values: Vec<f64>,
}

impl StepWeights {
    /// Number of steps.
    pub fn steps(&self) -> usize {
        self.steps
    }

    /// Number of draws.
    pub fn draws(&self) -> usize {
        self.draws
    }

    /// Groups of [`LANES`] draws.
    pub(super) fn groups(&self) -> usize {
        self.width / LANES
    }

    /// Weights of a step in one group of draws.
    pub(super) fn group(&self, step: usize, group: usize) -> &[f64] {
        let start = step * self.width + group * LANES;
        &self.values[start..start + LANES]
    }

    /// Weight of a step in a draw.
    pub fn at(&self, step: usize, draw: usize) -> f64 {
        self.values[step * self.width + draw]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_made_of_their_quarters() {
        let weights = SharedWeights::new(24, 4_001, Seed::new(1));
        let years = weights.by_steps(&[0..12, 12..24]);
        let quarters = weights.by_steps(&[0..3, 3..6, 6..9, 9..12]);
        let mean = |product: &dyn Fn(usize) -> f64| (0..4_001).map(product).sum::<f64>() / 4_001.0;
        assert!((mean(&|draw| years.at(0, draw).powi(2)) - 1.0).abs() < 0.06);
        assert!(mean(&|draw| years.at(0, draw) * years.at(1, draw)).abs() < 0.06);
        // Three of twelve months in common: 3 / √(3 · 12).
        assert!((mean(&|draw| years.at(0, draw) * quarters.at(2, draw)) - 0.5).abs() < 0.06);
        let sum: f64 = (0..4).map(|quarter| quarters.at(quarter, 7)).sum();
        assert!((sum / 2.0 - years.at(0, 7)).abs() < 1e-12);
    }
}
