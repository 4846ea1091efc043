//! The joint test over a curve: how unlikely is the whole of it, were there nothing?

use super::point::Point;
use crate::quantile::quantile_of_sorted;

/// A statistic of the curve with its two one-sided p-values, one added.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tail {
    /// The statistic.
    pub value: f64,
    /// Probability of as much in the claimed direction.
    pub toward: f64,
    /// Probability of as much in the other direction.
    pub against: f64,
}

/// Where the curve would lie were there nothing: quantiles of the effects by rank.
#[derive(Debug, Clone, PartialEq)]
pub struct NullBand {
    /// 2.5 % by rank, lowest effect first.
    pub low: Vec<f64>,
    /// Medians.
    pub middle: Vec<f64>,
    /// 97.5 %.
    pub high: Vec<f64>,
}

/// The three statistics of Simonsohn, Simmons & Nelson (2020), computed alike for the record and
/// for every shared draw of the null.
#[derive(Debug, Clone, PartialEq)]
pub struct JointTest {
    /// Number of specifications.
    pub specifications: usize,
    /// The part on which verdicts rest.
    pub signs: MedianTest,
    /// Share of specifications significant in the claimed direction. Its `against` is of the share
    /// significant in the other direction.
    pub share: Tail,
    /// Mean of z over √K, each z less its mean and in deviations of its own null (Stouffer).
    pub stouffer: Tail,
}

impl JointTest {
    /// The test over the points of a curve at a level such as 0.05; `None` of no points.
    pub fn of(points: &[&Point], level: f64) -> Option<Self> {
        let draws = points.iter().map(|point| point.toward.z.len()).min()?;
        Some(Self {
            specifications: points.len(),
            signs: MedianTest::of(points)?,
            share: share_tail(points, draws, level),
            stouffer: stouffer_tail(points, draws),
        })
    }
}

/// The median test alone, with the shares of signs: for parts of a curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MedianTest {
    /// Median of the standardised effects.
    pub median: Tail,
    /// Share of specifications whose effect has the claimed sign.
    pub claimed_sign: f64,
    /// Share of specifications whose effect has the other sign.
    pub other_sign: f64,
}

impl MedianTest {
    /// The test over the points of a curve; `None` of no points.
    pub fn of(points: &[&Point]) -> Option<Self> {
        let draws = points.iter().map(|point| point.toward.z.len()).min()?;
        let observed: Vec<f64> = points.iter().map(|point| point.effect).collect();
        let share_of = |wanted: &dyn Fn(f64) -> bool| {
            observed.iter().filter(|effect| wanted(**effect)).count() as f64 / points.len() as f64
        };
        Some(Self {
            median: median_tail(points, &observed, draws)?,
            claimed_sign: share_of(&|effect| effect > 0.0),
            other_sign: share_of(&|effect| effect < 0.0),
        })
    }
}

fn tail(value: f64, toward: &[f64], other: f64, against: &[f64]) -> Tail {
    let p = |count: usize, all: usize| (count + 1) as f64 / (all + 1) as f64;
    Tail {
        value,
        toward: p(toward.iter().filter(|draw| **draw >= value).count(), toward.len()),
        against: p(against.iter().filter(|draw| **draw <= other).count(), against.len()),
    }
}

fn has_two_nulls(points: &[&Point]) -> bool {
    points.iter().any(|point| point.against.is_some())
}

fn median_tail(points: &[&Point], observed: &[f64], draws: usize) -> Option<Tail> {
    let value = crate::quantile::median(observed)?;
    let mut buffer = Vec::with_capacity(points.len());
    let mut of = |toward: bool| -> Vec<f64> {
        let in_draw = |draw: usize| {
            buffer.clear();
            buffer.extend(points.iter().map(|point| point.null(toward).effect[draw]));
            median_in_place(&mut buffer)
        };
        (0..draws).map(in_draw).collect()
    };
    let toward = of(true);
    let against = if has_two_nulls(points) { of(false) } else { toward.clone() };
    Some(tail(value, &toward, value, &against))
}

