//! The events of one file on their way into a table of the store.

use std::collections::BTreeSet;

use jiff::civil::Date;
use suasion_actors::Period;

use super::filter::Filter;
use super::table::Described;
use crate::archive::Table;
use crate::coverage::{Coverage, joined};
use crate::problem::Problem;
use crate::quarantine::{Ledger, Refusal};
use crate::schema::event::EventRecord;
use crate::schema::{CodedEvent, CodedEvents, Family};
use crate::sources::coded::Receiver;
use crate::store::{Filling, Staged, TableWriter};

/// Events of a batch.
const BATCH: usize = 1 << 15;
/// Text of a batch, in bytes, beyond which it is written whatever its rows.
const BATCH_BYTES: usize = 16 << 20;

/// Puts the events of one file into a table of the store.
pub(super) struct EventSink<'a> {
    /// Whether the source publishes by day, and speaks for the days on which it published.
    by_day: bool,
    file: String,
    filter: &'a Filter,
    writer: TableWriter,
    batch: CodedEvents,
    /// Text in the batch.
    bytes: usize,
    ledger: Ledger,
    days: BTreeSet<Date>,
}

impl<'a> EventSink<'a> {
    pub(super) fn new(
        filling: &Filling<'_>,
        source: &str,
        file: &str,
        filter: &'a Filter,
    ) -> Result<Self, Problem> {
        Ok(Self {
            by_day: source.starts_with("gdelt"),
            file: file.to_owned(),
            filter,
            writer: filling.writer::<EventRecord>()?,
            batch: CodedEvents::new(source)?,
            bytes: 0,
            ledger: Ledger::default(),
            days: BTreeSet::new(),
        })
    }

    fn flush(&mut self) -> Result<(), Problem> {
        if self.batch.is_empty() {
            return Ok(());
        }
        self.bytes = 0;
        self.writer.write(&self.batch.take()?)
    }

    pub(super) fn finish(mut self, described: &Described<'_>) -> Result<(Staged, Table), Problem> {
        self.flush()?;
        let coverage = Coverage {
            scope: self.filter.scope(),
            periods: self.periods(),
            sees_all_instruments: false,
            note: described.note.to_owned(),
        };
        let table = described.table(Family::Event, coverage, &self.file, self.ledger);
        Ok((self.writer.finish()?, table))
    }

    /// The days for which the file speaks. A source that publishes by day (GDELT) speaks for the
    /// days on which it published; others for everything from their first to their last event.
    fn periods(&self) -> Vec<Period> {
        let days = self.days.iter().filter_map(|day| Period::new(*day, *day));
        let periods = if self.by_day {
            joined(days.collect())
        } else {
            let ends = self.days.first().zip(self.days.last());
            ends.and_then(|(first, last)| Period::new(*first, *last)).into_iter().collect()
        };
        periods.into_iter().filter_map(|period| self.filter.within(period)).collect()
    }
}

impl Receiver for EventSink<'_> {
    fn event(&mut self, event: &CodedEvent<'_>) -> Result<(), Problem> {
        self.ledger.rows_in += 1;
        if !self.filter.keeps(event) {
            self.ledger.filtered += 1;
            return Ok(());
        }
        self.ledger.stored += 1;
        self.batch.push(event);
        self.bytes += event.url.len() + event.source_actor.len() + event.target_actor.len();
        if self.batch.len() >= BATCH || self.bytes >= BATCH_BYTES { self.flush() } else { Ok(()) }
    }

    fn refuse(&mut self, line: u64, refusal: Refusal) -> Result<(), Problem> {
        self.ledger.rows_in += 1;
        let row = refusal.into_quarantined(&self.file, line);
        self.writer.quarantine(&row)?;
        self.ledger.refuse(row);
        Ok(())
    }

    fn covers(&mut self, day: Date) {
        if self.days.last() != Some(&day) {
            self.days.insert(day);
        }
    }
}
