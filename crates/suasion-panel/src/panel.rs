//! A panel: the spine with its columns.

use suasion_actors::DirectedDyad;

use crate::cell::Cell;
use crate::column::Column;
use crate::inputs::Inputs;
use crate::lookup::{Codes, Lookup};
use crate::measures::{self, Context, Measure};
use crate::spine::Spine;

/// Rows and columns.
#[derive(Debug)]
pub struct Panel {
    /// The rows.
    pub spine: Spine,
    /// The columns, by concept.
    pub columns: Vec<Column>,
    /// Events whose date is too imprecise for the spine's steps; they are in no cell.
    pub unplaced_events: usize,
}

impl Panel {
    /// Computes every measure for every row of the spine.
    pub fn build(inputs: &Inputs, spine: Spine) -> Self {
        Self::with(inputs, spine, Codes::All, |_| true)
    }

    /// Computes some measures, from all events or from some, for every row of the spine.
    pub fn with(inputs: &Inputs, spine: Spine, codes: Codes, wanted: impl Fn(&Measure) -> bool) -> Self {
        let unit = spine.steps().first().map_or(suasion_actors::TimeUnit::Year, |step| step.unit());
        let lookup = Lookup::new(inputs, unit, codes);
        let context = Context::new(inputs, &lookup, &spine);
        let columns = measures::all()
            .filter(|measure| wanted(measure))
            .map(|measure| column(&context, measure))
            .collect();
        let unplaced_events = inputs
            .event_rows()
            .iter()
            .filter(|event| event.dyad().is_some() && !event.mirrored && !event.date.fits(unit))
            .count();
        Self { spine, columns, unplaced_events }
    }

    /// A column by its measure's name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.measure.name == name)
    }

    /// The cells of one dyad in time; empty if the panel has no such column or dyad.
    pub fn series(&self, name: &str, dyad: DirectedDyad) -> &[Cell] {
        match (self.column(name), self.spine.rows_of(dyad)) {
            (Some(column), Some(rows)) => &column.cells[rows],
            _ => &[],
        }
    }
}

fn column(context: &Context<'_>, measure: &'static Measure) -> Column {
    let (cells, evidence) = (0..context.spine.len())
        .map(|row| {
            if context.spine.exists(row) {
                (measure.compute)(context, row)
            } else {
                (Cell::NotApplicable, Vec::new())
            }
        })
        .unzip();
    let source = context
        .inputs
        .table_for(measure.needs)
        .map(|table| table.provenance.source.clone())
        .unwrap_or_default();
    Column { measure, source, cells, evidence }
}
