//! Which observations make up a resample: by blocks of fixed length, by whole dyads, shuffled.

use rand::RngExt;
use rayon::prelude::*;

use super::bootstrap::BootstrapDraws;
use crate::random::Seed;

/// A scheme whose resamples are numbered, so that the same ones serve any statistic and any
/// specification.
pub trait Resamples: Sync {
    /// Number of resamples.
    fn draws(&self) -> usize;

    /// The positions that make up one of them.
    fn positions(&self, draw: usize) -> Vec<usize>;

    /// All of them, to be used again and again.
    fn all(&self) -> Vec<Vec<usize>> {
        (0..self.draws()).into_par_iter().map(|draw| self.positions(draw)).collect()
    }

    /// A statistic over all resamples.
    fn statistic(&self, statistic: impl Fn(&[usize]) -> Option<f64> + Sync) -> BootstrapDraws
    where
        Self: Sized,
    {
        let one = |draw| statistic(&self.positions(draw)).unwrap_or(f64::NAN);
        BootstrapDraws::new((0..self.draws()).into_par_iter().map(one).collect())
    }
}

/// The circular block bootstrap (Politis & Romano 1992): blocks of one length, from anywhere, that
/// wrap around the end.
#[derive(Debug, Clone, Copy)]
pub struct CircularBlocks {
    /// Number of time positions.
    pub length: usize,
    /// Positions in a block, at least 1.
    pub block: usize,
    /// Number of resamples.
    pub draws: usize,
    /// Where the draws come from.
    pub seed: Seed,
}

impl Resamples for CircularBlocks {
    fn draws(&self) -> usize {
        self.draws
    }

    fn positions(&self, draw: usize) -> Vec<usize> {
        if self.length == 0 {
            return Vec::new();
        }
        let mut generator = self.seed.numbered(draw as u64).generator();
        let block = self.block.clamp(1, self.length);
        let mut positions = Vec::with_capacity(self.length + block);
        while positions.len() < self.length {
            let start = generator.random_range(0..self.length);
            positions.extend((0..block).map(|step| (start + step) % self.length));
        }
        positions.truncate(self.length);
        positions
    }
}

/// Whole units with replacement: dyads with all their periods, so that any dependence within a
/// dyad is kept.
#[derive(Debug, Clone, Copy)]
pub struct WholeUnits {
    /// Number of units.
    pub units: usize,
    /// Number of resamples.
    pub draws: usize,
    /// Where the draws come from.
    pub seed: Seed,
}

impl Resamples for WholeUnits {
    fn draws(&self) -> usize {
        self.draws
    }

    fn positions(&self, draw: usize) -> Vec<usize> {
        let mut generator = self.seed.numbered(draw as u64).generator();
        (0..self.units).map(|_| generator.random_range(0..self.units)).collect()
    }
}

/// Every order of the observations is as likely: the null that order says nothing.
#[derive(Debug, Clone, Copy)]
pub struct Permutations {
    /// Number of observations.
    pub length: usize,
    /// Number of permutations.
    pub draws: usize,
    /// Where the draws come from.
    pub seed: Seed,
}

impl Resamples for Permutations {
    fn draws(&self) -> usize {
        self.draws
    }

    fn positions(&self, draw: usize) -> Vec<usize> {
        let mut generator = self.seed.numbered(draw as u64).generator();
        let mut positions: Vec<usize> = (0..self.length).collect();
        for last in (1..self.length).rev() {
            positions.swap(last, generator.random_range(0..=last));
        }
        positions
    }
}

impl Permutations {
    /// Share of permutations whose statistic is at least the observed one, with one added; `None`
    /// where the observed statistic is undefined.
    pub fn p_value(&self, statistic: impl Fn(&[usize]) -> Option<f64> + Sync) -> Option<f64> {
        let order: Vec<usize> = (0..self.length).collect();
        let observed = statistic(&order).filter(|value| value.is_finite())?;
        let draws = self.statistic(statistic);
        // The same sum in another order may differ in its last digits.
        let dust = 1e-12 * observed.abs();
        let reached = draws.values().iter().filter(|&&value| value >= observed - dust).count();
        Some((reached + 1) as f64 / (draws.values().len() + 1) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantile::mean;

    #[test]
    fn blocks_run_on_and_wrap() {
        let blocks = CircularBlocks { length: 10, block: 4, draws: 50, seed: Seed::new(1) };
        for positions in blocks.all() {
            assert_eq!(positions.len(), 10);
            for block in positions.chunks(4) {
                assert!(block.windows(2).all(|pair| pair[1] == (pair[0] + 1) % 10));
            }
        }
    }

    #[test]
    fn a_permutation_holds_everything_once() {
        let permutations = Permutations { length: 7, draws: 20, seed: Seed::new(2) };
        for mut positions in permutations.all() {
            positions.sort_unstable();
            assert_eq!(positions, (0..7).collect::<Vec<_>>());
        }
        let values = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];
        let rising = |at: &[usize]| Some(at.iter().enumerate().map(|(i, &p)| i as f64 * values[p]).sum());
        assert!((permutations.p_value(rising).unwrap() - 1.0 / 21.0).abs() < 1e-12);
    }

    #[test]
    fn units_are_drawn_with_replacement_alike_for_any_number_of_threads() {
        let units = WholeUnits { units: 30, draws: 400, seed: Seed::new(3) };
        let value = |at: &[usize]| mean(&at.iter().map(|&unit| unit as f64).collect::<Vec<_>>());
        let run = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| units.statistic(value).values().to_vec())
        };
        let draws = run(1);
        assert_eq!(draws, run(3));
        assert!((mean(&draws).unwrap() - 14.5).abs() < 0.4);
    }
}
