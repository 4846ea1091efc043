//! What an estimator gives back: a value with its uncertainty, or the reason why there is none.

/// An interval with its level, such as 0.95.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Confidence level between 0 and 1.
    pub level: f64,
}

/// An estimate with everything needed to state it.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// The point estimate.
    pub value: f64,
    /// Its interval, where the method gives one.
    pub interval: Option<Interval>,
    /// Probability under the null of a value at least as far in the asked direction.
    pub p_value: Option<f64>,
    /// Number of observations used.
    pub n: usize,
    /// The method in a few words.
    pub method: &'static str,
    /// What a careful reader must know besides.
    pub warnings: Vec<String>,
}

impl Estimate {
    /// An estimate without uncertainty, from `n` observations.
    pub fn point(value: f64, n: usize, method: &'static str) -> Self {
        Self { value, interval: None, p_value: None, n, method, warnings: Vec::new() }
    }

    /// The same estimate with an interval.
    #[must_use]
    pub fn with_interval(mut self, interval: Option<Interval>) -> Self {
        self.interval = interval;
        self
    }

    /// The same estimate with a p-value.
    #[must_use]
    pub fn with_p_value(mut self, p_value: f64) -> Self {
        self.p_value = Some(p_value);
        self
    }

    /// The same estimate with a warning more.
    #[must_use]
    pub fn with_warning(mut self, warning: impl Into<String>) -> Self {
        self.warnings.push(warning.into());
        self
    }
}

/// Why there is no estimate: a result, not a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InsufficientData {
    /// What is lacking, in words that can be shown.
    pub reason: String,
    /// Observations there were.
    pub n: usize,
}

impl InsufficientData {
    /// A reason with the number of observations there were.
    pub fn new(reason: impl Into<String>, n: usize) -> Self {
        Self { reason: reason.into(), n }
    }
}

/// An estimate, or the reason why there is none.
pub type Estimation = Result<Estimate, InsufficientData>;
