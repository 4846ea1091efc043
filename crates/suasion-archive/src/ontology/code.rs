//! The code of an event, in the ontology in which its source published it.

use std::fmt;

use super::{CameoCode, Instrument, PloverCategory, QuadClass};

/// What kind of act, as published. Scores of different ontologies must not enter one series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EventCode {
    /// A CAMEO code.
    Cameo(CameoCode),
    /// A PLOVER category.
    Plover(PloverCategory),
}

impl EventCode {
    /// The code as published.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Cameo(code) => code.as_str(),
            Self::Plover(category) => category.as_str(),
        }
    }

    /// Name of the ontology.
    pub fn ontology(self) -> &'static str {
        match self {
            Self::Cameo(_) => "cameo",
            Self::Plover(_) => "plover",
        }
    }

    /// The code of an ontology by name.
    pub fn parse(ontology: &str, text: &str) -> Result<Self, String> {
        match ontology {
            "cameo" => text.parse().map(Self::Cameo),
            "plover" => text.parse().map(Self::Plover),
            other => Err(format!("`{other}` is neither cameo nor plover")),
        }
    }

    /// The quad class, by the code's own ontology.
    pub fn quad_class(self) -> QuadClass {
        match self {
            Self::Cameo(code) => code.quad_class(),
            Self::Plover(category) => category.quad_class(),
        }
    }

    /// The score, on the scale of the code's own ontology.
    pub fn score(self) -> f64 {
        match self {
            Self::Cameo(code) => code.goldstein(),
            Self::Plover(category) => category.score(),
        }
    }

    /// The PLOVER category, mapped where the source published CAMEO.
    pub fn plover(self) -> Option<PloverCategory> {
        match self {
            Self::Cameo(code) => PloverCategory::of_cameo(code),
            Self::Plover(category) => Some(category),
        }
    }

    /// Whether the act is a visit or a meeting (CAMEO 042 to 044; PLOVER does not tell).
    pub fn is_visit(self) -> bool {
        matches!(self, Self::Cameo(code) if matches!(code.as_str(), "042" | "043" | "044"))
    }

    /// The means of policy that the code tells (METHODS 1.2). Codes know nothing of language,
    /// education, culture and labour; what they do not tell counts as diplomacy.
    pub fn instrument(self) -> Instrument {
        match self {
            Self::Cameo(code) => of_cameo(code),
            Self::Plover(category) => of_plover(category),
        }
    }
}

fn of_cameo(code: CameoCode) -> Instrument {
    let text = code.as_str();
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| text.starts_with(prefix));
    if starts(&["0233", "0333", "073"]) {
        Instrument::Humanitarian
    } else if starts(&["0212", "0232", "0312", "0332", "062", "064", "072", "074", "015", "15"])
        || (17..=20).contains(&code.root())
    {
        Instrument::Military
    } else if starts(&["0211", "0311", "061", "085", "163"]) {
        Instrument::Trade
    } else if starts(&["0231", "0331", "07", "162"]) {
        Instrument::Finance
    } else if starts(&["057"]) {
        Instrument::Organisation
    } else if code.root() == 13 {
        Instrument::Coercion
    } else {
        Instrument::Diplomacy
    }
}

fn of_plover(category: PloverCategory) -> Instrument {
    match category {
        PloverCategory::Mobilize | PloverCategory::Assault => Instrument::Military,
        PloverCategory::Threaten | PloverCategory::Coerce | PloverCategory::Sanction => Instrument::Coercion,
        PloverCategory::Aid => Instrument::Finance,
        _ => Instrument::Diplomacy,
    }
}

impl fmt::Display for EventCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
