//! Initiative: who acts first, and who answers? By autoregression and by self-exciting counts.

use suasion_actors::{StateId, Step, TimeUnit};
use suasion_archive::Family;
use suasion_archive::schema::Event;
use suasion_methods::initiative::{
    Autoregression, CountModel, Hawkes, HawkesOptions, Responses, order_criteria,
};
use suasion_methods::quantile::mean;
use suasion_methods::resample::circular_shift_test;
use suasion_methods::{Estimate, Estimation, InsufficientData, Interval};
use suasion_panel::RowRef;

use super::acts;
use super::{Diagnosis, DiagnosisFinding, DiagnosisKind, Fault, Material, diagnosis, why_not};
use crate::wording::{count_of, p_value, whole};

/// Fewest acts of either side.
const LEAST_ACTS: u32 = 20;
/// Lags at most, and how many quarters ahead errors are split.
const MOST_LAGS: usize = 4;
const HORIZON: usize = 4;
/// Months before and after over which the source's volume is averaged.
const VOLUME_MONTHS: usize = 12;
/// Normal quantile of a two-sided 95 % interval.
const NORMAL_95: f64 = 1.959_964;

const BY_AUTOREGRESSION: &str = "reaction (autoregression)";
const BY_COUNTS: &str = "reaction (self-exciting counts)";
const UNPROMPTED: &str = "initiative (self-exciting counts)";

/// What a power and the region do toward each other, and what the other powers do, by month.
struct Exchange {
    own: Vec<u32>,
    answers: Vec<u32>,
    others: Vec<u32>,
    rows: Vec<RowRef>,
}

pub(super) fn diagnose(material: &Material<'_>) -> Diagnosis {
    let powers = material.study.actors.powers();
    let findings: Vec<DiagnosisFinding> =
        powers.iter().flat_map(|power| of_power(material, *power)).collect();
    let region = region_reaction(material);
    let (fault, sentence) = judge(material, &findings, &region);
    diagnosis(DiagnosisKind::Initiative, findings, fault, sentence)
}

/// By month of what the source covers of the study: acts from some actors toward others.
fn exchange(material: &Material<'_>, power: StateId) -> Option<Exchange> {
    let study = &material.study;
    let covered = material.inputs.table(Family::Event)?.coverage.span()?;
    let period = study.period.intersection(&covered)?;
    let month = |day| Step::containing(day, TimeUnit::Month).index();
    let first = month(period.begin());
    let months = usize::try_from(month(period.end()) - first + 1).ok()?;
    let powers = study.actors.powers();
    let region = &study.actors.region;
    let empty = || vec![0_u32; months];
    let mut found = Exchange { own: empty(), answers: empty(), others: empty(), rows: Vec::new() };
    let mut behind = Vec::new();
    for (index, event) in material.inputs.reports() {
        let Some((from, target)) = actor(event).filter(|_| event.date.fits(TimeUnit::Month)) else {
            continue;
        };
        let at = usize::try_from(month(event.date.earliest()) - first).unwrap_or(usize::MAX);
        let to_region = region.contains(&target);
        let stream = if from == power && to_region {
            &mut found.own
        } else if region.contains(&from) && target == power {
            &mut found.answers
        } else if powers.contains(&from) && to_region {
            &mut found.others
        } else {
            continue;
        };
        if let Some(count) = stream.get_mut(at) {
            *count += 1;
            behind.push(index);
        }
    }
    found.rows = RowRef::all(Family::Event, behind);
    found.rows.dedup();
    Some(found)
}

/// Who acted toward whom: whoever began it, where that is known. Joint acts that nobody is known to
/// have begun speak for neither side.
fn actor(event: &Event) -> Option<(StateId, StateId)> {
    let target = event.target.filter(|_| !event.mirrored)?;
    match event.initiator {
        Some(initiator) if initiator == target => Some((target, event.source)),
        Some(_) => Some((event.source, target)),
        None => (!event.mutual).then_some((event.source, target)),
    }
}

