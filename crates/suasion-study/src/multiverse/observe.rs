//! From a panel to one series: dyads pooled, steps of the window kept.

use suasion_actors::{DirectedDyad, Period};
use suasion_methods::quantile::{mean, median, standard_deviation};
use suasion_methods::specification_curve::questions::Observed;
use suasion_panel::{Measure, Panel, RowRef};

use super::decision::Pooling;
use super::specification::Specification;
use crate::selector::Selector;

/// The window of a specification: as claimed, or a year less at each end.
pub(super) fn window_of(window: &Period, specification: &Specification) -> Option<Period> {
    if specification.trimmed() { window.a_year_less() } else { Some(*window) }
}

/// Positions of the panel's steps that lie wholly inside of a window.
pub(super) fn steps_inside(panel: &Panel, window: &Period) -> std::ops::Range<usize> {
    let inside = |step: &suasion_actors::Step| {
        window.contains(step.period().begin()) && window.contains(step.period().end())
    };
    let steps = panel.spine.steps();
    let first = steps.iter().position(inside).unwrap_or(steps.len());
    let count = steps[first..].iter().take_while(|step| inside(step)).count();
    first..first + count
}

/// The pooled series of a measure over the dyads of a selector.
pub(crate) fn pooled(
    panel: &Panel,
    measure: &Measure,
    of: &Selector,
    window: &Period,
    specification: &Specification,
) -> Observed {
    let steps = steps_inside(panel, window);
    let all: Vec<Vec<Option<f64>>> =
        of.dyads().into_iter().map(|dyad| cells(panel, measure, dyad, &steps)).collect();
    let scaled = match specification.pooling() {
        Pooling::Standardised => all.into_iter().map(standardised).collect(),
        Pooling::Mean | Pooling::Median => all,
    };
    let mut observed = Observed::default();
    for (position, step) in steps.enumerate() {
        let here: Vec<f64> = scaled.iter().filter_map(|dyad| dyad[position]).collect();
        if specification.complete() && here.len() < scaled.len() {
            continue;
        }
        let value = match specification.pooling() {
            Pooling::Median => median(&here),
            Pooling::Mean | Pooling::Standardised => mean(&here),
        };
        if let Some(value) = value {
            observed.steps.push(step);
            observed.values.push(value);
        }
    }
    observed
}

/// The series of one dyad.
pub(crate) fn of_dyad(panel: &Panel, measure: &Measure, dyad: DirectedDyad, window: &Period) -> Observed {
    let steps = steps_inside(panel, window);
    let found = cells(panel, measure, dyad, &steps);
    let (steps, values) = steps.zip(found).filter_map(|(step, value)| Some((step, value?))).unzip();
    Observed { steps, values }
}

/// The sum of series at the steps at which all are observed; none of none.
pub(crate) fn sum_of(series: Vec<Observed>) -> Option<Observed> {
    series.into_iter().reduce(|sum, next| plus(&sum, &next))
}

fn plus(first: &Observed, second: &Observed) -> Observed {
    let mut sum = Observed::default();
    for (step, value) in first.steps.iter().zip(&first.values) {
        if let Some(other) = second.at(*step) {
            sum.steps.push(*step);
            sum.values.push(value + other);
        }
    }
    sum
}

fn cells(
    panel: &Panel,
    measure: &Measure,
    dyad: DirectedDyad,
    steps: &std::ops::Range<usize>,
) -> Vec<Option<f64>> {
    let series = panel.series(measure.name, dyad);
    steps.clone().map(|step| series.get(step).and_then(|cell| cell.number())).collect()
}

/// Each value in deviations from the dyad's own mean; a dyad that does not vary says nothing.
fn standardised(values: Vec<Option<f64>>) -> Vec<Option<f64>> {
    let known: Vec<f64> = values.iter().flatten().copied().collect();
    match (mean(&known), standard_deviation(&known)) {
        (Some(centre), Some(deviation)) if deviation > 0.0 => {
            values.into_iter().map(|value| Some((value? - centre) / deviation)).collect()
        }
        _ => vec![None; values.len()],
    }
}

/// The rows of the sources behind a measure of some dyads in a window.
pub(super) fn rows_behind(panel: &Panel, measure: &Measure, of: &Selector, window: &Period) -> Vec<RowRef> {
    let Some(column) = panel.column(measure.name) else { return Vec::new() };
    let steps = steps_inside(panel, window);
    let mut rows: Vec<RowRef> = of
        .dyads()
        .into_iter()
        .filter_map(|dyad| panel.spine.rows_of(dyad))
        .flat_map(|range| {
            steps.clone().flat_map(move |step| column.evidence[range.start + step].iter().copied())
        })
        .collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}
