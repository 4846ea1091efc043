//! One value of a panel, or the reason why there is none.

/// A cell: missing is never zero, and says why it is missing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell {
    /// The source speaks, and the value is not zero.
    Observed(f64),
    /// The source speaks, and there was nothing: a real zero.
    TrueZero,
    /// The source speaks, but the measure has no value here, such as the mean of no acts.
    Undefined,
    /// The source does not speak for this dyad or period.
    OutsideCoverage,
    /// One of the two states did not exist.
    NotApplicable,
}

impl Cell {
    /// The cell of a value that the source speaks for.
    pub fn of(value: f64) -> Self {
        if value == 0.0 {
            Self::TrueZero
        } else if value.is_finite() {
            Self::Observed(value)
        } else {
            Self::Undefined
        }
    }

    /// The cell of a value that may be undefined.
    pub fn of_option(value: Option<f64>) -> Self {
        value.map_or(Self::Undefined, Self::of)
    }

    /// The number in the cell, real zeros included.
    pub fn number(self) -> Option<f64> {
        match self {
            Self::Observed(value) => Some(value),
            Self::TrueZero => Some(0.0),
            Self::Undefined | Self::OutsideCoverage | Self::NotApplicable => None,
        }
    }

    /// What kind of cell it is, as written in tables.
    pub fn status(self) -> &'static str {
        match self {
            Self::Observed(_) => "observed",
            Self::TrueZero => "true_zero",
            Self::Undefined => "undefined",
            Self::OutsideCoverage => "outside_coverage",
            Self::NotApplicable => "not_applicable",
        }
    }

    /// The kinds of cells, as written in tables.
    pub const STATUSES: [&str; 5] =
        ["observed", "true_zero", "undefined", "outside_coverage", "not_applicable"];
}

#[cfg(test)]
mod tests {
    use super::Cell;

    #[test]
    fn zero_is_a_value_and_missing_is_not() {
        assert_eq!(Cell::of(0.0).number(), Some(0.0));
        assert_eq!(Cell::of(f64::NAN), Cell::Undefined);
        for missing in [Cell::Undefined, Cell::OutsideCoverage, Cell::NotApplicable] {
            assert_eq!(missing.number(), None);
        }
    }
}
