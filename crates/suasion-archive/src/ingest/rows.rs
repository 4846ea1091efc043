//! Typed rows of one file — votes, ties, flows — on their way into a table of the store.

use suasion_actors::Period;

use super::filter::Filter;
use super::sink::Sink;
use super::table::Described;
use crate::archive::Table;
use crate::coverage::Coverage;
use crate::problem::Problem;
use crate::quarantine::Refusal;
use crate::schema::flow::FlowRecord;
use crate::schema::tie::TieRecord;
use crate::schema::vote::VoteRecord;
use crate::schema::{CastVote, Flow, Record, Tie};
use crate::sources::rows::{Content, Rows};
use crate::store::{Filling, Staged};

/// Rows of a batch.
const BATCH: usize = 1 << 14;

/// A record that can be filtered while it is read.
pub(super) trait Filtered: Record {
    /// Whether the filter keeps the row.
    fn kept(row: &Self::Row, filter: &Filter) -> bool;

    /// The days that a row shows its source to speak for; none if the reader tells them.
    fn spoken(row: &Self::Row) -> Option<Period>;

    /// The days that a file speaks for, from those of its rows.
    fn periods(spoken: Vec<Period>) -> Vec<Period> {
        spoken
    }
}

impl Filtered for FlowRecord {
    fn kept(row: &Flow, filter: &Filter) -> bool {
        filter.keeps_flow(row)
    }

    fn spoken(row: &Flow) -> Option<Period> {
        Some(Period::of_year(row.year))
    }
}

impl Filtered for TieRecord {
    fn kept(row: &Tie, filter: &Filter) -> bool {
        filter.keeps_tie(row)
    }

    fn spoken(_: &Tie) -> Option<Period> {
        None
    }
}

impl Filtered for VoteRecord {
    fn kept(row: &CastVote, filter: &Filter) -> bool {
        filter.keeps_day(row.roll_call.date)
    }

    fn spoken(row: &CastVote) -> Option<Period> {
        Period::new(row.roll_call.date, row.roll_call.date)
    }

    /// Whole years: nearly all roll calls of a session are taken from September to December, so
    /// that a file which ends earlier does not speak for its last year.
    fn periods(spoken: Vec<Period>) -> Vec<Period> {
        let Some((first, last)) = spoken.first().zip(spoken.last()) else { return Vec::new() };
        let (first, end) = (first.begin(), last.end());
        let last = if end.month() == 12 { end.year() } else { end.year() - 1 };
        let begin = Period::of_year(first.year()).begin();
        Period::new(begin, Period::of_year(last).end()).into_iter().collect()
    }
}

/// Puts the rows of one file into a table of the store. The ledger counts rows of the file, of
/// which one may hold several rows of the table.
pub(super) struct RowSink<'a, R: Record> {
    sink: Sink<'a>,
    batch: Vec<R::Row>,
}

impl<'a, R: Filtered> RowSink<'a, R> {
    pub(super) fn new(filling: &Filling<'_>, file: &str, filter: &'a Filter) -> Result<Self, Problem> {
        Ok(Self { sink: Sink::new::<R>(filling, file, filter)?, batch: Vec::with_capacity(BATCH) })
    }

    /// Keeps what the filter lets through, and says whether that is anything.
    fn keep(&mut self, rows: Vec<R::Row>) -> Result<bool, Problem> {
        let before = self.batch.len();
        let filter = self.sink.filter;
        for row in rows.into_iter().filter(|row| R::kept(row, filter)) {
            if let Some(days) = R::spoken(&row) {
                self.sink.covers(days);
            }
            self.batch.push(row);
        }
        let kept = self.batch.len() > before;
        if self.batch.len() >= BATCH {
            self.flush()?;
        }
        Ok(kept)
    }

    fn flush(&mut self) -> Result<(), Problem> {
        if self.batch.is_empty() {
            return Ok(());
        }
        self.sink.write(&R::to_batch(&self.batch)?)?;
        self.batch.clear();
        Ok(())
    }

    pub(super) fn finish(mut self, described: &Described<'_>) -> Result<(Staged, Table), Problem> {
        self.flush()?;
        let (filter, file) = (self.sink.filter, self.sink.file.clone());
        let (files, ledger, days) = self.sink.finish()?;
        let coverage = Coverage {
            scope: filter.scope_of(R::FAMILY),
            periods: R::periods(days).into_iter().filter_map(|period| filter.within(period)).collect(),
            sees_all_instruments: true,
            note: described.note.to_owned(),
        };
        Ok((files, described.table(R::FAMILY, coverage, &file, ledger)))
    }
}

impl<R: Filtered> Rows<R::Row> for RowSink<'_, R> {
    fn line(&mut self, line: u64, content: Result<Content<R::Row>, Refusal>) -> Result<(), Problem> {
        let stored = match content {
            Ok(Content::Rows(rows)) => self.keep(rows)?,
            Ok(Content::Part) => true,
            Ok(Content::Nothing) => false,
            Err(refusal) => return self.sink.refuse(line, refusal),
        };
        self.sink.count(stored);
        Ok(())
    }

    fn completed(&mut self, rows: Vec<R::Row>) -> Result<(), Problem> {
        self.keep(rows).map(|_| ())
    }

    fn covers(&mut self, period: Period) {
        self.sink.covers(period);
    }

    fn keeps(&self, row: &R::Row) -> bool {
        R::kept(row, self.sink.filter)
    }
}
