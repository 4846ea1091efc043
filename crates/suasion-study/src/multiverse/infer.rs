//! From the points of a curve to its test, its verdict and what it hangs on.

use std::collections::BTreeSet;
use std::sync::Arc;

use suasion_methods::Interval;
use suasion_methods::quantile::median;
use suasion_methods::specification_curve::{JointTest, MedianTest, NullBand, Point, decision_shares};
use suasion_panel::Standing;

use super::curve::{Beside, Curve, DecisionImportance, Estimated, OptionFound, Unable, WithoutSource};
use super::decision::{Decision, Setting};
use super::specification::Specification;
use crate::study::Thresholds;

/// A specification that ran.
#[derive(Debug, Clone)]
pub(super) struct Ran {
    pub(super) specification: Specification,
    pub(super) hash: String,
    pub(super) point: Arc<Point>,
    pub(super) turned: bool,
}

/// The word for a curve (METHODS 1.5): enough specifications of the claimed sign, and a joint test
/// that rejects in that direction; or the same the other way.
pub(crate) fn word(joint: &MedianTest, thresholds: &Thresholds) -> &'static str {
    let (level, share) = (thresholds.significance, thresholds.sign_share);
    if joint.claimed_sign >= share && joint.median.toward <= level {
        "supported"
    } else if joint.other_sign >= share && joint.median.against <= level {
        "contradicted"
    } else {
        "mixed"
    }
}

fn points(ran: &[&Ran]) -> Vec<Arc<Point>> {
    ran.iter().map(|one| Arc::clone(&one.point)).collect()
}

fn median_test(ran: &[&Ran]) -> Option<MedianTest> {
    let points = points(ran);
    MedianTest::of(&points.iter().map(Arc::as_ref).collect::<Vec<_>>())
}

/// The curve, or what could not run where nothing did that enters the joint test.
pub(super) fn curve(
    ran: &[Ran],
    unable: Vec<Unable>,
    repeated: usize,
    thresholds: &Thresholds,
) -> Result<Curve, Vec<Unable>> {
    let (entering, beside): (Vec<&Ran>, Vec<&Ran>) =
        ran.iter().partition(|one| one.specification.standing() < Standing::NotEquivalent);
    let shared = points(&entering);
    let shared: Vec<&Point> = shared.iter().map(Arc::as_ref).collect();
    let tests = JointTest::of(&shared, thresholds.significance).zip(NullBand::of(&shared));
    let Some((joint, band)) = tests else { return Err(unable) };
    let mut estimated: Vec<Estimated> = entering.iter().map(|one| of(one, thresholds.confidence)).collect();
    estimated.sort_by(|a, b| a.effect.total_cmp(&b.effect).then_with(|| a.hash.cmp(&b.hash)));
    let effects: Vec<f64> = beside.iter().map(|one| one.point.effect).collect();
    Ok(Curve {
        points: estimated,
        beside: median(&effects).map(|median| Beside { count: effects.len(), median }),
        unable,
        repeated,
        joint,
        band,
        decisions: importance(&entering, thresholds),
        without: without(&entering, thresholds),
    })
}

fn of(ran: &Ran, level: f64) -> Estimated {
    let point = &ran.point;
    let interval = point.interval(level);
    let per_unit = if point.estimate == 0.0 { 0.0 } else { point.effect / point.estimate };
    let effect_interval = interval.filter(|_| per_unit > 0.0).map(|own| Interval {
        low: (own.low * per_unit).clamp(-Point::MOST, Point::MOST),
        high: (own.high * per_unit).clamp(-Point::MOST, Point::MOST),
        level,
    });
    let turn = |own: Interval| Interval { low: -own.high, high: -own.low, level };
    Estimated {
        specification: ran.specification.clone(),
        hash: ran.hash.clone(),
        estimate: if ran.turned { -point.estimate } else { point.estimate },
        interval: interval.map(|own| if ran.turned { turn(own) } else { own }),
        effect: point.effect,
        effect_interval,
        z: point.z,
        p_toward: point.p_value(true),
        p_against: point.p_value(false),
        n: point.n,
        warnings: point.warnings.clone(),
    }
}

/// Decisions with more than one option that ran, by their share of the variance among the
/// specifications that had to take them.
fn importance(ran: &[&Ran], thresholds: &Thresholds) -> Vec<DecisionImportance> {
    let mut found: Vec<DecisionImportance> =
        Decision::ALL.into_iter().filter_map(|decision| of_decision(ran, decision, thresholds)).collect();
    found.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.decision.cmp(&b.decision)));
    found
}

fn of_decision(ran: &[&Ran], decision: Decision, thresholds: &Thresholds) -> Option<DecisionImportance> {
    let mut options: Vec<&Setting> = Vec::new();
    let (mut effects, mut numbers) = (Vec::new(), Vec::new());
    let mut by_option: Vec<Vec<&Ran>> = Vec::new();
    for one in ran {
        let Some(option) = one.specification.at(decision) else { continue };
        let number = options.iter().position(|known| *known == option).unwrap_or_else(|| {
            options.push(option);
            by_option.push(Vec::new());
            options.len() - 1
        });
        by_option[number].push(one);
        effects.push(one.point.effect);
        numbers.push(vec![number]);
    }
    if options.len() < 2 {
        return None;
    }
    let share = decision_shares(&effects, &numbers).into_iter().next()?;
    let options = share
        .medians
        .iter()
        .map(|(number, median)| OptionFound {
            name: options[*number].option(),
            label: options[*number].label(),
            specifications: by_option[*number].len(),
            median: *median,
            verdict: median_test(&by_option[*number]).map_or("untestable", |test| word(&test, thresholds)),
        })
        .collect();
    Some(DecisionImportance { decision, share: share.share, options })
}

fn without(ran: &[&Ran], thresholds: &Thresholds) -> Vec<WithoutSource> {
    let sources: BTreeSet<&str> = ran.iter().map(|one| one.specification.source()).collect();
    if sources.len() < 2 {
        return Vec::new();
    }
    sources
        .into_iter()
        .filter_map(|source| {
            let rest: Vec<&Ran> =
                ran.iter().filter(|one| one.specification.source() != source).copied().collect();
            let test = median_test(&rest)?;
            Some(WithoutSource {
                source: source.to_owned(),
                verdict: word(&test, thresholds),
                p: test.median.toward,
            })
        })
        .collect()
}
