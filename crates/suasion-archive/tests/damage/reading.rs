//! Reads any bytes as any layout and notes what became of each line. Shared by the test of damaged
//! files and the fuzz targets.

use std::collections::BTreeSet;
use std::io::Read;

use jiff::civil::Date;
use suasion_actors::{Period, StateId};
use suasion_archive::input::{Input, Lines};
use suasion_archive::problem::Problem;
use suasion_archive::quarantine::Refusal;
use suasion_archive::schema::CodedEvent;
use suasion_archive::sources::coded::Receiver;
use suasion_archive::sources::layout::{Layout, Published, Reader};
use suasion_archive::sources::rows::{Content, Rows};
use suasion_archive::sources::unvotes::RollCalls;

/// What a reader told.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Told {
    /// Lines with what became of each.
    pub(crate) lines: Vec<(u64, &'static str)>,
    /// Rows that came of them.
    pub(crate) rows: usize,
    /// The states that are asked for, if not all.
    pub(crate) wanted: Option<BTreeSet<StateId>>,
}

impl Receiver for Told {
    fn events(&mut self, events: &[CodedEvent<'_>]) -> Result<(), Problem> {
        self.rows += events.len();
        self.lines.push((events.first().map_or(0, |event| event.line), "taken"));
        Ok(())
    }

    fn wanted(&self) -> Option<&BTreeSet<StateId>> {
        self.wanted.as_ref()
    }

    fn leave_out(&mut self) {
        self.lines.push((0, "left out"));
    }

    fn refuse(&mut self, line: u64, _: Refusal) -> Result<(), Problem> {
        self.lines.push((line, "refused"));
        Ok(())
    }

    fn covers(&mut self, _: Date) {}
}

impl<Row> Rows<Row> for Told {
    fn line(&mut self, line: u64, content: Result<Content<Row>, Refusal>) -> Result<(), Problem> {
        let what = match content {
            Ok(Content::Rows(rows)) => {
                self.rows += rows.len();
                "taken"
            }
            Ok(Content::Part) => "part",
            Ok(Content::Nothing) => "left out",
            Err(_) => "refused",
        };
        self.lines.push((line, what));
        Ok(())
    }

    fn completed(&mut self, rows: Vec<Row>) -> Result<(), Problem> {
        self.rows += rows.len();
        Ok(())
    }

    fn covers(&mut self, _: Period) {}
}

/// Gives its bytes in pieces.
struct Drip<'a>(&'a [u8], usize);

impl Read for Drip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.1.min(self.0.len()).min(buffer.len());
        buffer[..count].copy_from_slice(&self.0[..count]);
        self.0 = &self.0[count..];
        Ok(count)
    }
}

/// Reads bytes as a layout, in one piece or in drops; an error of the whole file is told too.
pub(crate) fn read(
    layout: &Layout,
    bytes: &[u8],
    drop: Option<usize>,
    wanted: bool,
    calls: &RollCalls,
) -> (Told, bool) {
    let mut told = Told::default();
    if wanted {
        told.wanted = Some(["RUS", "KAZ"].map(|id| StateId::new(id).unwrap()).into());
    }
    let mut drip = Drip(bytes, drop.unwrap_or(1));
    let input = if drop.is_some() { Input::Stream(&mut drip) } else { Input::Whole(bytes) };
    let mut lines = Lines::new(input);
    let of = Published { file: "f", source: layout.source, version: "1", roll_calls: calls };
    let outcome = match layout.reader {
        Reader::Events(read) => read(&mut lines, "f", &mut told),
        Reader::Votes(read) => read(&mut lines.into_rest(), &of, &mut told),
        Reader::Ties(read) => read(&mut lines.into_rest(), &of, &mut told),
        Reader::Flows(read) => read(&mut lines.into_rest(), &of, &mut told),
    };
    (told, outcome.is_ok())
}
