//! Orbit: does the power's share in what ties the states to the powers rise or fall?

use suasion_actors::{DirectedDyad, StateId};
use suasion_methods::quantile::mean;
use suasion_methods::resample::{StationaryBootstrap, politis_white};
use suasion_methods::trend::theil_sen;
use suasion_methods::{Estimate, InsufficientData};
use suasion_panel::RowRef;

use super::acts;
use super::{Diagnosis, DiagnosisFinding, DiagnosisKind, Fault, Material, diagnosis, two_sided};

/// The four domains: column, name for readers.
pub(crate) const DOMAINS: [(&str, &str); 4] = [
    ("orbit_trade", "trade"),
    ("orbit_acts", "acts"),
    ("orbit_ties", "organisations"),
    ("orbit_alignment", "votes"),
];

const LEAST_YEARS: usize = 8;

pub(super) fn diagnose(material: &Material<'_>) -> Diagnosis {
    let powers = material.study.actors.powers();
    let findings: Vec<DiagnosisFinding> = powers
        .iter()
        .flat_map(|power| DOMAINS.map(|(column, domain)| finding(material, *power, column, domain)))
        .collect();
    let (fault, sentence) = judge(material, &findings);
    diagnosis(DiagnosisKind::Orbit, findings, fault, sentence)
}

/// The region's mean of a share by year: decimal years and values.
fn series(material: &Material<'_>, power: StateId, column: &str) -> (Vec<f64>, Vec<f64>, Vec<RowRef>) {
    let panel = material.yearly;
    let (mut times, mut values, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for step in panel.spine.steps() {
        let found: Vec<(f64, usize)> = material
            .study
            .actors
            .region
            .iter()
            .filter_map(|state| panel.spine.row(DirectedDyad::new(power, *state)?, *step))
            .filter_map(|row| Some((panel.column(column)?.cells[row].number()?, row)))
            .collect();
        // A year with few of the states would be compared with others of all of them.
        if found.len() * 2 <= material.study.actors.region.len() {
            continue;
        }
        let numbers: Vec<f64> = found.iter().map(|(number, _)| *number).collect();
        let Some(value) = mean(&numbers) else { continue };
        times.push(step.decimal_year());
        values.push(value);
        if let Some(column) = panel.column(column) {
            rows.extend(found.iter().flat_map(|(_, row)| column.evidence[*row].iter().copied()));
        }
    }
    rows.sort_unstable();
    rows.dedup();
    (times, values, rows)
}

fn finding(material: &Material<'_>, power: StateId, column: &str, domain: &'static str) -> DiagnosisFinding {
    let label = acts::name(power);
    let (times, values, rows) = series(material, power, column);
    let slope = |at: &[usize]| {
        let pick = |values: &[f64]| at.iter().map(|&position| values[position]).collect::<Vec<f64>>();
        theil_sen(&pick(&times), &pick(&values)).map(|slope| slope * 10.0)
    };
    let everything: Vec<usize> = (0..times.len()).collect();
    let estimation = match slope(&everything).filter(|_| times.len() >= LEAST_YEARS) {
        None => Err(InsufficientData::new(
            format!(
                "{label}'s share in {domain} is known for only {} years; {LEAST_YEARS} are needed",
                times.len()
            ),
            times.len(),
        )),
        Some(value) => {
            let bootstrap = StationaryBootstrap {
                length: times.len(),
                block: politis_white(&values),
                draws: material.study.thresholds.draws,
                seed: material.study.seed.named("orbit").named(&label).named(domain),
            };
            let draws = bootstrap.run(slope);
            Ok(Estimate::point(value, times.len(), "Theil–Sen slope per decade, stationary block bootstrap")
                .with_p_value(two_sided(draws.p_below(value, 0.0), draws.p_above(value, 0.0)))
                .with_interval(draws.interval(material.study.thresholds.confidence))
                .with_warning(format!(
                    "From {:.0} % in {:.0} to {:.0} % in {:.0}.",
                    values[0] * 100.0,
                    times[0].floor(),
                    values[values.len() - 1] * 100.0,
                    times[times.len() - 1].floor()
                )))
        }
    };
    DiagnosisFinding { label, power: Some(power), domain, estimation, null: Some(0.0), excess: None, rows }
}

fn judge(material: &Material<'_>, findings: &[DiagnosisFinding]) -> (Fault, String) {
    let power = material.study.actors.power;
    let own: Vec<&DiagnosisFinding> =
        findings.iter().filter(|finding| finding.power == Some(power)).collect();
    let level = material.study.thresholds.significance;
    let direction = |finding: &&DiagnosisFinding| {
        let estimate = finding.estimation.as_ref().ok()?;
        let clear = estimate.p_value? <= level;
        Some(if clear { estimate.value.total_cmp(&0.0) as i32 } else { 0 })
    };
    let known: Vec<(&str, i32)> =
        own.iter().filter_map(|finding| Some((finding.domain, direction(finding)?))).collect();
    if known.is_empty() {
        return (Fault::Unknown, format!("No share of {} is known for long enough.", acts::name(power)));
    }
    let list = |wanted: i32| {
        let names: Vec<&str> = known.iter().filter(|(_, is)| *is == wanted).map(|(name, _)| *name).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    };
    let falling = known.iter().filter(|(_, is)| *is < 0).count();
    let rising = known.iter().filter(|(_, is)| *is > 0).count();
    let fault = if falling == known.len() {
        Fault::Present
    } else if rising == known.len() {
        Fault::Absent
    } else {
        Fault::Open
    };
    let sentence = format!(
        "{}'s share among the powers falls in: {}; rises in: {}; neither in: {}.",
        acts::name(power),
        list(-1),
        list(1),
        list(0)
    );
    (fault, sentence)
}
