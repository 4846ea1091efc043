//! Pruned exact linear time segmentation (Killick, Fearnhead & Eckley 2012, arXiv 1101.1438).

use super::cost::Cost;

/// Schwarz's penalty per change for a series of `n` observations, `dimensions` series and noise of
/// the given variance: one mean per series and the change's own place.
pub fn bic_penalty(n: usize, dimensions: usize, variance: f64) -> f64 {
    variance * (dimensions as f64 + 1.0) * (n as f64).ln()
}

/// Change points that minimise Σ (cost + penalty): the first index of each new segment, ascending.
///
/// Exact: every position is a candidate (no jump). Once F(s) + C(s, t) exceeds F(t), cutting at t
/// beats keeping s for every end that leaves the segment from t its shortest length, so s is
/// dropped from `t + shortest` on and not earlier. Least squares never grows by a cut, hence K = 0.
pub fn pelt(cost: &impl Cost, penalty: f64) -> Vec<usize> {
    let (n, shortest) = (cost.len(), cost.shortest());
    if n < 2 * shortest {
        return Vec::new();
    }
    // best[t]: least cost of the first t observations; last[t]: start of its last segment.
    let mut best = vec![f64::INFINITY; n + 1];
    let mut last = vec![0; n + 1];
    best[0] = -penalty;
    // Starts of a last segment, each with the end from which it can no longer be best, and its
    // cost up to the present end.
    let mut candidates = vec![(0, usize::MAX)];
    let mut costs: Vec<f64> = Vec::with_capacity(n);
    for end in shortest..=n {
        costs.clear();
        costs.extend(candidates.iter().map(|&(start, _)| best[start] + cost.of(start, end)));
        for (&(start, _), &total) in candidates.iter().zip(&costs) {
            if total + penalty < best[end] {
                best[end] = total + penalty;
                last[end] = start;
            }
        }
        let least = best[end];
        let mut kept = 0;
        for at in 0..candidates.len() {
            let (start, beaten_from) = candidates[at];
            let beaten_from = if costs[at] > least { beaten_from.min(end + shortest) } else { beaten_from };
            candidates[kept] = (start, beaten_from);
            kept += usize::from(end + 1 < beaten_from);
        }
        candidates.truncate(kept);
        let next = end + 1 - shortest;
        if next >= shortest {
            candidates.push((next, usize::MAX));
        }
    }
    trace_back(&last, n)
}

fn trace_back(last: &[usize], n: usize) -> Vec<usize> {
    let mut points = Vec::new();
    let mut end = n;
    while end > 0 {
        end = last[end];
        if end > 0 {
            points.push(end);
        }
    }
    points.reverse();
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change_points::LeastSquares;
    use proptest::prelude::*;

    /// Plain dynamic programming over every segmentation.
    fn brute_force(cost: &impl Cost, penalty: f64) -> f64 {
        let n = cost.len();
        let mut best = vec![f64::INFINITY; n + 1];
        best[0] = -penalty;
        for end in 1..=n {
            for start in 0..end {
                if end - start >= cost.shortest() && best[start].is_finite() {
                    best[end] = best[end].min(best[start] + cost.of(start, end) + penalty);
                }
            }
        }
        best[n]
    }

    fn total(cost: &impl Cost, points: &[usize], penalty: f64) -> f64 {
        let mut bounds = vec![0];
        bounds.extend(points);
        bounds.push(cost.len());
        bounds.windows(2).map(|pair| cost.of(pair[0], pair[1]) + penalty).sum::<f64>() - penalty
    }

    #[test]
    fn finds_planted_changes() {
        let mut values = vec![0.0; 20];
        values.extend(vec![5.0; 20]);
        values.extend(vec![1.0; 20]);
        let cost = LeastSquares::new(&[values], 2).unwrap();
        assert_eq!(pelt(&cost, 4.0), vec![20, 40]);
        assert!(pelt(&cost, 1e6).is_empty());
    }

    #[test]
    fn short_series_have_no_changes() {
        let cost = LeastSquares::new(&[vec![1.0, 9.0, 1.0]], 2).unwrap();
        assert!(pelt(&cost, 0.1).is_empty());
        assert!(LeastSquares::new(&[vec![1.0], vec![]], 1).is_none());
    }

    proptest! {
        #[test]
        fn optimum_equals_brute_force(
            first in proptest::collection::vec(-5.0..5.0f64, 12),
            second in proptest::collection::vec(-5.0..5.0f64, 12),
            penalty in 0.1..20.0f64,
            shortest in 1usize..4,
        ) {
            let cost = LeastSquares::new(&[first, second], shortest).unwrap();
            let points = pelt(&cost, penalty);
            let reached = total(&cost, &points, penalty);
            prop_assert!((reached - brute_force(&cost, penalty)).abs() < 1e-9);
        }

        #[test]
        fn reversing_mirrors(values in proptest::collection::vec(-5.0..5.0f64, 4..30), penalty in 0.5..9.0f64) {
            let n = values.len();
            let cost = LeastSquares::new(std::slice::from_ref(&values), 2).unwrap();
            let mut reversed = values;
            reversed.reverse();
            let mirror = LeastSquares::new(&[reversed], 2).unwrap();
            let mirrored: Vec<usize> = pelt(&mirror, penalty).iter().rev().map(|point| n - point).collect();
            // Ties may be cut either way; the optimum may not differ.
            let a = total(&cost, &pelt(&cost, penalty), penalty);
            let b = total(&cost, &mirrored, penalty);
            prop_assert!((a - b).abs() < 1e-9);
        }
    }
}
