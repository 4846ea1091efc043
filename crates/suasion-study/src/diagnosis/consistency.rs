//! Consistency: do help and pressure reach the same state in the same quarter?

use std::collections::BTreeMap;

use rand::seq::SliceRandom;
use suasion_actors::{StateId, Step, TimeUnit};
use suasion_archive::ontology::{InstrumentGroup, QuadClass};
use suasion_archive::schema::Event;
use suasion_methods::quantile::mean;
use suasion_methods::resample::StationaryBootstrap;
use suasion_methods::{Estimate, InsufficientData};

use super::acts::{self, Acts};
use super::{Diagnosis, DiagnosisFinding, DiagnosisKind, Fault, Material, diagnosis, values, why_not};
use crate::wording::p_value;

/// Fewest quarters with acts.
const LEAST_QUARTERS: usize = 20;
const BLOCK_QUARTERS: f64 = 8.0;

/// What one act adds to a quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Signal {
    help: bool,
    coercion: bool,
    conflict: bool,
}

/// Signals by state and quarter.
type Quarters = BTreeMap<(StateId, Step), Vec<Signal>>;

pub(super) fn diagnose(material: &Material<'_>) -> Diagnosis {
    let findings: Vec<DiagnosisFinding> =
        material.study.actors.powers().into_iter().map(|power| finding(material, power)).collect();
    let (fault, sentence) = judge(material, &findings);
    diagnosis(DiagnosisKind::Consistency, findings, fault, sentence)
}

fn signal(event: &Event) -> Signal {
    let class = event.code.quad_class();
    let conflict = !class.is_cooperative();
    Signal {
        help: class == QuadClass::MaterialCooperation,
        coercion: conflict && event.instrument.group() == InstrumentGroup::Hard,
        conflict,
    }
}

fn quarters(acts: &Acts<'_>) -> Quarters {
    let mut quarters = Quarters::new();
    for (_, event) in acts.iter().filter(|(_, event)| event.date.fits(TimeUnit::Quarter)) {
        let step = Step::containing(event.date.earliest(), TimeUnit::Quarter);
        if let Some(target) = event.target {
            quarters.entry((target, step)).or_default().push(signal(event));
        }
    }
    quarters
}

fn is_contradictory(signals: &[Signal]) -> bool {
    signals.iter().any(|signal| signal.help) && signals.iter().any(|signal| signal.coercion)
}

fn share(quarters: &Quarters, is: impl Fn(&[Signal]) -> bool) -> f64 {
    quarters.values().filter(|signals| is(signals)).count() as f64 / quarters.len().max(1) as f64
}

fn finding(material: &Material<'_>, power: StateId) -> DiagnosisFinding {
    let label = acts::name(power);
    let acts = acts::of_power(material, power);
    let quarters = quarters(&acts);
    let seed = material.study.seed.named("consistency").named(&label);
    if quarters.len() < LEAST_QUARTERS {
        let reason = format!(
            "acts of {label} are recorded in only {} state-quarters; {LEAST_QUARTERS} are needed",
            quarters.len()
        );
        let estimation = Err(InsufficientData::new(reason, quarters.len()));
        return DiagnosisFinding {
            label,
            power: Some(power),
            domain: "",
            estimation,
            null: None,
            excess: None,
            rows: acts::rows(&acts),
        };
    }
    let observed = share(&quarters, is_contradictory);
    let null: Vec<f64> = (0..material.study.thresholds.draws)
        .map(|draw| shuffled(&quarters, seed.numbered(draw as u64)))
        .collect();
    let reached = null.iter().filter(|value| **value >= observed - 1e-12).count();
    let estimate = Estimate::point(
        observed,
        quarters.len(),
        "share of state-quarters; signals permuted among a state's quarters",
    )
    .with_p_value((reached + 1) as f64 / (null.len() + 1) as f64)
    .with_interval(interval(material, &quarters, seed))
    .with_warning(details(&quarters));
    DiagnosisFinding {
        label,
        power: Some(power),
        domain: "",
        estimation: Ok(estimate),
        null: mean(&null),
        excess: None,
        rows: acts::rows(&acts),
    }
}

/// Other readings of the same record, for those who would choose them.
fn details(quarters: &Quarters) -> String {
    let wide = share(quarters, |signals| {
        signals.iter().any(|signal| signal.help) && signals.iter().any(|signal| signal.conflict)
    });
    format!(
        "With any conflictual act in place of coercion: {:.0} %. Net cooperation changed its sign from one quarter with acts to the next in {:.0} % of the cases.",
        wide * 100.0,
        sign_changes(quarters) * 100.0
    )
}

