//! What a measure may look at when it computes one row.

use suasion_actors::{DirectedDyad, StateId, Step};
use suasion_archive::Family;
use suasion_archive::schema::{Event, Flow, VoteTally};

use crate::cell::Cell;
use crate::column::RowRef;
use crate::inputs::Inputs;
use crate::lookup::Lookup;
use crate::measures::CellWithEvidence;
use crate::spine::Spine;

/// Inputs, their index and the spine.
#[derive(Debug)]
pub struct Context<'a> {
    /// The rows of the sources.
    pub inputs: &'a Inputs,
    /// Where to find them.
    pub lookup: &'a Lookup,
    /// The rows of the panel.
    pub spine: &'a Spine,
    /// What capacities are relative to, once computed.
    pub(crate) capacity: std::sync::OnceLock<super::capacity::CapacityScale>,
}

impl<'a> Context<'a> {
    /// What the measures of a panel are computed from.
    pub fn new(inputs: &'a Inputs, lookup: &'a Lookup, spine: &'a Spine) -> Self {
        Self { inputs, lookup, spine, capacity: std::sync::OnceLock::new() }
    }
}

impl Context<'_> {
    /// Dyad and step of a row.
    pub(super) fn at(&self, row: usize) -> (DirectedDyad, Step) {
        self.spine.at(row)
    }

    /// Whether the family's source speaks for the dyad in the step.
    pub(super) fn covered(&self, family: Family, dyad: DirectedDyad, step: Step) -> bool {
        self.inputs.table(family).is_some_and(|table| table.coverage.speaks_for(dyad, &step.period()))
    }

    /// The events of a dyad in a step with their positions; a row that stands for several reports
    /// comes as often.
    pub(super) fn events(&self, dyad: DirectedDyad, step: Step) -> Vec<(u32, &Event)> {
        let rows = self.inputs.event_rows();
        self.lookup
            .events(dyad, step)
            .iter()
            .map(|&index| (index, &rows[index as usize]))
            .flat_map(|(index, event)| std::iter::repeat_n((index, event), event.count as usize))
            .collect()
    }

    /// A flow by its position.
    pub(super) fn flow(&self, index: u32) -> &Flow {
        &self.inputs.flow_rows()[index as usize]
    }

    /// A tally by its position.
    pub(super) fn tally(&self, index: u32) -> &VoteTally {
        &self.inputs.tally_rows()[index as usize]
    }

    /// Whether the state is one of the study's powers.
    pub(super) fn is_power(&self, state: StateId) -> bool {
        state == self.inputs.actors.power || self.inputs.actors.rivals.contains(&state)
    }
}

/// A value with the rows of one family behind it.
pub(super) fn with_rows(
    cell: Cell,
    family: Family,
    indices: impl IntoIterator<Item = u32>,
) -> CellWithEvidence {
    let mut rows = RowRef::all(family, indices);
    rows.dedup();
    (cell, rows)
}

/// The source does not speak here.
pub(super) fn outside() -> CellWithEvidence {
    (Cell::OutsideCoverage, Vec::new())
}

/// The measure has no meaning here.
pub(super) fn undefined() -> CellWithEvidence {
    (Cell::Undefined, Vec::new())
}
