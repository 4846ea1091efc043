//! Scores of a segmentation against one or more others (van den Burg & Williams 2020,
//! arXiv 2003.06222).

/// Precision, recall and their harmonic mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// Share of found points that some annotator has.
    pub precision: f64,
    /// Mean over annotators of the share of their points that were found.
    pub recall: f64,
    /// Harmonic mean of both.
    pub f_one: f64,
}

/// F1 with a margin in observations. The trivial point 0 is added to every set, as in the paper,
/// so that finding nothing where nothing is to be found scores 1. `None` without annotators.
pub fn f_one(annotations: &[Vec<usize>], found: &[usize], margin: usize) -> Option<Agreement> {
    if annotations.is_empty() {
        return None;
    }
    let found = with_zero(found);
    let annotations: Vec<Vec<usize>> = annotations.iter().map(|points| with_zero(points)).collect();
    let mut union: Vec<usize> = annotations.iter().flatten().copied().collect();
    union.sort_unstable();
    union.dedup();
    let precision = matched(&union, &found, margin) as f64 / found.len() as f64;
    let recall = annotations
        .iter()
        .map(|points| matched(points, &found, margin) as f64 / points.len() as f64)
        .sum::<f64>()
        / annotations.len() as f64;
    let f_one = 2.0 * precision * recall / (precision + recall);
    Some(Agreement { precision, recall, f_one })
}

/// Covering of the annotators' segments by the found ones, averaged over annotators: 1 if the
/// segmentations are the same. `n` is the number of observations. `None` without annotators.
pub fn covering(annotations: &[Vec<usize>], found: &[usize], n: usize) -> Option<f64> {
    if annotations.is_empty() || n == 0 {
        return None;
    }
    let found = segments(found, n);
    let one = |points: &Vec<usize>| {
        segments(points, n)
            .iter()
            .map(|segment| {
                let best = found.iter().map(|other| jaccard(*segment, *other)).fold(0.0, f64::max);
                (segment.1 - segment.0) as f64 * best
            })
            .sum::<f64>()
            / n as f64
    };
    Some(annotations.iter().map(one).sum::<f64>() / annotations.len() as f64)
}

fn with_zero(points: &[usize]) -> Vec<usize> {
    let mut all: Vec<usize> = std::iter::once(0).chain(points.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Number of `wanted` points that have an unused found point within the margin; each takes the
/// nearest.
fn matched(wanted: &[usize], found: &[usize], margin: usize) -> usize {
    let mut unused = found.to_vec();
    let mut hits = 0;
    for &point in wanted {
        let nearest = unused
            .iter()
            .enumerate()
            .filter(|(_, other)| point.abs_diff(**other) <= margin)
            .min_by_key(|(_, other)| point.abs_diff(**other))
            .map(|(position, _)| position);
        if let Some(position) = nearest {
            unused.swap_remove(position);
            hits += 1;
        }
    }
    hits
}

fn segments(points: &[usize], n: usize) -> Vec<(usize, usize)> {
    let mut bounds = with_zero(points);
    bounds.retain(|&point| point < n);
    bounds.push(n);
    bounds.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

fn jaccard(a: (usize, usize), b: (usize, usize)) -> f64 {
    let overlap = a.1.min(b.1).saturating_sub(a.0.max(b.0));
    let union = (a.1 - a.0) + (b.1 - b.0) - overlap;
    overlap as f64 / union as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOLERANCE: f64 = 5e-7; // golden values are printed with six decimals

    #[test]
    fn golden_f_one() {
        let annotations = [vec![10, 20], vec![11, 20], vec![10], vec![0, 5]];
        assert!((f_one(&annotations, &[10, 20], 5).unwrap().f_one - 1.0).abs() < TOLERANCE);
        let annotations = [vec![], vec![10], vec![50]];
        assert!((f_one(&annotations, &[10], 5).unwrap().f_one - 0.909_091).abs() < TOLERANCE);
        assert!((f_one(&annotations, &[], 5).unwrap().f_one - 0.8).abs() < TOLERANCE);
    }

    #[test]
    fn golden_covering() {
        let annotations = [vec![10, 20], vec![10], vec![0, 5]];
        assert!((covering(&annotations, &[10, 20], 45).unwrap() - 0.796_296).abs() < TOLERANCE);
        let annotations = [vec![], vec![10], vec![40]];
        assert!((covering(&annotations, &[], 45).unwrap() - 0.818_930).abs() < TOLERANCE);
    }

    #[test]
    fn itself_is_perfect() {
        let points = vec![4, 9, 30];
        assert_eq!(covering(std::slice::from_ref(&points), &points, 40), Some(1.0));
        assert_eq!(f_one(std::slice::from_ref(&points), &points, 0).unwrap().f_one, 1.0);
    }
}
