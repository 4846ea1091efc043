//! The acts of one actor toward others, in the study's period.

use suasion_actors::{Crosswalk, StateId};
use suasion_archive::Family;
use suasion_archive::ontology::Instrument;
use suasion_archive::schema::Event;
use suasion_methods::diversity::GroupedLabels;
use suasion_methods::resample::StationaryBootstrap;
use suasion_methods::{Interval, Seed};
use suasion_panel::RowRef;

use super::Material;

/// Acts with their positions among the inputs.
pub(super) type Acts<'a> = Vec<(u32, &'a Event)>;

/// Acts of a power toward the states of the region.
pub(super) fn of_power<'a>(material: &Material<'a>, power: StateId) -> Acts<'a> {
    of(material, |event| {
        event.source == power
            && event.target.is_some_and(|target| material.study.actors.region.contains(&target))
    })
}

/// Acts of the states of the region toward all powers of the study.
pub(super) fn of_region<'a>(material: &Material<'a>) -> Acts<'a> {
    let powers = material.study.actors.powers();
    of(material, |event| {
        material.study.actors.region.contains(&event.source)
            && event.target.is_some_and(|target| powers.contains(&target))
    })
}

fn of<'a>(material: &Material<'a>, wanted: impl Fn(&Event) -> bool) -> Acts<'a> {
    material
        .inputs
        .reports()
        .filter(|(_, event)| material.study.period.covers(event.date) && wanted(event))
        .collect()
}

/// References to the acts' rows.
pub(super) fn rows(acts: &Acts<'_>) -> Vec<RowRef> {
    RowRef::all(Family::Event, acts.iter().map(|(index, _)| *index))
}

/// Years from the beginning of the study.
pub(super) fn year_index(material: &Material<'_>, event: &Event) -> usize {
    usize::try_from(event.date.year() - material.study.period.begin().year()).unwrap_or(0)
}

/// Number of years of the study.
pub(super) fn years(material: &Material<'_>) -> usize {
    usize::try_from(material.study.period.end().year() - material.study.period.begin().year() + 1)
        .unwrap_or(1)
}

/// The acts as labels: grouped by state, kinds by instrument, blocks of five years.
pub(super) fn labels(
    material: &Material<'_>,
    acts: &Acts<'_>,
    state_of: impl Fn(&Event) -> Option<StateId>,
) -> GroupedLabels {
    let region = &material.study.actors.region;
    let mut labels =
        GroupedLabels { groups: region.len(), kinds: Instrument::ALL.len(), ..GroupedLabels::default() };
    for (_, event) in acts {
        let Some(group) = state_of(event).and_then(|state| region.iter().position(|other| *other == state))
        else {
            continue;
        };
        labels.group.push(group);
        labels.kind.push(event.instrument as usize);
        labels.block.push((year_index(material, event) / 5) as i32);
    }
    labels
}

/// Counts by instrument.
pub(super) fn by_instrument<'a>(acts: impl Iterator<Item = &'a Event>) -> Vec<u64> {
    let mut counts = vec![0; Instrument::ALL.len()];
    for event in acts {
        counts[event.instrument as usize] += 1;
    }
    counts
}

/// Expected length in years of the bootstrap's blocks: the acts of neighbouring years are alike.
const BLOCK_YEARS: f64 = 3.0;

/// Percentile interval of a statistic of the acts, resampled by blocks of years. `statistic` gets
/// positions in `acts`, some more than once.
pub(super) fn interval_over_years(
    material: &Material<'_>,
    acts: &Acts<'_>,
    seed: Seed,
    statistic: impl Fn(&[usize]) -> Option<f64> + Sync,
) -> Option<Interval> {
    let years = years(material);
    let mut by_year: Vec<Vec<usize>> = vec![Vec::new(); years];
    for (position, (_, event)) in acts.iter().enumerate() {
        by_year[year_index(material, event).min(years - 1)].push(position);
    }
    let thresholds = &material.study.thresholds;
    let bootstrap = StationaryBootstrap { length: years, block: BLOCK_YEARS, draws: thresholds.draws, seed };
    let draws = bootstrap.run(|years| {
        let chosen: Vec<usize> = years.iter().flat_map(|&year| by_year[year].iter().copied()).collect();
        statistic(&chosen)
    });
    draws.interval(thresholds.confidence)
}

/// A state's name.
pub(super) fn name(state: StateId) -> String {
    Crosswalk::built_in().name(state)
}
