//! How two series go together.

use crate::distribution::normal::two_sided;
use crate::distribution::student_t_two_sided;
use crate::quantile::mean;

/// Product–moment correlation (Pearson 1895) of paired values; `None` if either side is constant or
/// short.
pub fn pearson(x: &[f64], y: &[f64]) -> Option<f64> {
    if x.len() != y.len() || x.len() < 3 || constant(x) || constant(y) {
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

/// Whether all values are the same. (Sums of squares around a mean may leave rounding dust.)
pub(crate) fn constant(values: &[f64]) -> bool {
    values.windows(2).all(|pair| pair[0] == pair[1])
}

/// Average ranks, ties sharing the mean of their ranks (first rank 1). Values that are not numbers
/// come last, each with a rank of its own; callers that cannot have them look first.
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    while start < order.len() {
        let tied =
            order[start..].iter().take_while(|&&index| values[index] == values[order[start]]).count().max(1);
        let shared = start as f64 + (tied + 1) as f64 / 2.0;
        for &index in &order[start..start + tied] {
            ranks[index] = shared;
        }
        start += tied;
    }
    ranks
}

/// Spearman's rank correlation (1904) with ties; `None` as for [`pearson`], or if a value is not a
/// number.
pub fn spearman(x: &[f64], y: &[f64]) -> Option<f64> {
    let numbers = x.iter().chain(y).all(|value| !value.is_nan());
    numbers.then(|| pearson(&ranks(x), &ranks(y))).flatten()
}

/// A rank correlation with its both-sided p-value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correlation {
    /// Between −1 and 1.
    pub value: f64,
    /// Probability of one as far from zero without association.
    pub p_value: f64,
}

/// Spearman's rank correlation with its p-value from Student's t with n − 2 degrees of freedom,
/// for independent pairs.
pub fn spearman_test(x: &[f64], y: &[f64]) -> Option<Correlation> {
    with_student_t(spearman(x, y)?, x.len())
}

/// Product–moment correlation with its p-value from Student's t with n − 2 degrees of freedom, for
/// independent and normal pairs.
pub fn pearson_test(x: &[f64], y: &[f64]) -> Option<Correlation> {
    with_student_t(pearson(x, y)?, x.len())
}

fn with_student_t(value: f64, n: usize) -> Option<Correlation> {
    let freedom = (n as f64) - 2.0;
    let t = value * (freedom / ((1.0 - value) * (1.0 + value)).max(0.0)).sqrt();
    Some(Correlation { value, p_value: student_t_two_sided(t, freedom)? })
}

/// Kendall's τ-b (1945) with its p-value from the normal approximation, ties allowed for in the variance,
/// for independent pairs. In n log n (Knight 1966).
pub fn kendall_test(x: &[f64], y: &[f64]) -> Option<Correlation> {
    if x.len() != y.len() || x.len() < 3 || x.iter().chain(y).any(|value| value.is_nan()) {
        return None;
    }
    let (x, y) = (&without_signed_zero(x), &without_signed_zero(y));
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|&a, &b| x[a].total_cmp(&x[b]).then(y[a].total_cmp(&y[b])));
    let n = x.len() as f64;
    let both: f64 =
        order.chunk_by(|&a, &b| x[a] == x[b] && y[a] == y[b]).map(|same| pairs(same.len() as f64)).sum();
    let (mut ordered, mut buffer): (Vec<f64>, Vec<f64>) =
        (order.iter().map(|&at| y[at]).collect(), y.clone());
    let swaps = inversions(&mut ordered, &mut buffer) as f64;
    let (ties_x, ties_y) = (Ties::of(x), Ties::of(y));
    let score = pairs(n) - ties_x.pairs - ties_y.pairs + both - 2.0 * swaps;
    let untied = (pairs(n) - ties_x.pairs) * (pairs(n) - ties_y.pairs);
    if untied <= 0.0 {
        return None;
    }
    let variance = (n * (n - 1.0) * (2.0 * n + 5.0) - ties_x.fives - ties_y.fives) / 18.0
        + 2.0 * ties_x.pairs * ties_y.pairs / (n * (n - 1.0))
        + ties_x.triples * ties_y.triples / (9.0 * n * (n - 1.0) * (n - 2.0));
    Some(Correlation { value: score / untied.sqrt(), p_value: two_sided(score / variance.sqrt()) })
}

/// Minus zero equals zero but sorts before it.
fn without_signed_zero(values: &[f64]) -> Vec<f64> {
    values.iter().map(|value| value + 0.0).collect()
}

fn pairs(n: f64) -> f64 {
    n * (n - 1.0) / 2.0
}

/// Sums over groups of equal values.
struct Ties {
    pairs: f64,
    triples: f64,
    fives: f64,
}

impl Ties {
    fn of(values: &[f64]) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let mut ties = Self { pairs: 0.0, triples: 0.0, fives: 0.0 };
        for same in sorted.chunk_by(|a, b| a == b) {
            let t = same.len() as f64;
            ties.pairs += pairs(t);
            ties.triples += t * (t - 1.0) * (t - 2.0);
            ties.fives += t * (t - 1.0) * (2.0 * t + 5.0);
        }
        ties
    }
}

/// Number of pairs out of order; sorts by merging.
fn inversions(values: &mut [f64], buffer: &mut [f64]) -> u64 {
    let n = values.len();
    if n < 2 {
        return 0;
    }
    let middle = n / 2;
    let mut count = inversions(&mut values[..middle], &mut buffer[..middle])
        + inversions(&mut values[middle..], &mut buffer[middle..]);
    let (mut left, mut right) = (0, middle);
    for slot in buffer.iter_mut() {
        let from_left = right == n || (left < middle && values[left] <= values[right]);
        if from_left {
            *slot = values[left];
            left += 1;
        } else {
            *slot = values[right];
            right += 1;
            count += (middle - left) as u64;
        }
    }
    values.copy_from_slice(buffer);
    count
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
