//! One choice at every decision: plain data with a stable hash.

use sha2::{Digest, Sha256};
use suasion_actors::TimeUnit;
use suasion_methods::specification_curve::questions::Scale;
use suasion_panel::{Codes, Measure, Standing};

use super::decision::{Decision, Pooling, Setting};

/// One choice at every decision that the claim leaves open.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Specification {
    settings: Vec<Setting>,
}

macro_rules! chosen {
    ($(#[$doc:meta])* $name:ident, $pattern:pat => $value:expr, $type:ty, $default:expr) => {
        $(#[$doc])*
        pub fn $name(&self) -> $type {
            self.settings.iter().find_map(|setting| match setting { $pattern => Some($value), _ => None })
                .unwrap_or($default)
        }
    };
}

impl Specification {
    /// The specification of these choices.
    pub(crate) fn new(settings: Vec<Setting>) -> Self {
        Self { settings }
    }

    /// The choices, in the order of the decisions.
    pub fn settings(&self) -> &[Setting] {
        &self.settings
    }

    /// The choice at a decision; none if the claim does not pose it.
    pub fn at(&self, decision: Decision) -> Option<&Setting> {
        self.settings.iter().find(|setting| setting.decision() == decision)
    }

    /// The measure; every specification has one.
    pub fn measure(&self) -> Option<&'static Measure> {
        self.settings.iter().find_map(|setting| match setting {
            Setting::Measure(measure, _) => Some(*measure),
            _ => None,
        })
    }

    /// The measure of what is answered to.
    pub fn impulse(&self) -> Option<&'static Measure> {
        self.settings.iter().find_map(|setting| match setting {
            Setting::Impulse(measure) => Some(*measure),
            _ => None,
        })
    }

    /// The source; empty where the archive holds none.
    pub fn source(&self) -> &str {
        match self.at(Decision::Source) {
            Some(Setting::Source(source)) => source,
            _ => "",
        }
    }

    chosen!(
        /// Which acts count.
        codes, Setting::Codes(codes) => *codes, Codes, Codes::All);
    chosen!(
        /// Length of a step.
        step, Setting::Step(unit) => *unit, TimeUnit, TimeUnit::Year);
    chosen!(
        /// Whether a year is taken off both ends of the window.
        trimmed, Setting::Trimmed(trimmed) => *trimmed, bool, false);
    chosen!(
        /// How dyads are pooled.
        pooling, Setting::Pooling(pooling) => *pooling, Pooling, Pooling::Mean);
    chosen!(
        /// Whether every dyad must be observed.
        complete, Setting::Complete(complete) => *complete, bool, false);
    chosen!(
        /// Values, or ranks.
        scale, Setting::Scale(scale) => *scale, Scale, Scale::Values);
    chosen!(
        /// Whether something is held constant.
        given, Setting::Given(given, ..) => *given, bool, false);
    chosen!(
        /// Steps between cause and effect.
        lag, Setting::Lag(lag) => *lag, usize, 0);
    chosen!(
        /// Steps over which an answer is looked for.
        horizon, Setting::Horizon(horizon) => *horizon, usize, 1);
    chosen!(
        /// Lags of an autoregression.
        order, Setting::Order(order) => *order, usize, 1);

    /// The weakest standing among its choices.
    pub fn standing(&self) -> Standing {
        self.settings.iter().map(Setting::standing).max().unwrap_or(Standing::Equivalent)
    }

    /// The choices as text: `measure=acts; source=chronicle; …`.
    pub fn canonical(&self) -> String {
        let parts: Vec<String> = self
            .settings
            .iter()
            .map(|setting| format!("{}={}", setting.decision().name(), setting.option()))
            .collect();
        parts.join("; ")
    }

    /// A hash of the claim's test and the choices, the same in every run.
    pub fn hash(&self, test: &str) -> String {
        let digest = Sha256::new().chain_update(test).chain_update([0]).chain_update(self.canonical());
        let bytes = digest.finalize();
        let number = bytes.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        format!("{number:016x}")
    }
}
