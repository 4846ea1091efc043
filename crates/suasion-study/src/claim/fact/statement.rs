//! Facts in words.

use suasion_actors::{Crosswalk, MembershipRole, Obligation, StateId};
use suasion_archive::schema::Tie;

use super::{Evidence, Fact, FactKind, when};

/// The name of a state.
pub(super) fn name(state: StateId) -> String {
    Crosswalk::built_in().name(state)
}

/// When a tie stood, and what it is.
pub(super) fn spelled(tie: &Tie) -> String {
    let until = tie.end.map_or_else(|| "with no end on record".to_owned(), |end| format!("until {end}"));
    format!("from {} {until}. {}", tie.begin, tie.description).trim_end().to_owned()
}

/// The fact in a sentence without its full stop, as it was found or as it was not.
pub(super) fn statement(what: &FactKind, evidence: &Evidence<'_>, found: bool, fact: &Fact) -> String {
    let not = if found { "" } else { "not " };
    let time = when(&fact.during);
    match what {
        FactKind::Membership { state, organisation, role } => {
            let organisation = evidence.inputs.organisations.name(organisation);
            let state = name(*state);
            match role {
                None if found => format!("{state} had a standing in {organisation} {time}"),
                None => format!("{state} had no standing in {organisation} {time}"),
                Some(MembershipRole::Suspended) => {
                    format!("{state}'s membership of {organisation} was {not}suspended {time}")
                }
                Some(role) => format!("{state} was {not}a {role} of {organisation} {time}"),
            }
        }
        FactKind::Treaty { state, with, obligation, role } => {
            let pair = format!("{} and {}", name(*state), name(*with));
            match (role, obligation) {
                (Some(role), _) => format!(
                    "{pair} were {not}bound by a treaty of the kind {} {time}",
                    role.replace('_', " ")
                ),
                (None, Obligation::None) => format!("{pair} were {not}bound by a treaty {time}"),
                (None, obligation) => {
                    format!("{pair} were {not}bound by an obligation of {} {time}", obligation.name())
                }
            }
        }
        FactKind::Base { host, owner } => {
            let had = if found { "had a base" } else { "had no base" };
            format!("{} {had} in {} {time}", name(*owner), name(*host))
        }
        FactKind::Act { .. } => String::new(),
    }
}
