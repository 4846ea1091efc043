//! Dates with the precision that a source gives: a day, a month or a year.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use crate::period::TimeUnit;

/// A dated fact's date, no more precise than its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FactDate {
    /// Only the year is known.
    Year(i16),
    /// Year and month (1–12) are known.
    Month(i16, i8),
    /// The day is known.
    Day(Date),
}

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{value}` is not a date")]
pub struct DateError {
    /// The text as it stood.
    pub value: String,
}

impl DateError {
    /// How a date has to be written.
    pub const HINT: &str = "write 2005-11-14, 2005-11 or 2005, with a day that exists";
}

impl FactDate {
    /// First day that the date can mean.
    pub fn earliest(self) -> Date {
        match self {
            Self::Year(year) => jiff::civil::date(year, 1, 1),
            Self::Month(year, month) => jiff::civil::date(year, month, 1),
            Self::Day(day) => day,
        }
    }

    /// Last day that the date can mean.
    pub fn latest(self) -> Date {
        match self {
            Self::Year(year) => jiff::civil::date(year, 12, 31),
            Self::Month(year, month) => jiff::civil::date(year, month, 1).last_of_month(),
            Self::Day(day) => day,
        }
    }

    /// The calendar year, known at every precision.
    pub fn year(self) -> i16 {
        self.earliest().year()
    }

    /// Whether the date is precise enough to fall into one step of this unit.
    ///
    /// A fact known to the year cannot be placed in a quarter; it is counted as unplaced there,
    /// never put into the first quarter by default.
    pub fn fits(self, unit: TimeUnit) -> bool {
        match self {
            Self::Year(_) => unit == TimeUnit::Year,
            Self::Month(..) | Self::Day(_) => true,
        }
    }
}

impl fmt::Display for FactDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(formatter, "{year:04}"),
            Self::Month(year, month) => write!(formatter, "{year:04}-{month:02}"),
            Self::Day(day) => write!(formatter, "{day}"),
        }
    }
}

impl FromStr for FactDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text).ok_or_else(|| DateError { value: text.to_owned() })
    }
}

fn parse(text: &str) -> Option<FactDate> {
    let digits = |part: &str, length: usize| {
        (part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse::<i16>().ok())
            .flatten()
    };
    let mut parts = text.split('-');
    let year = digits(parts.next()?, 4)?;
    let Some(month) = parts.next() else {
        return Some(FactDate::Year(year));
    };
    let month = i8::try_from(digits(month, 2)?).ok()?;
    Date::new(year, month, 1).ok()?;
    let Some(day) = parts.next() else {
        return Some(FactDate::Month(year, month));
    };
    let day = i8::try_from(digits(day, 2)?).ok()?;
    if parts.next().is_some() {
        return None;
    }
    Date::new(year, month, day).ok().map(FactDate::Day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_precisions_round_trip() {
        for text in ["2005", "2005-11", "2005-11-14", "1816-01-01"] {
            assert_eq!(text.parse::<FactDate>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn impossible_dates_are_refused() {
        for text in ["2005-13", "2005-02-30", "05-01-01", "2005-1-1", "2005-01-01-01", "", "x"] {
            assert!(text.parse::<FactDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn bounds_follow_precision() {
        let month: FactDate = "2004-02".parse().unwrap();
        assert_eq!(month.earliest().to_string(), "2004-02-01");
        assert_eq!(month.latest().to_string(), "2004-02-29");
        assert!(!FactDate::Year(2004).fits(TimeUnit::Quarter));
        assert!(month.fits(TimeUnit::Quarter));
    }
}
