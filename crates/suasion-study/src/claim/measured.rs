//! Claims about measures: one main specification, with block-bootstrap intervals.

use suasion_methods::estimate::Estimate;
use suasion_methods::quantile::mean;
use suasion_methods::resample::{BootstrapDraws, StationaryBootstrap, politis_white};
use suasion_methods::trend::theil_sen;
use suasion_panel::RowRef;

use super::{Against, Evidence, Series, Test, when};
use crate::verdict::{Finding, Verdict};
use crate::wording::{capitalised, number};

/// The observed steps of a series in its window.
struct Observed {
    /// Decimal years.
    times: Vec<f64>,
    values: Vec<f64>,
    rows: Vec<RowRef>,
}

/// A statistic with its bootstrap.
struct Tested {
    estimate: Estimate,
    /// One-sided p-values that the value is not above, not below zero.
    p_above: f64,
    p_below: f64,
}

pub(super) fn test(test: &Test, evidence: &Evidence<'_>, label: &str) -> Verdict {
    let outcome = match test {
        Test::Level { series, against, above } => level(series, against, *above, evidence, label),
        Test::Order { higher, lower } => order(higher, lower, evidence, label),
        Test::Change { series, before, after, up } => change(series, (before, after), *up, evidence, label),
        Test::Trend { series, rises } => trend(series, *rises, evidence, label),
        Test::Extremum { series, within, lowest } => extremum(series, within, *lowest, evidence, label),
        _ => Err("This kind of test needs no measure.".to_owned()),
    };
    outcome.map_or_else(Verdict::Untestable, |verdict| with_warning(verdict, test))
}

/// A count of reports says as much of the source as of the world; the verdict says so.
fn with_warning(verdict: Verdict, test: &Test) -> Verdict {
    if !test.series().iter().any(|series| series.measure.counts_reports) {
        return verdict;
    }
    verdict.map(|mut finding| {
        if let Some(estimate) = finding.estimate.take() {
            finding.estimate = Some(estimate.with_warning("counts what the source reports"));
        }
        finding
    })
}

fn observe(series: &Series, evidence: &Evidence<'_>) -> Result<Observed, String> {
    let panel = evidence.panel(series.unit);
    let values = series.of.series(panel, series.measure.name);
    let column = panel.column(series.measure.name).ok_or("The panel has no such column.")?;
    let mut observed = Observed { times: Vec::new(), values: Vec::new(), rows: Vec::new() };
    for (position, step) in panel.spine.steps().iter().enumerate() {
        let inside =
            series.window.contains(step.period().begin()) && series.window.contains(step.period().end());
        let Some(value) = values[position].filter(|_| inside) else { continue };
        observed.times.push(step.decimal_year());
        observed.values.push(value);
        for dyad in series.of.dyads() {
            if let Some(row) = panel.spine.row(dyad, *step) {
                observed.rows.extend(&column.evidence[row]);
            }
        }
    }
    observed.rows.sort_unstable();
    observed.rows.dedup();
    let least = evidence.study.thresholds.observations;
    if observed.values.len() < least {
        return Err(format!(
            "`{}` of {} is observed in {} of the {}s {}; at least {least} are needed.",
            series.measure.name,
            series.of.label(&evidence.study.actors),
            observed.values.len(),
            series.unit.name(),
            when(&series.window),
        ));
    }
    Ok(observed)
}

fn bootstrap(values: &[f64], evidence: &Evidence<'_>, label: &str) -> StationaryBootstrap {
    StationaryBootstrap {
        length: values.len(),
        block: politis_white(values),
        draws: evidence.study.thresholds.draws,
        seed: evidence.study.seed.named(label),
    }
}

fn pick(values: &[f64], positions: &[usize]) -> Vec<f64> {
    positions.iter().map(|&position| values[position]).collect()
}

fn tested(
    value: f64,
    n: usize,
    draws: &BootstrapDraws,
    evidence: &Evidence<'_>,
    method: &'static str,
) -> Tested {
    let interval = draws.interval(evidence.study.thresholds.confidence);
    Tested {
        estimate: Estimate::point(value, n, method).with_interval(interval),
        p_above: draws.p_above(value, 0.0),
        p_below: draws.p_below(value, 0.0),
    }
}

/// Supported or contradicted at the study's level, else mixed.
fn decide(
    tested: Tested,
    claimed_positive: bool,
    evidence: &Evidence<'_>,
    sentence: String,
    rows: Vec<RowRef>,
) -> Verdict {
    let (claimed, opposite) =
        if claimed_positive { (tested.p_above, tested.p_below) } else { (tested.p_below, tested.p_above) };
    let level = evidence.study.thresholds.significance;
    let finding = Finding { sentence, estimate: Some(tested.estimate.with_p_value(claimed)), rows };
    if claimed <= level {
        Verdict::Supported(finding)
    } else if opposite <= level {
        Verdict::Contradicted(finding)
    } else {
        Verdict::Mixed(finding)
    }
}

