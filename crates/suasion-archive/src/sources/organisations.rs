//! Organisations: what they are, when they existed, who leads them.
//!
//! Columns: `id,name,kind,begin,end,leader,obligation,description,citation,url`.

use suasion_actors::{Obligation, Organisation, OrganisationId, OrganisationKind, Spell, StateId};

use super::table::{self, Fields, Parsed};
use crate::problem::Problem;
use crate::quarantine::Refusal;

const REQUIRED: [&str; 10] =
    ["id", "name", "kind", "begin", "end", "leader", "obligation", "description", "citation", "url"];

/// Reads a table of organisations.
pub fn read(file: &str, bytes: &[u8]) -> Result<Parsed<Organisation>, Problem> {
    table::read(file, bytes, &REQUIRED, &[], |fields| Ok(vec![row(fields)?]))
}

fn row(fields: &Fields<'_>) -> Result<Organisation, Refusal> {
    let id = fields.required("id")?;
    let begin = fields.date("begin")?.earliest();
    let end = fields.optional_date("end")?.map(suasion_actors::FactDate::latest);
    let leader = match fields.text("leader") {
        "" => None,
        text => Some(StateId::new(text).ok_or_else(|| Refusal::new("leader", text, "not a state"))?),
    };
    Ok(Organisation {
        id: OrganisationId::new(id).ok_or_else(|| {
            Refusal::new("id", id, format!("`{id}` is not an organisation's identity"))
                .hint("use capitals, digits and underscores")
        })?,
        name: fields.required("name")?.to_owned(),
        spell: Spell::new(begin, end).ok_or_else(|| {
            Refusal::new("end", fields.text("end"), "the organisation ends before it begins")
        })?,
        kind: fields.listed::<OrganisationKind>("kind")?,
        leader,
        obligation: fields.listed::<Obligation>("obligation")?,
        description: fields.required("description")?.to_owned(),
        citation: fields.required("citation")?.to_owned(),
        url: fields.text("url").to_owned(),
    })
}
