//! The file of claims as it is written.

use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFile {
    #[serde(default)]
    pub(super) claim: Vec<RawClaim>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawClaim {
    pub(super) id: Spanned<String>,
    pub(super) says: String,
    #[serde(default)]
    pub(super) by: Vec<RawSource>,
    #[serde(default)]
    pub(super) pass: Option<String>,
    #[serde(default)]
    pub(super) expect: Option<String>,
    #[serde(default)]
    pub(super) group: String,
    #[serde(default)]
    pub(super) note: String,
    pub(super) test: Vec<Spanned<RawTest>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSource {
    pub(super) key: String,
    #[serde(default)]
    pub(super) place: String,
}

/// All keys that a test may have; which of them count depends on its kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTest {
    pub(super) kind: String,
    // Measures.
    pub(super) measure: Option<String>,
    pub(super) measures: Option<Vec<String>>,
    pub(super) concept: Option<String>,
    pub(super) other_measure: Option<String>,
    pub(super) with: Option<String>,
    pub(super) with_measure: Option<String>,
    pub(super) to: Option<String>,
    pub(super) to_measures: Option<Vec<String>>,
    pub(super) near: Option<String>,
    pub(super) margin: Option<u8>,
    pub(super) of: Option<String>,
    pub(super) window: Option<String>,
    pub(super) step: Option<String>,
    pub(super) above: Option<String>,
    pub(super) below: Option<String>,
    pub(super) above_number: Option<f64>,
    pub(super) below_number: Option<f64>,
    pub(super) higher: Option<Vec<String>>,
    pub(super) lower: Option<Vec<String>>,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    pub(super) within: Option<String>,
    pub(super) direction: Option<String>,
    // Facts.
    pub(super) member: Option<String>,
    pub(super) organisation: Option<String>,
    pub(super) role: Option<String>,
    pub(super) treaty: Option<String>,
    pub(super) obligation: Option<String>,
    pub(super) base: Option<String>,
    pub(super) act: Option<String>,
    pub(super) instrument: Option<String>,
    pub(super) cameo: Option<String>,
    pub(super) at_least: Option<usize>,
    pub(super) during: Option<String>,
    #[serde(default = "yes")]
    pub(super) holds: bool,
    // Others.
    pub(super) diagnosis: Option<String>,
    pub(super) periodisation: Option<String>,
    pub(super) reason: Option<String>,
}

fn yes() -> bool {
    true
}
