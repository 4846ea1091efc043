//! Ties: memberships, treaty obligations and bases, as spells.

use serde::{Deserialize, Serialize};
use suasion_actors::{FactDate, MembershipRole, Obligation, OrganisationId, Spell, StateId};

use super::Family;
use super::event::Sources;
use super::record::{Record, parse, parse_optional, state};

/// What binds a state, and to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TieKind {
    /// Belonging to an organisation.
    Membership {
        /// The organisation.
        organisation: OrganisationId,
        /// In what capacity.
        role: MembershipRole,
    },
    /// A bilateral treaty.
    Treaty {
        /// The other party.
        counterpart: StateId,
        /// What the treaty says, in the words of the table: `defence`, `consultation`,
        /// `strategic_partnership`, …
        roles: Vec<String>,
    },
    /// Belonging to an alliance, with the obligations that it brings.
    Alliance {
        /// The alliance, by the source's own number.
        alliance: OrganisationId,
        /// What it says, as for a treaty.
        roles: Vec<String>,
    },
    /// Standing in the system of states.
    Standing {
        /// `state` or `major_power`.
        role: String,
    },
    /// A common border, on land or across water.
    Contiguity {
        /// The neighbour.
        neighbour: StateId,
        /// `land_or_river`, or how wide the water is.
        by: String,
    },
    /// A foreign base on the state's soil.
    Base {
        /// Whose base it is.
        owner: StateId,
    },
}

/// One spell of a tie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// The source's name in the archive.
    pub source_name: String,
    /// Line of the source file, from 1.
    pub line: u64,
    /// The state that is bound: member, party or host.
    pub state: StateId,
    /// What binds it.
    pub kind: TieKind,
    /// When it was signed, if known apart.
    pub signed: Option<FactDate>,
    /// When it took effect; where that is not known, when it was signed.
    pub begin: FactDate,
    /// When it ended; none if it has not.
    pub end: Option<FactDate>,
    /// One sentence.
    pub description: String,
    /// Where it is written.
    pub sources: Sources,
}

impl Tie {
    /// The days of the spell: from the latest day that its beginning can mean to the earliest
    /// that its end can mean is certain; the spell given is the widest.
    pub fn spell(&self) -> Spell {
        let begin = self.begin.earliest();
        let end = self.end.map(|end| end.latest().max(begin));
        Spell { begin, end }
    }

    /// The deepest obligation of a treaty; none for other ties.
    pub fn obligation(&self) -> Obligation {
        let TieKind::Treaty { roles, .. } = &self.kind else {
            return Obligation::None;
        };
        roles.iter().filter_map(|role| role.parse().ok()).max().unwrap_or(Obligation::None)
    }
}

/// The flat record of a [`Tie`].
#[derive(Debug, Serialize, Deserialize)]
pub struct TieRecord {
    source_name: String,
    line: u64,
    kind: String,
    state: String,
    counterpart: String,
    role: String,
    signed: Option<String>,
    begin: String,
    end: Option<String>,
    begin_day: Option<String>,
    end_day: Option<String>,
    description: String,
    citation: String,
    url: String,
    second_citation: Option<String>,
    second_url: Option<String>,
}

impl Record for TieRecord {
    type Row = Tie;
    const FAMILY: Family = Family::Tie;
    const DAYS: &'static [&'static str] = &["begin_day", "end_day"];

    fn from_row(row: &Tie) -> Self {
        let (kind, counterpart, role) = match &row.kind {
            TieKind::Membership { organisation, role } => {
                ("membership", organisation.to_string(), role.to_string())
            }
            TieKind::Treaty { counterpart, roles } => ("treaty", counterpart.to_string(), roles.join(";")),
            TieKind::Alliance { alliance, roles } => ("alliance", alliance.to_string(), roles.join(";")),
            TieKind::Standing { role } => ("standing", SYSTEM.to_owned(), role.clone()),
            TieKind::Contiguity { neighbour, by } => ("contiguity", neighbour.to_string(), by.clone()),
            TieKind::Base { owner } => ("base", owner.to_string(), "base".to_owned()),
        };
        let (second_citation, second_url) = row.sources.second_columns();
        let spell = row.spell();
        Self {
            source_name: row.source_name.clone(),
            line: row.line,
            kind: kind.to_owned(),
            state: row.state.to_string(),
            counterpart,
            role,
            signed: row.signed.map(|date| date.to_string()),
            begin: row.begin.to_string(),
            end: row.end.map(|date| date.to_string()),
            begin_day: Some(spell.begin.to_string()),
            end_day: spell.end.map(|day| day.to_string()),
            description: row.description.clone(),
            citation: row.sources.first.0.clone(),
            url: row.sources.first.1.clone(),
            second_citation,
            second_url,
        }
    }

    fn into_row(self) -> Result<Tie, String> {
        Ok(Tie {
            kind: TieKind::from_columns(&self.kind, &self.counterpart, &self.role)?,
            state: state("state", &self.state)?,
            signed: parse_optional("signed", self.signed)?,
            begin: parse("begin", &self.begin)?,
            end: parse_optional("end", self.end)?,
            sources: Sources::from_columns(
                (self.citation, self.url),
                (self.second_citation, self.second_url),
            ),
            source_name: self.source_name,
            line: self.line,
            description: self.description,
        })
    }
}

/// What a standing in the system of states is written to.
const SYSTEM: &str = "WLD";

fn listed(roles: &str) -> Vec<String> {
    roles.split(';').filter(|role| !role.is_empty()).map(str::to_owned).collect()
}

impl TieKind {
    /// The kind from the table's three columns, or which of them is wrong.
    pub fn from_columns(kind: &str, counterpart: &str, role: &str) -> Result<Self, String> {
        match kind {
            "membership" => Ok(Self::Membership {
                organisation: OrganisationId::new(counterpart)
                    .ok_or_else(|| format!("counterpart `{counterpart}`"))?,
                role: parse("role", role)?,
            }),
            "treaty" => {
                Ok(Self::Treaty { counterpart: state("counterpart", counterpart)?, roles: listed(role) })
            }
            "alliance" => Ok(Self::Alliance {
                alliance: OrganisationId::new(counterpart)
                    .ok_or_else(|| format!("counterpart `{counterpart}`"))?,
                roles: listed(role),
            }),
            "standing" => Ok(Self::Standing { role: role.to_owned() }),
            "contiguity" => {
                Ok(Self::Contiguity { neighbour: state("counterpart", counterpart)?, by: role.to_owned() })
            }
            "base" => Ok(Self::Base { owner: state("counterpart", counterpart)? }),
            _ => Err(format!("kind `{kind}`")),
        }
    }
}
