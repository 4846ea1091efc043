//! A spell: the days from a beginning to an end, or still running.

use jiff::civil::Date;

use crate::period::Period;

/// Days from `begin` to `end`, both included; no `end` means still running.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Spell {
    /// First day.
    pub begin: Date,
    /// Last day, if the spell has ended.
    pub end: Option<Date>,
}

impl Spell {
    /// Builds a spell; `None` if it would end before it begins.
    pub fn new(begin: Date, end: Option<Date>) -> Option<Self> {
        end.is_none_or(|end| begin <= end).then_some(Self { begin, end })
    }

    /// Whether the day lies in the spell.
    pub fn contains(&self, day: Date) -> bool {
        self.begin <= day && self.end.is_none_or(|end| day <= end)
    }

    /// Whether any day of the period lies in the spell.
    ///
    /// Two states can share a year but no day, so yearly questions ask this and not `contains`
    /// of a mid-year date.
    pub fn overlaps(&self, period: &Period) -> bool {
        self.begin <= period.end() && self.end.is_none_or(|end| period.begin() <= end)
    }

    /// Whether the two spells share a day.
    pub fn meets(&self, other: &Self) -> bool {
        self.end.is_none_or(|end| other.begin <= end) && other.end.is_none_or(|end| self.begin <= end)
    }
}
