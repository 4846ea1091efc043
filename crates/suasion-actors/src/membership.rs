//! In what capacity a state belongs to an organisation.

use std::fmt;
use std::str::FromStr;

/// A state's standing in an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MembershipRole {
    /// Full member.
    Member,
    /// Associate member.
    Associate,
    /// Observer.
    Observer,
    /// Dialogue or programme partner.
    Partner,
    /// Member on paper whose participation is suspended.
    Suspended,
}

impl MembershipRole {
    /// All roles.
    pub const ALL: [Self; 5] =
        [Self::Member, Self::Associate, Self::Observer, Self::Partner, Self::Suspended];

    /// The role's name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Associate => "associate",
            Self::Observer => "observer",
            Self::Partner => "partner",
            Self::Suspended => "suspended",
        }
    }

    /// Whether the state takes part as a full member.
    pub fn is_full(self) -> bool {
        self == Self::Member
    }
}

impl fmt::Display for MembershipRole {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for MembershipRole {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|role| role.name() == text)
            .ok_or_else(|| format!("`{text}` is not a membership role"))
    }
}
