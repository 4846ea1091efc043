//! What to keep of a file.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;
use suasion_actors::{Period, StateId};

use crate::coverage::Scope;
use crate::schema::{CodedEvent, Family, Flow, Party, Tie, TieKind};

/// What to keep of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Rows between two of these states, or of one with the world, only; all if empty.
    pub states: BTreeSet<StateId>,
    /// Rows from this day on.
    pub from: Option<Date>,
    /// Rows to this day.
    pub to: Option<Date>,
}

impl Filter {
    /// The states that rows must be between; none if all are wanted.
    pub(super) fn wanted(&self) -> Option<&BTreeSet<StateId>> {
        Some(&self.states).filter(|states| !states.is_empty())
    }

    pub(super) fn keeps(&self, event: &CodedEvent<'_>) -> bool {
        let known = |state: Option<StateId>| state.is_some_and(|state| self.states.contains(&state));
        (self.states.is_empty() || (known(event.source) && known(event.target)))
            && self.from.is_none_or(|from| from <= event.date)
            && self.to.is_none_or(|to| event.date <= to)
    }

    pub(super) fn keeps_flow(&self, flow: &Flow) -> bool {
        let known = |party: Party| match party {
            Party::State(state) => self.states.contains(&state),
            Party::World => true,
        };
        (self.states.is_empty() || (known(flow.source) && known(flow.target)))
            && self.from.is_none_or(|from| from.year() <= flow.year)
            && self.to.is_none_or(|to| flow.year <= to.year())
    }

    pub(super) fn keeps_tie(&self, tie: &Tie) -> bool {
        let known = |state: StateId| self.states.is_empty() || self.states.contains(&state);
        let other = match &tie.kind {
            TieKind::Treaty { counterpart: other, .. }
            | TieKind::Contiguity { neighbour: other, .. }
            | TieKind::Base { owner: other } => known(*other),
            TieKind::Membership { .. } | TieKind::Alliance { .. } | TieKind::Standing { .. } => true,
        };
        let begins = self.to.is_none_or(|to| tie.begin.earliest() <= to);
        let ends = self.from.is_none_or(|from| tie.end.is_none_or(|end| from <= end.latest()));
        known(tie.state) && other && begins && ends
    }

    /// A roll call makes sense only whole, so that votes are filtered by day alone.
    pub(super) fn keeps_day(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// For whom a table of this family speaks under the filter.
    pub(super) fn scope_of(&self, family: Family) -> Scope {
        if family == Family::Vote { Scope::World } else { self.scope() }
    }

    pub(super) fn scope(&self) -> Scope {
        if self.states.is_empty() {
            return Scope::World;
        }
        Scope::Between { powers: self.states.clone(), states: self.states.clone() }
    }

    /// The part of a covered period that the filter leaves.
    pub(super) fn within(&self, period: Period) -> Option<Period> {
        Period::new(
            self.from.map_or(period.begin(), |from| from.max(period.begin())),
            self.to.map_or(period.end(), |to| to.min(period.end())),
        )
    }
}

/// The filter in one line, by which the store tells the same file kept in other ways apart; empty
/// for everything.
impl fmt::Display for Filter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = Vec::new();
        if !self.states.is_empty() {
            parts.push(self.states.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "));
        }
        parts.extend(self.from.map(|from| format!("from {from}")));
        parts.extend(self.to.map(|to| format!("to {to}")));
        formatter.write_str(&parts.join(", "))
    }
}
