//! Ties: what binds source and target by treaty, membership and base on the last day of a step.

use std::collections::BTreeMap;

use jiff::civil::Date;
use suasion_actors::{DirectedDyad, Obligation, OrganisationId, StateId, Step};
use suasion_archive::Family;
use suasion_archive::schema::{Tie, TieKind};

use super::context::{Context, outside, undefined, with_rows};
use super::{CellWithEvidence, Concept, Measure, Needs, Standing};
use crate::cell::Cell;

pub(super) const MEASURES: &[Measure] = &[
    Measure {
        name: "obligation_depth",
        label: "depth of treaty obligation",
        concept: Concept::Ties,
        unit: "0 none, 1 consultation, 2 neutrality or non-aggression, 3 defence",
        description: "Deepest treaty obligation between both, bilateral or as full members of one organisation.",
        needs: Needs::Ties,
        counts_reports: false,
        standing: Standing::Equivalent,
        compute: obligation_depth,
    },
    Measure {
        name: "shared_organisations",
        label: "number of shared organisations",
        concept: Concept::Ties,
        unit: "organisations",
        description: "Organisations of the table in which both are full members.",
        needs: Needs::Ties,
        counts_reports: false,
        standing: Standing::Equivalent,
        compute: |context, row| {
            on_last_day(context, row, |dyad, day| {
                let shared = shared_organisations(context, dyad, day);
                let rows = shared.values().flatten().copied().collect();
                (Some(shared.len() as f64), rows)
            })
        },
    },
    Measure {
        name: "led_organisation_share",
        label: "share of led organisations",
        concept: Concept::Ties,
        unit: "share",
        description: "Share of the target's full memberships that are in organisations led by the source.",
        needs: Needs::Ties,
        counts_reports: false,
        standing: Standing::Uncertain,
        compute: |context, row| on_last_day(context, row, |dyad, day| led_share(context, dyad, day)),
    },
    Measure {
        name: "bases_hosted",
        label: "number of bases",
        concept: Concept::Ties,
        unit: "bases",
        description: "Bases and military sites of the source on the target's soil.",
        needs: Needs::Ties,
        counts_reports: false,
        standing: Standing::Uncertain,
        compute: |context, row| {
            on_last_day(context, row, |dyad, day| {
                let bases: Vec<u32> = standing(context, day)
                    .filter(|(_, tie)| tie.state == dyad.target())
                    .filter(|(_, tie)| matches!(tie.kind, TieKind::Base { owner } if owner == dyad.source()))
                    .map(|(index, _)| index)
                    .collect();
                (Some(bases.len() as f64), bases)
            })
        },
    },
];

/// The ties that stand on a day, with their positions.
fn standing<'a>(context: &'a Context<'_>, day: Date) -> impl Iterator<Item = (u32, &'a Tie)> {
    context
        .inputs
        .tie_rows()
        .iter()
        .enumerate()
        .filter(move |(_, tie)| tie.spell().contains(day))
        .map(|(index, tie)| (index as u32, tie))
}

fn on_last_day(
    context: &Context<'_>,
    row: usize,
    value: impl Fn(DirectedDyad, Date) -> (Option<f64>, Vec<u32>),
) -> CellWithEvidence {
    let (dyad, step) = context.at(row);
    if !context.covered(Family::Tie, dyad, step) {
        return outside();
    }
    let (value, rows) = value(dyad, step.period().end());
    with_rows(Cell::of_option(value), Family::Tie, rows)
}

/// Full memberships of a state on a day: organisation and position of the row.
fn memberships(context: &Context<'_>, state: StateId, day: Date) -> BTreeMap<OrganisationId, u32> {
    standing(context, day)
        .filter(|(_, tie)| tie.state == state)
        .filter_map(|(index, tie)| match &tie.kind {
            TieKind::Membership { organisation, role } if role.is_full() => {
                Some((organisation.clone(), index))
            }
            _ => None,
        })
        .collect()
}

/// Organisations of which both are full members, with the positions of both rows.
pub(super) fn shared_organisations(
    context: &Context<'_>,
    dyad: DirectedDyad,
    day: Date,
) -> BTreeMap<OrganisationId, [u32; 2]> {
    let theirs = memberships(context, dyad.target(), day);
    memberships(context, dyad.source(), day)
        .into_iter()
        .filter_map(|(organisation, own)| {
            theirs.get(&organisation).map(|other| (organisation, [own, *other]))
        })
        .collect()
}

fn obligation_depth(context: &Context<'_>, row: usize) -> CellWithEvidence {
    let (dyad, step) = context.at(row);
    if !context.covered(Family::Tie, dyad, step) {
        return outside();
    }
    let (depth, rows) = obligation(context, dyad, step);
    with_rows(Cell::of(f64::from(depth.depth())), Family::Tie, rows)
}

fn obligation(context: &Context<'_>, dyad: DirectedDyad, step: Step) -> (Obligation, Vec<u32>) {
    let day = step.period().end();
    let pair = [dyad.source(), dyad.target()];
    let bilateral = standing(context, day).filter_map(|(index, tie)| match &tie.kind {
        TieKind::Treaty { counterpart, .. } if pair.contains(&tie.state) && pair.contains(counterpart) => {
            Some((tie.obligation(), vec![index]))
        }
        _ => None,
    });
    let common = shared_organisations(context, dyad, day).into_iter().filter_map(|(organisation, rows)| {
        let found = context.inputs.organisations.get(&organisation)?;
        Some((found.obligation, rows.to_vec()))
    });
    let all: Vec<(Obligation, Vec<u32>)> = bilateral.chain(common).collect();
    let deepest = all.iter().map(|(obligation, _)| *obligation).max().unwrap_or(Obligation::None);
    let rows = all
        .into_iter()
        .filter(|(obligation, _)| *obligation == deepest && deepest > Obligation::None)
        .flat_map(|(_, rows)| rows)
        .collect();
    (deepest, rows)
}

fn led_share(context: &Context<'_>, dyad: DirectedDyad, day: Date) -> (Option<f64>, Vec<u32>) {
    let memberships = memberships(context, dyad.target(), day);
    let led: Vec<u32> = memberships
        .iter()
        .filter(|(organisation, _)| {
            context
                .inputs
                .organisations
                .get(organisation)
                .is_some_and(|found| found.leader == Some(dyad.source()))
        })
        .map(|(_, index)| *index)
        .collect();
    let share = (!memberships.is_empty()).then(|| led.len() as f64 / memberships.len() as f64);
    (share, led)
}

/// Number of organisations that a power shares with a state at a step; none outside coverage.
pub(super) fn shared_count(context: &Context<'_>, dyad: DirectedDyad, step: Step) -> CellWithEvidence {
    if !context.covered(Family::Tie, dyad, step) {
        return undefined();
    }
    let shared = shared_organisations(context, dyad, step.period().end());
    let count = shared.len() as f64;
    with_rows(Cell::of(count), Family::Tie, shared.into_values().flatten())
}
