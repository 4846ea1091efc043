//! The stationary bootstrap (Politis & Romano 1994).

use rand::RngExt;
use rayon::prelude::*;

use crate::estimate::Interval;
use crate::quantile::quantile_of_sorted;
use crate::random::Seed;

/// Resamples of time positions in blocks of geometric length that wrap around the end.
///
/// The same draws serve any statistic, so that all specifications of a claim face the same
/// resamples.
#[derive(Debug, Clone, Copy)]
pub struct StationaryBootstrap {
    /// Number of time positions.
    pub length: usize,
    /// Expected block length, at least 1.
    pub block: f64,
    /// Number of resamples.
    pub draws: usize,
    /// Where the draws come from.
    pub seed: Seed,
}

impl StationaryBootstrap {
    /// The time positions of one resample.
    pub fn positions(&self, draw: usize) -> Vec<usize> {
        let mut generator = self.seed.numbered(draw as u64).generator();
        let restart = 1.0 / self.block.max(1.0);
        let mut positions = Vec::with_capacity(self.length);
        let mut current = 0;
        for step in 0..self.length {
            current = if step == 0 || generator.random::<f64>() < restart {
                generator.random_range(0..self.length)
            } else {
                (current + 1) % self.length
            };
            positions.push(current);
        }
        positions
    }

    /// The statistic over all resamples; draws for which it is undefined are counted apart.
    pub fn run(&self, statistic: impl Fn(&[usize]) -> Option<f64> + Sync) -> BootstrapDraws {
        if self.length == 0 {
            return BootstrapDraws { sorted: Vec::new(), undefined: self.draws };
        }
        let mut sorted: Vec<f64> = (0..self.draws)
            .into_par_iter()
            .filter_map(|draw| statistic(&self.positions(draw)).filter(|value| value.is_finite()))
            .collect();
        sorted.sort_by(f64::total_cmp);
        let undefined = self.draws - sorted.len();
        BootstrapDraws { sorted, undefined }
    }

    /// The statistic of two stretches that are resampled apart, such as before and after.
    pub fn run_paired(
        &self,
        other: &Self,
        statistic: impl Fn(&[usize], &[usize]) -> Option<f64> + Sync,
    ) -> BootstrapDraws {
        let draws = self.draws.min(other.draws);
        if self.length == 0 || other.length == 0 {
            return BootstrapDraws { sorted: Vec::new(), undefined: draws };
        }
        let mut sorted: Vec<f64> = (0..draws)
            .into_par_iter()
            .filter_map(|draw| {
                statistic(&self.positions(draw), &other.positions(draw)).filter(|value| value.is_finite())
            })
            .collect();
        sorted.sort_by(f64::total_cmp);
        let undefined = draws - sorted.len();
        BootstrapDraws { sorted, undefined }
    }
}

/// The statistic's values over resamples, ascending.
#[derive(Debug, Clone)]
pub struct BootstrapDraws {
    sorted: Vec<f64>,
    undefined: usize,
}

impl BootstrapDraws {
    /// Draws that were made elsewhere; values that are not finite count as undefined.
    pub fn new(values: Vec<f64>) -> Self {
        let total = values.len();
        let mut sorted: Vec<f64> = values.into_iter().filter(|value| value.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let undefined = total - sorted.len();
        Self { sorted, undefined }
    }

    /// The values, ascending.
    pub fn values(&self) -> &[f64] {
        &self.sorted
    }

    /// Resamples for which the statistic was undefined.
    pub fn undefined(&self) -> usize {
        self.undefined
    }

    /// Percentile interval; `None` if fewer than half of the resamples gave a value.
    pub fn interval(&self, level: f64) -> Option<Interval> {
        if self.sorted.len() < 2 || self.sorted.len() < self.undefined {
            return None;
        }
        let tail = (1.0 - level) / 2.0;
        Some(Interval {
            low: quantile_of_sorted(&self.sorted, tail)?,
            high: quantile_of_sorted(&self.sorted, 1.0 - tail)?,
            level,
        })
    }

    /// One-sided p-value that the true value is not above `bound`, with one added.
    ///
    /// The larger of two: the share of draws at or below the bound, which agrees with the percentile
    /// interval, and the share of draws centred on the bound that reach the observed value, taken
    /// under the null (Hall & Wilson 1991). A skewed bootstrap cannot call an effect clear that its
    /// own interval does not.
    pub fn p_above(&self, observed: f64, bound: f64) -> f64 {
        let beyond = self.count(|value| value <= bound);
        let centred = self.count(|value| value - observed >= observed - bound);
        self.with_one_added(beyond.max(centred))
    }

    /// One-sided p-value that the true value is not below `bound`; see [`BootstrapDraws::p_above`].
    pub fn p_below(&self, observed: f64, bound: f64) -> f64 {
        let beyond = self.count(|value| value >= bound);
        let centred = self.count(|value| observed - value >= bound - observed);
        self.with_one_added(beyond.max(centred))
    }

    fn count(&self, reached: impl Fn(f64) -> bool) -> usize {
        self.sorted.iter().filter(|&&value| reached(value)).count()
    }

    fn with_one_added(&self, count: usize) -> f64 {
        (count + 1) as f64 / (self.sorted.len() + 1) as f64
    }

    /// Share of resamples for which the value satisfies a condition.
    pub fn share(&self, condition: impl Fn(f64) -> bool) -> Option<f64> {
        let n = self.sorted.len();
        (n > 0).then(|| self.sorted.iter().filter(|&&value| condition(value)).count() as f64 / n as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantile::mean;

    fn bootstrap(draws: usize) -> StationaryBootstrap {
        StationaryBootstrap { length: 40, block: 4.0, draws, seed: Seed::new(3) }
    }

    #[test]
    fn thread_count_changes_nothing() {
        let values: Vec<f64> = (0..40).map(|i| f64::from(i % 7)).collect();
        let run = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                bootstrap(200).run(|at| mean(&at.iter().map(|&i| values[i]).collect::<Vec<_>>())).sorted
            })
        };
        assert_eq!(run(1), run(4));
    }

    #[test]
    fn blocks_have_the_expected_length() {
        let (mut joins, mut steps) = (0, 0);
        for draw in 0..300 {
            let positions = bootstrap(300).positions(draw);
            joins += positions.windows(2).filter(|pair| pair[1] == (pair[0] + 1) % 40).count();
            steps += positions.len() - 1;
        }
        // Continues with 3/4, or by chance restarts on the next position.
        let expected = 0.75 + 0.25 / 40.0;
        assert!((f64::from(joins as u32) / f64::from(steps as u32) - expected).abs() < 0.02);
    }

    #[test]
    fn p_values_see_a_clear_effect_and_never_reach_zero() {
        let values: Vec<f64> = (0..40).map(|i| 5.0 + f64::from(i % 3)).collect();
        let draws = bootstrap(499).run(|at| mean(&at.iter().map(|&i| values[i]).collect::<Vec<_>>()));
        let observed = mean(&values).unwrap();
        assert!((draws.p_above(observed, 0.0) - 1.0 / 500.0).abs() < 1e-12);
        assert!(draws.p_below(observed, 0.0) > 0.99);
        let interval = draws.interval(0.95).unwrap();
        assert!(interval.low < observed && observed < interval.high);
    }

    #[test]
    fn nothing_to_draw_from_gives_nothing() {
        let none = StationaryBootstrap { length: 0, ..bootstrap(10) }.run(|_| Some(1.0));
        assert_eq!(none.interval(0.95), None);
        assert_eq!(none.undefined(), 10);
    }
}
