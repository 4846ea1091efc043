//! Orbit: the source's share among all the study's powers in what ties the target to them.

use suasion_actors::DirectedDyad;

use super::context::{Context, outside, undefined};
use super::ties::shared_count;
use super::{CellWithEvidence, Concept, Measure, Needs, Standing};
use crate::cell::Cell;

macro_rules! orbit_measure {
    ($name:literal, $label:literal, $description:literal, $needs:expr, $part:expr) => {
        Measure {
            name: $name,
            label: $label,
            concept: Concept::Orbit,
            unit: "share among the powers",
            description: $description,
            needs: $needs,
            counts_reports: false,
            standing: Standing::Equivalent,
            compute: |context, row| share_among_powers(context, row, $part),
        }
    };
}

pub(super) const MEASURES: &[Measure] = &[
    orbit_measure!(
        "orbit_trade",
        "share of trade among the powers",
        "The source's share among the study's powers in the target's goods trade.",
        Needs::Flows(&["goods_exports"]),
        |context, row| part(context, row, "trade_volume")
    ),
    orbit_measure!(
        "orbit_acts",
        "share of acts among the powers",
        "The source's share among the study's powers in the acts that the target received.",
        Needs::Events,
        |context, row| part(context, row, "acts")
    ),
    orbit_measure!(
        "orbit_ties",
        "share of shared organisations among the powers",
        "The source's share among the study's powers in the organisations that the target shares with them.",
        Needs::Ties,
        |context, row| {
            let (dyad, step) = context.at(row);
            shared_count(context, dyad, step)
        }
    ),
    orbit_measure!(
        "orbit_alignment",
        "share of voting agreement among the powers",
        "The source's share among the study's powers in the target's voting agreement with them.",
        Needs::Votes,
        |context, row| part(context, row, "vote_agreement")
    ),
];

fn part(context: &Context<'_>, row: usize, measure: &str) -> CellWithEvidence {
    super::named(measure).map_or_else(undefined, |measure| (measure.compute)(context, row))
}

/// One power's part over the sum of all powers' parts. Every power must be covered: a share of
/// what happens to be known would grow with ignorance.
fn share_among_powers(
    context: &Context<'_>,
    row: usize,
    part: fn(&Context<'_>, usize) -> CellWithEvidence,
) -> CellWithEvidence {
    let (dyad, step) = context.at(row);
    if !context.is_power(dyad.source()) {
        return undefined();
    }
    let (mut own, mut total, mut rows) = (0.0, 0.0, Vec::new());
    for power in context.inputs.actors.powers() {
        let Some(other) =
            DirectedDyad::new(power, dyad.target()).and_then(|other| context.spine.row(other, step))
        else {
            return outside();
        };
        let (cell, evidence) = part(context, other);
        let Some(number) = cell.number() else { return outside() };
        if power == dyad.source() {
            own = number;
        }
        total += number;
        rows.extend(evidence);
    }
    rows.sort_unstable();
    rows.dedup();
    if total > 0.0 { (Cell::of(own / total), rows) } else { undefined() }
}
