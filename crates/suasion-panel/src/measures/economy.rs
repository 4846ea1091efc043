//! What the source gives the target beside trade, who of the target's citizens is with it, and how
//! much the target weighs: published yearly amounts.

use suasion_actors::organisation::OrganisationKind;
use suasion_actors::{DirectedDyad, StateId, TimeUnit};
use suasion_archive::Family;
use suasion_archive::schema::{Party, TieKind};

use super::context::{Context, outside, undefined, with_rows};
use super::{CellWithEvidence, Concept, Measure, Needs, Standing};
use crate::cell::Cell;
use crate::column::RowRef;

const ASSISTANCE: &str = "official_development_assistance";
const ARMS: &str = "arms_transfers";
const REMITTANCES: &str = "remittances_individuals";
const ALL_REMITTANCES: &str = "remittances_received_share";
const CITIZENS: &str = "foreign_citizens_present";
const GDP: &str = "gross_domestic_product";
const POPULATION: &str = "population";
/// Years over which arms transfers are added: single deliveries make single years jump.
const ARMS_YEARS: i16 = 5;

pub(super) const MEASURES: &[Measure] = &[
    Measure {
        name: "assistance",
        label: "official assistance (million dollars)",
        concept: Concept::Dependence,
        unit: "million current US dollars",
        description: "Official development assistance of the source to the target.",
        needs: Needs::Flows(&[ASSISTANCE]),
        counts_reports: false,
        standing: Standing::Equivalent,
        compute: |context, row| amount(context, row, ASSISTANCE, Way::Out),
    },
    Measure {
        name: "assistance_share",
        label: "assistance over GDP",
        concept: Concept::Dependence,
        unit: "share of GDP",
        description: "Official development assistance of the source over the target's gross domestic product.",
        needs: Needs::Flows(&[ASSISTANCE, GDP]),
        counts_reports: false,
        standing: Standing::Equivalent,
        compute: |context, row| over_gdp(context, row, ASSISTANCE),
    },
    Measure {
        name: "remittances",
        label: "remittances (million dollars)",
        concept: Concept::Dependence,
        unit: "million current US dollars",
        description: "Transfers of individuals from the source to the target.",
        needs: Needs::Flows(&[REMITTANCES]),
        counts_reports: false,
        standing: Standing::Equivalent,
        compute: |context, row| amount(context, row, REMITTANCES, Way::Out),
    },
    Measure {
        name: "remittances_share",
        label: "remittances over GDP",
        concept: Concept::Dependence,
        unit: "share of GDP",
        description: "Transfers of individuals from the source over the target's gross domestic product.",
        needs: Needs::Flows(&[REMITTANCES, GDP]),
        counts_reports: false,
        standing: Standing::Equivalent,
        compute: |context, row| over_gdp(context, row, REMITTANCES),
    },
    Measure {
        name: "all_remittances",
        label: "remittances from everywhere (percent of GDP)",
        concept: Concept::Dependence,
        unit: "percent of GDP",
        description: "Remittances that the target receives from everywhere, in percent of its gross domestic product; the same for every source.",
        needs: Needs::Flows(&[ALL_REMITTANCES]),
        counts_reports: false,
        standing: Standing::NotEquivalent,
        compute: |context, row| amount(context, row, ALL_REMITTANCES, Way::FromEveryone),
    },
    Measure {
        name: "citizens_hosted",
        label: "number of citizens hosted",
        concept: Concept::Dependence,
        unit: "persons",
        description: "Citizens of the target who are present in the source.",
        needs: Needs::Flows(&[CITIZENS]),
        counts_reports: false,
        standing: Standing::NotEquivalent,
        compute: |context, row| amount(context, row, CITIZENS, Way::Back),
    },
    Measure {
        name: "arms_transfers",
        label: "arms transfers (million TIV)",
        concept: Concept::Dependence,
        unit: "million TIV",
        description: "Major arms delivered by the source to the target, in SIPRI's trend-indicator value.",
        needs: Needs::Flows(&[ARMS]),
        counts_reports: false,
        standing: Standing::Equivalent,
        compute: |context, row| amount(context, row, ARMS, Way::Out),
    },
    Measure {
        name: "arms_share",
        label: "share of arms among the powers",
        concept: Concept::Orbit,
        unit: "share among the powers",
        description: "The source's share in the arms that the study's powers delivered to the target in the five years to this one.",
        needs: Needs::Flows(&[ARMS]),
        counts_reports: false,
        standing: Standing::Uncertain,
        compute: arms_share,
    },
    Measure {
        name: "weight_in_region",
        label: "share of the region's GDP",
        concept: Concept::Weight,
        unit: "share",
        description: "The target's gross domestic product over that of the study's region.",
        needs: Needs::Flows(&[GDP]),
        counts_reports: false,
        standing: Standing::Equivalent,
        compute: |context, row| {
            weight(context, row, GDP, |context, _, _| {
                Some((context.inputs.actors.region.clone(), Vec::new()))
            })
        },
    },
    Measure {
        name: "weight_in_union",
        label: "share of the union's GDP",
        concept: Concept::Weight,
        unit: "share",
        description: "The target's gross domestic product over that of all members, without the source, of the economic union that the source leads.",
        needs: Needs::Flows(&[GDP]),
        counts_reports: false,
        standing: Standing::Equivalent,
        compute: |context, row| weight(context, row, GDP, union_members),
    },
    Measure {
        name: "population_in_union",
        label: "share of the union's population",
        concept: Concept::Weight,
        unit: "share",
        description: "The target's population over that of all members, without the source, of the economic union that the source leads.",
        needs: Needs::Flows(&[POPULATION]),
        counts_reports: false,
        standing: Standing::Equivalent,
        compute: |context, row| weight(context, row, POPULATION, union_members),
    },
];

