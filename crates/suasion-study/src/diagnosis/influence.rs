//! Influence: can the power move the states' policy? Capacity, drift and response.

use suasion_actors::{DirectedDyad, StateId, TimeUnit};
use suasion_methods::quantile::mean;
use suasion_methods::resample::{StationaryBootstrap, politis_white};
use suasion_methods::specification_curve::SharedWeights;
use suasion_methods::specification_curve::questions::{Observed, ResponseUnit, Scale, response};
use suasion_methods::trend::theil_sen;
use suasion_methods::{Estimate, Estimation, InsufficientData, Interval};
use suasion_panel::{Panel, RowRef, measures};

use super::acts;
use super::{Diagnosis, DiagnosisFinding, DiagnosisKind, Fault, Material, diagnosis, two_sided, why_not};
use crate::multiverse::{of_dyad, spans, sum_of};
use crate::wording::{number, p_value};

/// Quarters over which an answer is looked for.
const HORIZON: usize = 4;
const LEAST_YEARS: usize = 8;

const CAPACITY: &str = "capacity";
const DRIFT: &str = "drift in votes";
const RESPONSE: &str = "response to acts";

pub(super) fn diagnose(material: &Material<'_>) -> Diagnosis {
    let powers = material.study.actors.powers();
    let findings: Vec<DiagnosisFinding> = powers
        .iter()
        .flat_map(|power| [capacity(material, *power), drift(material, *power), answer(material, *power)])
        .collect();
    let (fault, sentence) = judge(material, &findings);
    diagnosis(DiagnosisKind::Influence, findings, fault, sentence)
}

fn finding(
    power: StateId,
    domain: &'static str,
    null: Option<f64>,
    estimation: Estimation,
    rows: Vec<RowRef>,
) -> DiagnosisFinding {
    DiagnosisFinding {
        label: acts::name(power),
        power: Some(power),
        domain,
        estimation,
        null,
        excess: None,
        rows,
    }
}

