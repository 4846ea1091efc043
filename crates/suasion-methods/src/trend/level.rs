//! Means before and after known dates.

use crate::regression::{Covariance, Design, DesignProblem, least_squares};

/// The mean of one segment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SegmentMean {
    /// First position of the segment.
    pub start: usize,
    /// Its mean.
    pub mean: f64,
    /// How far it lies above the segment before; the first has none before it.
    pub change: Option<f64>,
    /// Standard error of the change, by Newey and West.
    pub standard_error: Option<f64>,
}

/// Means of the segments that begin at 0 and at each of the given positions, with their changes.
/// `lags` are those of the Newey–West errors. Positions that leave a segment empty are an error
/// of collinearity.
pub fn segmented_means(y: &[f64], starts: &[usize], lags: usize) -> Result<Vec<SegmentMean>, DesignProblem> {
    let mut starts = starts.to_vec();
    starts.sort_unstable();
    let mut columns = vec![vec![1.0; y.len()]];
    columns.extend(
        starts.iter().map(|&start| (0..y.len()).map(|at| f64::from(u8::from(at >= start))).collect()),
    );
    let fit = least_squares(&Design::new(&columns)?, y)?;
    let errors = fit.standard_errors(&Covariance::NeweyWest { lags, small_sample: true });
    let mut mean = 0.0;
    let begin = std::iter::once(0).chain(starts.iter().copied());
    Ok(begin
        .zip(&fit.coefficients)
        .zip(errors)
        .map(|((start, step), error)| {
            mean += step;
            let first = start == 0;
            SegmentMean {
                start,
                mean,
                change: (!first).then_some(*step),
                standard_error: error.filter(|_| !first),
            }
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_are_those_of_the_segments() {
        let y = [1.0, 3.0, 2.0, 10.0, 12.0, 11.0, 5.0, 5.5];
        let found = segmented_means(&y, &[3, 6], 1).unwrap();
        let means: Vec<f64> = found.iter().map(|segment| segment.mean).collect();
        for (mean, expected) in means.iter().zip([2.0, 11.0, 5.25]) {
            assert!((mean - expected).abs() < 1e-12);
        }
        assert!((found[1].change.unwrap() - 9.0).abs() < 1e-12 && found[1].standard_error.unwrap() > 0.0);
        assert_eq!(found, segmented_means(&y, &[6, 3], 1).unwrap());
        assert!(segmented_means(&y, &[3, 3], 1).is_err());
    }
}
