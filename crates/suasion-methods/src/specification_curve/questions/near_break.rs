//! Whether a level shifts near a date.

use std::ops::Range;

use super::Observed;
use crate::estimate::InsufficientData;
use crate::quantile::mean;
use crate::specification_curve::phases::expected_changes;
use crate::specification_curve::series::{SeriesProblem, statistic_of_series};
use crate::specification_curve::{Point, StepWeights};

/// Expected number of changes of level that fall within the window, over all ways to cut the
/// series into phases, all series cut alike; its effect is what goes beyond chance. The null is a
/// level with autocorrelated noise, under which changes may seem to lie anywhere. How persistent
/// that noise is, is seen in what one shift of level within the window leaves: a shift that is
/// there would pass for persistence, and the larger it is, the less it would be found (Vogelsang
/// 1999, Journal of Econometrics 88:283–299).
pub fn break_near(
    series: &[Observed],
    within: &Range<usize>,
    weights: &StepWeights,
) -> Result<Point, InsufficientData> {
    let n = series.first().map_or(0, |first| first.steps.len());
    if series.iter().any(|other| other.steps != series[0].steps) {
        return Err(InsufficientData::new("the series are not observed at the same steps", n));
    }
    let steps = series.first().map_or(&[][..], |first| &first.steps);
    let first = steps.partition_point(|step| *step < within.start).max(1);
    let last = steps.partition_point(|step| *step < within.end);
    if first >= last || last >= n {
        return Err(InsufficientData::new("the date does not lie inside the observed steps", n));
    }
    let problem = SeriesProblem {
        steps: series.iter().map(|one| one.steps.clone()).collect(),
        values: series.iter().map(|one| one.values.clone()).collect(),
        shift_within: Some(first..last),
    };
    let point = statistic_of_series(&problem, weights, |values| expected_changes(values, first..last))?;
    Ok(beyond_chance(point))
}

/// The effect less what chance gives on average: some mass falls into any window.
fn beyond_chance(mut point: Point) -> Point {
    let null: Vec<f64> = point.toward.effect.iter().map(|value| f64::from(*value)).collect();
    let chance = mean(&null).unwrap_or(0.0);
    point.effect -= chance;
    point.z -= chance;
    for draws in std::iter::once(&mut point.toward).chain(&mut point.against) {
        draws.effect.iter_mut().chain(&mut draws.z).for_each(|value| *value -= chance as f32);
    }
    point
}
