//! Influence capacity in the manner of the formal bilateral influence capacity index (Moyer et al.
//! 2018, 2021): bandwidth times dependence. The published weights could not be verified, so every
//! part weighs the same unless the study says otherwise; the measure is called after the index
//! until it is held against it.

use suasion_actors::TimeUnit;
use suasion_methods::composite::{Capacity, influence_capacity};

use super::context::{Context, outside, undefined};
use super::{CellWithEvidence, Concept, Measure, Needs, Standing};
use crate::cell::Cell;
use crate::column::RowRef;

const NEEDED: Needs = Needs::TiesAndFlows(&["goods_exports", "arms_transfers"]);

pub(super) const MEASURES: &[Measure] = &[
    Measure {
        name: "influence_capacity",
        label: "influence capacity (FBIC-style)",
        concept: Concept::InfluenceCapacity,
        unit: "0 to 1, the largest of the panel",
        description: "Bandwidth (trade volume, shared organisations, treaty obligation) times dependence (shares in the target's trade and arms), weighted as the study says or equally, over the largest of all powers, states and years of the panel.",
        needs: NEEDED,
        counts_reports: false,
        standing: Standing::Equivalent,
        compute: |context, row| of_scale(context, row, |scale, row| scale.capacity[row]),
    },
    Measure {
        name: "bandwidth",
        label: "bandwidth (FBIC-style)",
        concept: Concept::InfluenceCapacity,
        unit: "0 to 1",
        description: "Weighted mean of trade volume and shared organisations, each over the largest of the panel, and of the depth of treaty obligation over defence.",
        needs: NEEDED,
        counts_reports: false,
        standing: Standing::Uncertain,
        compute: |context, row| of_scale(context, row, |scale, row| scale.bandwidth[row]),
    },
];

/// Capacity and bandwidth of every row, with the rows of the sources behind them: both are
/// relative to the largest of the panel.
#[derive(Debug, Default)]
pub(crate) struct CapacityScale {
    capacity: Vec<Option<f64>>,
    bandwidth: Vec<Option<f64>>,
    evidence: Vec<Vec<RowRef>>,
}

/// What a row's capacity is made of, with the rows of the sources behind it.
struct Parts {
    trade: f64,
    organisations: f64,
    obligation: f64,
    trade_share: f64,
    arms_share: f64,
    rows: Vec<RowRef>,
}

fn parts(context: &Context<'_>, row: usize) -> Option<Parts> {
    let (dyad, step) = context.at(row);
    if step.unit() != TimeUnit::Year || !context.is_power(dyad.source()) || !context.spine.exists(row) {
        return None;
    }
    let mut rows = Vec::new();
    let mut cell = |name: &str| -> Option<Cell> {
        let (cell, evidence) = (super::named(name)?.compute)(context, row);
        rows.extend(evidence);
        Some(cell)
    };
    let trade = cell("trade_volume")?.number()?;
    let organisations = cell("shared_organisations")?.number()?;
    let obligation = cell("obligation_depth")?.number()?;
    let trade_share = cell("trade_share")?.number()?;
    // Whoever received no arms at all depends on nobody's.
    let arms_share = match cell("arms_share")? {
        Cell::Undefined => 0.0,
        other => other.number()?,
    };
    rows.sort_unstable();
    rows.dedup();
    Some(Parts { trade, organisations, obligation, trade_share, arms_share, rows })
}

impl CapacityScale {
    fn of(context: &Context<'_>) -> Self {
        let all: Vec<Option<Parts>> = (0..context.spine.len()).map(|row| parts(context, row)).collect();
        let most = |of: fn(&Parts) -> f64| all.iter().flatten().map(of).fold(0.0, f64::max);
        let (trade, organisations) = (most(|parts| parts.trade), most(|parts| parts.organisations));
        let capacity = |parts: &Parts| Capacity {
            bandwidth: [
                over(parts.trade, trade),
                over(parts.organisations, organisations),
                parts.obligation / 3.0,
            ],
            dependence: [parts.trade_share, parts.arms_share],
        };
        let weights = &context.inputs.capacity_weights;
        let known: Vec<Capacity> = all.iter().flatten().map(capacity).collect();
        let values = influence_capacity(&known, weights).map(|(values, _)| values);
        let mut values = values.unwrap_or_default().into_iter();
        let bandwidth = |parts: &Parts| weights.bandwidth(&capacity(parts));
        Self {
            bandwidth: all.iter().map(|parts| parts.as_ref().map(bandwidth)).collect(),
            capacity: all.iter().map(|parts| parts.as_ref().and_then(|_| values.next())).collect(),
            evidence: all.into_iter().map(|parts| parts.map_or_else(Vec::new, |of| of.rows)).collect(),
        }
    }
}

fn over(value: f64, most: f64) -> f64 {
    if most > 0.0 { value / most } else { 0.0 }
}

fn of_scale(
    context: &Context<'_>,
    row: usize,
    value: impl Fn(&CapacityScale, usize) -> Option<f64>,
) -> CellWithEvidence {
    let (dyad, _) = context.at(row);
    if !context.is_power(dyad.source()) {
        return undefined();
    }
    let scale = context.capacity.get_or_init(|| CapacityScale::of(context));
    value(scale, row).map_or_else(outside, |value| (Cell::of(value), scale.evidence[row].clone()))
}
