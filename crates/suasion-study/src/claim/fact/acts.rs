//! Facts from dated acts.

use std::ops::Range;

use suasion_actors::DirectedDyad;
use suasion_archive::ontology::Instrument;
use suasion_archive::schema::Event;
use suasion_archive::{Family, Table};
use suasion_panel::RowRef;

use super::{Answer, Evidence, Fact, on, when};
use crate::selector::Selector;
use crate::verdict::Finding;
use crate::wording::capitalised;

/// Which acts are looked for.
pub(super) struct Wanted<'a> {
    /// Between whom.
    pub(super) of: &'a Selector,
    /// By which instrument; any if none is named.
    pub(super) instrument: Option<Instrument>,
    /// Beginning of the CAMEO code; any if none is named.
    pub(super) cameo: Option<&'a str>,
    /// One act by its identity.
    pub(super) id: Option<&'a str>,
}

/// What each source of events says, or why it does not speak.
pub(super) fn ask(
    wanted: &Wanted<'_>,
    at_least: usize,
    fact: &Fact,
    evidence: &Evidence<'_>,
) -> Vec<Result<Answer, String>> {
    let events = &evidence.inputs.events;
    events
        .tables
        .iter()
        .map(|(table, rows)| one(wanted, at_least, fact, table, rows, &events.rows[rows.clone()]))
        .collect()
}

fn one(
    wanted: &Wanted<'_>,
    at_least: usize,
    fact: &Fact,
    table: &Table,
    range: &Range<usize>,
    held: &[Event],
) -> Result<Answer, String> {
    let source = table.provenance.source.clone();
    if !table.coverage.sees_all_instruments && (wanted.id.is_some() || wanted.instrument.is_some()) {
        return Err(format!("`{source}` is coded by machine: it tells neither single acts nor instruments."));
    }
    let dyads = wanted.of.dyads();
    let known = |dyad: &DirectedDyad| table.coverage.speaks_for(*dyad, &fact.during);
    if wanted.id.is_none() && !dyads.iter().all(known) {
        return Err(format!("`{source}` does not speak for the whole of {}.", fact.during));
    }
    let found: Vec<(usize, &Event)> = held
        .iter()
        .enumerate()
        .filter(|(_, event)| fact.during.covers(event.date) && is_wanted(event, wanted, &dyads))
        .map(|(index, event)| (range.start + index, event))
        .collect();
    let rows = RowRef::all(Family::Event, found.iter().map(|(index, _)| *index as u32));
    let count: usize = found.iter().map(|(_, event)| event.count as usize).sum();
    let sentence = match found.first() {
        Some((_, event)) if at_least == 1 => {
            format!("{}: {}", capitalised(&on(event.date)), event.description)
        }
        _ => format!("`{source}` has {count} such acts {}.", when(&fact.during)),
    };
    Ok(Answer { source, found: count >= at_least, finding: Finding::of_rows(sentence, rows) })
}

fn is_wanted(event: &Event, wanted: &Wanted<'_>, dyads: &[DirectedDyad]) -> bool {
    let concerns = match wanted.id {
        None => event.dyad().is_some_and(|dyad| dyads.contains(&dyad)),
        Some(id) => event.act == *id && !event.mirrored,
    };
    concerns
        && wanted.instrument.is_none_or(|instrument| instrument == event.instrument)
        && wanted.cameo.is_none_or(|code| event.code.as_str().starts_with(code))
}