/// The region's mean by year of a measure of the power toward it: decimal years, values, rows.
fn yearly(material: &Material<'_>, power: StateId, measure: &str) -> (Vec<f64>, Vec<f64>, Vec<RowRef>) {
    let panel = material.yearly;
    let (mut times, mut values, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    let dyads: Vec<DirectedDyad> =
        material.study.actors.region.iter().filter_map(|state| DirectedDyad::new(power, *state)).collect();
    for (position, step) in panel.spine.steps().iter().enumerate() {
        let numbers: Vec<f64> = dyads
            .iter()
            .filter_map(|dyad| panel.series(measure, *dyad).get(position).and_then(|cell| cell.number()))
            .collect();
        if let Some(value) = mean(&numbers) {
            times.push(step.decimal_year());
            values.push(value);
            rows.extend(dyads.iter().flat_map(|dyad| behind(panel, measure, *dyad, position)));
        }
    }
    rows.sort_unstable();
    rows.dedup();
    (times, values, rows)
}

fn behind(panel: &Panel, measure: &str, dyad: DirectedDyad, position: usize) -> Vec<RowRef> {
    let row = panel.spine.rows_of(dyad).map(|rows| rows.start + position);
    match (panel.column(measure), row) {
        (Some(column), Some(row)) => column.evidence[row].clone(),
        _ => Vec::new(),
    }
}

fn too_few(power: StateId, what: &str, years: usize) -> InsufficientData {
    let label = acts::name(power);
    let reason = format!("{what} of {label} is known for only {years} years; {LEAST_YEARS} are needed");
    InsufficientData::new(reason, years)
}

/// The mean of the index over all years: what the power could bring to bear.
fn capacity(material: &Material<'_>, power: StateId) -> DiagnosisFinding {
    let (times, values, rows) = yearly(material, power, "influence_capacity");
    let n = values.len();
    let estimation = match mean(&values).filter(|_| n >= LEAST_YEARS) {
        None => Err(too_few(power, "the influence capacity", n)),
        Some(value) => {
            let slope = theil_sen(&times, &values).unwrap_or(0.0) * 10.0;
            Ok(Estimate::point(value, n, "mean over states and years, FBIC-style index").with_warning(
                format!(
                    "From {} in {:.0} to {} in {:.0}; slope {} per decade.",
                    number(values[0]),
                    times[0].floor(),
                    number(values[n - 1]),
                    times[n - 1].floor(),
                    number(slope)
                ),
            ))
        }
    };
    finding(power, CAPACITY, None, estimation, rows)
}

/// Slope per decade of the agreement of the states' votes with the power's.
fn drift(material: &Material<'_>, power: StateId) -> DiagnosisFinding {
    let (times, values, rows) = yearly(material, power, "vote_agreement");
    let slope = |at: &[usize]| {
        let pick = |values: &[f64]| at.iter().map(|&position| values[position]).collect::<Vec<f64>>();
        theil_sen(&pick(&times), &pick(&values)).map(|slope| slope * 10.0)
    };
    let everything: Vec<usize> = (0..times.len()).collect();
    let estimation = match slope(&everything).filter(|_| times.len() >= LEAST_YEARS) {
        None => Err(too_few(power, "agreement in votes", times.len())),
        Some(value) => {
            let bootstrap = StationaryBootstrap {
                length: times.len(),
                block: politis_white(&values),
                draws: material.study.thresholds.draws,
                seed: material.study.seed.named("drift").named(&acts::name(power)),
            };
            let draws = bootstrap.run(slope);
            let method = "Theil–Sen slope per decade of agreement in votes, stationary block bootstrap";
            Ok(Estimate::point(value, times.len(), method)
                .with_p_value(two_sided(draws.p_below(value, 0.0), draws.p_above(value, 0.0)))
                .with_interval(draws.interval(material.study.thresholds.confidence)))
        }
    };
    finding(power, DRIFT, Some(0.0), estimation, rows)
}

/// How the states' conduct toward the power changes in the year after its acts, given the other
/// powers' acts.
fn answer(material: &Material<'_>, power: StateId) -> DiagnosisFinding {
    let (estimation, rows) = match projected(material, power) {
        Some((estimation, rows)) => (estimation, rows),
        None => (Err(InsufficientData::new("no events are held for the study", 0)), Vec::new()),
    };
    finding(power, RESPONSE, Some(0.0), estimation, rows)
}

fn projected(material: &Material<'_>, power: StateId) -> Option<(Estimation, Vec<RowRef>)> {
    let study = material.study;
    let panel = material.quarterly;
    let (outcome, acts) = (measures::named("goldstein_sum")?, measures::named("acts")?);
    let mut units = Vec::new();
    let mut rows = Vec::new();
    for state in &study.actors.region {
        let dyad = DirectedDyad::new(power, *state)?;
        let of = |measure, dyad| of_dyad(panel, measure, dyad, &study.period);
        let others: Vec<Observed> = study
            .actors
            .powers()
            .into_iter()
            .filter(|other| *other != power)
            .filter_map(|other| Some(of(acts, DirectedDyad::new(other, *state)?)))
            .collect();
        units.push(ResponseUnit {
            outcome: of(outcome, dyad.reversed()),
            impulse: of(acts, dyad),
            controls: sum_of(others).into_iter().collect(),
        });
        for (measure, dyad) in [("goldstein_sum", dyad.reversed()), ("acts", dyad)] {
            let steps = panel.spine.steps().len();
            rows.extend((0..steps).flat_map(|position| behind(panel, measure, dyad, position)));
        }
    }
    rows.sort_unstable();
    rows.dedup();
    let months = study.period.steps(TimeUnit::Month).len();
    let shared = SharedWeights::new(months, study.thresholds.draws, study.seed.named("influence"));
    let weights = shared.by_steps(&spans(&study.period, TimeUnit::Quarter));
    let point = match response(&units, HORIZON, Scale::Values).point(&weights) {
        Ok(point) => point,
        Err(lacking) => return Some((Err(lacking), rows)),
    };
    let per_unit = if point.estimate == 0.0 { 0.0 } else { point.effect / point.estimate };
    let level = study.thresholds.confidence;
    let interval = point.interval(level).map(|own| Interval {
        low: own.low * per_unit,
        high: own.high * per_unit,
        level,
    });
    let method = "local projection a year ahead in residual deviations, rivals' acts given; sieve bootstrap";
    let estimate = Estimate::point(point.effect, point.n, method)
        .with_p_value(two_sided(point.p_value(true), point.p_value(false)))
        .with_interval(interval);
    Some((Ok(estimate), rows))
}

/// Not able to move them: agreement falls, and what the power does is not followed by cooperation.
fn judge(material: &Material<'_>, findings: &[DiagnosisFinding]) -> (Fault, String) {
    let of = |domain: &str| {
        let power = material.study.actors.power;
        let found = findings.iter().find(|one| one.power == Some(power) && one.domain == domain)?;
        found.estimation.as_ref().ok()
    };
    let level = material.study.thresholds.significance;
    let sign = |estimate: &Estimate| match estimate.p_value {
        Some(p) if p <= level => estimate.value.total_cmp(&0.0) as i32,
        _ => 0,
    };
    let (Some(drift), Some(response)) = (of(DRIFT), of(RESPONSE)) else {
        return (Fault::Unknown, why_not(findings));
    };
    let fault = match (sign(drift), sign(response)) {
        (-1, 0 | -1) | (0, -1) => Fault::Present,
        (0 | 1, 1) => Fault::Absent,
        _ => Fault::Open,
    };
    let name = &findings[0].label;
    let capacity = of(CAPACITY).map_or_else(
        || format!("{name}'s influence capacity is not known"),
        |capacity| format!("{name}'s influence capacity averages {} of 1", number(capacity.value)),
    );
    let moves = match sign(response) {
        1 => "they become more cooperative in the year after its acts",
        -1 => "they become less cooperative in the year after its acts",
        _ => "their conduct in the year after its acts does not change beyond chance",
    };
    let sentence = format!(
        "{capacity}; the states' agreement with it in votes changes by {} per decade ({}); {moves} ({} deviations, {}).",
        number(drift.value),
        p_value(drift.p_value.unwrap_or(1.0)),
        number(response.value),
        p_value(response.p_value.unwrap_or(1.0)),
    );
    (fault, sentence)
}
