//! PLOVER categories (Halterman and others, PLOVER draft 0.8), and CAMEO codes read as PLOVER.

use std::fmt;
use std::str::FromStr;

use super::{CameoCode, QuadClass};

/// A category of PLOVER.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PloverCategory {
    /// To agree or intend to cooperate.
    Agree,
    /// To consult.
    Consult,
    /// To support diplomatically.
    Support,
    /// To concede.
    Concede,
    /// To cooperate materially.
    Cooperate,
    /// To give aid.
    Aid,
    /// To retreat or release.
    Retreat,
    /// To request.
    Request,
    /// To accuse or investigate.
    Accuse,
    /// To reject.
    Reject,
    /// To threaten.
    Threaten,
    /// To protest.
    Protest,
    /// To sanction or reduce relations.
    Sanction,
    /// To mobilise.
    Mobilize,
    /// To coerce.
    Coerce,
    /// To assault.
    Assault,
}

impl PloverCategory {
    /// All categories, from agreement to assault.
    pub const ALL: [Self; 16] = [
        Self::Agree,
        Self::Consult,
        Self::Support,
        Self::Concede,
        Self::Cooperate,
        Self::Aid,
        Self::Retreat,
        Self::Request,
        Self::Accuse,
        Self::Reject,
        Self::Threaten,
        Self::Protest,
        Self::Sanction,
        Self::Mobilize,
        Self::Coerce,
        Self::Assault,
    ];

    /// The category as published.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agree => "AGREE",
            Self::Consult => "CONSULT",
            Self::Support => "SUPPORT",
            Self::Concede => "CONCEDE",
            Self::Cooperate => "COOPERATE",
            Self::Aid => "AID",
            Self::Retreat => "RETREAT",
            Self::Request => "REQUEST",
            Self::Accuse => "ACCUSE",
            Self::Reject => "REJECT",
            Self::Threaten => "THREATEN",
            Self::Protest => "PROTEST",
            Self::Sanction => "SANCTION",
            Self::Mobilize => "MOBILIZE",
            Self::Coerce => "COERCE",
            Self::Assault => "ASSAULT",
        }
    }

    /// The quad class. The manual contradicts itself on SANCTION; its chapter and its summary say
    /// material, which is followed here.
    pub fn quad_class(self) -> QuadClass {
        match self {
            Self::Agree | Self::Consult | Self::Support | Self::Concede => QuadClass::VerbalCooperation,
            Self::Cooperate | Self::Aid | Self::Retreat => QuadClass::MaterialCooperation,
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => QuadClass::VerbalConflict,
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => {
                QuadClass::MaterialConflict
            }
        }
    }

    /// The category's score on PLOVER's own scale, −10 to 10. The manual prints 3 for ACCUSE, whose
    /// modes are all negative; −3 is meant.
    pub fn score(self) -> f64 {
        match self {
            Self::Agree | Self::Consult => 2.5,
            Self::Support => 5.0,
            Self::Concede => 4.5,
            Self::Cooperate => 9.5,
            Self::Aid => 10.0,
            Self::Retreat => 6.5,
            Self::Request => 0.0,
            Self::Accuse => -3.0,
            Self::Reject => -2.0,
            Self::Threaten => -3.5,
            Self::Protest => -5.0,
            Self::Sanction => -6.0,
            Self::Mobilize => -5.5,
            Self::Coerce => -7.0,
            Self::Assault => -9.0,
        }
    }

    /// The category that a CAMEO code reads as (`CAMEO2PLOVER-2021`); none for roots 01 and 02.
    pub fn of_cameo(code: CameoCode) -> Option<Self> {
        let text = code.as_str();
        let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| text.starts_with(prefix));
        Some(match code.root() {
            3 => Self::Agree,
            4 => Self::Consult,
            5 => Self::Support,
            6 => Self::Cooperate,
            7 => Self::Aid,
            8 if starts(&["084", "085", "086", "087", "0813", "0814"]) => Self::Retreat,
            8 => Self::Concede,
            9 | 11 => Self::Accuse,
            10 => Self::Request,
            12 => Self::Reject,
            13 => Self::Threaten,
            14 => Self::Protest,
            15 => Self::Mobilize,
            16 if starts(&["163"]) => Self::Coerce,
            16 => Self::Sanction,
            17 if starts(&["1712", "175"]) => Self::Assault,
            17 => Self::Coerce,
            19 if starts(&["191", "192"]) => Self::Coerce,
            18..=20 => Self::Assault,
            _ => return None,
        })
    }
}

impl fmt::Display for PloverCategory {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for PloverCategory {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|category| category.as_str() == text)
            .ok_or_else(|| format!("one of {}", Self::ALL.map(Self::as_str).join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cameo_reads_as_plover_by_the_table() {
        let cases = [
            ("010", None),
            ("023", None),
            ("036", Some(PloverCategory::Agree)),
            ("081", Some(PloverCategory::Concede)),
            ("0841", Some(PloverCategory::Retreat)),
            ("0813", Some(PloverCategory::Retreat)),
            ("090", Some(PloverCategory::Accuse)),
            ("163", Some(PloverCategory::Coerce)),
            ("164", Some(PloverCategory::Sanction)),
            ("175", Some(PloverCategory::Assault)),
            ("174", Some(PloverCategory::Coerce)),
            ("191", Some(PloverCategory::Coerce)),
            ("190", Some(PloverCategory::Assault)),
        ];
        for (code, expected) in cases {
            let code: CameoCode = code.parse().unwrap();
            assert_eq!(PloverCategory::of_cameo(code), expected, "{code}");
        }
    }

    #[test]
    fn conceding_changes_its_class_between_the_ontologies() {
        let yielding: CameoCode = "081".parse().unwrap();
        assert_eq!(yielding.quad_class(), QuadClass::MaterialCooperation);
        assert_eq!(PloverCategory::Concede.quad_class(), QuadClass::VerbalCooperation);
    }
}
