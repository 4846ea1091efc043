//! POLECAT events (Halterman and others 2023): yearly and weekly tab-separated files with a header,
//! coded in PLOVER.
//!
//! An actor may be of several states: `RUS; KAZ`. Such a row stands for every pair of them, under
//! one identity. Missing texts are written `None`. Some published files name more columns than
//! their rows have, or end rows with empty ones; both are read.

use jiff::civil::Date;
use suasion_actors::{CodeScheme, StateId};

use super::coded::{Receiver, States, each_row, score, text};
use super::layout::{Layout, Reader, first_line};
use super::rows;
use crate::input::{Line, Lines};
use crate::ontology::EventCode;
use crate::problem::Problem;
use crate::quarantine::Refusal;
use crate::schema::CodedEvent;

/// The layout.
pub(super) const LAYOUT: Layout =
    Layout { source: "polecat", in_name: "", recognises, reader: Reader::Events(read) };

/// The columns of a row, as all sound files have them.
const COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// The columns that are read, by their place in [`COLUMNS`].
const WANTED: [usize; 13] = [0, 1, 2, 3, 4, 6, 7, 8, 11, 15, 16, 19, 23];
/// Another name that some files have for the intensity.
const INTENSITY: &[u8] = b"Event Intensity";
/// Most states that one actor is of; more are a list of a summit, not actors of an act.
const MOST_STATES: usize = 50;

fn recognises(start: &[u8]) -> bool {
    let names: Vec<&[u8]> = first_line(start).split(|byte| *byte == b'\t').map(<[u8]>::trim_ascii).collect();
    ["Event ID", "Event Type", "Event Mode", "Actor Country", "Recipient Country"]
        .iter()
        .all(|name| names.contains(&name.as_bytes()))
}

/// Where the wanted columns stand in rows of this file.
struct Places {
    header: usize,
    by_header: [Option<usize>; WANTED.len()],
}

impl Places {
    fn of(header: &[u8]) -> Self {
        let names: Vec<&[u8]> = header.split(|byte| *byte == b'\t').map(<[u8]>::trim_ascii).collect();
        let place = |wanted: usize| {
            let name = COLUMNS[wanted].as_bytes();
            names.iter().position(|found| *found == name || (name == b"Intensity" && *found == INTENSITY))
        };
        Self { header: names.len(), by_header: WANTED.map(place) }
    }

    /// The wanted fields of a row.
    fn pick<'a>(&self, line: &'a [u8]) -> Result<[&'a [u8]; WANTED.len()], Refusal> {
        let mut fields: Vec<&[u8]> = line.split(|byte| *byte == b'\t').map(<[u8]>::trim_ascii).collect();
        let expected = if fields.len() < self.header { COLUMNS.len() } else { self.header };
        while fields.len() > expected && fields.last().is_some_and(|last| last.is_empty()) {
            fields.pop();
        }
        if fields.len() != expected {
            let start = String::from_utf8_lossy(&line[..line.len().min(60)]).into_owned();
            let reason = format!("the row has {} fields, the layout {expected}", fields.len());
            return Err(Refusal::new("", &start, reason));
        }
        let places = if expected == self.header { self.by_header } else { WANTED.map(Some) };
        Ok(places.map(|place| match place.map(|place| fields[place]) {
            Some(b"None" | b"NA") | None => &[],
            Some(field) => field,
        }))
    }
}

fn read(lines: &mut Lines<'_>, file: &str, receiver: &mut dyn Receiver) -> Result<(), Problem> {
    // Countries stand as ISO codes, in older files by name.
    let schemes = [CodeScheme::IsoAlpha3, CodeScheme::IcewsName, CodeScheme::ShortName, CodeScheme::Alias];
    let mut states = States::of(&schemes);
    let mut places = None;
    each_row(lines, file, receiver, |line, receiver| {
        let Some(places) = &places else {
            places = Some(Places::of(line.bytes));
            return Ok(Ok(()));
        };
        event(line, places, &mut states, receiver)
    })
}

fn event(
    line: &Line<'_>,
    places: &Places,
    states: &mut States,
    receiver: &mut dyn Receiver,
) -> Result<Result<(), Problem>, Refusal> {
    let [id, day, kind, mode, intensity, contexts, actor, country, sectors, recipient, to, to_sectors, place] =
        places.pick(line.bytes)?;
    let date = rows::day("Event Date", day)?;
    let written = text("Event Type", kind)?;
    let code = EventCode::parse("plover", written)
        .map_err(|hint| Refusal::new("Event Type", written, "it is not a PLOVER category").hint(hint))?;
    let sources = each_state("Actor Country", country, date, states)?;
    let targets = each_state("Recipient Country", to, date, states)?;
    let event = CodedEvent {
        id: text("Event ID", id)?,
        line: line.number,
        date,
        source: None,
        target: None,
        source_actor: text("Actor Name", actor)?,
        target_actor: text("Recipient Name", recipient)?,
        source_role: text("Actor Sectors", sectors)?,
        target_role: text("Recipient Sectors", to_sectors)?,
        code,
        mode: text("Event Mode", mode)?,
        contexts: text("Contexts", contexts)?,
        place: text("Placename", place)?,
        score: if intensity.is_empty() { None } else { Some(score("Intensity", intensity)?) },
        mentions: None,
        root_event: None,
        url: "",
    };
    let pairs: Vec<CodedEvent<'_>> = sources
        .iter()
        .flat_map(|source| targets.iter().map(move |target| (*source, *target)))
        .map(|(source, target)| CodedEvent { source, target, ..event })
        .collect();
    receiver.covers(date);
    Ok(receiver.events(&pairs))
}

/// The states of an actor; none, once, for an actor of no state.
fn each_state(
    column: &'static str,
    field: &[u8],
    date: Date,
    states: &mut States,
) -> Result<Vec<Option<StateId>>, Refusal> {
    let mut found = Vec::new();
    for code in field.split(|byte| matches!(byte, b';' | b'|')).map(<[u8]>::trim_ascii).take(MOST_STATES) {
        let missing = matches!(code, b"None" | b"NA");
        let state = if missing { None } else { states.get(column, code, date)? };
        if !found.contains(&state) {
            found.push(state);
        }
    }
    if found.iter().any(Option::is_some) {
        found.retain(Option::is_some);
    }
    Ok(found)
}
