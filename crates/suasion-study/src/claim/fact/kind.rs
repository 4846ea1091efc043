//! What a fact may be.

use suasion_actors::{MembershipRole, Obligation, OrganisationId, Period, StateId};
use suasion_archive::ontology::Instrument;

use crate::selector::Selector;

/// Something that was so, or was not.
#[derive(Debug, Clone)]
pub struct Fact {
    /// What.
    pub what: FactKind,
    /// When.
    pub during: Period,
    /// Whether the claim says that it was so.
    pub holds: bool,
}

/// Kinds of facts.
#[derive(Debug, Clone)]
pub enum FactKind {
    /// A state had a standing in an organisation on some day of the period.
    Membership {
        /// The state.
        state: StateId,
        /// The organisation.
        organisation: OrganisationId,
        /// The standing; any if none is named.
        role: Option<MembershipRole>,
    },
    /// Two states had a treaty at least this deep, or one with this role, on some day of the period.
    Treaty {
        /// One party.
        state: StateId,
        /// The other party.
        with: StateId,
        /// The least depth.
        obligation: Obligation,
        /// A role that the treaty must have, such as `strategic_partnership`.
        role: Option<String>,
    },
    /// A power had a base in a state on some day of the period.
    Base {
        /// On whose soil.
        host: StateId,
        /// Whose base.
        owner: StateId,
    },
    /// Acts of a kind happened in the period.
    Act {
        /// Between whom.
        of: Selector,
        /// By which instrument; any if none is named.
        instrument: Option<Instrument>,
        /// Beginning of the CAMEO code; any if none is named.
        cameo: Option<String>,
        /// One act by its identity, whatever the other conditions.
        id: Option<String>,
        /// Fewest acts.
        at_least: usize,
    },
}
