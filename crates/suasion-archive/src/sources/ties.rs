//! Ties: memberships, bilateral treaties and bases as spells, one a row.
//!
//! Columns: `kind,state,counterpart,role,signed,begin,end,description,citation,url,
//! second_citation,second_url`. Where `begin` is empty, the signature counts.

use suasion_actors::{Organisations, Period};

use super::table::{self, Fields, Parsed, days_of};
use crate::problem::{Problem, nearest};
use crate::quarantine::Refusal;
use crate::schema::{Tie, TieKind};

const REQUIRED: [&str; 10] =
    ["kind", "state", "counterpart", "role", "signed", "begin", "end", "description", "citation", "url"];
const OPTIONAL: [&str; 2] = ["second_citation", "second_url"];

/// What a treaty row may say in `role`.
pub const TREATY_ROLES: [&str; 7] = [
    "defence",
    "neutrality",
    "nonaggression",
    "consultation",
    "strategic_partnership",
    "friendship",
    "alliance_declaration",
];

/// Whether a header is that of a table of ties.
pub fn recognises(header: &[&str]) -> bool {
    ["counterpart", "role", "begin", "end"].iter().all(|column| header.contains(column))
}

/// Reads a table of ties. `source_name` is the name under which studies call it; `known` are the
/// organisations that a membership may name.
pub fn read(
    source_name: &str,
    file: &str,
    bytes: &[u8],
    known: &Organisations,
) -> Result<Parsed<Tie>, Problem> {
    let mut earlier: Vec<Tie> = Vec::new();
    table::read(file, bytes, &REQUIRED, &OPTIONAL, |fields| {
        let tie = row(source_name, fields)?;
        check_organisation(&tie, known)?;
        refuse_overlap(&tie, &earlier)?;
        earlier.push(tie.clone());
        Ok(vec![tie])
    })
}

fn row(source_name: &str, fields: &Fields<'_>) -> Result<Tie, Refusal> {
    let signed = fields.optional_date("signed")?;
    let begin = match (fields.optional_date("begin")?, signed) {
        (Some(begin), _) => begin,
        (None, Some(signed)) => signed,
        (None, None) => return Err(Refusal::new("begin", "", "neither begin nor signature is given")),
    };
    let end = fields.optional_date("end")?;
    if let Some(end) = end.filter(|end| end.latest() < begin.earliest()) {
        let reason = format!("the tie ends on {end}, before it begins on {begin}");
        return Err(Refusal::new("end", fields.text("end"), reason));
    }
    let days = days_of(begin)?;
    Ok(Tie {
        source_name: source_name.to_owned(),
        line: fields.line,
        state: table::state("state", fields.required("state")?, &days)?,
        kind: kind(fields, &days)?,
        signed,
        begin,
        end,
        description: fields.required("description")?.to_owned(),
        sources: fields.sources()?,
    })
}

fn kind(fields: &Fields<'_>, days: &Period) -> Result<TieKind, Refusal> {
    let (kind, counterpart) = (fields.required("kind")?, fields.required("counterpart")?);
    let role = fields.required("role")?;
    let parsed = TieKind::from_columns(kind, counterpart, role).map_err(|wrong| {
        Refusal::new("kind", kind, format!("{wrong} is not known"))
            .hint("kinds are membership, treaty and base")
    })?;
    match &parsed {
        TieKind::Membership { .. } => {}
        TieKind::Alliance { .. } | TieKind::Standing { .. } | TieKind::Contiguity { .. } => {
            return Err(Refusal::new("kind", kind, format!("`{kind}` comes from published sources only"))
                .hint("kinds are membership, treaty and base"));
        }
        TieKind::Treaty { roles, .. } => {
            table::state("counterpart", counterpart, days)?;
            if let Some(unknown) = roles.iter().find(|role| !TREATY_ROLES.contains(&role.as_str())) {
                return Err(Refusal::new("role", unknown, format!("`{unknown}` is not a treaty role"))
                    .hint(format!("roles are {}", TREATY_ROLES.join(", "))));
            }
        }
        TieKind::Base { .. } => {
            table::state("counterpart", counterpart, days)?;
        }
    }
    Ok(parsed)
}