fn of_power(material: &Material<'_>, power: StateId) -> [DiagnosisFinding; 3] {
    let label = acts::name(power);
    let exchange = exchange(material, power);
    let lacking = |reason: String, n: u32| Err(InsufficientData::new(reason, n as usize));
    let (estimations, rows) = match &exchange {
        None => {
            let none = || lacking("no events are held for the study".to_owned(), 0);
            ([none(), none(), none()], Vec::new())
        }
        Some(exchange) => {
            let least = exchange.own.iter().sum::<u32>().min(exchange.answers.iter().sum());
            let estimations = if least < LEAST_ACTS {
                let few = || {
                    let reason = format!(
                        "only {least} acts of {label}, or of the states toward it, are dated to the month and have a known beginner; {LEAST_ACTS} are needed"
                    );
                    lacking(reason, least)
                };
                [few(), few(), few()]
            } else {
                let [initiative, reaction] = by_counts(exchange);
                [by_autoregression(&exchange.own, &exchange.answers, &exchange.others), reaction, initiative]
            };
            (estimations, exchange.rows.clone())
        }
    };
    let mut domains = [BY_AUTOREGRESSION, BY_COUNTS, UNPROMPTED].into_iter();
    estimations.map(|estimation| DiagnosisFinding {
        label: label.clone(),
        power: Some(power),
        domain: domains.next().unwrap_or_default(),
        estimation,
        null: None,
        excess: None,
        rows: rows.clone(),
    })
}

/// The same for the region toward the power: how far it is the one that answers.
fn region_reaction(material: &Material<'_>) -> Estimation {
    let none = || InsufficientData::new("no events are held for the study", 0);
    let exchange = exchange(material, material.study.actors.power).ok_or_else(none)?;
    by_autoregression(&exchange.answers, &exchange.own, &exchange.others)
}

/// Counts by quarter, on a scale on which a busy quarter does not weigh too much.
fn quarters(months: &[u32]) -> Vec<f64> {
    months.chunks_exact(3).map(|quarter| f64::from(quarter.iter().sum::<u32>()).ln_1p()).collect()
}

/// Share of the error in forecasts of what one side does that goes with earlier shocks of the other
/// side, beside the rivals' acts and a quadratic trend, which how densely years are recorded leaves.
/// What happens in the same quarter is the side's own.
fn by_autoregression(own: &[u32], answers: &[u32], others: &[u32]) -> Estimation {
    let series = [own, answers, others].map(quarters).to_vec();
    let n = series[0].len();
    let time: Vec<f64> = (0..n).map(|at| 2.0 * at as f64 / n as f64 - 1.0).collect();
    let trend = vec![time.clone(), time.iter().map(|at| at * at).collect()];
    let lacking = || InsufficientData::new("too few quarters for an autoregression", n);
    let criteria = order_criteria(&series, &trend, MOST_LAGS).map_err(|_| lacking())?;
    let best = criteria.iter().skip(1).min_by(|a, b| a.schwarz.total_cmp(&b.schwarz)).ok_or_else(lacking)?;
    let share = |first: &[f64], second: &[f64]| {
        let series = [first.to_vec(), second.to_vec(), series[2].clone()];
        let fit = Autoregression::fit(&series, &trend, best.order).ok()?;
        Some(Responses::of(&fit, HORIZON).orthogonal_shares(HORIZON)?[(0, 1)])
    };
    let (value, p) = circular_shift_test(&series[0], &series[1], false, share).ok_or_else(lacking)?;
    let fit = Autoregression::fit(&series, &trend, best.order).map_err(|_| lacking())?;
    let estimate = Estimate::point(
        value,
        n,
        "share of forecast-error variance a year ahead, autoregression of quarters; circular shifts",
    )
    .with_p_value(p);
    Ok(match fit.causality(&[1], &[0], best.order) {
        Some(test) => estimate.with_warning(format!(
            "Granger test with {}: {}.",
            count_of(best.order, "lag"),
            p_value(test.p_value)
        )),
        None => estimate,
    })
}

