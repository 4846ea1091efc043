//! The events of one file on their way into a table of the store.

use std::collections::BTreeSet;

use jiff::civil::Date;
use suasion_actors::{Period, StateId};

use super::filter::Filter;
use super::sink::Sink;
use super::table::Described;
use crate::archive::Table;
use crate::coverage::Coverage;
use crate::problem::Problem;
use crate::quarantine::Refusal;
use crate::schema::event::EventRecord;
use crate::schema::{CodedEvent, CodedEvents, Family};
use crate::sources::coded::Receiver;
use crate::store::{Filling, Staged};

/// Events of a batch.
const BATCH: usize = 1 << 15;
/// Text of a batch, in bytes, beyond which it is written whatever its rows.
const BATCH_BYTES: usize = 16 << 20;

/// Puts the events of one file into a table of the store.
pub(super) struct EventSink<'a> {
    /// Whether the source publishes by day, and speaks for the days on which it published.
    by_day: bool,
    sink: Sink<'a>,
    batch: CodedEvents,
    /// Text in the batch.
    bytes: usize,
}

impl<'a> EventSink<'a> {
    pub(super) fn new(
        filling: &Filling<'_>,
        source: &str,
        file: &str,
        filter: &'a Filter,
    ) -> Result<Self, Problem> {
        Ok(Self {
            by_day: publishes_by_day(source),
            sink: Sink::new::<EventRecord>(filling, file, filter)?,
            batch: CodedEvents::new(source)?,
            bytes: 0,
        })
    }

    pub(super) fn finish(mut self, described: &Described<'_>) -> Result<(Staged, Table), Problem> {
        full(&mut self.sink, &mut self.batch, &mut self.bytes)?;
        let (filter, file) = (self.sink.filter, self.sink.file.clone());
        let (files, ledger, days) = self.sink.finish()?;
        let coverage = Coverage {
            scope: filter.scope(),
            periods: periods(days, self.by_day, filter),
            sees_all_instruments: false,
            note: described.note.to_owned(),
        };
        Ok((files, described.table(Family::Event, coverage, &file, ledger)))
    }
}

/// Whether a source publishes by day, and speaks for the days on which it published.
pub(super) fn publishes_by_day(source: &str) -> bool {
    source.starts_with("gdelt")
}

/// Writes a batch, if there is anything in it.
fn full(sink: &mut Sink<'_>, batch: &mut CodedEvents, bytes: &mut usize) -> Result<(), Problem> {
    *bytes = 0;
    if batch.is_empty() { Ok(()) } else { sink.write(&batch.take()?) }
}

/// The days for which a file speaks. A source that publishes by day (GDELT) speaks for the days on
/// which it published; others for everything from their first to their last event.
pub(super) fn periods(days: Vec<Period>, by_day: bool, filter: &Filter) -> Vec<Period> {
    let span = days.first().zip(days.last()).and_then(|(first, last)| Period::new(first.begin(), last.end()));
    let periods = if by_day { days } else { span.into_iter().collect() };
    periods.into_iter().filter_map(|period| filter.within(period)).collect()
}

impl Receiver for EventSink<'_> {
    fn events(&mut self, events: &[CodedEvent<'_>]) -> Result<(), Problem> {
        let mut stored = false;
        for event in events.iter().filter(|event| self.sink.filter.keeps(event)) {
            stored = true;
            self.batch.push(event);
            self.bytes += event.text_bytes();
            // Within the row, too: one row may stand for thousands of pairs.
            if self.batch.len() >= BATCH || self.bytes >= BATCH_BYTES {
                full(&mut self.sink, &mut self.batch, &mut self.bytes)?;
            }
        }
        self.sink.count(stored);
        Ok(())
    }

    fn wanted(&self) -> Option<&BTreeSet<StateId>> {
        self.sink.filter.wanted()
    }

    fn leave_out(&mut self) {
        self.sink.count(false);
    }

    fn refuse(&mut self, line: u64, refusal: Refusal) -> Result<(), Problem> {
        self.sink.refuse(line, refusal)
    }

    fn covers(&mut self, day: Date) {
        if let Some(day) = Period::new(day, day) {
            self.sink.covers(day);
        }
    }
}
