//! Events counted straight from published files, without the store between.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::civil::Date;
use suasion_actors::{Period, StateId, Step, TimeUnit};

use super::Options;
use super::events::{periods, publishes_by_day};
use super::layout::Layout;
use crate::coverage::joined;
use crate::input::{Lines, Seen, each_part};
use crate::ontology::QuadClass;
use crate::problem::Problem;
use crate::quarantine::{Ledger, Refusal};
use crate::schema::CodedEvent;
use crate::sources::coded::Receiver;

/// What is counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// Name of the source: scores of different sources are never mixed.
    pub source_name: &'static str,
    /// The acting state.
    pub source: StateId,
    /// The state acted upon, another one.
    pub target: StateId,
    /// When.
    pub step: Step,
    /// What kind of act.
    pub quad_class: QuadClass,
}

/// How many reports fall into a cell, and their scores.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Count {
    /// Rows of the files.
    pub reports: u64,
    /// Sum of their scores, on the scale of the source's ontology.
    pub score: f64,
}

impl Count {
    /// Mean score of the reports.
    pub fn mean_score(&self) -> f64 {
        self.score / self.reports as f64
    }
}

/// What files hold between two states, by period and kind of act.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// Cells that have a report.
    pub cells: BTreeMap<Cell, Count>,
    /// What became of the rows.
    pub ledger: Ledger,
    /// Days for which the files speak.
    pub covered: Vec<Period>,
}

impl Counts {
    /// Adds another file's counts.
    pub fn add(&mut self, other: Self) {
        for (cell, count) in other.cells {
            let own = self.cells.entry(cell).or_default();
            own.reports += count.reports;
            own.score += count.score;
        }
        self.ledger.add(&other.ledger);
        self.covered.extend(other.covered);
        self.covered = joined(std::mem::take(&mut self.covered));
    }
}

/// Counts the events of a file by directed dyad, period and quad class, those that the options'
/// filter keeps and both of whose actors are of different states.
pub fn count(path: &Path, options: &Options, unit: TimeUnit, seen: Seen<'_>) -> Result<Counts, Problem> {
    let mut all = Counts::default();
    let (mut unread, mut some) = (None, false);
    each_part(path, seen, |name, input| {
        let mut lines = Lines::new(input);
        let start = lines.peek().map_err(|error| Problem::file("read", path, &error))?;
        let layout = Layout::of(start, name, options)?;
        let Some((layout, read)) = layout.as_ref().and_then(Layout::of_events) else {
            // Archives hold codebooks and other tables beside the one that is wanted.
            unread.get_or_insert_with(|| match &layout {
                Some(_) => no_events(path),
                None => Layout::unknown(path, name, start),
            });
            return Ok(());
        };
        let mut counter = Counter {
            source_name: layout.source,
            file: name,
            options,
            unit,
            step: None,
            counts: Counts::default(),
            days: BTreeSet::new(),
        };
        read(&mut lines, name, &mut counter)?;
        all.add(counter.finish());
        some = true;
        Ok(())
    })?;
    match unread {
        Some(problem) if !some => Err(problem),
        _ => Ok(all),
    }
}

fn no_events(path: &Path) -> Problem {
    Problem::new(format!("{} holds no events", path.display()))
        .hint("`suasion ingest` takes votes, ties and amounts")
}

/// Counts the events of one file.
struct Counter<'a> {
    source_name: &'static str,
    file: &'a str,
    options: &'a Options,
    unit: TimeUnit,
    /// The last day with its step: neighbouring rows are of one day.
    step: Option<(Date, Step)>,
    counts: Counts,
    days: BTreeSet<Date>,
}

impl Counter<'_> {
    fn step(&mut self, day: Date) -> Step {
        match self.step {
            Some((last, step)) if last == day => step,
            _ => {
                let step = Step::containing(day, self.unit);
                self.step = Some((day, step));
                step
            }
        }
    }

    fn finish(self) -> Counts {
        let days = joined(self.days.into_iter().filter_map(|day| Period::new(day, day)).collect());
        let covered = periods(days, publishes_by_day(self.source_name), &self.options.filter);
        Counts { covered, ..self.counts }
    }
}

impl Receiver for Counter<'_> {
    fn events(&mut self, events: &[CodedEvent<'_>]) -> Result<(), Problem> {
        let mut counted = false;
        for event in events {
            let (Some(source), Some(target)) = (event.source, event.target) else { continue };
            if source == target || !self.options.filter.keeps(event) {
                continue;
            }
            counted = true;
            let step = self.step(event.date);
            let quad_class = event.code.quad_class();
            let cell = Cell { source_name: self.source_name, source, target, step, quad_class };
            let count = self.counts.cells.entry(cell).or_default();
            count.reports += 1;
            count.score += event.score.unwrap_or_else(|| event.code.score());
        }
        self.counts.ledger.rows_in += 1;
        if counted {
            self.counts.ledger.stored += 1;
        } else {
            self.counts.ledger.filtered += 1;
        }
        Ok(())
    }

    fn wanted(&self) -> Option<&BTreeSet<StateId>> {
        self.options.filter.wanted()
    }

    fn wants_domestic(&self) -> bool {
        false
    }

    fn leave_out(&mut self) {
        self.counts.ledger.rows_in += 1;
        self.counts.ledger.filtered += 1;
    }

    fn refuse(&mut self, line: u64, refusal: Refusal) -> Result<(), Problem> {
        self.counts.ledger.rows_in += 1;
        self.counts.ledger.refuse(refusal.into_quarantined(self.file, line));
        Ok(())
    }

    fn covers(&mut self, day: Date) {
        if self.days.last() != Some(&day) {
            self.days.insert(day);
        }
    }
}
