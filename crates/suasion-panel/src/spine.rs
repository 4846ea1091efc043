//! The spine: which rows a panel has.

use suasion_actors::{Crosswalk, DirectedDyad, Period, Step, TimeUnit};

/// Directed dyads by steps of time; row `d * steps + s` is dyad `d` at step `s`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spine {
    dyads: Vec<DirectedDyad>,
    steps: Vec<Step>,
}

impl Spine {
    /// Every dyad at every step of the period. Rows at which one of the states did not exist stay
    /// in the grid, where their cells are not applicable, and are left out when the panel is
    /// written.
    pub fn new(dyads: Vec<DirectedDyad>, period: &Period, unit: TimeUnit) -> Self {
        Self { dyads, steps: period.steps(unit) }
    }

    /// The dyads, in the order given.
    pub fn dyads(&self) -> &[DirectedDyad] {
        &self.dyads
    }

    /// The steps, in time.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Number of rows of the grid.
    pub fn len(&self) -> usize {
        self.dyads.len() * self.steps.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Dyad and step of a row.
    pub fn at(&self, row: usize) -> (DirectedDyad, Step) {
        (self.dyads[row / self.steps.len()], self.steps[row % self.steps.len()])
    }

    /// The rows of a dyad, in time; none if the dyad is not in the spine.
    pub fn rows_of(&self, dyad: DirectedDyad) -> Option<std::ops::Range<usize>> {
        let index = self.dyads.iter().position(|other| *other == dyad)?;
        Some(index * self.steps.len()..(index + 1) * self.steps.len())
    }

    /// The row of a dyad at a step.
    pub fn row(&self, dyad: DirectedDyad, step: Step) -> Option<usize> {
        let first = self.steps.first()?.index();
        let offset =
            usize::try_from(step.index() - first).ok().filter(|offset| *offset < self.steps.len())?;
        self.rows_of(dyad).map(|rows| rows.start + offset)
    }

    /// Whether both states of a row were members of the state system at some day of its step.
    pub fn exists(&self, row: usize) -> bool {
        let (dyad, step) = self.at(row);
        let crosswalk = Crosswalk::built_in();
        let period = step.period();
        crosswalk.existed_in(dyad.source(), &period) && crosswalk.existed_in(dyad.target(), &period)
    }
}