fn interval_text(estimate: &Estimate) -> String {
    estimate.interval.map_or_else(String::new, |interval| {
        format!(
            " ({:.0} % interval {} to {})",
            interval.level * 100.0,
            number(interval.low),
            number(interval.high)
        )
    })
}

fn named(series: &Series) -> String {
    series.measure.label.to_owned()
}

fn level(
    series: &Series,
    against: &Against,
    above: bool,
    evidence: &Evidence<'_>,
    label: &str,
) -> Result<Verdict, String> {
    let first = observe(series, evidence)?;
    let actors = &evidence.study.actors;
    let own_mean = mean(&first.values).unwrap_or(0.0);
    let (differences, rows, against_text) = match against {
        Against::Bound(bound) => {
            let differences = first.values.iter().map(|value| value - bound).collect();
            (differences, first.rows.clone(), format!("against {}", number(*bound)))
        }
        Against::Series(other) => {
            let second = observe(other, evidence)?;
            let rows = [first.rows.clone(), second.rows.clone()].concat();
            let whose =
                if other.measure.name == series.measure.name { other.of.label(actors) } else { named(other) };
            let text = format!("against {} for {whose}", number(mean(&second.values).unwrap_or(0.0)));
            (paired_differences(&first, &second), rows, text)
        }
    };
    if differences.len() < evidence.study.thresholds.observations {
        return Err(format!("Only {} steps are observed for both sides.", differences.len()));
    }
    let value = mean(&differences).unwrap_or(0.0);
    let draws = bootstrap(&differences, evidence, label).run(|at| mean(&pick(&differences, at)));
    let tested =
        tested(value, differences.len(), &draws, evidence, "difference of means, stationary block bootstrap");
    let sentence = format!(
        "Mean {} of {} {}: {} {against_text}; difference {}{}.",
        named(series),
        series.of.label(actors),
        when(&series.window),
        number(own_mean),
        number(value),
        interval_text(&tested.estimate),
    );
    Ok(decide(tested, above, evidence, sentence, rows))
}

/// Differences at the steps that both have.
fn paired_differences(first: &Observed, second: &Observed) -> Vec<f64> {
    first
        .times
        .iter()
        .zip(&first.values)
        .filter_map(|(time, value)| {
            let other = second.times.iter().position(|other| other == time)?;
            Some(value - second.values[other])
        })
        .collect()
}

fn order(
    higher: &[Series],
    lower: &[Series],
    evidence: &Evidence<'_>,
    label: &str,
) -> Result<Verdict, String> {
    let observe_all = |list: &[Series]| {
        list.iter()
            .map(|series| Ok((series.clone(), observe(series, evidence)?)))
            .collect::<Result<Vec<_>, String>>()
    };
    let (higher, lower) = (observe_all(higher)?, observe_all(lower)?);
    let all: Vec<&(Series, Observed)> = higher.iter().chain(&lower).collect();
    // One resample of steps serves every series, as they live through the same years.
    let length = all.iter().map(|(_, observed)| observed.values.len()).min().unwrap_or(0);
    let gap = |at: &[usize]| {
        let of = |list: &[(Series, Observed)]| -> Vec<f64> {
            list.iter().filter_map(|(_, observed)| mean(&pick(last(&observed.values, length), at))).collect()
        };
        let least = of(&higher).into_iter().reduce(f64::min)?;
        let most = of(&lower).into_iter().reduce(f64::max)?;
        Some(least - most)
    };
    let everything: Vec<usize> = (0..length).collect();
    let value = gap(&everything).ok_or("No series is observed.")?;
    let block = all.iter().map(|(_, observed)| politis_white(&observed.values)).fold(1.0, f64::max);
    let bootstrap = StationaryBootstrap {
        length,
        block,
        draws: evidence.study.thresholds.draws,
        seed: evidence.study.seed.named(label),
    };
    let draws = bootstrap.run(gap);
    let holds = draws.share(|gap| gap > 0.0).unwrap_or(0.0);
    let tested = tested(value, length, &draws, evidence, "gap between groups, stationary block bootstrap");
    let actors = &evidence.study.actors;
    let list = |series: &[(Series, Observed)]| {
        let parts: Vec<String> = series
            .iter()
            .map(|(series, observed)| {
                format!("{} {}", series.of.label(actors), number(mean(&observed.values).unwrap_or(0.0)))
            })
            .collect();
        parts.join(", ")
    };
    let sentence = format!(
        "Mean {} {}: {}, claimed to lie above {}. The order holds in {:.0} % of the resamples.",
        named(&all[0].0),
        when(&all[0].0.window),
        list(&higher),
        list(&lower),
        holds * 100.0,
    );
    let rows: Vec<RowRef> = all.iter().flat_map(|(_, observed)| observed.rows.clone()).collect();
    Ok(decide(tested, true, evidence, sentence, rows))
}

fn last(values: &[f64], length: usize) -> &[f64] {
    &values[values.len() - length..]
}

