//! CAMEO event codes (Schrodt & Yilmaz, CAMEO 1.1b3) with Goldstein's scores.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::problem::nearest;

/// The four classes of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuadClass {
    /// Roots 01 to 05.
    VerbalCooperation = 1,
    /// Roots 06 to 08.
    MaterialCooperation = 2,
    /// Roots 09 to 13.
    VerbalConflict = 3,
    /// Roots 14 to 20.
    MaterialConflict = 4,
}

impl QuadClass {
    /// Whether the class is one of the two cooperative ones.
    pub fn is_cooperative(self) -> bool {
        self <= Self::MaterialCooperation
    }
}

/// A code of the CAMEO list, as text with its leading zero: `010` is not `10`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CameoCode(&'static str);

#[derive(Debug, Deserialize)]
struct CodeRow {
    code: String,
    name: String,
    goldstein_gdelt: f64,
}

fn table() -> &'static BTreeMap<String, CodeRow> {
    static TABLE: LazyLock<BTreeMap<String, CodeRow>> = LazyLock::new(|| {
        csv::Reader::from_reader(include_str!("../../data/cameo.csv").as_bytes())
            .into_deserialize::<CodeRow>()
            .filter_map(Result::ok)
            .map(|row| (row.code.clone(), row))
            .collect()
    });
    &TABLE
}

impl CameoCode {
    /// All codes, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        table().keys().map(|code| Self(code.as_str()))
    }

    /// The code as text.
    pub fn as_str(&self) -> &'static str {
        self.0
    }

    /// What the code means.
    pub fn name(&self) -> &'static str {
        table().get(self.0).map_or("", |row| row.name.as_str())
    }

    /// The root category, 1 to 20.
    pub fn root(&self) -> u8 {
        self.0[..2].parse().unwrap_or(0)
    }

    /// The quad class, by root.
    pub fn quad_class(&self) -> QuadClass {
        match self.root() {
            ..=5 => QuadClass::VerbalCooperation,
            6..=8 => QuadClass::MaterialCooperation,
            9..=13 => QuadClass::VerbalConflict,
            _ => QuadClass::MaterialConflict,
        }
    }

    /// Goldstein's score of the code, −10 to 10, with the values that GDELT publishes.
    pub fn goldstein(&self) -> f64 {
        table().get(self.0).map_or(0.0, |row| row.goldstein_gdelt)
    }
}

impl fmt::Display for CameoCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

impl fmt::Debug for CameoCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

impl FromStr for CameoCode {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        table().get_key_value(text).map(|(code, _)| Self(code.as_str())).ok_or_else(|| {
            let near = nearest(text, table().keys().map(String::as_str));
            near.map_or_else(
                || "codes have two to four digits with their leading zero, such as 057".to_owned(),
                |near| format!("did you mean `{near}`?"),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_keep_their_leading_zero() {
        let statement: CameoCode = "010".parse().unwrap();
        let demand: CameoCode = "10".parse().unwrap();
        assert_eq!((statement.root(), demand.root()), (1, 10));
        assert_eq!(demand.goldstein(), -5.0);
        assert!("9999".parse::<CameoCode>().is_err());
    }

    #[test]
    fn table_is_whole() {
        assert_eq!(CameoCode::all().count(), 312);
        let roots: std::collections::BTreeSet<u8> = CameoCode::all().map(|code| code.root()).collect();
        assert_eq!(roots.into_iter().collect::<Vec<_>>(), (1..=20).collect::<Vec<u8>>());
        assert_eq!("057".parse::<CameoCode>().unwrap().goldstein(), 8.0);
        // The four codes on which GDELT and ICEWS differ carry GDELT's value here.
        for (code, value) in [("016", -2.0), ("022", 3.2), ("164", -7.0), ("165", -6.5)] {
            assert_eq!(code.parse::<CameoCode>().unwrap().goldstein(), value);
        }
    }
}
