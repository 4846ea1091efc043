//! The plainest reading of a test: means, slopes and extremes of the study's first measure.

use std::collections::BTreeSet;

use suasion_actors::Period;
use suasion_methods::quantile::mean;
use suasion_methods::trend::theil_sen;
use suasion_panel::{Actors, Measure};

use super::{Against, Evidence, Series, Test, when};
use crate::multiverse::{Setting, Specification, pooled};
use crate::wording::{capitalised, number};

/// What readings are made of: the record, and the names of the measures that could be tested.
struct Material<'a> {
    evidence: &'a Evidence<'a>,
    tested: &'a BTreeSet<&'static str>,
}

impl Material<'_> {
    fn actors(&self) -> &Actors {
        &self.evidence.study.actors
    }
}

/// What the numbers say before any test, in a sentence, by a measure that was tested; none where
/// too little is observed.
pub(super) fn plain_reading(
    test: &Test,
    evidence: &Evidence<'_>,
    tested: &BTreeSet<&'static str>,
) -> Option<String> {
    let material = &Material { evidence, tested };
    match test {
        Test::Level { series, against, .. } => level(series, against, material),
        Test::Order { higher, lower } => order(higher, lower, material),
        Test::Change { series, before, after, .. } => change(series, before, after, material),
        Test::Trend { series, .. } => trend(series, material),
        Test::Extremum { series, lowest, .. } => extremum(series, *lowest, material),
        Test::Break { series, near, .. } => {
            Some(format!("Looked for: a change in {} near {near}.", whose(series, material)))
        }
        Test::Association { series, with, .. } => Some(format!(
            "Looked for: {} going with {}.",
            whose(series, material),
            named(with.measures.first()?)
        )),
        Test::Response { series, impulse, .. } => Some(format!(
            "Looked for: {} after acts of {}.",
            whose(series, material),
            impulse.of.label(material.actors())
        )),
        Test::Initiative { answers, acts } => Some(format!(
            "Looked for: whether acts of {} foretell those of {} better than the other way round.",
            acts.of.label(material.actors()),
            answers.of.label(material.actors())
        )),
        _ => None,
    }
}

fn named(measure: &Measure) -> &'static str {
    measure.label
}

fn whose(series: &Series, material: &Material<'_>) -> String {
    let what = series.measures.first().map_or("", |measure| named(measure));
    format!("{what} ({})", series.of.label(material.actors()))
}

/// Decimal years and values of a series in a window of the study's own panel.
fn observed(
    series: &Series,
    measure: &Measure,
    window: &Period,
    material: &Material<'_>,
) -> (Vec<f64>, Vec<f64>) {
    observed_by(&Specification::default(), series, measure, window, material)
}

fn observed_by(
    specification: &Specification,
    series: &Series,
    measure: &Measure,
    window: &Period,
    material: &Material<'_>,
) -> (Vec<f64>, Vec<f64>) {
    let panel = material.evidence.panel(series);
    let found = pooled(panel, measure, &series.of, window, specification);
    let steps = panel.spine.steps();
    (found.steps.iter().map(|step| steps[*step].decimal_year()).collect(), found.values)
}

/// The first measure that is observed, with its series.
fn first(
    series: &Series,
    window: &Period,
    material: &Material<'_>,
) -> Option<(&'static Measure, Vec<f64>, Vec<f64>)> {
    // The best measure of the concept that is observed.
    let mut measures = series.measures.clone();
    measures.retain(|measure| material.tested.is_empty() || material.tested.contains(measure.name));
    measures.sort_by_key(|measure| measure.standing);
    measures.iter().find_map(|measure| {
        let (times, values) = observed(series, measure, window, material);
        (!values.is_empty()).then_some((*measure, times, values))
    })
}

fn level(series: &Series, against: &Against, material: &Material<'_>) -> Option<String> {
    let (measure, _, values) = first(series, &series.window, material)?;
    let actors = material.actors();
    let other = match against {
        Against::Bound(bound) => format!("against {}", number(*bound)),
        Against::Series(other) => {
            let theirs = if other.measures == series.measures { measure } else { *other.measures.first()? };
            let mean = mean(&observed(other, theirs, &other.window, material).1)?;
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

fn order(higher: &[Series], lower: &[Series], material: &Material<'_>) -> Option<String> {
    let leader = higher.first()?;
    let (measure, _, _) = first(leader, &leader.window, material)?;
    let list = |all: &[Series]| -> String {
        let one = |series: &Series| {
            let value = mean(&observed(series, measure, &series.window, material).1);
            let text = value.map_or_else(|| "not observed".to_owned(), number);
            format!("{} {text}", series.of.label(material.actors()))
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

fn change(series: &Series, before: &Period, after: &Period, material: &Material<'_>) -> Option<String> {
    let (measure, _, early) = first(series, before, material)?;
    let late = observed(series, measure, after, material).1;
    Some(format!(
        "Mean {} ({}) went from {} {} to {} {}.",
        named(measure),
        series.of.label(material.actors()),
        number(mean(&early)?),
        when(before),
        number(mean(&late)?),
        when(after),
    ))
}

fn trend(series: &Series, material: &Material<'_>) -> Option<String> {
    let (measure, times, values) = first(series, &series.window, material)?;
    let slope = theil_sen(&times, &values)? * 10.0;
    // Ends at which fewer states are observed than between them would compare different states.
    let complete = Specification::new(vec![Setting::Complete(true)]);
    let whole = observed_by(&complete, series, measure, &series.window, material);
    let (times, values) = if whole.1.len() * 2 >= values.len() { whole } else { (times, values) };
    Some(format!(
        "{} ({}) went from {} in {:.0} to {} in {:.0}; slope {} per decade (Theil–Sen).",
        capitalised(named(measure)),
        series.of.label(material.actors()),
        number(*values.first()?),
        times.first()?.floor(),
        number(*values.last()?),
        times.last()?.floor(),
        number(slope),
    ))
}

fn extremum(series: &Series, lowest: bool, material: &Material<'_>) -> Option<String> {
    let (measure, times, values) = first(series, &series.window, material)?;
    let order = |a: &usize, b: &usize| values[*a].total_cmp(&values[*b]);
    let at = if lowest { (0..values.len()).min_by(order) } else { (0..values.len()).max_by(order) }?;
    Some(format!(
        "{} ({}) was {} in {:.0}: {}.",
        capitalised(named(measure)),
        series.of.label(material.actors()),
        if lowest { "lowest" } else { "highest" },
        times[at].floor(),
        number(values[at]),
    ))
}