fn change(
    series: &Series,
    (before, after): (&suasion_actors::Period, &suasion_actors::Period),
    up: bool,
    evidence: &Evidence<'_>,
    label: &str,
) -> Result<Verdict, String> {
    let at =
        |window: &suasion_actors::Period| observe(&Series { window: *window, ..series.clone() }, evidence);
    let (first, second) = (at(before)?, at(after)?);
    let means = (mean(&first.values).unwrap_or(0.0), mean(&second.values).unwrap_or(0.0));
    let value = means.1 - means.0;
    let early = bootstrap(&first.values, evidence, &format!("{label} before"));
    let late = bootstrap(&second.values, evidence, &format!("{label} after"));
    let draws = early
        .run_paired(&late, |a, b| Some(mean(&pick(&second.values, b))? - mean(&pick(&first.values, a))?));
    let n = first.values.len() + second.values.len();
    let tested = tested(value, n, &draws, evidence, "difference of means, stationary block bootstrap");
    let sentence = format!(
        "Mean {} of {} went from {} {} to {} {}; difference {}{}.",
        named(series),
        series.of.label(&evidence.study.actors),
        number(means.0),
        when(before),
        number(means.1),
        when(after),
        number(value),
        interval_text(&tested.estimate),
    );
    Ok(decide(tested, up, evidence, sentence, [first.rows, second.rows].concat()))
}

fn trend(series: &Series, rises: bool, evidence: &Evidence<'_>, label: &str) -> Result<Verdict, String> {
    let observed = observe(series, evidence)?;
    let slope = |at: &[usize]| {
        theil_sen(&pick(&observed.times, at), &pick(&observed.values, at)).map(|slope| slope * 10.0)
    };
    let everything: Vec<usize> = (0..observed.values.len()).collect();
    let value = slope(&everything).ok_or("Too few years for a trend.")?;
    let draws = bootstrap(&observed.values, evidence, label).run(slope);
    let tested =
        tested(value, observed.values.len(), &draws, evidence, "Theil–Sen slope, stationary block bootstrap");
    let (first, last) =
        (observed.values.first().copied().unwrap_or(0.0), observed.values.last().copied().unwrap_or(0.0));
    let sentence = format!(
        "{} of {} {} went from {} to {}; slope {} per decade{}.",
        capitalised(&named(series)),
        series.of.label(&evidence.study.actors),
        when(&series.window),
        number(first),
        number(last),
        number(value),
        interval_text(&tested.estimate),
    );
    Ok(decide(tested, rises, evidence, sentence, observed.rows))
}

/// The share of residual-block resamples of the smoothed series in which the extreme step lies in
/// the window.
fn extremum(
    series: &Series,
    within: &suasion_actors::Period,
    lowest: bool,
    evidence: &Evidence<'_>,
    label: &str,
) -> Result<Verdict, String> {
    let observed = observe(series, evidence)?;
    let smooth = smoothed(&observed.values);
    let residuals: Vec<f64> = observed.values.iter().zip(&smooth).map(|(value, fit)| value - fit).collect();
    let years = (f64::from(within.begin().year()), f64::from(within.end().year()) + 1.0);
    let inside = |position: usize| observed.times[position] >= years.0 && observed.times[position] < years.1;
    if !(0..observed.values.len()).any(inside) {
        return Err(format!("`{}` is not observed {}.", series.measure.name, when(within)));
    }
    let extreme = |values: &[f64]| {
        let order = |a: &usize, b: &usize| values[*a].total_cmp(&values[*b]);
        let positions = 0..values.len();
        if lowest { positions.min_by(order) } else { positions.max_by(order) }
    };
    let at = extreme(&observed.values).ok_or("Nothing is observed.")?;
    let draws = bootstrap(&residuals, evidence, label).run(|positions| {
        let resampled: Vec<f64> =
            smooth.iter().zip(pick(&residuals, positions)).map(|(fit, noise)| fit + noise).collect();
        extreme(&resampled).map(|position| f64::from(u8::from(inside(position))))
    });
    let share = draws.share(|value| value > 0.5).unwrap_or(0.0);
    let word = if lowest { "lowest" } else { "highest" };
    let sentence = format!(
        "{} of {} was {word} in {:.0} ({}); the {word} value falls {} in {:.0} % of the resamples.",
        capitalised(&named(series)),
        series.of.label(&evidence.study.actors),
        observed.times[at].floor(),
        number(observed.values[at]),
        when(within),
        share * 100.0,
    );
    let estimate = Estimate::point(share, observed.values.len(), "share of residual-block resamples")
        .with_p_value(1.0 - share);
    let finding = Finding { sentence, estimate: Some(estimate), rows: observed.rows.clone() };
    let level = evidence.study.thresholds.significance;
    Ok(if share >= 1.0 - level {
        Verdict::Supported(finding)
    } else if share <= level {
        Verdict::Contradicted(finding)
    } else {
        Verdict::Mixed(finding)
    })
}

/// Centred moving average over three steps, two at the ends.
fn smoothed(values: &[f64]) -> Vec<f64> {
    (0..values.len())
        .map(|position| {
            let from = position.saturating_sub(1);
            let to = (position + 2).min(values.len());
            mean(&values[from..to]).unwrap_or(0.0)
        })
        .collect()
}
