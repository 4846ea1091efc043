//! The acts of the record, chosen by who, what and when.

use std::collections::BTreeMap;

use suasion_actors::{Period, StateId};
use suasion_archive::Family;
use suasion_archive::ontology::Instrument;
use suasion_archive::schema::Event;
use suasion_panel::RowRef;
use suasion_study::OpenStudy;

/// Which acts to show; an empty list chooses all.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// States of the region that take part.
    pub states: Vec<StateId>,
    /// Powers that take part.
    pub powers: Vec<StateId>,
    /// States that act.
    pub sources: Vec<StateId>,
    /// Means of policy.
    pub instruments: Vec<Instrument>,
    /// The days in which the act may lie, wherever in them its date is imprecise.
    pub period: Option<Period>,
    /// Fewest sources that confirm the act.
    pub confirmed: u8,
}

/// One act with all its targets.
#[derive(Debug, Clone, PartialEq)]
pub struct Act<'a> {
    /// The row that tells it, mirrored directions left out.
    pub event: &'a Event,
    /// Its rows among the inputs.
    pub rows: Vec<RowRef>,
    /// Acting state, arrow and whom it concerns, such as `RUS↔KAZ KGZ CIS`.
    pub who: String,
}

/// The chosen acts, by table and line.
pub fn acts<'a>(open: &'a OpenStudy, choice: &Choice) -> Vec<Act<'a>> {
    let inputs = &open.inputs;
    let mut by_act: BTreeMap<(usize, u64, &str), Vec<RowRef>> = BTreeMap::new();
    for (index, event) in inputs.event_rows().iter().enumerate() {
        let row = RowRef { family: Family::Event, index: index as u32 };
        by_act.entry((inputs.table_number(row), event.line, &event.act)).or_default().push(row);
    }
    by_act.into_values().filter_map(|rows| act(inputs.event_rows(), rows, choice)).collect()
}

fn act<'a>(events: &'a [Event], rows: Vec<RowRef>, choice: &Choice) -> Option<Act<'a>> {
    let own: Vec<&Event> =
        rows.iter().map(|row| &events[row.index as usize]).filter(|event| !event.mirrored).collect();
    let event = *own.first()?;
    let whom: Vec<StateId> = own.iter().filter_map(|event| event.target).collect();
    let takes_part = |states: &[StateId]| {
        states.is_empty() || states.iter().any(|state| *state == event.source || whom.contains(state))
    };
    let acting = |states: &[StateId]| {
        states.is_empty()
            || states.contains(&event.source)
            || (event.mutual && states.iter().any(|state| whom.contains(state)))
    };
    let period = choice.period.is_none_or(|period| {
        Period::new(event.date.earliest(), event.date.latest())
            .is_some_and(|days| days.intersection(&period).is_some())
    });
    let chosen = takes_part(&choice.states)
        && takes_part(&choice.powers)
        && acting(&choice.sources)
        && (choice.instruments.is_empty() || choice.instruments.contains(&event.instrument))
        && period
        && event.sources.confirmed() >= choice.confirmed;
    chosen.then(|| Act { event, who: who(event, &whom), rows })
}

fn who(event: &Event, whom: &[StateId]) -> String {
    let organisation = event.organisation.as_ref().map(ToString::to_string);
    let whom: Vec<String> = whom.iter().map(ToString::to_string).chain(organisation).collect();
    let arrow = if event.mutual { "↔" } else { "→" };
    format!("{}{arrow}{}", event.source, whom.join(" "))
}
