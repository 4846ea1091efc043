//! The systems under which states are coded, and why a code may fail to name a state.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use crate::state::StateId;

/// A system of country codes or names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CodeScheme {
    /// Correlates of War number, such as 365.
    CowNumber,
    /// Correlates of War abbreviation, such as KZK.
    CowAbbreviation,
    /// Gleditsch–Ward number.
    GwNumber,
    /// Gleditsch–Ward abbreviation.
    GwAbbreviation,
    /// ISO 3166-1 alpha-3.
    IsoAlpha3,
    /// ISO 3166-1 alpha-2.
    IsoAlpha2,
    /// ISO 3166-1 numeric, three digits.
    IsoNumeric,
    /// CAMEO actor country code, as in GDELT.
    Cameo,
    /// FIPS 10-4.
    Fips,
    /// Country name as ICEWS writes it.
    IcewsName,
    /// Country name as the United Nations voting data write it.
    UnName,
    /// Country code of the United Nations voting data.
    UnCode,
    /// English short name.
    ShortName,
    /// A further English name.
    Alias,
}

impl CodeScheme {
    /// All schemes, in the order of the documentation.
    pub const ALL: [Self; 14] = [
        Self::CowNumber,
        Self::CowAbbreviation,
        Self::GwNumber,
        Self::GwAbbreviation,
        Self::IsoAlpha3,
        Self::IsoAlpha2,
        Self::IsoNumeric,
        Self::Cameo,
        Self::Fips,
        Self::IcewsName,
        Self::UnName,
        Self::UnCode,
        Self::ShortName,
        Self::Alias,
    ];

    /// The scheme's name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::CowNumber => "cow_number",
            Self::CowAbbreviation => "cow_abbreviation",
            Self::GwNumber => "gw_number",
            Self::GwAbbreviation => "gw_abbreviation",
            Self::IsoAlpha3 => "iso_alpha3",
            Self::IsoAlpha2 => "iso_alpha2",
            Self::IsoNumeric => "iso_numeric",
            Self::Cameo => "cameo",
            Self::Fips => "fips_10_4",
            Self::IcewsName => "icews_name",
            Self::UnName => "un_name",
            Self::UnCode => "un_code",
            Self::ShortName => "short_name",
            Self::Alias => "alias",
        }
    }
}

impl fmt::Display for CodeScheme {
    /// The scheme in words, for messages.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::CowNumber => "Correlates of War number",
            Self::CowAbbreviation => "Correlates of War abbreviation",
            Self::GwNumber => "Gleditsch–Ward number",
            Self::GwAbbreviation => "Gleditsch–Ward abbreviation",
            Self::IsoAlpha3 => "ISO 3166-1 alpha-3 code",
            Self::IsoAlpha2 => "ISO 3166-1 alpha-2 code",
            Self::IsoNumeric => "ISO 3166-1 numeric code",
            Self::Cameo => "CAMEO code",
            Self::Fips => "FIPS 10-4 code",
            Self::IcewsName => "ICEWS name",
            Self::UnName => "name in the UN votes",
            Self::UnCode => "code in the UN votes",
            Self::ShortName => "short name",
            Self::Alias => "name",
        })
    }
}

impl FromStr for CodeScheme {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|scheme| scheme.name() == text)
            .ok_or_else(|| format!("`{text}` is not a code scheme"))
    }
}

/// Why a code does not name a state, or a state has no code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// The scheme never used this code.
    #[error("`{code}` is not the {scheme} of any state")]
    Unknown {
        /// The scheme asked.
        scheme: CodeScheme,
        /// The code as it stood.
        code: String,
        /// The nearest code of the scheme, for a hint.
        nearest: Option<String>,
    },
    /// The scheme uses the code for something that is not a state.
    #[error("{scheme} `{code}` is not a state: {reason}")]
    NotAState {
        /// The scheme asked.
        scheme: CodeScheme,
        /// The code as it stood.
        code: String,
        /// What it is instead.
        reason: String,
    },
    /// The scheme used this code at other times.
    #[error("{scheme} `{code}` named no state on {date}; it was used {used}")]
    NotThen {
        /// The scheme asked.
        scheme: CodeScheme,
        /// The code as it stood.
        code: String,
        /// The day asked.
        date: Date,
        /// When, and for which state, the code was used.
        used: String,
    },
    /// The state has no code in this scheme on this day.
    #[error("{state} has no {scheme} on {date}")]
    NoCode {
        /// The scheme asked.
        scheme: CodeScheme,
        /// The state asked.
        state: StateId,
        /// The day asked.
        date: Date,
    },
}

impl CodeError {
    /// What the user might have meant.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Unknown { nearest, .. } => nearest.as_ref().map(|near| format!("did you mean `{near}`?")),
            Self::NotThen { .. } => Some("codes change with time: check the date".to_owned()),
            Self::NoCode { .. } | Self::NotAState { .. } => None,
        }
    }
}
