//! Whether a level shifts near a date.

use std::ops::Range;

use super::Observed;
use crate::estimate::InsufficientData;
use crate::quantile::{mean, median, standard_deviation};
use crate::specification_curve::{Point, SeriesProblem, StepWeights, statistic_of_series};

/// Expected number of steps of a phase, before seeing the series, as a share of its length.
const PHASE_SHARE: f64 = 1.0 / 4.0;
/// Variance of levels in those of the whole series.
const LEVEL_VARIANCE: f64 = 1.0;
/// Least noise variance, in those of the whole series.
const LEAST_NOISE: f64 = 0.05;

/// Expected number of changes of level that fall within the window, over all ways to cut the
/// series into phases, all series cut alike; its effect is what goes beyond chance. The null is a
/// level with autocorrelated noise, under which changes may seem to lie anywhere.
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
    };
    let point = statistic_of_series(&problem, weights, |values| {
        Some(change_probabilities(values)?[first..last].iter().sum())
    })?;
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

/// Probability, for each position, that a new phase begins there, given normal noise around levels
/// that are drawn anew for each phase, with phases of geometric length: the exact sum over all
/// partitions (Barry & Hartigan 1992; Fearnhead 2006). All series change together. `None` where a
/// series does not vary.
pub fn change_probabilities(series: &[Vec<f64>]) -> Option<Vec<f64>> {
    let n = series.first()?.len();
    let all: Vec<Standardised> =
        series.iter().map(|values| Standardised::of(values)).collect::<Option<_>>()?;
    let hazard = (1.0 / (PHASE_SHARE * n as f64)).min(0.5);
    let (stays, changes) = ((1.0 - hazard).ln(), hazard.ln());
    // What depends on the length of a phase alone.
    let by_length: Vec<f64> = (0..=n)
        .map(|length| {
            let own: f64 = all.iter().map(|one| one.complexity(length)).sum();
            own + (length as f64 - 1.0) * stays
        })
        .collect();
    // Log evidence of the first `to` steps that end with a phase, and where that phase began, with
    // which probability.
    let mut forward = vec![0.0; n + 1];
    let mut began: Vec<Vec<f64>> = vec![Vec::new(); n + 1];
    for to in 1..=n {
        let mut terms: Vec<f64> = (0..to)
            .map(|from| {
                let fit: f64 = all.iter().map(|one| one.fit(from, to)).sum();
                forward[from] + fit + by_length[to - from]
            })
            .collect();
        let largest = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut sum = 0.0;
        for term in &mut terms {
            *term = (*term - largest).exp();
            sum += *term;
        }
        for term in &mut terms {
            *term /= sum;
        }
        forward[to] = largest + sum.ln() + if to < n { changes } else { 0.0 };
        began[to] = terms;
    }
    // From the end: a phase ends at a step with some probability, and it began where it may.
    let mut ends = vec![0.0; n + 1];
    ends[n] = 1.0;
    for to in (1..=n).rev() {
        let here = ends[to];
        for (from, share) in began[to].iter().enumerate() {
            ends[from] += here * share;
        }
    }
    ends.truncate(n);
    ends[0] = 0.0;
    Some(ends)
}

/// Sums of a standardised series, and its noise.
struct Standardised {
    sums: Vec<f64>,
    noise: f64,
}

impl Standardised {
    fn of(values: &[f64]) -> Option<Self> {
        let (centre, deviation) = (mean(values)?, standard_deviation(values)?);
        if deviation.is_nan() || deviation <= 0.0 {
            return None;
        }
        let standard: Vec<f64> = values.iter().map(|value| (value - centre) / deviation).collect();
        let mut sums = vec![0.0];
        for value in &standard {
            sums.push(sums[sums.len() - 1] + value);
        }
        // Differences of neighbours hardly see a change of level; 1.4826 makes the median
        // deviation a normal's, and differences have twice the variance.
        let differences: Vec<f64> = standard.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
        let noise = (1.4826 * median(&differences)?).powi(2) / 2.0;
        Some(Self { sums, noise: noise.clamp(LEAST_NOISE, 1.0) })
    }

    /// What a phase gains in log marginal likelihood by its own level.
    fn fit(&self, from: usize, to: usize) -> f64 {
        let sum = self.sums[to] - self.sums[from];
        let ratio = LEVEL_VARIANCE / self.noise;
        sum * sum * ratio / (2.0 * self.noise * (1.0 + (to - from) as f64 * ratio))
    }

    /// What a phase of this length pays for having a level of its own.
    fn complexity(&self, length: usize) -> f64 {
        -0.5 * (1.0 + length as f64 * LEVEL_VARIANCE / self.noise).ln()
    }
}

#[cfg(test)]
mod tests {
    use super::change_probabilities;

    /// All ways to cut a short series, one by one.
    fn by_enumeration(values: &[f64]) -> Vec<f64> {
        let one = super::Standardised::of(values).expect("varies");
        let n = values.len();
        let hazard: f64 = (1.0 / (super::PHASE_SHARE * n as f64)).min(0.5);
        let (mut total, mut mass) = (0.0, vec![0.0; n]);
        for cuts in 0..1_u32 << (n - 1) {
            let mut bounds = vec![0];
            bounds.extend((1..n).filter(|at| cuts >> (at - 1) & 1 == 1));
            bounds.push(n);
            let weight: f64 = bounds
                .windows(2)
                .map(|pair| {
                    let own = (one.fit(pair[0], pair[1]) + one.complexity(pair[1] - pair[0])).exp();
                    let prior = (1.0 - hazard).powi((pair[1] - pair[0] - 1) as i32);
                    own * prior * if pair[1] < n { hazard } else { 1.0 }
                })
                .product();
            total += weight;
            for at in &bounds[1..bounds.len() - 1] {
                mass[*at] += weight;
            }
        }
        mass.into_iter().map(|mass| mass / total).collect()
    }

    #[test]
    fn the_recursion_is_the_sum_over_all_partitions() {
        let values = [0.1, -0.2, 0.0, 0.15, 3.0, 3.2, 2.9, 3.1, 0.4, 0.2];
        let fast = change_probabilities(&[values.to_vec()]).expect("varies");
        for (own, expected) in fast.iter().zip(by_enumeration(&values)) {
            assert!((own - expected).abs() < 1e-10, "{fast:?}");
        }
        assert!(fast[4] > 0.9 && fast[2] < 0.2, "{fast:?}");
    }
}
