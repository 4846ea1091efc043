//! The instruments of policy: a closed list in four groups.

use std::fmt;
use std::str::FromStr;

use crate::problem::nearest_or_all;

/// The means of policy that an act uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Instrument {
    /// Bases, guarantees, exercises, arms, deployments, military education.
    Military,
    /// Threats, bans, embargoes, cut-offs, expulsions, force.
    Coercion,
    /// Trade accords, tariffs, quotas, customs union steps.
    Trade,
    /// Gas, oil, power, uranium: prices, volumes, pipelines, plants.
    Energy,
    /// Loans, grants, debt relief, investment funds.
    Finance,
    /// Visits, talks, statements, mediation.
    Diplomacy,
    /// Treaties, accessions, withdrawals, summits of organisations.
    Organisation,
    /// Access to the labour market, migrant regimes, remittances.
    LabourMigration,
    /// Status, schools, teachers, media in the language.
    Language,
    /// Universities, scholarships, quotas.
    Education,
    /// Religion, media, heritage, compatriots, foundations, shared memory.
    Culture,
    /// Relief, health, vaccines.
    Humanitarian,
}

/// The four groups of instruments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum InstrumentGroup {
    /// Military and coercion.
    Hard,
    /// Trade, energy, finance.
    Economic,
    /// Diplomacy and organisations.
    Institutional,
    /// Labour migration, language, education, culture, humanitarian.
    Soft,
}

impl InstrumentGroup {
    /// All groups, from hard to soft.
    pub const ALL: [Self; 4] = [Self::Hard, Self::Economic, Self::Institutional, Self::Soft];

    /// The group's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hard => "hard",
            Self::Economic => "economic",
            Self::Institutional => "institutional",
            Self::Soft => "soft",
        }
    }
}

impl Instrument {
    /// All instruments, from hard to soft.
    pub const ALL: [Self; 12] = [
        Self::Military,
        Self::Coercion,
        Self::Trade,
        Self::Energy,
        Self::Finance,
        Self::Diplomacy,
        Self::Organisation,
        Self::LabourMigration,
        Self::Language,
        Self::Education,
        Self::Culture,
        Self::Humanitarian,
    ];

    /// The article's four elements of soft power, which count energy among them.
    pub const FOUR_ELEMENTS: [Self; 4] = [Self::LabourMigration, Self::Language, Self::Culture, Self::Energy];

    /// The instrument's name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Military => "military",
            Self::Coercion => "coercion",
            Self::Trade => "trade",
            Self::Energy => "energy",
            Self::Finance => "finance",
            Self::Diplomacy => "diplomacy",
            Self::Organisation => "organisation",
            Self::LabourMigration => "labour_migration",
            Self::Language => "language",
            Self::Education => "education",
            Self::Culture => "culture",
            Self::Humanitarian => "humanitarian",
        }
    }

    /// The instrument in words for a reader.
    pub fn label(self) -> &'static str {
        match self {
            Self::LabourMigration => "labour migration",
            Self::Humanitarian => "humanitarian aid",
            other => other.name(),
        }
    }

    /// The group that the instrument belongs to.
    pub fn group(self) -> InstrumentGroup {
        match self {
            Self::Military | Self::Coercion => InstrumentGroup::Hard,
            Self::Trade | Self::Energy | Self::Finance => InstrumentGroup::Economic,
            Self::Diplomacy | Self::Organisation => InstrumentGroup::Institutional,
            Self::LabourMigration | Self::Language | Self::Education | Self::Culture | Self::Humanitarian => {
                InstrumentGroup::Soft
            }
        }
    }
}

impl fmt::Display for Instrument {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Instrument {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|instrument| instrument.name() == text)
            .ok_or_else(|| nearest_or_all(text, "instruments", &Self::ALL.map(Self::name)))
    }
}