/// Share of successive quarters with acts of one state between which net cooperation changes sign.
fn sign_changes(quarters: &Quarters) -> f64 {
    let net =
        |signals: &[Signal]| signals.iter().map(|signal| if signal.conflict { -1 } else { 1 }).sum::<i32>();
    let states: Vec<(StateId, i32)> =
        quarters.iter().map(|((state, _), signals)| (*state, net(signals))).collect();
    let pairs: Vec<bool> = states
        .windows(2)
        .filter(|pair| pair[0].0 == pair[1].0)
        .map(|pair| pair[0].1.signum() * pair[1].1.signum() < 0)
        .collect();
    pairs.iter().filter(|changed| **changed).count() as f64 / pairs.len().max(1) as f64
}

/// The share after each state's signals are dealt anew to its quarters, as many to each as before.
fn shuffled(quarters: &Quarters, seed: suasion_methods::Seed) -> f64 {
    let mut generator = seed.generator();
    let mut by_state: BTreeMap<StateId, Vec<Signal>> = BTreeMap::new();
    for ((state, _), signals) in quarters {
        by_state.entry(*state).or_default().extend(signals);
    }
    for signals in by_state.values_mut() {
        signals.shuffle(&mut generator);
    }
    let mut taken: BTreeMap<StateId, usize> = BTreeMap::new();
    let mut contradictory = 0;
    for ((state, _), signals) in quarters {
        let start = taken.entry(*state).or_default();
        contradictory += usize::from(is_contradictory(&by_state[state][*start..*start + signals.len()]));
        *start += signals.len();
    }
    f64::from(contradictory as u32) / quarters.len() as f64
}

fn interval(
    material: &Material<'_>,
    quarters: &Quarters,
    seed: suasion_methods::Seed,
) -> Option<suasion_methods::Interval> {
    let steps: Vec<Step> = {
        let mut steps: Vec<Step> = quarters.keys().map(|(_, step)| *step).collect();
        steps.sort_unstable();
        steps.dedup();
        steps
    };
    let by_step: Vec<(usize, usize)> = steps
        .iter()
        .map(|step| {
            let at: Vec<_> = quarters.iter().filter(|((_, other), _)| other == step).collect();
            (at.iter().filter(|(_, signals)| is_contradictory(signals)).count(), at.len())
        })
        .collect();
    let bootstrap = StationaryBootstrap {
        length: steps.len(),
        block: BLOCK_QUARTERS,
        draws: material.study.thresholds.draws,
        seed: seed.named("interval"),
    };
    let draws = bootstrap.run(|positions| {
        let (hits, all) = positions
            .iter()
            .fold((0, 0), |sums, &position| (sums.0 + by_step[position].0, sums.1 + by_step[position].1));
        (all > 0).then(|| hits as f64 / all as f64)
    });
    draws.interval(material.study.thresholds.confidence)
}

/// How many rivals do something less often.
fn beside(less: usize, rivals: usize) -> String {
    match (less, rivals) {
        (_, 0) => "No rival was observed beside it.".to_owned(),
        (0, 1) => "Its rival did so at least as often.".to_owned(),
        (1, 1) => "Its rival did so less often.".to_owned(),
        (0, _) => "Each of its rivals did so at least as often.".to_owned(),
        (all, rivals) if all == rivals => format!("Each of its {rivals} rivals did so less often."),
        (less, rivals) => format!("{less} of {rivals} rivals did so less often."),
    }
}

fn judge(material: &Material<'_>, findings: &[DiagnosisFinding]) -> (Fault, String) {
    let Some((own, others)) = values(findings) else {
        return (Fault::Unknown, why_not(findings));
    };
    let p = findings[0].estimation.as_ref().ok().and_then(|estimate| estimate.p_value).unwrap_or(1.0);
    let by_chance = findings[0].null.unwrap_or(0.0);
    let more = others.iter().filter(|other| own > **other).count();
    let above_chance = p <= material.study.thresholds.significance;
    let fault = match (above_chance, more) {
        (true, count) if count == others.len() && count > 0 => Fault::Present,
        // Where nobody ever combines them, there is nothing to compare.
        (false, 0) if others.iter().any(|other| *other > 0.0) => Fault::Absent,
        _ => Fault::Open,
    };
    let sentence = format!(
        "{} combined material cooperation and coercion toward the same state in {:.1} % of the quarters with acts; {} ({:.1} %, {}). {}",
        findings[0].label,
        own * 100.0,
        if above_chance { "chance alone would give less" } else { "chance alone would give about as much" },
        by_chance * 100.0,
        p_value(p),
        beside(more, others.len()),
    );
    (fault, sentence)
}
