//! Organisations: what they are, when they existed, who leads them, what members owe each other.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::spell::Spell;
use crate::state::StateId;

/// An organisation's identity: capitals, digits and underscores, such as `CSTO`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrganisationId(String);

impl OrganisationId {
    /// An identity from its text; `None` for other characters or fewer than two of them.
    pub fn new(text: &str) -> Option<Self> {
        let allowed = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
        (text.len() >= 2 && text.bytes().all(allowed)).then(|| Self(text.to_owned()))
    }

    /// The identity as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OrganisationId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

/// What a treaty obliges its parties to, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Obligation {
    /// Nothing of a military kind.
    None,
    /// To consult in a crisis.
    Consultation,
    /// Neutrality, or not to attack each other.
    NeutralityOrNonaggression,
    /// To defend each other.
    Defence,
}

impl Obligation {
    /// Depth on the usual scale (METHODS 1.1): 0 none, 1 consultation, 2 neutrality or
    /// non-aggression, 3 defence.
    pub fn depth(self) -> u8 {
        self as u8
    }

    /// The obligation in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Consultation => "consultation",
            Self::NeutralityOrNonaggression => "neutrality or non-aggression",
            Self::Defence => "defence",
        }
    }
}

impl FromStr for Obligation {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "none" | "" => Ok(Self::None),
            "consultation" => Ok(Self::Consultation),
            "neutrality" | "nonaggression" => Ok(Self::NeutralityOrNonaggression),
            "defence" => Ok(Self::Defence),
            _ => Err(format!("`{text}` is not an obligation")),
        }
    }
}

/// What sort of organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OrganisationKind {
    /// States together.
    Intergovernmental,
    /// States that share a market: a customs or economic union.
    EconomicUnion,
    /// A power's own institution.
    Institution,
}

impl OrganisationKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Intergovernmental, Self::EconomicUnion, Self::Institution];

    /// The kind's name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Intergovernmental => "organisation",
            Self::EconomicUnion => "economic_union",
            Self::Institution => "institution",
        }
    }
}

impl FromStr for OrganisationKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or_else(|| "write organisation, economic_union or institution".to_owned())
    }
}

/// An intergovernmental organisation, or a power's own institution.
#[derive(Debug, Clone)]
pub struct Organisation {
    /// Identity.
    pub id: OrganisationId,
    /// Full name.
    pub name: String,
    /// What sort it is.
    pub kind: OrganisationKind,
    /// When it existed.
    pub spell: Spell,
    /// The power that leads it, where the literature names one.
    pub leader: Option<StateId>,
    /// The strongest obligation that members have toward each other.
    pub obligation: Obligation,
    /// One sentence on what it is.
    pub description: String,
    /// Citation key.
    pub citation: String,
    /// Where the source stands, if on the web.
    pub url: String,
}

/// Organisations by identity.
#[derive(Debug, Clone, Default)]
pub struct Organisations(BTreeMap<OrganisationId, Organisation>);

impl Organisations {
    /// An organisation by identity.
    pub fn get(&self, id: &OrganisationId) -> Option<&Organisation> {
        self.0.get(id)
    }

    /// Adds an organisation; gives back the one that already bore the identity.
    pub fn insert(&mut self, organisation: Organisation) -> Option<Organisation> {
        self.0.insert(organisation.id.clone(), organisation)
    }

    /// All organisations, by identity.
    pub fn iter(&self) -> impl Iterator<Item = &Organisation> {
        self.0.values()
    }

    /// The organisation's name, or its identity if it is not in the table.
    pub fn name(&self, id: &OrganisationId) -> String {
        self.get(id).map_or_else(|| id.to_string(), |found| found.name.clone())
    }
}
