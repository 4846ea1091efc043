//! Facts that a test asks for.

use suasion_actors::{MembershipRole, OrganisationId};
use suasion_archive::problem::nearest;

use super::raw::RawTest;
use super::{Known, Wrong, needed, pair_of, period, state_of, wrong};
use crate::claim::{Fact, FactKind};
use crate::selector::Selector;

impl Known<'_> {
    pub(super) fn fact(&self, raw: &RawTest) -> Result<Fact, Wrong> {
        let what = if let Some(state) = &raw.member {
            self.membership(raw, state)?
        } else if let Some(pair) = &raw.treaty {
            let (state, with) = pair_of(pair)?;
            let obligation = raw.obligation.as_deref().unwrap_or("none").parse().map_err(wrong)?;
            FactKind::Treaty { state, with, obligation, role: raw.role.clone() }
        } else if let Some(pair) = &raw.base {
            let (owner, host) = pair_of(pair)?;
            FactKind::Base { host, owner }
        } else {
            let of = raw.of.as_deref().unwrap_or("power>region");
            FactKind::Act {
                of: Selector::read(of, self.actors).map_err(wrong)?,
                instrument: raw.instrument.as_deref().map(str::parse).transpose().map_err(wrong)?,
                cameo: raw.cameo.clone(),
                id: raw.act.clone(),
                at_least: raw.at_least.unwrap_or(1),
            }
        };
        let during = raw.during.as_deref().map_or(Ok(*self.period), period)?;
        Ok(Fact { what, during, holds: raw.holds })
    }

    fn membership(&self, raw: &RawTest, state: &str) -> Result<FactKind, Wrong> {
        let organisation = needed(raw.organisation.as_deref(), "organisation", "fact")?;
        let id = OrganisationId::new(organisation).filter(|id| self.organisations.get(id).is_some());
        let role: Option<MembershipRole> = raw.role.as_deref().map(str::parse).transpose().map_err(wrong)?;
        Ok(FactKind::Membership {
            state: state_of(state)?,
            organisation: id.ok_or_else(|| {
                let near = nearest(organisation, self.organisations.iter().map(|known| known.id.as_str()));
                (
                    format!("`{organisation}` is not an organisation"),
                    near.map(|near| format!("did you mean `{near}`?")),
                )
            })?,
            role,
        })
    }
}
