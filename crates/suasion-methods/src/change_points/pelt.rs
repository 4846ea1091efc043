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
    let mut candidates = Candidates { starts: vec![0], beaten_from: vec![usize::MAX], marked: 0 };
    let mut totals: Vec<f64> = Vec::with_capacity(n);
    for end in shortest..=n {
        candidates.costs(cost, &best, end, &mut totals);
        let (least, most) = range(&totals);
        let at = totals.iter().position(|total| *total == least).unwrap_or(0);
        best[end] = least + penalty;
        last[end] = candidates.starts[at];
        if most > best[end] || candidates.marked > 0 {
            candidates.prune(&totals, best[end], end, shortest);
        }
        let next = end + 1 - shortest;
        if next >= shortest {
            candidates.starts.push(next);
            candidates.beaten_from.push(usize::MAX);
        }
    }
    trace_back(&last, n)
}

/// Starts of a last segment, each with the end from which it can no longer be best.
struct Candidates {
    starts: Vec<usize>,
    beaten_from: Vec<usize>,
    /// How many of them are beaten from some end on.
    marked: usize,
}

impl Candidates {
    /// The least cost up to each start plus that of a segment from there to `end`, by runs of
    /// neighbouring starts.
    fn costs(&self, cost: &impl Cost, best: &[f64], end: usize, totals: &mut Vec<f64>) {
        totals.clear();
        totals.extend(self.starts.iter().map(|&start| best[start]));
        let mut from = 0;
        for run in self.starts.chunk_by(|a, b| a + 1 == *b) {
            cost.add_run(run[0], end, &mut totals[from..from + run.len()]);
            from += run.len();
        }
    }

    fn prune(&mut self, totals: &[f64], least: f64, end: usize, shortest: usize) {
        let mut kept = 0;
        self.marked = 0;
        for (at, total) in totals.iter().enumerate() {
            let mut beaten_from = self.beaten_from[at];
            if *total > least {
                beaten_from = beaten_from.min(end + shortest);
            }
            self.starts[kept] = self.starts[at];
            self.beaten_from[kept] = beaten_from;
            let stays = end + 1 < beaten_from;
            kept += usize::from(stays);
            self.marked += usize::from(stays && beaten_from < usize::MAX);
        }
        self.starts.truncate(kept);
        self.beaten_from.truncate(kept);
    }
}

/// Smallest and largest value.
fn range(values: &[f64]) -> (f64, f64) {
    let mut lanes = [(f64::INFINITY, f64::NEG_INFINITY); 4];
    let mut chunks = values.chunks_exact(4);
    for chunk in &mut chunks {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            lane.0 = if *value < lane.0 { *value } else { lane.0 };
            lane.1 = if *value > lane.1 { *value } else { lane.1 };
        }
    }
    let rest = chunks.remainder().iter().map(|value| (*value, *value));
    lanes
        .into_iter()
        .chain(rest)
        .fold((f64::INFINITY, f64::NEG_INFINITY), |all, one| (all.0.min(one.0), all.1.max(one.1)))
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
