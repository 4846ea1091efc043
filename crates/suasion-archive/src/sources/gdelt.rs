//! GDELT events, versions 1.0 and 2.0: tab-separated, without header.
//!
//! Columns: codebooks of GDELT 1.0 (yearly and monthly back files without the address, 57 columns;
//! daily files since April 2013, 58) and of GDELT 2.0 (61, also the translated feed). A state is
//! told by the actor's CAMEO country code; what was published on a day is covered by that day.

use jiff::civil::Date;
use suasion_actors::CodeScheme;

use super::coded::{Receiver, States, cameo, compact_day, each_row, number, score, tabs, text};
use super::layout::{Layout, Reader, first_line};
use super::wanted::Wanted;
use crate::input::{Line, Lines};
use crate::problem::Problem;
use crate::quarantine::Refusal;
use crate::schema::CodedEvent;

/// Columns that both versions have in the same place.
mod column {
    pub(super) const ID: usize = 0;
    pub(super) const DATE: usize = 1;
    pub(super) const SOURCE_ACTOR: usize = 5;
    pub(super) const SOURCE_COUNTRY: usize = 7;
    pub(super) const SOURCE_ROLE: usize = 12;
    pub(super) const TARGET_ACTOR: usize = 15;
    pub(super) const TARGET_COUNTRY: usize = 17;
    pub(super) const TARGET_ROLE: usize = 22;
    pub(super) const ROOT_EVENT: usize = 25;
    pub(super) const CODE: usize = 26;
    pub(super) const GOLDSTEIN: usize = 30;
    pub(super) const MENTIONS: usize = 31;
}

/// Back files of version 1.0.
pub(super) const BACK_FILES: Layout = Layout {
    source: "gdelt",
    in_name: "",
    recognises: |start| Version::of(first_line(start)) == Some(Version::OneWithoutAddress),
    reader: Reader::Events(|lines, file, receiver| read(Version::OneWithoutAddress, lines, file, receiver)),
};

/// Daily files of version 1.0.
pub(super) const DAILY: Layout = Layout {
    source: "gdelt",
    in_name: "",
    recognises: |start| Version::of(first_line(start)) == Some(Version::One),
    reader: Reader::Events(|lines, file, receiver| read(Version::One, lines, file, receiver)),
};

/// Quarter-hourly files of version 2.0.
pub(super) const QUARTER_HOURLY: Layout = Layout {
    source: "gdelt_2",
    in_name: "",
    recognises: |start| Version::of(first_line(start)) == Some(Version::Two),
    reader: Reader::Events(|lines, file, receiver| read(Version::Two, lines, file, receiver)),
};

/// Quarter-hourly files of the feed that is translated from other languages: another body of news,
/// under another name only.
pub(super) const TRANSLATED: Layout =
    Layout { source: "gdelt_2_translated", in_name: ".translation.", ..QUARTER_HOURLY };

/// A layout of GDELT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Version {
    /// Back files to March 2013: no address.
    OneWithoutAddress,
    /// Daily files.
    One,
    /// Quarter-hourly files.
    Two,
}

impl Version {
    /// The layout of a first line, if it is one of GDELT's.
    fn of(line: &[u8]) -> Option<Self> {
        let mut fields = line.split(|byte| *byte == b'\t');
        let digits = |field: &[u8]| !field.is_empty() && field.iter().all(u8::is_ascii_digit);
        let (id, day) = (fields.next()?, fields.next()?);
        if !digits(id) || day.len() != 8 || !digits(day) {
            return None;
        }
        match fields.count() + 2 {
            57 => Some(Self::OneWithoutAddress),
            58 => Some(Self::One),
            61 => Some(Self::Two),
            _ => None,
        }
    }

    fn columns(self) -> usize {
        match self {
            Self::OneWithoutAddress => 57,
            Self::One => 58,
            Self::Two => 61,
        }
    }

    /// Column of the name of the place where the act happened.
    fn place(self) -> usize {
        match self {
            Self::OneWithoutAddress | Self::One => 50,
            Self::Two => 52,
        }
    }

