//! What a multiverse found: the curve, what could not run, what the estimates hang on.

use std::collections::BTreeSet;

use suasion_methods::Interval;
use suasion_methods::specification_curve::{JointTest, NullBand};

use super::decision::Decision;
use super::infer::word;
use super::specification::Specification;
use crate::study::Thresholds;

/// One specification with its estimate. Effects are positive in the claimed direction.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimated {
    /// The choices.
    pub specification: Specification,
    /// Its hash.
    pub hash: String,
    /// The estimate in the measure's own units, or in those of ranks or shares.
    pub estimate: f64,
    /// Its interval, where the method gives one.
    pub interval: Option<Interval>,
    /// The effect in residual standard deviations, positive in the claimed direction.
    pub effect: f64,
    /// Interval of the effect.
    pub effect_interval: Option<Interval>,
    /// The effect over its standard error.
    pub z: f64,
    /// One-sided p-value in the claimed direction.
    pub p_toward: f64,
    /// One-sided p-value in the other direction.
    pub p_against: f64,
    /// Observations.
    pub n: usize,
    /// What a careful reader must know.
    pub warnings: Vec<&'static str>,
}

/// A specification that could not run, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unable {
    /// Its choices.
    pub choices: String,
    /// The reason.
    pub reason: String,
}

/// What one decision has to do with the estimates.
#[derive(Debug, Clone, PartialEq)]
pub struct DecisionImportance {
    /// The decision.
    pub decision: Decision,
    /// Share of the variance of the effects between its options.
    pub share: f64,
    /// Its options that ran.
    pub options: Vec<OptionFound>,
}

/// What the specifications that took one option found.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionFound {
    /// The option's name in files and tables.
    pub name: String,
    /// The option in words.
    pub label: String,
    /// Number of specifications.
    pub specifications: usize,
    /// Their median effect.
    pub median: f64,
    /// The verdict on them alone.
    pub verdict: &'static str,
}

impl DecisionImportance {
    /// Whether its options lead to different verdicts.
    pub fn flips(&self) -> bool {
        self.options.windows(2).any(|pair| pair[0].verdict != pair[1].verdict)
    }
}

/// The verdict without one source.
#[derive(Debug, Clone, PartialEq)]
pub struct WithoutSource {
    /// The source left out.
    pub source: String,
    /// The verdict on the rest in a word.
    pub verdict: &'static str,
    /// Joint p-value in the claimed direction.
    pub p: f64,
}

/// Specifications that ask another question, shown beside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beside {
    /// How many.
    pub count: usize,
    /// Their median effect.
    pub median: f64,
}

/// The curve of a test.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// Specifications that enter the joint test, lowest effect first.
    pub points: Vec<Estimated>,
    /// Specifications that ask another question.
    pub beside: Option<Beside>,
    /// Specifications that could not run.
    pub unable: Vec<Unable>,
    /// Specifications that were another one over again.
    pub repeated: usize,
    /// The joint test.
    pub joint: JointTest,
    /// Where the curve would lie were there nothing.
    pub band: NullBand,
    /// The decisions, the one that matters most first.
    pub decisions: Vec<DecisionImportance>,
    /// The verdict without each of the sources, where there are several.
    pub without: Vec<WithoutSource>,
}

impl Curve {
    /// The verdict in a word.
    pub fn word(&self, thresholds: &Thresholds) -> &'static str {
        word(&self.joint.signs, thresholds)
    }

    /// At most so many specifications with their ranks, evenly over the curve and with both ends.
    pub fn sample(&self, most: usize) -> Vec<(usize, &Estimated)> {
        let count = self.points.len();
        let shown = count.min(most);
        (0..shown)
            .map(|position| if shown < 2 { 0 } else { position * (count - 1) / (shown - 1) })
            .map(|rank| (rank, &self.points[rank]))
            .collect()
    }

    /// The sources that its specifications used.
    pub fn sources(&self) -> Vec<String> {
        let all: BTreeSet<&str> = self.points.iter().map(|point| point.specification.source()).collect();
        all.into_iter().map(ToOwned::to_owned).collect()
    }

    /// The decision that accounts for most of the variance and whose options lead to different
    /// verdicts, if it accounts for enough that this is not chance at the border of significance.
    pub fn flipping(&self) -> Option<&DecisionImportance> {
        self.decisions.iter().find(|decision| decision.flips() && decision.share >= LEAST_SHARE)
    }

    /// The measures that its specifications used.
    pub fn measures(&self) -> BTreeSet<&'static str> {
        self.points.iter().filter_map(|point| Some(point.specification.measure()?.name)).collect()
    }
}

/// A verdict does not hang on a decision that accounts for less of the variance.
const LEAST_SHARE: f64 = 0.05;
