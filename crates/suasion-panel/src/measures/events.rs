//! Attention, cooperation, coercion and the mix of instruments, from events.

use suasion_actors::DirectedDyad;
use suasion_archive::Family;
use suasion_archive::ontology::{Instrument, InstrumentGroup, QuadClass};
use suasion_archive::schema::Event;

use super::context::{Context, outside, undefined, with_rows};
use super::{CellWithEvidence, Concept, Measure, Needs, Standing};
use crate::cell::Cell;

macro_rules! event_measure {
    ($name:literal, $label:literal, $concept:ident, $unit:literal, $description:literal, $counts:literal, $value:expr) => {
        event_measure!($name, $label, $concept, $unit, $description, $counts, $value, |_| true)
    };
    ($name:literal, $label:literal, $concept:ident, $unit:literal, $description:literal, $counts:literal, $value:expr, $seen:expr) => {
        Measure {
            name: $name,
            label: $label,
            concept: Concept::$concept,
            unit: $unit,
            description: $description,
            needs: Needs::Events,
            counts_reports: $counts,
            standing: standing($name),
            compute: |context, row| {
                let seen: fn(&Context<'_>) -> bool = $seen;
                if seen(context) { of_events(context, row, $value) } else { outside() }
            },
        }
    };
}

/// Visits are one kind of act, conflict is wider than coercion, and few acts are material.
const fn standing(name: &str) -> Standing {
    match name.as_bytes() {
        b"visits" | b"material_cooperation_share" | b"conflictual_share" | b"four_elements_share" => {
            Standing::Uncertain
        }
        _ => Standing::Equivalent,
    }
}

/// Whether the source tells all instruments apart; machine coding does not.
fn sees_instruments(context: &Context<'_>) -> bool {
    context.inputs.table(Family::Event).is_some_and(|table| table.coverage.sees_all_instruments)
}

pub(super) const MEASURES: &[Measure] = &[
    event_measure!(
        "acts",
        "number of acts",
        Attention,
        "acts",
        "Acts of the source toward the target.",
        true,
        count
    ),
    event_measure!(
        "log_acts",
        "logarithm of the number of acts",
        Attention,
        "log(1 + acts)",
        "Logarithm of one plus the acts of the source toward the target.",
        true,
        |events| { Some((events.len() as f64).ln_1p()) }
    ),
    Measure {
        name: "attention_share",
        label: "share of attention",
        concept: Concept::Attention,
        unit: "share",
        description: "Share of the source's acts toward all states of the study that concern the target.",
        needs: Needs::Events,
        counts_reports: false,
        standing: Standing::Equivalent,
        compute: attention_share,
    },
    event_measure!(
        "visits",
        "number of visits",
        Attention,
        "acts",
        "Visits and meetings (CAMEO 042 to 044).",
        true,
        |events| { share_count(events, |event| event.code.is_visit()) }
    ),
    event_measure!(
        "goldstein_mean",
        "cooperation score (Goldstein, mean)",
        Cooperation,
        "Goldstein score, −10 to 10",
        "Mean Goldstein score of the source's acts toward the target.",
        false,
        |events| { suasion_methods::quantile::mean(&scores(events)) }
    ),
    event_measure!(
        "goldstein_sum",
        "cooperation score (Goldstein, sum)",
        Cooperation,
        "Goldstein score",
        "Sum of the Goldstein scores of the source's acts toward the target.",
        true,
        |events| { Some(scores(events).iter().sum()) }
    ),
    event_measure!(
        "net_cooperation",
        "net cooperation",
        Cooperation,
        "share, −1 to 1",
        "Cooperative minus conflictual acts, divided by all.",
        false,
        |events| {
            let cooperative = share(events, |event| event.code.quad_class().is_cooperative())?;
            Some(2.0 * cooperative - 1.0)
        }
    ),
    event_measure!(
        "material_cooperation_share",
        "share of material cooperation",
        Cooperation,
        "share",
        "Share of material cooperation (quad class 2) among all acts.",
        false,
        |events| { share(events, |event| event.code.quad_class() == QuadClass::MaterialCooperation) }
    ),
    event_measure!(
        "coercive_acts",
        "number of coercive acts",
        Coercion,
        "acts",
        "Conflictual acts by hard instruments (military, coercion).",
        true,
        |events| { share_count(events, is_coercive) }
    ),
    event_measure!(
        "coercive_share",
        "share of coercive acts",
        Coercion,
        "share",
        "Share of conflictual acts by hard instruments among all acts.",
        false,
        |events| { share(events, is_coercive) }
    ),
    event_measure!(
        "conflictual_share",
        "share of conflictual acts",
        Coercion,
        "share",
        "Share of conflictual acts among all acts.",
        false,
        |events| { share(events, |event| !event.code.quad_class().is_cooperative()) }
    ),
    event_measure!(
        "soft_share",
        "share of soft instruments",
        InstrumentMix,
        "share",
        "Share of soft instruments among the source's acts.",
        false,
        |events| { group_share(events, InstrumentGroup::Soft) },
        sees_instruments
    ),
    event_measure!(
        "hard_share",
        "share of hard instruments",
        InstrumentMix,
        "share",
        "Share of hard instruments among the source's acts.",
        false,
        |events| { group_share(events, InstrumentGroup::Hard) }
    ),
    event_measure!(
        "economic_share",
        "share of economic instruments",
        InstrumentMix,
        "share",
        "Share of economic instruments among the source's acts.",
        false,
        |events| { group_share(events, InstrumentGroup::Economic) },
        sees_instruments
    ),
    event_measure!(
        "institutional_share",
        "share of institutional instruments",
        InstrumentMix,
        "share",
        "Share of institutional instruments among the source's acts.",
        false,
        |events| { group_share(events, InstrumentGroup::Institutional) }
    ),
    event_measure!(
        "four_elements_share",
        "share of the four elements of soft power",
        InstrumentMix,
        "share",
        "Share of labour migration, language, culture and energy: the four elements of soft power of the article of 2020.",
        false,
        |events| { share(events, |event| Instrument::FOUR_ELEMENTS.contains(&event.instrument)) },
        sees_instruments
    ),
    event_measure!(
        "language_share",
        "share of language",
        InstrumentMix,
        "share",
        "Share of the instrument language among the source's acts.",
        false,
        |events| { share(events, |event| event.instrument == Instrument::Language) },
        sees_instruments
    ),
    event_measure!(
        "education_share",
        "share of education",
        InstrumentMix,
        "share",
        "Share of the instrument education among the source's acts.",
        false,
        |events| { share(events, |event| event.instrument == Instrument::Education) },
        sees_instruments
    ),
    event_measure!(
        "culture_share",
        "share of culture",
        InstrumentMix,
        "share",
        "Share of the instrument culture among the source's acts.",
        false,
        |events| { share(events, |event| event.instrument == Instrument::Culture) },
        sees_instruments
    ),
    event_measure!(
        "labour_migration_share",
        "share of labour migration",
        InstrumentMix,
        "share",
        "Share of the instrument labour migration among the source's acts.",
        false,
        |events| { share(events, |event| event.instrument == Instrument::LabourMigration) },
        sees_instruments
    ),
    event_measure!(
        "humanitarian_share",
        "share of humanitarian aid",
        InstrumentMix,
        "share",
        "Share of the instrument humanitarian aid among the source's acts.",
        false,
        |events| { share(events, |event| event.instrument == Instrument::Humanitarian) }
    ),
    event_measure!(
        "energy_share",
        "share of energy",
        InstrumentMix,
        "share",
        "Share of the instrument energy among the source's acts.",
        false,
        |events| { share(events, |event| event.instrument == Instrument::Energy) },
        sees_instruments
    ),
    event_measure!(
        "sought_assistance_share",
        "share of finance, trade, energy and military",
        InstrumentMix,
        "share",
        "Share of finance, trade, energy and military among the source's acts.",
        false,
        |events| {
            share(events, |event| {
                use Instrument::{Energy, Finance, Military, Trade};
                matches!(event.instrument, Finance | Trade | Energy | Military)
            })
        },
        sees_instruments
    ),
];

fn of_events(
    context: &Context<'_>,
    row: usize,
    value: impl Fn(&[&Event]) -> Option<f64>,
) -> CellWithEvidence {
    let (dyad, step) = context.at(row);
    if !context.covered(Family::Event, dyad, step) {
        return outside();
    }
    let events = context.events(dyad, step);
    let rows: Vec<&Event> = events.iter().map(|(_, event)| *event).collect();
    with_rows(Cell::of_option(value(&rows)), Family::Event, events.iter().map(|(index, _)| *index))
}

fn attention_share(context: &Context<'_>, row: usize) -> CellWithEvidence {
    let (dyad, step) = context.at(row);
    if !context.covered(Family::Event, dyad, step) {
        return outside();
    }
    let own = context.events(dyad, step);
    let others: Vec<DirectedDyad> =
        context.spine.dyads().iter().filter(|other| other.source() == dyad.source()).copied().collect();
    // A share of what happens to be known would grow with ignorance.
    if !others.iter().all(|other| context.covered(Family::Event, *other, step)) {
        return outside();
    }
    let all: usize = others.iter().map(|other| context.events(*other, step).len()).sum();
    if all == 0 {
        return undefined();
    }
    let share = own.len() as f64 / all as f64;
    with_rows(Cell::of(share), Family::Event, own.iter().map(|(index, _)| *index))
}

#[expect(clippy::unnecessary_wraps, reason = "the shape that every measure has")]
fn count(events: &[&Event]) -> Option<f64> {
    Some(events.len() as f64)
}

fn scores(events: &[&Event]) -> Vec<f64> {
    events.iter().map(|event| event.score).collect()
}

#[expect(clippy::unnecessary_wraps, reason = "the shape that every measure has")]
fn share_count(events: &[&Event], is: impl Fn(&Event) -> bool) -> Option<f64> {
    Some(events.iter().filter(|event| is(event)).count() as f64)
}

fn share(events: &[&Event], is: impl Fn(&Event) -> bool) -> Option<f64> {
    (!events.is_empty()).then(|| events.iter().filter(|event| is(event)).count() as f64 / events.len() as f64)
}

fn group_share(events: &[&Event], group: InstrumentGroup) -> Option<f64> {
    share(events, |event| event.instrument.group() == group)
}

fn is_coercive(event: &Event) -> bool {
    event.instrument.group() == InstrumentGroup::Hard && !event.code.quad_class().is_cooperative()
}
