//! What the sinks of all families share: the ledger, the file that is written, and what is covered.

use std::collections::BTreeSet;

use arrow::array::RecordBatch;
use suasion_actors::Period;

use super::filter::Filter;
use crate::coverage::joined;
use crate::problem::Problem;
use crate::quarantine::{Ledger, Refusal};
use crate::schema::Record;
use crate::store::{Filling, Staged, TableWriter};

/// Covered periods that are held apart before they are joined.
const MOST_PERIODS: usize = 10_000;

/// One table of the store while a file is read into it.
pub(super) struct Sink<'a> {
    pub(super) file: String,
    pub(super) filter: &'a Filter,
    writer: TableWriter,
    ledger: Ledger,
    covered: BTreeSet<Period>,
}

impl<'a> Sink<'a> {
    pub(super) fn new<R: Record>(
        filling: &Filling<'_>,
        file: &str,
        filter: &'a Filter,
    ) -> Result<Self, Problem> {
        Ok(Self {
            file: file.to_owned(),
            filter,
            writer: filling.writer::<R>()?,
            ledger: Ledger::default(),
            covered: BTreeSet::new(),
        })
    }

    /// Counts a row that is stored, or left out by request.
    pub(super) fn count(&mut self, stored: bool) {
        self.ledger.rows_in += 1;
        if stored {
            self.ledger.stored += 1;
        } else {
            self.ledger.filtered += 1;
        }
    }

    pub(super) fn refuse(&mut self, line: u64, refusal: Refusal) -> Result<(), Problem> {
        self.ledger.rows_in += 1;
        let row = refusal.into_quarantined(&self.file, line);
        self.writer.quarantine(&row)?;
        self.ledger.refuse(row);
        Ok(())
    }

    pub(super) fn covers(&mut self, period: Period) {
        if self.covered.last() != Some(&period) {
            self.covered.insert(period);
            if self.covered.len() > MOST_PERIODS {
                self.covered =
                    joined(std::mem::take(&mut self.covered).into_iter().collect()).into_iter().collect();
            }
        }
    }

    pub(super) fn write(&mut self, batch: &RecordBatch) -> Result<(), Problem> {
        self.writer.write(batch)
    }

    /// The written files, what became of the rows, and the days for which the file speaks.
    pub(super) fn finish(self) -> Result<(Staged, Ledger, Vec<Period>), Problem> {
        let periods = joined(self.covered.into_iter().collect());
        Ok((self.writer.finish()?, self.ledger, periods))
    }
}
