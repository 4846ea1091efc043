//! Periods, and the months, quarters and years that they are cut into.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use crate::date::FactDate;

/// From one day to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    begin: Date,
    end: Date,
}

/// Why a text is not a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// Not of the form `begin/end`, or one side is no date.
    #[error("`{0}` is not a period")]
    Form(String),
    /// The end lies before the beginning.
    #[error("period `{0}` ends before it begins")]
    Inverted(String),
}

impl PeriodError {
    /// How a period has to be written.
    pub const HINT: &str = "write begin/end, such as 1992/2025 or 2008-08/2010-12, earlier date first";
}

impl Period {
    /// A period between two days; `None` if inverted.
    pub fn new(begin: Date, end: Date) -> Option<Self> {
        (begin <= end).then_some(Self { begin, end })
    }

    /// The days of a calendar year; years before 1 and after 9999 count as those.
    pub fn of_year(year: i16) -> Self {
        let begin = jiff::civil::date(year.clamp(1, 9999), 1, 1);
        Self { begin, end: begin.last_of_year() }
    }

    /// First day.
    pub fn begin(&self) -> Date {
        self.begin
    }

    /// Last day.
    pub fn end(&self) -> Date {
        self.end
    }

    /// Whether the day lies in the period.
    pub fn contains(&self, day: Date) -> bool {
        self.begin <= day && day <= self.end
    }

    /// Whether every day that the date can mean lies in the period.
    pub fn covers(&self, date: FactDate) -> bool {
        self.contains(date.earliest()) && self.contains(date.latest())
    }

    /// The days that both periods have.
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        Self::new(self.begin.max(other.begin), self.end.min(other.end))
    }

    /// The period without its first and its last year; none if nothing is left.
    pub fn a_year_less(&self) -> Option<Self> {
        let year = jiff::Span::new().years(1);
        Self::new(self.begin.checked_add(year).ok()?, self.end.checked_sub(year).ok()?)
    }

    /// The steps of this unit that touch the period, in order.
    pub fn steps(&self, unit: TimeUnit) -> Vec<Step> {
        let first = Step::containing(self.begin, unit).index;
        let last = Step::containing(self.end, unit).index;
        (first..=last).map(|index| Step { unit, index }).collect()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole_years = (self.begin.month(), self.begin.day()) == (1, 1)
            && (self.end.month(), self.end.day()) == (12, 31);
        if self.begin == self.end {
            return write!(formatter, "{}", self.begin);
        }
        if !whole_years {
            return write!(formatter, "{}/{}", self.begin, self.end);
        }
        if self.begin.year() == self.end.year() {
            return write!(formatter, "{}", self.begin.year());
        }
        write!(formatter, "{}/{}", self.begin.year(), self.end.year())
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (begin, end) = text.split_once('/').unwrap_or((text, text));
        let date =
            |part: &str| FactDate::from_str(part.trim()).map_err(|_| PeriodError::Form(text.to_owned()));
        Self::new(date(begin)?.earliest(), date(end)?.latest())
            .ok_or_else(|| PeriodError::Inverted(text.to_owned()))
    }
}

/// What a period is cut into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimeUnit {
    /// Calendar months.
    Month,
    /// Calendar quarters.
    Quarter,
    /// Calendar years.
    Year,
}

impl TimeUnit {
    /// Months in one step.
    pub fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }

    /// The unit's English name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }
}

/// One month, quarter or year, counted from the year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Step {
    unit: TimeUnit,
    index: i32,
}

impl Step {
    /// The step that holds this day.
    pub fn containing(day: Date, unit: TimeUnit) -> Self {
        let month = i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
        Self { unit, index: month.div_euclid(unit.months()) }
    }

    /// The unit that the step counts.
    pub fn unit(self) -> TimeUnit {
        self.unit
    }

    /// Position on the unit's own axis: steps that follow each other differ by one.
    pub fn index(self) -> i32 {
        self.index
    }

    /// First to last day of the step.
    pub fn period(self) -> Period {
        let begin = self.first_month();
        let last = begin + self.unit.months() - 1;
        let day =
            |month: i32| jiff::civil::date(month.div_euclid(12) as i16, (month.rem_euclid(12) + 1) as i8, 1);
        Period { begin: day(begin), end: day(last).last_of_month() }
    }

    /// The calendar year that the step lies in.
    pub fn year(self) -> i16 {
        self.first_month().div_euclid(12) as i16
    }

    /// The step's middle as a decimal year, for axes and trends.
    pub fn decimal_year(self) -> f64 {
        (f64::from(self.first_month()) + f64::from(self.unit.months()) / 2.0) / 12.0
    }

    fn first_month(self) -> i32 {
        self.index * self.unit.months()
    }
}

impl fmt::Display for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let month = self.first_month().rem_euclid(12);
        match self.unit {
            TimeUnit::Year => write!(formatter, "{}", self.year()),
            TimeUnit::Quarter => write!(formatter, "{}-Q{}", self.year(), month / 3 + 1),
            TimeUnit::Month => write!(formatter, "{}-{:02}", self.year(), month + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_read_and_print() {
        let period: Period = "1992/2025".parse().unwrap();
        assert_eq!(period.to_string(), "1992/2025");
        assert_eq!(period.steps(TimeUnit::Year).len(), 34);
        assert_eq!(period.steps(TimeUnit::Quarter).len(), 136);
        let crisis: Period = "2008-08/2010-12".parse().unwrap();
        assert_eq!(crisis.to_string(), "2008-08-01/2010-12-31");
    }

    #[test]
    fn inverted_periods_are_refused() {
        assert!(matches!("2025/1992".parse::<Period>(), Err(PeriodError::Inverted(_))));
        assert!(matches!("1992-2025".parse::<Period>(), Err(PeriodError::Form(_))));
    }

    #[test]
    fn steps_tile_the_calendar() {
        let quarter = Step::containing(jiff::civil::date(2005, 11, 14), TimeUnit::Quarter);
        assert_eq!(quarter.to_string(), "2005-Q4");
        assert_eq!(quarter.period().to_string(), "2005-10-01/2005-12-31");
        assert_eq!(quarter.year(), 2005);
        assert!((quarter.decimal_year() - 2005.875).abs() < 1e-12);
    }
}
