//! The plainest reading of a test: means, slopes and extremes of the study's first measure.

use suasion_actors::Period;
use suasion_methods::quantile::mean;
use suasion_methods::trend::theil_sen;
use suasion_panel::Measure;

use super::{Against, Evidence, Series, Test, when};
use crate::multiverse::{Specification, pooled};
use crate::wording::{capitalised, number};

/// What the numbers say before any test, in a sentence; none where too little is observed.
pub(super) fn plain_reading(test: &Test, evidence: &Evidence<'_>) -> Option<String> {
    match test {
        Test::Level { series, against, .. } => level(series, against, evidence),
        Test::Order { higher, lower } => order(higher, lower, evidence),
        Test::Change { series, before, after, .. } => change(series, before, after, evidence),
        Test::Trend { series, .. } => trend(series, evidence),
        Test::Extremum { series, lowest, .. } => extremum(series, *lowest, evidence),
        Test::Break { series, near, .. } => {
            Some(format!("Looked for: a change in {} near {near}.", whose(series, evidence)))
        }
        Test::Association { series, with, .. } => Some(format!(
            "Looked for: {} going with {}.",
            whose(series, evidence),
            named(with.measures.first()?)
        )),
        Test::Response { series, impulse, .. } => Some(format!(
            "Looked for: {} after acts of {}.",
            whose(series, evidence),
            impulse.of.label(&evidence.study.actors)
        )),
        Test::Initiative { answers, acts } => Some(format!(
            "Looked for: whether acts of {} foretell those of {} better than the other way round.",
            acts.of.label(&evidence.study.actors),
            answers.of.label(&evidence.study.actors)
        )),
        _ => None,
    }
}

fn named(measure: &Measure) -> &'static str {
    measure.label
}

fn whose(series: &Series, evidence: &Evidence<'_>) -> String {
    let what = series.measures.first().map_or("", |measure| named(measure));
    format!("{what} ({})", series.of.label(&evidence.study.actors))
}

/// Decimal years and values of a series in a window of the study's own panel.
fn observed(
    series: &Series,
    measure: &Measure,
    window: &Period,
    evidence: &Evidence<'_>,
) -> (Vec<f64>, Vec<f64>) {
    let panel = evidence.panel(series);
    let found = pooled(panel, measure, &series.of, window, &Specification::default());
    let steps = panel.spine.steps();
    (found.steps.iter().map(|step| steps[*step].decimal_year()).collect(), found.values)
}

/// The first measure that is observed, with its series.
fn first(
    series: &Series,
    window: &Period,
    evidence: &Evidence<'_>,
) -> Option<(&'static Measure, Vec<f64>, Vec<f64>)> {
    // The best measure of the concept that is observed.
    let mut measures = series.measures.clone();
    measures.sort_by_key(|measure| measure.standing);
    measures.iter().find_map(|measure| {
        let (times, values) = observed(series, measure, window, evidence);
        (!values.is_empty()).then_some((*measure, times, values))
    })
}

fn level(series: &Series, against: &Against, evidence: &Evidence<'_>) -> Option<String> {
    let (measure, _, values) = first(series, &series.window, evidence)?;
    let actors = &evidence.study.actors;
    let other = match against {
        Against::Bound(bound) => format!("against {}", number(*bound)),
        Against::Series(other) => {
            let theirs = if other.measures == series.measures { measure } else { *other.measures.first()? };
            let mean = mean(&observed(other, theirs, &other.window, evidence).1)?;
            let what =
                if theirs.name == measure.name { other.of.label(actors) } else { named(theirs).to_owned() };
            format!("against {} for {what}", number(mean))
        }
    };
    Some(format!(
        "Mean {} ({}) {}: {} {other}.",
        named(measure),
        series.of.label(actors),
        when(&series.window),
        number(mean(&values)?),
    ))
}

fn order(higher: &[Series], lower: &[Series], evidence: &Evidence<'_>) -> Option<String> {
    let leader = higher.first()?;
    let (measure, _, _) = first(leader, &leader.window, evidence)?;
    let list = |all: &[Series]| -> String {
        let one = |series: &Series| {
            let value = mean(&observed(series, measure, &series.window, evidence).1);
            let text = value.map_or_else(|| "not observed".to_owned(), number);
            format!("{} {text}", series.of.label(&evidence.study.actors))
        };
        all.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    Some(format!(
        "Mean {} {}: {}, claimed to lie above {}.",
        named(measure),
        when(&leader.window),
        list(higher),
        list(lower),
    ))
}

fn change(series: &Series, before: &Period, after: &Period, evidence: &Evidence<'_>) -> Option<String> {
    let (measure, _, early) = first(series, before, evidence)?;
    let late = observed(series, measure, after, evidence).1;
    Some(format!(
        "Mean {} ({}) went from {} {} to {} {}.",
        named(measure),
        series.of.label(&evidence.study.actors),
        number(mean(&early)?),
        when(before),
        number(mean(&late)?),
        when(after),
    ))
}

fn trend(series: &Series, evidence: &Evidence<'_>) -> Option<String> {
    let (measure, times, values) = first(series, &series.window, evidence)?;
    let slope = theil_sen(&times, &values)? * 10.0;
    Some(format!(
        "{} ({}) {} went from {} to {}; slope {} per decade (Theil–Sen).",
        capitalised(named(measure)),
        series.of.label(&evidence.study.actors),
        when(&series.window),
        number(*values.first()?),
        number(*values.last()?),
        number(slope),
    ))
}

fn extremum(series: &Series, lowest: bool, evidence: &Evidence<'_>) -> Option<String> {
    let (measure, times, values) = first(series, &series.window, evidence)?;
    let order = |a: &usize, b: &usize| values[*a].total_cmp(&values[*b]);
    let at = if lowest { (0..values.len()).min_by(order) } else { (0..values.len()).max_by(order) }?;
    Some(format!(
        "{} ({}) was {} in {:.0}: {}.",
        capitalised(named(measure)),
        series.of.label(&evidence.study.actors),
        if lowest { "lowest" } else { "highest" },
        times[at].floor(),
        number(values[at]),
    ))
}
