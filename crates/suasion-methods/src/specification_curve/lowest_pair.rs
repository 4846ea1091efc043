//! Several comparisons that must all hold: the weakest decides.

use super::point::{Draws, Point};
use crate::estimate::InsufficientData;

/// The point of a conjunction, such as an order of several states. That all hold is tested by the
/// weakest alone against its own null (the intersection–union test; Berger 1982), which keeps
/// the level whatever the others do. That some are reversed is tested by the weakest against the
/// lowest of all in each draw, which makes good for having looked at several.
pub fn lowest_of(points: Vec<Point>) -> Result<Point, InsufficientData> {
    let draws = points.iter().map(|point| point.toward.z.len()).min().unwrap_or(0);
    let lowest_in = |draw: usize| {
        let z = |point: &Point| point.toward.z[draw];
        let order = |a: &&Point, b: &&Point| z(a).total_cmp(&z(b));
        let lowest = points.iter().min_by(order);
        lowest.map_or((0.0, 0.0), |point| (point.toward.effect[draw], point.toward.z[draw]))
    };
    let (effect, z) = (0..draws).map(lowest_in).unzip();
    let n = points.iter().map(|point| point.n).min().unwrap_or(0);
    let weakest = points.into_iter().min_by(|a, b| a.z.total_cmp(&b.z));
    let mut weakest = weakest.ok_or_else(|| InsufficientData::new("there is nothing to compare", 0))?;
    weakest.against = Some(Draws { effect, z });
    weakest.n = n;
    Ok(weakest)
}
