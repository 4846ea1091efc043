//! All segmentations that are best for some penalty of a range (CROPS: Haynes, Eckley & Fearnhead
//! 2017, Journal of Computational and Graphical Statistics 26:134–143).

use std::collections::BTreeMap;

use super::cost::Cost;
use super::pelt::pelt;

/// A segmentation and the penalties for which it is best.
#[derive(Debug, Clone, PartialEq)]
pub struct Segmentation {
    /// First index of each new segment.
    pub points: Vec<usize>,
    /// Sum of the segments' costs, without penalty.
    pub cost: f64,
    /// Best from this penalty on…
    pub from: f64,
    /// …to this one.
    pub to: f64,
}

/// Cost of a segmentation without penalty.
pub fn total_cost(cost: &impl Cost, points: &[usize]) -> f64 {
    let begin = std::iter::once(0).chain(points.iter().copied());
    let end = points.iter().copied().chain(std::iter::once(cost.len()));
    begin.zip(end).map(|(start, end)| cost.of(start, end)).sum()
}

/// Segmentations that are best for some penalty between `low` and `high`, from most to fewest
/// change points. Exact: between two penalties whose optima differ by more than one point, the
/// penalty at which both cost the same is tried, until nothing new turns up.
pub fn crops(cost: &impl Cost, low: f64, high: f64) -> Vec<Segmentation> {
    let (low, high) = (low.min(high).max(0.0), low.max(high).max(0.0));
    let mut found: BTreeMap<usize, (Vec<usize>, f64)> = BTreeMap::new();
    let mut at = |penalty: f64| {
        let points = pelt(cost, penalty);
        let number = points.len();
        let fit = total_cost(cost, &points);
        found.entry(number).or_insert((points, fit));
        (number, fit)
    };
    let mut open = vec![(at(low), at(high))];
    while let Some((many, few)) = open.pop() {
        if many.0 <= few.0 + 1 {
            continue;
        }
        let between = at((few.1 - many.1) / (many.0 - few.0) as f64);
        if between.0 != many.0 && between.0 != few.0 {
            open.push((many, between));
            open.push((between, few));
        }
    }
    hull(found, low, high)
}

/// Leaves those on the lower hull of cost by number, with the penalties between them.
fn hull(found: BTreeMap<usize, (Vec<usize>, f64)>, low: f64, high: f64) -> Vec<Segmentation> {
    let mut kept: Vec<Segmentation> = Vec::new();
    for (_, (points, cost)) in found.into_iter().rev() {
        let mut from = low;
        loop {
            let only = kept.len() == 1;
            let Some(last) = kept.last_mut() else { break };
            let even = (cost - last.cost) / (last.points.len() - points.len()) as f64;
            if even > last.from || only {
                last.to = even;
                from = even;
                break;
            }
            kept.pop();
        }
        kept.push(Segmentation { points, cost, from, to: high });
    }
    kept
}