fn check_organisation(tie: &Tie, known: &Organisations) -> Result<(), Refusal> {
    match &tie.kind {
        TieKind::Membership { organisation, .. } if known.get(organisation).is_none() => {
            let reason = format!("`{organisation}` is not in the table of organisations");
            let refusal = Refusal::new("counterpart", organisation.as_str(), reason);
            let ids: Vec<&str> = known.iter().map(|known| known.id.as_str()).collect();
            Err(match nearest(organisation.as_str(), ids) {
                Some(near) => refusal.hint(format!("did you mean `{near}`?")),
                None => refusal.hint("add it to the file of organisations"),
            })
        }
        _ => Ok(()),
    }
}

/// A state has one standing in an organisation at a time.
fn refuse_overlap(tie: &Tie, earlier: &[Tie]) -> Result<(), Refusal> {
    let TieKind::Membership { organisation, .. } = &tie.kind else {
        return Ok(());
    };
    let clash = earlier.iter().find(|other| {
        let same = matches!(&other.kind, TieKind::Membership { organisation: of, .. } if of == organisation);
        same && other.state == tie.state && other.spell().meets(&tie.spell())
    });
    match clash {
        Some(other) => {
            let reason =
                format!("{} already has a standing in {organisation} then (line {})", tie.state, other.line);
            Err(Refusal::new("begin", &tie.begin.to_string(), reason))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use suasion_actors::Obligation;

    const HEADER: &str =
        "kind,state,counterpart,role,signed,begin,end,description,citation,url,second_citation,second_url";

    fn parse(rows: &[&str]) -> Parsed<Tie> {
        let text = [&[HEADER], rows].concat().join("\n");
        let organisations = "id,name,kind,begin,end,leader,obligation,description,citation,url\nCSTO,CSTO,organisation,2002,,RUS,defence,D,key,";
        let mut known = Organisations::default();
        for row in crate::sources::organisations::read("o.csv", organisations.as_bytes()).unwrap().rows {
            known.insert(row);
        }
        read("ties", "ties.csv", text.as_bytes(), &known).unwrap()
    }

    #[test]
    fn kinds_are_read() {
        let parsed = parse(&[
            "membership,UZB,CSTO,member,,2006-08-16,2012-12-18,Text.,key,,,",
            "membership,UZB,CSTO,suspended,,2012-12-19,,Text.,key,,,",
            "treaty,UZB,RUS,defence;alliance_declaration,2005-11-14,,,Text.,key,,,",
            "base,KGZ,RUS,base,,2003-10-23,,Text.,key,,,",
        ]);
        assert_eq!(parsed.rows.len(), 4, "{:?}", parsed.ledger);
        assert_eq!(parsed.rows[2].obligation(), Obligation::Defence);
        assert_eq!(parsed.rows[2].begin.to_string(), "2005-11-14");
    }

    #[test]
    fn contradictions_are_refused() {
        let parsed = parse(&[
            "membership,UZB,CSTO,member,,2006,2012,Text.,key,,,",
            "membership,UZB,CSTO,suspended,,2012-06,,Text.,key,,,",
            "membership,UZB,CSTO,guest,,2020,,Text.,key,,,",
            "treaty,UZB,RUS,marriage,2005,,,Text.,key,,,",
            "treaty,UZB,RUS,defence,,2005,2004,Text.,key,,,",
            "treaty,UZB,RUS,defence,,,,Text.,key,,,",
            "membership,UZB,CSTA,member,,2020,,Text.,key,,,",
        ]);
        let columns: Vec<&str> = parsed.ledger.quarantined.iter().map(|row| row.column.as_str()).collect();
        assert_eq!(columns, ["begin", "kind", "role", "end", "begin", "counterpart"]);
        assert!(parsed.ledger.balances());
    }
}