/// The median by selection, not by sorting.
fn median_in_place(values: &mut [f32]) -> f64 {
    let (middle, odd) = (values.len() / 2, values.len() % 2 == 1);
    if values.is_empty() {
        return 0.0;
    }
    let (lower, upper, _) = values.select_nth_unstable_by(middle, f32::total_cmp);
    let upper = f64::from(*upper);
    if odd {
        return upper;
    }
    f64::midpoint(lower.iter().copied().fold(f32::NEG_INFINITY, f32::max).into(), upper)
}

/// A specification counts as significant where its z lies beyond the quantile of its own null, in
/// the record as in the draws.
fn share_tail(points: &[&Point], draws: usize, level: f64) -> Tail {
    let count = points.len() as f64;
    let shares = |toward: bool| -> (f64, Vec<f64>) {
        let (mut record, mut counts) = (0.0, vec![0_u32; draws]);
        for point in points {
            let z = &point.null(toward).z;
            let sign = if toward { 1.0 } else { -1.0 };
            let bound = critical(z, sign, level);
            record += f64::from(u8::from(point.p_value(toward) <= level));
            for (count, draw) in counts.iter_mut().zip(z) {
                *count += u32::from(sign * draw > bound);
            }
        }
        (record / count, counts.into_iter().map(|found| f64::from(found) / count).collect())
    };
    let (value, toward) = shares(true);
    let (other, against) = shares(false);
    let against: Vec<f64> = against.into_iter().map(|share| -share).collect();
    tail(value, &toward, -other, &against)
}

/// The value that a share `level` of the draws, mirrored by `sign`, exceed.
fn critical(z: &[f32], sign: f32, level: f64) -> f32 {
    let mut values: Vec<f32> = z.iter().map(|draw| sign * draw).collect();
    let rank = ((1.0 - level) * (values.len() + 1) as f64).ceil() as usize;
    match rank.checked_sub(1).filter(|rank| *rank < values.len()) {
        Some(rank) => *values.select_nth_unstable_by(rank, f32::total_cmp).1,
        None => f32::INFINITY,
    }
}

fn stouffer_tail(points: &[&Point], draws: usize) -> Tail {
    let root = (points.len() as f64).sqrt();
    let sums = |toward: bool| -> (f64, Vec<f64>) {
        let (mut record, mut sums) = (0.0, vec![0.0_f64; draws]);
        for point in points {
            let z = &point.null(toward).z;
            let (mean, deviation) = moments(z);
            if deviation > 0.0 {
                record += (point.z - mean) / deviation;
                for (sum, draw) in sums.iter_mut().zip(z) {
                    *sum += (f64::from(*draw) - mean) / deviation;
                }
            } else {
                record += point.z;
            }
        }
        (record / root, sums.into_iter().map(|sum| sum / root).collect())
    };
    let (value, toward) = sums(true);
    if !has_two_nulls(points) {
        return tail(value, &toward, value, &toward);
    }
    let (other, against) = sums(false);
    tail(value, &toward, other, &against)
}

fn moments(values: &[f32]) -> (f64, f64) {
    let n = values.len().max(1) as f64;
    let mean = values.iter().map(|value| f64::from(*value)).sum::<f64>() / n;
    let squares = values.iter().map(|value| (f64::from(*value) - mean).powi(2)).sum::<f64>();
    (mean, (squares / n).sqrt())
}

impl NullBand {
    /// Quantiles over the draws of the effects, ranked within each draw.
    pub fn of(points: &[&Point]) -> Option<Self> {
        let draws = points.iter().map(|point| point.toward.effect.len()).min()?;
        let mut ranked: Vec<Vec<f64>> = vec![Vec::with_capacity(draws); points.len()];
        let mut effects: Vec<f32> = Vec::with_capacity(points.len());
        for draw in 0..draws {
            effects.clear();
            effects.extend(points.iter().map(|point| point.toward.effect[draw]));
            effects.sort_unstable_by(f32::total_cmp);
            for (rank, effect) in ranked.iter_mut().zip(&effects) {
                rank.push(f64::from(*effect));
            }
        }
        for rank in &mut ranked {
            rank.sort_unstable_by(f64::total_cmp);
        }
        let at = |probability: f64| -> Vec<f64> {
            ranked.iter().map(|rank| quantile_of_sorted(rank, probability).unwrap_or(0.0)).collect()
        };
        Some(Self { low: at(0.025), middle: at(0.5), high: at(0.975) })
    }
}