/// Whether an amount goes from the panel's source to its target, back, or from all the world to the
/// target.
#[derive(Clone, Copy)]
enum Way {
    Out,
    Back,
    FromEveryone,
}

/// Value and position of an amount.
fn find(context: &Context<'_>, indicator: &str, from: Party, to: Party, year: i16) -> Option<(f64, u32)> {
    let row = context.lookup.flow(indicator, from, to, year)?;
    Some((context.flow(row).value?, row))
}

/// The dyad and year of a row of a yearly panel; a yearly amount says nothing of shorter steps.
fn yearly(context: &Context<'_>, row: usize) -> Option<(DirectedDyad, i16)> {
    let (dyad, step) = context.at(row);
    (step.unit() == TimeUnit::Year).then(|| (dyad, step.year()))
}

fn amount(context: &Context<'_>, row: usize, indicator: &str, way: Way) -> CellWithEvidence {
    let found = yearly(context, row).and_then(|(dyad, year)| {
        let (source, target) = (Party::State(dyad.source()), Party::State(dyad.target()));
        let (from, to) = match way {
            Way::Out => (source, target),
            Way::Back => (target, source),
            Way::FromEveryone => (Party::World, target),
        };
        find(context, indicator, from, to, year)
    });
    found.map_or_else(outside, |(value, row)| with_rows(Cell::of(value), Family::Flow, [row]))
}

fn over_gdp(context: &Context<'_>, row: usize, indicator: &str) -> CellWithEvidence {
    let found = yearly(context, row).and_then(|(dyad, year)| {
        let target = Party::State(dyad.target());
        let (value, part) = find(context, indicator, Party::State(dyad.source()), target, year)?;
        let (gdp, whole) = find(context, GDP, target, Party::World, year)?;
        Some((value / gdp, [part, whole]))
    });
    found.map_or_else(outside, |(share, rows)| with_rows(Cell::of(share), Family::Flow, rows))
}

fn arms_share(context: &Context<'_>, row: usize) -> CellWithEvidence {
    let Some((dyad, year)) = yearly(context, row) else { return outside() };
    if !context.is_power(dyad.source()) {
        return undefined();
    }
    let (mut own, mut all, mut rows) = (0.0, 0.0, Vec::new());
    for power in context.inputs.actors.powers() {
        for year in year - ARMS_YEARS + 1..=year {
            let (from, to) = (Party::State(power), Party::State(dyad.target()));
            let Some((value, row)) = find(context, ARMS, from, to, year) else { return outside() };
            all += value;
            own += if power == dyad.source() { value } else { 0.0 };
            rows.push(row);
        }
    }
    if all > 0.0 { with_rows(Cell::of(own / all), Family::Flow, rows) } else { undefined() }
}

/// The states among which the target is weighed, with the rows of ties that say so.
type Peers = fn(&Context<'_>, DirectedDyad, i16) -> Option<(Vec<StateId>, Vec<u32>)>;

fn weight(context: &Context<'_>, row: usize, indicator: &str, peers: Peers) -> CellWithEvidence {
    let Some((dyad, year)) = yearly(context, row) else { return outside() };
    if !context.is_power(dyad.source()) {
        return undefined();
    }
    let Some((peers, ties)) = peers(context, dyad, year) else { return undefined() };
    let (mut own, mut all, mut rows) = (0.0, 0.0, RowRef::all(Family::Tie, ties));
    for peer in peers {
        let Some((value, row)) = find(context, indicator, Party::State(peer), Party::World, year) else {
            return outside();
        };
        all += value;
        own += if peer == dyad.target() { value } else { 0.0 };
        rows.push(RowRef { family: Family::Flow, index: row });
    }
    (Cell::of(own / all), rows)
}

/// Full members, but for the source, of the youngest economic union that it leads at the year's
/// end, if the target is one of them.
fn union_members(context: &Context<'_>, dyad: DirectedDyad, year: i16) -> Option<(Vec<StateId>, Vec<u32>)> {
    let day = jiff::civil::date(year, 12, 31);
    let union = context
        .inputs
        .organisations
        .iter()
        .filter(|found| found.kind == OrganisationKind::EconomicUnion)
        .filter(|found| found.leader == Some(dyad.source()) && found.spell.contains(day))
        .max_by_key(|found| found.spell.begin)?;
    let members: Vec<(StateId, u32)> = context
        .inputs
        .tie_rows()
        .iter()
        .enumerate()
        .filter(|(_, tie)| tie.spell().contains(day) && tie.state != dyad.source())
        .filter(|(_, tie)| {
            matches!(&tie.kind, TieKind::Membership { organisation, role } if *organisation == union.id && role.is_full())
        })
        .map(|(index, tie)| (tie.state, index as u32))
        .collect();
    members.iter().any(|(state, _)| *state == dyad.target()).then(|| members.into_iter().unzip())
}
