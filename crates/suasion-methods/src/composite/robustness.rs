//! Ranks of units over many admissible indices.

use crate::association::ranks;
use crate::quantile::quantile;

/// Between which ranks a unit lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankRange {
    /// Lower end (nearer to the first).
    pub best: f64,
    /// Median.
    pub median: f64,
    /// Upper end.
    pub worst: f64,
}

/// Ranks with 1 for the largest value; equal values share the mean of theirs. A
/// unit without a value has no rank (NaN).
pub fn ranks_from_largest(index: &[f64]) -> Vec<f64> {
    let turned: Vec<f64> = index.iter().map(|value| -value).collect();
    let mut ranks = ranks(&turned);
    for (rank, value) in ranks.iter_mut().zip(index) {
        if value.is_nan() {
            *rank = f64::NAN;
        }
    }
    ranks
}

/// How far a unit's rank moves on average from that of a reference index: R̄_S of the Handbook.
/// `None` if lengths differ or a value is missing.
pub fn mean_rank_shift(reference: &[f64], index: &[f64]) -> Option<f64> {
    let missing = reference.iter().chain(index).any(|value| value.is_nan());
    if reference.len() != index.len() || index.is_empty() || missing {
        return None;
    }
    let shifts = ranks_from_largest(reference).into_iter().zip(ranks_from_largest(index));
    Some(shifts.map(|(a, b)| (a - b).abs()).sum::<f64>() / index.len() as f64)
}

/// Per unit, between which ranks it lies in a share `level` of the indices. `None` if indices
/// differ in length or a value is missing.
pub fn rank_ranges(indices: &[Vec<f64>], level: f64) -> Option<Vec<RankRange>> {
    let units = indices.first()?.len();
    if indices.iter().any(|index| index.len() != units || index.iter().any(|value| value.is_nan())) {
        return None;
    }
    let all: Vec<Vec<f64>> = indices.iter().map(|index| ranks_from_largest(index)).collect();
    let tail = (1.0 - level) / 2.0;
    (0..units)
        .map(|unit| {
            let own: Vec<f64> = all.iter().map(|ranks| ranks[unit]).collect();
            Some(RankRange {
                best: quantile(&own, tail)?,
                median: quantile(&own, 0.5)?,
                worst: quantile(&own, 1.0 - tail)?,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_hold_what_happens() {
        let indices = vec![vec![3.0, 2.0, 1.0], vec![3.0, 1.0, 2.0], vec![3.0, 2.0, 1.0]];
        let ranges = rank_ranges(&indices, 1.0).unwrap();
        assert_eq!(ranges[0], RankRange { best: 1.0, median: 1.0, worst: 1.0 });
        assert_eq!(ranges[1], RankRange { best: 2.0, median: 2.0, worst: 3.0 });
        assert_eq!(mean_rank_shift(&indices[0], &indices[1]), Some(2.0 / 3.0));
    }
}
