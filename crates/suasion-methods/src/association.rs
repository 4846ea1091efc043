//! How two series go together.

use crate::quantile::mean;

/// Product–moment correlation of paired values; `None` if either side is constant or short.
pub fn pearson(x: &[f64], y: &[f64]) -> Option<f64> {
    if x.len() != y.len() || x.len() < 3 {
        return None;
    }
    let (mean_x, mean_y) = (mean(x)?, mean(y)?);
    let (mut cross, mut square_x, mut square_y) = (0.0, 0.0, 0.0);
    for (a, b) in x.iter().zip(y) {
        cross += (a - mean_x) * (b - mean_y);
        square_x += (a - mean_x).powi(2);
        square_y += (b - mean_y).powi(2);
    }
    (square_x > 0.0 && square_y > 0.0).then(|| cross / (square_x * square_y).sqrt())
}

/// Average ranks, ties sharing the mean of their ranks (first rank 1).
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    while start < order.len() {
        let tied = order[start..].iter().take_while(|&&index| values[index] == values[order[start]]).count();
        let shared = start as f64 + (tied + 1) as f64 / 2.0;
        for &index in &order[start..start + tied] {
            ranks[index] = shared;
        }
        start += tied;
    }
    ranks
}

/// Spearman's rank correlation with ties.
pub fn spearman(x: &[f64], y: &[f64]) -> Option<f64> {
    pearson(&ranks(x), &ranks(y))
}

/// Counts of two yes/no series over the same periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TwoByTwo {
    /// Both.
    pub both: usize,
    /// Only the first.
    pub first: usize,
    /// Only the second.
    pub second: usize,
    /// Neither.
    pub neither: usize,
}

impl TwoByTwo {
    /// Counts the four combinations.
    pub fn of(first: &[bool], second: &[bool]) -> Self {
        let mut table = Self::default();
        for pair in first.iter().zip(second) {
            match pair {
                (true, true) => table.both += 1,
                (true, false) => table.first += 1,
                (false, true) => table.second += 1,
                (false, false) => table.neither += 1,
            }
        }
        table
    }

    /// Odds ratio with one half added to each cell (Haldane 1956, Anscombe 1956), so that an
    /// empty cell gives a finite value. Above 1: the two tend to come together.
    pub fn odds_ratio(&self) -> f64 {
        let [both, first, second, neither] =
            [self.both, self.first, self.second, self.neither].map(|count| count as f64 + 0.5);
        (both * neither) / (first * second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constant_series_have_no_correlation() {
        assert_eq!(pearson(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0]), None);
        assert_eq!(ranks(&[2.0, 1.0, 2.0]), vec![2.5, 1.0, 2.5]);
    }

    #[test]
    fn odds_ratio_stays_finite() {
        let table = TwoByTwo::of(&[true, true, false], &[false, false, true]);
        assert_eq!(table.both, 0);
        assert!((table.odds_ratio() - (0.5 * 0.5) / (2.5 * 1.5)).abs() < 1e-12);
    }
}
