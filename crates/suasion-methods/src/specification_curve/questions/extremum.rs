//! Whether the lowest or highest stretch of a series lies in a window.

use std::ops::Range;

use super::Observed;
use crate::estimate::InsufficientData;
use crate::quantile::mean;
use crate::specification_curve::series::{SeriesProblem, lane_by_lane, statistic_of_series};
use crate::specification_curve::{Point, StepWeights};

/// How far the mean in the window lies below the lowest mean of any other stretch of as many
/// observed steps that does not overlap it; positive means that the window is the lowest. For the
/// highest, the series is turned over first. The null is a level with autocorrelated noise, under
/// which the lowest stretch may lie anywhere.
pub fn extremum(
    series: &Observed,
    within: &Range<usize>,
    lowest: bool,
    weights: &StepWeights,
) -> Result<Point, InsufficientData> {
    let lacking = |reason: &str| InsufficientData::new(reason, series.values.len());
    let first = series.steps.partition_point(|step| *step < within.start);
    let last = series.steps.partition_point(|step| *step < within.end);
    if first == last {
        return Err(lacking("nothing is observed in the window of the extreme"));
    }
    if series.steps.len() < 2 * (last - first) + 1 {
        return Err(lacking("too little is observed outside of the window of the extreme"));
    }
    let sign = if lowest { 1.0 } else { -1.0 };
    let values = series.values.iter().map(|value| sign * value).collect();
    let problem =
        SeriesProblem { steps: vec![series.steps.clone()], values: vec![values], shift_within: None };
    statistic_of_series(&problem, weights, lane_by_lane(|series| gap(&series[0], first..last)))
}

/// Lowest mean of another stretch less the window's.
fn gap(values: &[f64], window: Range<usize>) -> Option<f64> {
    let length = window.len();
    let own = mean(&values[window.clone()])?;
    values
        .windows(length)
        .enumerate()
        .filter(|(start, _)| start + length <= window.start || *start >= window.end)
        .filter_map(|(_, stretch)| mean(stretch))
        .reduce(f64::min)
        .map(|lowest| lowest - own)
}

#[cfg(test)]
mod tests {
    use super::gap;

    #[test]
    fn the_gap_is_to_the_next_lowest_stretch() {
        let values = [5.0, 4.0, 1.0, 1.0, 6.0, 2.0, 3.0];
        assert_eq!(gap(&values, 2..4), Some(1.5));
        assert_eq!(gap(&values, 5..7), Some(-1.5));
    }
}