    fn added(self) -> usize {
        match self {
            Self::OneWithoutAddress | Self::One => 56,
            Self::Two => 59,
        }
    }
}

/// Reads a file of events.
fn read(
    version: Version,
    lines: &mut Lines<'_>,
    file: &str,
    receiver: &mut dyn Receiver,
) -> Result<(), Problem> {
    let mut states = States::new(CodeScheme::Cameo);
    let wanted = receiver.wanted().map(|states| Wanted::new(CodeScheme::Cameo, states));
    let domestic = receiver.wants_domestic();
    let mut spoken = Spoken::default();
    each_row(lines, file, receiver, |line, receiver| {
        let out = wanted.as_ref().is_some_and(|wanted| {
            wanted.leaves_out(line.bytes, column::SOURCE_COUNTRY, column::TARGET_COUNTRY, domestic)
        });
        // A row that does not even tell its day is broken, and the reader says how.
        if out && let Some(day) = spoken.day(version, line.bytes) {
            receiver.covers(day);
            receiver.leave_out();
            return Ok(Ok(()));
        }
        event(version, line, &mut states, receiver)
    })
}

/// The day that a row is published on, told without splitting it; written the same in row after row.
#[derive(Debug, Default)]
struct Spoken {
    last: [u8; 8],
    day: Option<Date>,
}

impl Spoken {
    /// The day; none if the row is not of the layout.
    fn day(&mut self, version: Version, line: &[u8]) -> Option<Date> {
        let written: &[u8; 8] = match version {
            // Back files speak for the days of their events.
            Version::OneWithoutAddress => {
                let id = memchr::memchr(b'\t', line)?;
                line.get(id + 1..id + 9)?
            }
            Version::One | Version::Two => {
                let address = memchr::memrchr(b'\t', line)?;
                let before = memchr::memrchr(b'\t', &line[..address])?;
                line[before + 1..address].get(..8)?
            }
        }
        .try_into()
        .ok()?;
        if *written != self.last || self.day.is_none() {
            self.day = Some(compact_day("DATEADDED", written).ok()?);
            self.last = *written;
        }
        self.day
    }
}

fn event(
    version: Version,
    line: &Line<'_>,
    states: &mut States,
    receiver: &mut dyn Receiver,
) -> Result<Result<(), Problem>, Refusal> {
    let mut room: [&[u8]; 61] = [&[]; 61];
    let fields = &mut room[..version.columns()];
    tabs(line.bytes, fields)?;
    let date = compact_day("SQLDATE", fields[column::DATE])?;
    let added = fields[version.added()];
    let added = compact_day("DATEADDED", &added[..added.len().min(8)])?;
    let url = if version == Version::OneWithoutAddress { &[] } else { fields[version.columns() - 1] };
    let event = CodedEvent {
        id: text("GLOBALEVENTID", fields[column::ID])?,
        line: line.number,
        date,
        source: states.get("Actor1CountryCode", fields[column::SOURCE_COUNTRY], date)?,
        target: states.get("Actor2CountryCode", fields[column::TARGET_COUNTRY], date)?,
        source_actor: text("Actor1Code", fields[column::SOURCE_ACTOR])?,
        target_actor: text("Actor2Code", fields[column::TARGET_ACTOR])?,
        source_role: text("Actor1Type1Code", fields[column::SOURCE_ROLE])?,
        target_role: text("Actor2Type1Code", fields[column::TARGET_ROLE])?,
        code: cameo("EventCode", fields[column::CODE])?,
        mode: "",
        contexts: "",
        place: text("ActionGeo_FullName", fields[version.place()])?,
        score: Some(score("GoldsteinScale", fields[column::GOLDSTEIN])?),
        mentions: Some(number("NumMentions", fields[column::MENTIONS])?),
        root_event: match fields[column::ROOT_EVENT] {
            b"1" => Some(true),
            b"0" => Some(false),
            _ => None,
        },
        url: text("SOURCEURL", url)?,
    };
    // Back files were loaded in one go; they speak for the days of their events.
    receiver.covers(if version == Version::OneWithoutAddress { date } else { added });
    Ok(receiver.events(&[event]))
}
