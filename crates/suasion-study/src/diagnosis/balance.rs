//! Balance: do both pivots get attention together, or one at the other's expense?

use suasion_actors::{DirectedDyad, StateId};
use suasion_methods::association::{TwoByTwo, pearson};
use suasion_methods::quantile::median;
use suasion_methods::resample::{StationaryBootstrap, circular_shift_test};
use suasion_methods::trend::detrended;
use suasion_methods::{Estimate, InsufficientData};
use suasion_panel::RowRef;

use super::acts;
use super::{Diagnosis, DiagnosisFinding, DiagnosisKind, Fault, Material, diagnosis, two_sided, why_not};
use crate::wording::p_value;

const BLOCK_QUARTERS: f64 = 8.0;
/// Fewest acts toward either pivot.
const LEAST_ACTS: f64 = 20.0;

/// Attention to both pivots by quarter.
struct Attention {
    first: Vec<f64>,
    second: Vec<f64>,
    rows: Vec<RowRef>,
}

pub(super) fn diagnose(material: &Material<'_>) -> Option<Diagnosis> {
    let pivots = material.study.pivots?;
    let findings: Vec<DiagnosisFinding> =
        material.study.actors.powers().into_iter().map(|power| finding(material, power, pivots)).collect();
    let (fault, sentence) = judge(material, &findings, pivots);
    Some(diagnosis(DiagnosisKind::Balance, findings, fault, sentence))
}

fn attention(material: &Material<'_>, power: StateId, pivot: StateId) -> (Vec<f64>, Vec<RowRef>) {
    let Some(dyad) = DirectedDyad::new(power, pivot) else { return (Vec::new(), Vec::new()) };
    let panel = material.quarterly;
    let counts = panel.series("acts", dyad).iter().map(|cell| cell.number().unwrap_or(0.0)).collect();
    let rows = match (panel.column("acts"), panel.spine.rows_of(dyad)) {
        (Some(column), Some(rows)) => column.evidence[rows].iter().flatten().copied().collect(),
        _ => Vec::new(),
    };
    (counts, rows)
}

fn finding(material: &Material<'_>, power: StateId, pivots: [StateId; 2]) -> DiagnosisFinding {
    let label = acts::name(power);
    let (first, first_rows) = attention(material, power, pivots[0]);
    let (second, second_rows) = attention(material, power, pivots[1]);
    let attention = Attention { first, second, rows: [first_rows, second_rows].concat() };
    let least = attention.first.iter().sum::<f64>().min(attention.second.iter().sum());
    let estimation = if least < LEAST_ACTS {
        let reason = format!(
            "only {least:.0} acts of {label} toward one of the pivots are dated to the quarter; {LEAST_ACTS:.0} are needed"
        );
        Err(InsufficientData::new(reason, least as usize))
    } else {
        estimate(material, &attention, &label)
    };
    DiagnosisFinding {
        label,
        power: Some(power),
        domain: "",
        estimation,
        null: Some(1.0),
        excess: None,
        rows: attention.rows,
    }
}

fn estimate(material: &Material<'_>, attention: &Attention, label: &str) -> suasion_methods::Estimation {
    let n = attention.first.len();
    let times: Vec<f64> = (0..n).map(|quarter| quarter as f64).collect();
    let (first, second) = (detrended(&times, &attention.first), detrended(&times, &attention.second));
    let odds = |first: &[bool], second: &[bool]| Some(TwoByTwo::of(first, second).odds_ratio());
    let (above_first, above_second) = (above_median(&first), above_median(&second));
    let lacking = || InsufficientData::new("too few quarters for the test", n);
    let (value, p_low) = circular_shift_test(&above_first, &above_second, true, odds).ok_or_else(lacking)?;
    let (_, p_high) = circular_shift_test(&above_first, &above_second, false, odds).ok_or_else(lacking)?;
    let correlation = pearson(&first, &second).unwrap_or(0.0);
    let bootstrap = StationaryBootstrap {
        length: n,
        block: BLOCK_QUARTERS,
        draws: material.study.thresholds.draws,
        seed: material.study.seed.named("balance").named(label),
    };
    let draws = bootstrap.run(|at| {
        let pick = |values: &[bool]| at.iter().map(|&position| values[position]).collect::<Vec<bool>>();
        odds(&pick(&above_first), &pick(&above_second))
    });
    Ok(Estimate::point(
        value,
        n,
        "odds ratio of above-median detrended attention; circular shifts of one series",
    )
    .with_p_value(two_sided(p_low, p_high))
    .with_interval(draws.interval(material.study.thresholds.confidence))
    .with_warning(format!("Correlation of both detrended series: {correlation:.2}.")))
}

fn above_median(values: &[f64]) -> Vec<bool> {
    let middle = median(values).unwrap_or(0.0);
    values.iter().map(|value| *value > middle).collect()
}

fn judge(material: &Material<'_>, findings: &[DiagnosisFinding], pivots: [StateId; 2]) -> (Fault, String) {
    let Some((own, p)) = findings.first().and_then(|own| {
        let estimate = own.estimation.as_ref().ok()?;
        Some((estimate.value, estimate.p_value?))
    }) else {
        return (Fault::Unknown, why_not(findings));
    };
    let level = material.study.thresholds.significance;
    let fault = match (p <= level, own < 1.0) {
        (true, true) => Fault::Present,
        (true, false) => Fault::Absent,
        (false, _) => Fault::Open,
    };
    let reading = match fault {
        Fault::Present => "attention to one comes at the other's expense",
        Fault::Absent => "both get attention together",
        _ => "neither together nor at each other's expense, as far as the record tells",
    };
    let sentence = format!(
        "{} toward {} and {}: {reading} (odds ratio {own:.2}; {}).",
        findings[0].label,
        acts::name(pivots[0]),
        acts::name(pivots[1]),
        p_value(p),
    );
    (fault, sentence)
}
