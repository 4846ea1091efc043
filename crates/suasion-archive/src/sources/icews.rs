//! ICEWS events (Boschee and others 2015): yearly tab-separated files with a header.
//!
//! Actors are of the country that the file names; missing texts stand empty, or as `NA` where the
//! file went through R. `Intensity` is ICEWS's own Goldstein value, which differs from GDELT's for
//! four codes. The file speaks for the days from its first to its last event.

use jiff::civil::Date;
use suasion_actors::CodeScheme;

use super::coded::{Receiver, States, cameo, each_row, score, tabs, text};
use super::layout::{Layout, Reader, first_line};
use crate::input::{Line, Lines};
use crate::problem::Problem;
use crate::quarantine::Refusal;
use crate::schema::CodedEvent;

const COLUMNS: usize = 20;
const HEADER: [&str; 11] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
];

/// The layout.
pub(super) const LAYOUT: Layout =
    Layout { source: "icews", in_name: "", recognises, reader: Reader::Events(read) };

fn recognises(start: &[u8]) -> bool {
    let names = first_line(start).split(|byte| *byte == b'\t').map(<[u8]>::trim_ascii);
    names.take(HEADER.len()).eq(HEADER.iter().map(|name| name.as_bytes()))
}

fn read(lines: &mut Lines<'_>, file: &str, receiver: &mut dyn Receiver) -> Result<(), Problem> {
    let mut states = States::new(CodeScheme::IcewsName);
    let mut header = true;
    each_row(lines, file, receiver, |line, receiver| {
        if std::mem::take(&mut header) { Ok(Ok(())) } else { event(line, &mut states, receiver) }
    })
}

fn event(
    line: &Line<'_>,
    states: &mut States,
    receiver: &mut dyn Receiver,
) -> Result<Result<(), Problem>, Refusal> {
    let mut fields: [&[u8]; COLUMNS] = [&[]; COLUMNS];
    tabs(line.bytes, &mut fields)?;
    for field in &mut fields {
        if *field == b"NA" {
            *field = &[];
        }
    }
    let day = text("Event Date", fields[1])?;
    let date: Date = day.parse().map_err(|_| {
        Refusal::new("Event Date", day, "Event Date is not a day").hint("the layout writes 2018-06-01")
    })?;
    let event = CodedEvent {
        id: text("Event ID", fields[0])?,
        line: line.number,
        date,
        source: states.get("Source Country", fields[4], date)?,
        target: states.get("Target Country", fields[10], date)?,
        source_actor: text("Source Name", fields[2])?,
        target_actor: text("Target Name", fields[8])?,
        source_role: text("Source Sectors", fields[3])?,
        target_role: text("Target Sectors", fields[9])?,
        code: cameo("CAMEO Code", fields[6])?,
        mode: "",
        contexts: "",
        place: text("City", fields[14])?,
        score: Some(score("Intensity", fields[7])?),
        mentions: None,
        root_event: None,
        url: "",
    };
    receiver.covers(date);
    Ok(receiver.events(&[event]))
}
