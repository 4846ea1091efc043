//! Decisions that an analyst has to take, with their options, standings and reasons.

use suasion_actors::TimeUnit;
use suasion_methods::specification_curve::questions::Scale;
use suasion_panel::{Codes, Measure, Standing};

use crate::wording::count_of;

/// A decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Decision {
    /// Which measure stands for the concept.
    Measure,
    /// Which source it is computed from.
    Source,
    /// Which acts count.
    Codes,
    /// Length of a step.
    Step,
    /// Which years.
    Window,
    /// How several dyads become one series.
    Pooling,
    /// Which steps of several dyads count.
    Coverage,
    /// Values, or ranks.
    Scale,
    /// What is held constant.
    Given,
    /// Steps between cause and effect.
    Lag,
    /// Steps over which an answer is looked for.
    Horizon,
    /// Lags of an autoregression.
    Order,
    /// What the power's acts are measured by.
    Impulse,
}

impl Decision {
    /// All decisions, in the order in which they are shown.
    pub const ALL: [Self; 13] = [
        Self::Measure,
        Self::Impulse,
        Self::Source,
        Self::Codes,
        Self::Step,
        Self::Window,
        Self::Pooling,
        Self::Coverage,
        Self::Scale,
        Self::Given,
        Self::Lag,
        Self::Horizon,
        Self::Order,
    ];

    /// The decision's name in files and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Measure => "measure",
            Self::Source => "source",
            Self::Codes => "codes",
            Self::Step => "step",
            Self::Window => "window",
            Self::Pooling => "pooling",
            Self::Coverage => "coverage",
            Self::Scale => "scale",
            Self::Given => "given",
            Self::Lag => "lag",
            Self::Horizon => "horizon",
            Self::Order => "order",
            Self::Impulse => "impulse",
        }
    }

    /// The decision in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Measure => "measure",
            Self::Impulse => "measure of the acts answered",
            Self::Source => "source",
            Self::Codes => "acts that count",
            Self::Step => "length of a step",
            Self::Window => "window",
            Self::Pooling => "pooling of states",
            Self::Coverage => "states observed",
            Self::Scale => "values or ranks",
            Self::Given => "what is held constant",
            Self::Lag => "time between",
            Self::Horizon => "horizon",
            Self::Order => "lags",
        }
    }

    /// The decision as what must be settled: completes "it hangs on …".
    pub fn question(self) -> &'static str {
        match self {
            Self::Measure => "which measure is used",
            Self::Impulse => "how the acts answered are measured",
            Self::Source => "which source is used",
            Self::Codes => "which acts count",
            Self::Step => "how long a step is",
            Self::Window => "which years are taken",
            Self::Pooling => "how states are pooled",
            Self::Coverage => "whether all states must be observed",
            Self::Scale => "whether values or ranks are used",
            Self::Given => "what is held constant",
            Self::Lag => "how long an effect may take",
            Self::Horizon => "how far ahead is looked",
            Self::Order => "how far back is looked",
        }
    }

    /// A decision by name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| decision.name() == name)
    }

    /// Why there is more than one admissible option.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Measure => "several measures stand for one concept, and theory does not choose",
            Self::Source => "sources see different parts of what happened",
            Self::Codes => "public statements are neutral and the most often reported",
            Self::Step => "conduct has no natural period",
            Self::Window => "dates in the literature are round",
            Self::Pooling => {
                "a region may be its mean, its typical state, or its states each on its own scale"
            }
            Self::Coverage => "states enter the record in different years",
            Self::Scale => "single large values may decide a mean",
            Self::Given => "what else moved may account for it",
            Self::Lag => "effects may need time",
            Self::Horizon => "theory does not say how long an answer takes",
            Self::Order => "how long the past counts is not known",
            Self::Impulse => "acts may count by number or by kind",
        }
    }
}

/// How several dyads become one series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pooling {
    /// Their mean.
    Mean,
    /// Their median.
    Median,
    /// The mean of each in its own deviations.
    Standardised,
}

/// One option of one decision.
#[derive(Debug, Clone, PartialEq)]
pub enum Setting {
    /// The measure, and whether it may stand for the others of its concept.
    Measure(&'static Measure, Standing),
    /// The measure of what is answered to.
    Impulse(&'static Measure),
    /// The source.
    Source(String),
    /// Which acts count.
    Codes(Codes),
    /// Length of a step.
    Step(TimeUnit),
    /// Whether a step is taken off both ends of the window.
    Trimmed(bool),
    /// How dyads are pooled.
    Pooling(Pooling),
    /// Whether every dyad must be observed.
    Complete(bool),
    /// Values, or ranks.
    Scale(Scale),
    /// Whether a straight trend, or the rivals' acts, are held constant.
    Given(bool, &'static str, Standing),
    /// Steps between.
    Lag(usize),
    /// Steps ahead.
    Horizon(usize),
    /// Lags.
    Order(usize),
}

impl Setting {
    /// The decision that it is an option of.
    pub fn decision(&self) -> Decision {
        match self {
            Self::Measure(..) => Decision::Measure,
            Self::Impulse(_) => Decision::Impulse,
            Self::Source(_) => Decision::Source,
            Self::Codes(_) => Decision::Codes,
            Self::Step(_) => Decision::Step,
            Self::Trimmed(_) => Decision::Window,
            Self::Pooling(_) => Decision::Pooling,
            Self::Complete(_) => Decision::Coverage,
            Self::Scale(_) => Decision::Scale,
            Self::Given(..) => Decision::Given,
            Self::Lag(_) => Decision::Lag,
            Self::Horizon(_) => Decision::Horizon,
            Self::Order(_) => Decision::Order,
        }
    }

    /// The option's name in files and tables.
    pub fn option(&self) -> String {
        match self {
            Self::Measure(measure, _) | Self::Impulse(measure) => measure.name.to_owned(),
            Self::Source(source) => source.clone(),
            Self::Codes(Codes::All) => "all acts".to_owned(),
            Self::Codes(Codes::WithoutStatements) => "without statements".to_owned(),
            Self::Step(unit) => unit.name().to_owned(),
            Self::Trimmed(false) => "as claimed".to_owned(),
            Self::Trimmed(true) => "a year less at each end".to_owned(),
            Self::Pooling(Pooling::Mean) => "mean of states".to_owned(),
            Self::Pooling(Pooling::Median) => "median of states".to_owned(),
            Self::Pooling(Pooling::Standardised) => "standardised mean".to_owned(),
            Self::Complete(false) => "whoever is observed".to_owned(),
            Self::Complete(true) => "all observed".to_owned(),
            Self::Scale(Scale::Values) => "values".to_owned(),
            Self::Scale(Scale::Ranks) => "ranks".to_owned(),
            Self::Given(false, ..) => "nothing".to_owned(),
            Self::Given(true, what, _) => (*what).to_owned(),
            Self::Lag(lag) => {
                if *lag == 0 {
                    "same step".to_owned()
                } else {
                    format!("{lag} later")
                }
            }
            Self::Horizon(horizon) => format!("{horizon} ahead"),
            Self::Order(order) => count_of(*order, "lag"),
        }
    }

    /// The option in words.
    pub fn label(&self) -> String {
        match self {
            Self::Measure(measure, _) | Self::Impulse(measure) => measure.label.to_owned(),
            _ => self.option(),
        }
    }

    /// Whether the option may stand for the others.
    pub fn standing(&self) -> Standing {
        match self {
            Self::Measure(_, standing) | Self::Given(_, _, standing) => *standing,
            Self::Trimmed(true) => Standing::Uncertain,
            _ => Standing::Equivalent,
        }
    }
}
