//! A specification reduced to numbers: what is estimated, and by what it is known again.

use std::ops::Range;

use sha2::{Digest, Sha256};
use suasion_actors::TimeUnit;
use suasion_methods::InsufficientData;
use suasion_methods::specification_curve::questions::{Exchange, Observed, break_near, extremum, initiative};
use suasion_methods::specification_curve::{FocalRegression, Point, StepWeights, lowest_of};

/// What is estimated.
#[derive(Debug, Clone)]
pub(super) enum Question {
    /// One coefficient.
    Focal(FocalRegression),
    /// Several coefficients, all of which are claimed to be positive.
    All(Vec<FocalRegression>),
    /// The extreme of a series lies in these steps.
    Extremum { series: Observed, within: Range<usize>, lowest: bool },
    /// The series change in these steps.
    Break { series: Vec<Observed>, within: Range<usize> },
    /// One side answers the other.
    Initiative { exchanges: Vec<Exchange>, order: usize, horizon: usize },
}

/// A question over steps of one length.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub(super) question: Question,
    pub(super) unit: TimeUnit,
    /// Whether the values were turned over, so that positive is the claimed direction.
    pub(super) turned: bool,
}

/// A hash of everything that an estimate depends on but the draws.
pub(super) type Key = [u8; 16];

impl Problem {
    pub(super) fn estimate(&self, weights: &StepWeights) -> Result<Point, InsufficientData> {
        match &self.question {
            Question::Focal(regression) => regression.point(weights),
            Question::All(regressions) => {
                let points: Result<Vec<Point>, InsufficientData> =
                    regressions.iter().map(|regression| regression.point(weights)).collect();
                lowest_of(points?)
            }
            Question::Extremum { series, within, lowest } => extremum(series, within, *lowest, weights),
            Question::Break { series, within } => break_near(series, within, weights),
            Question::Initiative { exchanges, order, horizon } => {
                initiative(exchanges, *order, *horizon, weights)
            }
        }
    }

    /// Two specifications with the same key are the same estimator on the same data.
    pub(super) fn key(&self, draws_of: &str) -> Key {
        let mut digest = Sha256::new();
        digest.update(draws_of);
        digest.update([self.unit as u8, u8::from(self.turned)]);
        let mut feed = Feed(&mut digest);
        match &self.question {
            Question::Focal(regression) => feed.regression(0, regression),
            Question::All(regressions) => {
                for regression in regressions {
                    feed.regression(1, regression);
                }
            }
            Question::Extremum { series, within, lowest } => {
                feed.tag(2 + u64::from(*lowest), &[within.start, within.end]);
                feed.observed(series);
            }
            Question::Break { series, within } => {
                feed.tag(4, &[within.start, within.end]);
                for one in series {
                    feed.observed(one);
                }
            }
            Question::Initiative { exchanges, order, horizon } => {
                feed.tag(5, &[*order, *horizon]);
                for exchange in exchanges {
                    feed.observed(&exchange.answers);
                    feed.observed(&exchange.acts);
                }
            }
        }
        let hash = digest.finalize();
        std::array::from_fn(|byte| hash[byte])
    }
}

struct Feed<'a>(&'a mut Sha256);

impl Feed<'_> {
    fn tag(&mut self, tag: u64, numbers: &[usize]) {
        self.0.update(tag.to_le_bytes());
        self.0.update((numbers.len() as u64).to_le_bytes());
        for number in numbers {
            self.0.update((*number as u64).to_le_bytes());
        }
    }

    fn values(&mut self, values: &[f64]) {
        self.0.update((values.len() as u64).to_le_bytes());
        for value in values {
            self.0.update(value.to_bits().to_le_bytes());
        }
    }

    fn observed(&mut self, observed: &Observed) {
        self.tag(7, &observed.steps);
        self.values(&observed.values);
    }

    fn regression(&mut self, tag: u64, regression: &FocalRegression) {
        self.tag(10 + tag, &[regression.series.len()]);
        for unit in &regression.series {
            self.tag(8, &unit.steps);
            self.values(&unit.outcome);
            self.values(&unit.focal);
            for control in &unit.controls {
                self.values(control);
            }
        }
    }
}
