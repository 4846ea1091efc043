//! Breadth: over how many instruments do the acts spread?

use rand::seq::SliceRandom;
use suasion_actors::StateId;
use suasion_archive::schema::Event;
use suasion_methods::diversity::{chao_shen, rarefied_hill_one};
use suasion_methods::{Estimate, InsufficientData};

use super::acts::{self, Acts};
use super::{Diagnosis, DiagnosisFinding, DiagnosisKind, Fault, Material, diagnosis, values, why_not};

/// Fewest acts of a power for a comparison at a common number.
const LEAST_ACTS: usize = 20;

pub(super) fn diagnose(material: &Material<'_>) -> Diagnosis {
    let powers: Vec<(StateId, Acts<'_>)> = material
        .study
        .actors
        .powers()
        .into_iter()
        .map(|power| (power, acts::of_power(material, power)))
        .collect();
    let common =
        powers.iter().map(|(_, acts)| acts.len()).filter(|count| *count >= LEAST_ACTS).min().unwrap_or(0);
    let findings: Vec<DiagnosisFinding> =
        powers.iter().map(|(power, acts)| finding(material, *power, acts, common, &powers)).collect();
    let (fault, sentence) = judge(material, &findings, common);
    diagnosis(DiagnosisKind::Breadth, findings, fault, sentence)
}

fn breadth_of<'a>(acts: impl Iterator<Item = &'a Event>, common: usize) -> Option<f64> {
    rarefied_hill_one(&acts::by_instrument(acts), common as u64)
}

fn finding(
    material: &Material<'_>,
    power: StateId,
    acts: &Acts<'_>,
    common: usize,
    powers: &[(StateId, Acts<'_>)],
) -> DiagnosisFinding {
    let label = acts::name(power);
    let estimation = if acts.len() < LEAST_ACTS {
        let reason = format!("only {} acts of {label} are recorded; {LEAST_ACTS} are needed", acts.len());
        Err(InsufficientData::new(reason, acts.len()))
    } else {
        breadth_of(acts.iter().map(|(_, event)| *event), common)
            .map(|value| estimate(material, acts, common, value, &label, powers))
            .ok_or_else(|| InsufficientData::new("no instrument is recorded", acts.len()))
    };
    let null = estimation.as_ref().ok().and_then(|_| pooled(powers, common));
    DiagnosisFinding {
        label,
        power: Some(power),
        domain: "",
        estimation,
        null,
        excess: None,
        rows: acts::rows(acts),
    }
}

fn estimate(
    material: &Material<'_>,
    acts: &Acts<'_>,
    common: usize,
    value: f64,
    label: &str,
    powers: &[(StateId, Acts<'_>)],
) -> Estimate {
    let unseen = chao_shen(&acts::by_instrument(acts.iter().map(|(_, event)| *event)));
    let mut estimate = Estimate::point(
        value,
        acts.len(),
        "Hill number of order 1, rarefied; powers' labels permuted within five-year blocks",
    )
    .with_interval(interval(material, acts, common, label))
    .with_p_value(p_narrow(material, acts.len(), common, value, label, powers));
    if let Some(entropy) = unseen {
        estimate = estimate.with_warning(format!(
            "All {} acts together, corrected for instruments not seen (Chao–Shen): {:.1} effective instruments.",
            acts.len(),
            entropy.exp()
        ));
    }
    estimate
}

fn interval(
    material: &Material<'_>,
    acts: &Acts<'_>,
    common: usize,
    label: &str,
) -> Option<suasion_methods::Interval> {
    let seed = material.study.seed.named("breadth interval").named(label);
    // A resample of years may hold fewer acts than the common number; it is then taken whole.
    acts::interval_over_years(material, acts, seed, |chosen| {
        breadth_of(chosen.iter().map(|&position| acts[position].1), common.min(chosen.len()))
    })
}

/// Breadth of all powers' acts together at the common number.
fn pooled(powers: &[(StateId, Acts<'_>)], common: usize) -> Option<f64> {
    breadth_of(powers.iter().flat_map(|(_, acts)| acts.iter().map(|(_, event)| *event)), common)
}

/// Share of draws of as many acts from all powers' acts that are at most as broad, with one added.
/// Drawn within five-year blocks, so that a power is compared with its time.
fn p_narrow(
    material: &Material<'_>,
    n: usize,
    common: usize,
    value: f64,
    label: &str,
    powers: &[(StateId, Acts<'_>)],
) -> f64 {
    let seed = material.study.seed.named("breadth null").named(label);
    let blocks = acts::years(material) / 5 + 1;
    let mut pool: Vec<Vec<&Event>> = vec![Vec::new(); blocks];
    let mut own = vec![0; blocks];
    for (power, acts) in powers {
        for (_, event) in acts {
            let block = acts::year_index(material, event) / 5;
            pool[block].push(event);
            own[block] += usize::from(acts::name(*power) == label);
        }
    }
    let draws = material.study.thresholds.draws;
    let reached = (0..draws)
        .filter(|draw| {
            let mut generator = seed.numbered(*draw as u64).generator();
            let mut chosen: Vec<&Event> = Vec::with_capacity(n);
            for (block, count) in pool.iter().zip(&own) {
                let mut block = block.clone();
                let (taken, _) = block.partial_shuffle(&mut generator, *count);
                chosen.extend(taken.iter().copied());
            }
            breadth_of(chosen.into_iter(), common).is_some_and(|drawn| drawn <= value + 1e-12)
        })
        .count();
    (reached + 1) as f64 / (draws + 1) as f64
}

fn judge(material: &Material<'_>, findings: &[DiagnosisFinding], common: usize) -> (Fault, String) {
    let Some((own, others)) = values(findings) else {
        return (Fault::Unknown, why_not(findings));
    };
    let p = findings[0].estimation.as_ref().ok().and_then(|estimate| estimate.p_value).unwrap_or(1.0);
    let narrower = others.iter().filter(|other| **other < own).count();
    let narrow = p <= material.study.thresholds.significance;
    let fault = match (narrow, narrower) {
        (true, 0) if !others.is_empty() => Fault::Present,
        (false, count) if count == others.len() && count > 0 => Fault::Absent,
        _ => Fault::Open,
    };
    let list: Vec<String> = findings[1..]
        .iter()
        .filter_map(|finding| {
            finding
                .estimation
                .as_ref()
                .ok()
                .map(|estimate| format!("{} {:.1}", finding.label, estimate.value))
        })
        .collect();
    let sentence = format!(
        "In samples of {common} acts, {} uses {own:.1} instruments effectively ({}); {}.",
        findings[0].label,
        list.join(", "),
        if narrow { "narrower than powers at large" } else { "not narrower than powers at large" },
    );
    (fault, sentence)
}
