//! Where the parts of a specification curve stand.

use suasion_study::multiverse::{Curve, Estimated};

use super::style::WIDTH;

/// Most specifications that are drawn: more would be lines on lines.
const MOST_DRAWN: usize = 160;
/// Room for the labels of options: as much as the longest needs, within these bounds.
const LEAST_LEFT: f64 = 180.0;
const MOST_LEFT: f64 = 280.0;
/// Width of a letter of a label, and what stands beside it.
const LETTER: f64 = 5.4;
const BESIDE: f64 = 28.0;
const RIGHT: f64 = 14.0;
pub(super) const TOP: f64 = 12.0;
/// Height of the curve.
pub(super) const CURVE: f64 = 190.0;
pub(super) const ROW: f64 = 13.0;
const HEAD: f64 = 15.0;

/// One row of the dashboard.
pub(super) struct Row {
    pub(super) y: f64,
    pub(super) label: String,
    pub(super) head: bool,
    /// Decision and option; none for a heading.
    pub(super) option: Option<(usize, String)>,
}

pub(super) struct Layout<'a> {
    /// The specifications drawn, lowest effect first, with their ranks.
    pub(super) drawn: Vec<(usize, &'a Estimated)>,
    pub(super) rows: Vec<Row>,
    pub(super) height: f64,
    /// Where the curve begins.
    pub(super) left: f64,
    low: f64,
    high: f64,
    count: usize,
}

impl<'a> Layout<'a> {
    pub(super) fn of(curve: &'a Curve) -> Self {
        let count = curve.points.len();
        let drawn = curve.sample(MOST_DRAWN);
        let effects = drawn.iter().map(|(_, point)| point.effect);
        let band = curve.band.low.iter().chain(&curve.band.high).copied();
        let (low, high) = effects
            .chain(band)
            .fold((-0.1_f64, 0.1_f64), |(low, high), value| (low.min(value), high.max(value)));
        let margin = 0.08 * (high - low);
        let (rows, height) = rows(curve);
        let longest = rows.iter().map(|row| row.label.chars().count()).max().unwrap_or(0);
        let left = (BESIDE + LETTER * longest as f64).clamp(LEAST_LEFT, MOST_LEFT);
        Self { drawn, rows, height, left, low: low - margin, high: high + margin, count }
    }

    /// Middle of a specification's column.
    pub(super) fn x(&self, rank: usize) -> f64 {
        let share = (rank as f64 + 0.5) / self.count.max(1) as f64;
        self.left + share * (WIDTH - self.left - RIGHT)
    }

    /// Height of an effect, kept inside of the curve's part.
    pub(super) fn y(&self, effect: f64) -> f64 {
        let share = (effect.clamp(self.low, self.high) - self.low) / (self.high - self.low);
        TOP + CURVE * (1.0 - share)
    }

    /// Round effects to write at the axis.
    pub(super) fn ticks(&self) -> Vec<f64> {
        let span = self.high - self.low;
        let step = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0].into_iter().find(|step| span / step <= 6.0);
        let step = step.unwrap_or(10.0);
        let first = (self.low / step).ceil() as i64;
        let last = (self.high / step).floor() as i64;
        (first..=last).map(|number| number as f64 * step).collect()
    }
}

fn rows(curve: &Curve) -> (Vec<Row>, f64) {
    let mut y = TOP + CURVE + 24.0;
    let mut rows = Vec::new();
    for (number, decision) in curve.decisions.iter().enumerate() {
        let label = format!("{} ({:.0} %)", decision.decision.label(), 100.0 * decision.share);
        rows.push(Row { y, label, head: true, option: None });
        y += HEAD;
        for option in &decision.options {
            rows.push(Row {
                y,
                label: option.label.clone(),
                head: false,
                option: Some((number, option.name.clone())),
            });
            y += ROW;
        }
        y += 4.0;
    }
    (rows, y + 4.0)
}
