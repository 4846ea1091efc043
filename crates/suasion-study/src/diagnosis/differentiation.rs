//! Differentiation: how differently are the states treated?

use suasion_actors::StateId;
use suasion_methods::diversity::GroupedLabels;
use suasion_methods::{Estimate, InsufficientData, Interval};

use super::acts::{self, Acts};
use super::{Diagnosis, DiagnosisFinding, DiagnosisKind, Fault, Material, diagnosis, why_not};

/// Fewest acts from which a divergence is worth computing; below it nearly all of it is noise.
const LEAST_ACTS: usize = 20;

pub(super) fn diagnose(material: &Material<'_>) -> Diagnosis {
    let actors = &material.study.actors;
    let mut findings: Vec<DiagnosisFinding> = actors
        .powers()
        .into_iter()
        .map(|power| {
            let acts = acts::of_power(material, power);
            finding(material, Some(power), acts::name(power), &acts, |event| event.target)
        })
        .collect();
    let demand = acts::of_region(material);
    findings.push(finding(material, None, "the states themselves".to_owned(), &demand, |event| {
        Some(event.source)
    }));
    let (fault, sentence) = judge(material, &findings);
    diagnosis(DiagnosisKind::Differentiation, findings, fault, sentence)
}

fn finding(
    material: &Material<'_>,
    power: Option<StateId>,
    label: String,
    acts: &Acts<'_>,
    state_of: impl Fn(&suasion_archive::schema::Event) -> Option<StateId>,
) -> DiagnosisFinding {
    let labels = acts::labels(material, acts, state_of);
    let seed = material.study.seed.named("differentiation").named(&label);
    let test = (labels.group.len() >= LEAST_ACTS)
        .then(|| labels.permutation_test(material.study.thresholds.draws, seed))
        .flatten();
    let estimation = test
        .map(|test| {
            Estimate::point(
                test.observed,
                test.n,
                "generalised Jensen–Shannon divergence, target labels permuted within five-year blocks",
            )
            .with_p_value(test.p_value)
            .with_interval(interval(material, acts, &labels, test.observed))
        })
        .ok_or_else(|| {
            InsufficientData::new(
                format!("only {} acts of {label} are recorded; {LEAST_ACTS} are needed", acts.len()),
                acts.len(),
            )
        });
    DiagnosisFinding {
        label,
        power,
        domain: "",
        estimation,
        null: test.map(|test| test.null_mean),
        excess: test.map(|test| test.excess),
        rows: acts::rows(acts),
    }
}

/// Basic bootstrap interval over years: resampling adds divergence of its own, which the basic
/// interval takes off again.
fn interval(
    material: &Material<'_>,
    acts: &Acts<'_>,
    labels: &GroupedLabels,
    observed: f64,
) -> Option<Interval> {
    let seed = material.study.seed.named("differentiation interval");
    acts::interval_over_years(material, acts, seed, |chosen| labels.divergence_of(chosen)).map(|interval| {
        Interval {
            low: (2.0 * observed - interval.high).clamp(0.0, 1.0),
            high: (2.0 * observed - interval.low).clamp(0.0, 1.0),
            level: interval.level,
        }
    })
}

fn judge(material: &Material<'_>, findings: &[DiagnosisFinding]) -> (Fault, String) {
    let Some((own, excess, p)) = findings.first().and_then(|own| {
        let estimate = own.estimation.as_ref().ok()?;
        Some((estimate.value, own.excess?, estimate.p_value?))
    }) else {
        return (Fault::Unknown, why_not(findings));
    };
    let others: Vec<f64> = findings[1..].iter().filter_map(|finding| finding.excess).collect();
    let fewer = others.iter().all(|other| excess < *other);
    let more = others.iter().filter(|other| excess > **other).count();
    let differs = p <= material.study.thresholds.significance;
    // That nothing could be told from chance is no evidence: too few acts never can be.
    let fault = match (fewer && !others.is_empty() && clearly_less(findings), differs) {
        (true, false) => Fault::Present,
        (false, true) if more * 2 >= others.len() => Fault::Absent,
        _ => Fault::Open,
    };
    let name = &findings[0].label;
    let conduct = if differs {
        "treats the states more differently than chance would"
    } else {
        "cannot be told from treating all states alike"
    };
    let side = if excess < 0.0 { "below" } else { "above" };
    let sentence = format!(
        "{name} {conduct}: divergence {own:.2}, {:.1} deviations {side} chance (p = {p:.3}); {more} of {} others lie less far from chance.",
        excess.abs(),
        others.len(),
    );
    (fault, sentence)
}

/// Whether all that the interval leaves to the power's divergence, above what chance gives, lies
/// below what each of the others shows.
fn clearly_less(findings: &[DiagnosisFinding]) -> bool {
    let above_chance = |finding: &DiagnosisFinding, value: f64| Some(value - finding.null?);
    let mut others = findings[1..]
        .iter()
        .filter_map(|finding| above_chance(finding, finding.estimation.as_ref().ok()?.value));
    let most =
        findings.first().and_then(|own| above_chance(own, own.estimation.as_ref().ok()?.interval?.high));
    most.is_some_and(|most| others.all(|other| most < other))
}
