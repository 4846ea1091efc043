//! The amounts of one file on their way into a table of the store.

use std::collections::BTreeSet;

use suasion_actors::Period;

use super::filter::Filter;
use super::table::Described;
use crate::archive::Table;
use crate::coverage::{Coverage, joined};
use crate::problem::Problem;
use crate::quarantine::{Ledger, Refusal};
use crate::schema::flow::FlowRecord;
use crate::schema::{Family, Flow, Record};
use crate::store::{Filling, Staged, TableWriter};

/// Rows of a batch.
const BATCH: usize = 1 << 14;

/// Puts the amounts of one file into a table of the store. The ledger counts rows of the file, of
/// which one may hold several amounts.
pub(super) struct FlowSink<'a> {
    file: String,
    filter: &'a Filter,
    writer: TableWriter,
    batch: Vec<Flow>,
    ledger: Ledger,
    years: BTreeSet<i16>,
}

impl<'a> FlowSink<'a> {
    pub(super) fn new(filling: &Filling<'_>, file: &str, filter: &'a Filter) -> Result<Self, Problem> {
        Ok(Self {
            file: file.to_owned(),
            filter,
            writer: filling.writer::<FlowRecord>()?,
            batch: Vec::with_capacity(BATCH),
            ledger: Ledger::default(),
            years: BTreeSet::new(),
        })
    }

    pub(super) fn row(&mut self, line: u64, row: Result<Vec<Flow>, Refusal>) -> Result<(), Problem> {
        self.ledger.rows_in += 1;
        let flows = match row {
            Ok(flows) => flows,
            Err(refusal) => {
                let row = refusal.into_quarantined(&self.file, line);
                self.writer.quarantine(&row)?;
                self.ledger.refuse(row);
                return Ok(());
            }
        };
        if !flows.iter().all(|flow| self.filter.keeps_flow(flow)) {
            self.ledger.filtered += 1;
            return Ok(());
        }
        self.ledger.stored += 1;
        self.years.extend(flows.iter().map(|flow| flow.year));
        self.batch.extend(flows);
        if self.batch.len() >= BATCH { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Problem> {
        if self.batch.is_empty() {
            return Ok(());
        }
        self.writer.write(&FlowRecord::to_batch(&self.batch)?)?;
        self.batch.clear();
        Ok(())
    }

    pub(super) fn finish(mut self, described: &Described<'_>) -> Result<(Staged, Table), Problem> {
        self.flush()?;
        let year = |year: i16| Period::new(jiff::civil::date(year, 1, 1), jiff::civil::date(year, 12, 31));
        let coverage = Coverage {
            scope: self.filter.scope(),
            periods: joined(self.years.iter().filter_map(|known| year(*known)).collect()),
            sees_all_instruments: true,
            note: described.note.to_owned(),
        };
        let table = described.table(Family::Flow, coverage, &self.file, self.ledger);
        Ok((self.writer.finish()?, table))
    }
}