/// Shares of a power's acts that nobody's recorded acts foretell, and that the region's do.
fn by_counts(exchange: &Exchange) -> [Estimation; 2] {
    let streams: Vec<Vec<u32>> = [&exchange.own, &exchange.answers, &exchange.others]
        .into_iter()
        .filter(|stream| stream.iter().any(|count| *count > 0))
        .cloned()
        .collect();
    let n = exchange.own.len();
    let options = HawkesOptions { decay: None, model: CountModel::NegativeBinomial };
    let fitted = Hawkes::fit(&streams, Some(&volume(&streams)), &options);
    let Ok(fit) = fitted else {
        let lacking = || Err(InsufficientData::new("self-exciting counts could not be fitted", n));
        return [lacking(), lacking()];
    };
    let own = &fit.streams[0];
    let shares = own.shares(0, Some(1));
    // A share is a parameter times what is known, and so is its standard error.
    let with = |value: f64, parameter: f64, at: usize| -> Estimation {
        let error = own.standard_errors.get(at).copied().flatten();
        let interval = error.filter(|_| parameter > 0.0).map(|error| {
            let half = NORMAL_95 * error * value / parameter;
            Interval { low: (value - half).max(0.0), high: (value + half).min(1.0), level: 0.95 }
        });
        let estimate = Estimate::point(
            value,
            n,
            "self-exciting counts by month, negative binomial, volume of the source",
        );
        let warned = fit.warnings.iter().cloned().fold(estimate, Estimate::with_warning);
        Ok(warned.with_interval(interval))
    };
    let rivals = format!(
        "Rivals' acts trigger {} %, own momentum {} %.",
        whole(100.0 * shares.rival_triggered),
        whole(100.0 * shares.momentum)
    );
    let initiative =
        with(shares.initiative, own.baseline, 0).map(|estimate| estimate.with_warning(rivals.clone()));
    [initiative, with(shares.reaction, own.excitation[1], 2)]
}

/// How much the source records around each month, over its mean: a busy year is no answer.
fn volume(streams: &[Vec<u32>]) -> Vec<f64> {
    let months = streams[0].len();
    let total: Vec<f64> =
        (0..months).map(|at| streams.iter().map(|stream| f64::from(stream[at])).sum()).collect();
    let around = |at: usize| {
        let window = at.saturating_sub(VOLUME_MONTHS)..(at + VOLUME_MONTHS + 1).min(months);
        mean(&total[window]).unwrap_or(0.0)
    };
    let smooth: Vec<f64> = (0..months).map(around).collect();
    let level = mean(&smooth).unwrap_or(1.0);
    smooth.into_iter().map(|value| (value / level).max(0.1)).collect()
}

/// Only reacting: the power answers the states beyond chance and they do not answer it.
fn judge(material: &Material<'_>, findings: &[DiagnosisFinding], region: &Estimation) -> (Fault, String) {
    let own = |domain: &str| {
        let power = material.study.actors.power;
        let found = findings.iter().find(|one| one.power == Some(power) && one.domain == domain)?;
        found.estimation.as_ref().ok()
    };
    let (Some(answers), Ok(answered), Some(initiative), Some(reaction)) =
        (own(BY_AUTOREGRESSION), region, own(UNPROMPTED), own(BY_COUNTS))
    else {
        return (Fault::Unknown, why_not(findings));
    };
    let level = material.study.thresholds.significance;
    let clear = |estimate: &Estimate| estimate.p_value.is_some_and(|p| p <= level);
    let fault = match (clear(answers), clear(answered)) {
        (true, false) if reaction.value > initiative.value => Fault::Present,
        (false, true) => Fault::Absent,
        _ => Fault::Open,
    };
    let name = &findings[0].label;
    let agree = if clear(answers) == (reaction.value > 0.05) { "agree" } else { "differ" };
    let sentence = format!(
        "The states' earlier acts account for {:.0} % of the error in forecasts of {name}'s ({}), {name}'s for {:.0} % of theirs ({}); counted act by act, {:.0} % of {name}'s acts follow the states' and {:.0} % follow nobody's recorded acts. The two methods {agree} on whether {name} answers.",
        100.0 * answers.value,
        p_value(answers.p_value.unwrap_or(1.0)),
        100.0 * answered.value,
        p_value(answered.p_value.unwrap_or(1.0)),
        100.0 * reaction.value,
        100.0 * initiative.value,
    );
    (fault, sentence)
}
