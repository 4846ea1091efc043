//! The chronicle: dated, cited acts, one a row.
//!
//! Columns: `id,date,source,target,mutual,initiator,instrument,cameo,sign,description,citation,
//! url,second_citation,second_url`, and `confirmed` (by `one` or `two` sources). `target` lists
//! states and organisations, `;` between them; a joint act (`mutual`) counts in both directions.

use std::collections::{BTreeMap, BTreeSet};

use suasion_actors::{OrganisationId, Organisations, Period, StateId};

use super::table::{self, Fields, Parsed, days_of};
use crate::ontology::{CameoCode, EventCode, Instrument};
use crate::problem::Problem;
use crate::quarantine::Refusal;
use crate::schema::{Event, Sources};

const REQUIRED: [&str; 12] = [
    "id",
    "date",
    "source",
    "target",
    "mutual",
    "initiator",
    "instrument",
    "cameo",
    "sign",
    "description",
    "citation",
    "url",
];
const OPTIONAL: [&str; 3] = ["confirmed", "second_citation", "second_url"];

/// Two sentences at least this alike, on the same day between the same actors under the same
/// code, tell the same act. The bound is arbitrary; it was set on the built-in chronicle, where
/// real pairs of acts stay below it.
const SAME_ACT: f64 = 0.8;

/// Whether a header is a chronicle's.
pub fn recognises(header: &[&str]) -> bool {
    ["instrument", "cameo", "mutual"].iter().all(|column| header.contains(column))
}

/// Reads a chronicle. `source_name` is the name under which studies call it; `known` are the
/// organisations that `target` may name.
pub fn read(
    source_name: &str,
    file: &str,
    bytes: &[u8],
    known: &Organisations,
) -> Result<Parsed<Event>, Problem> {
    let mut ids = BTreeSet::new();
    let mut acts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    table::read(file, bytes, &REQUIRED, &OPTIONAL, |fields| {
        let events = row(source_name, fields, known)?;
        refuse_duplicate(fields, &mut ids, &mut acts)?;
        Ok(events)
    })
}

fn row(source_name: &str, fields: &Fields<'_>, known: &Organisations) -> Result<Vec<Event>, Refusal> {
    let date = fields.date("date")?;
    let days = days_of(date)?;
    let source = table::state("source", fields.required("source")?, &days)?;
    let (targets, organisations) = targets(fields, source, &days, known)?;
    let cameo: CameoCode = fields.listed("cameo")?;
    check_sign(fields, cameo)?;
    let initiator = match fields.text("initiator") {
        "" => None,
        text => Some(table::state("initiator", text, &days)?),
    };
    let mutual = yes_or_no(fields)?;
    let sources = fields.sources()?;
    check_confirmed(fields, &sources)?;
    let act = Event {
        source_name: source_name.to_owned(),
        act: fields.required("id")?.to_owned(),
        line: fields.line,
        date,
        source,
        target: None,
        organisation: organisations.into_iter().next(),
        mutual,
        mirrored: false,
        initiator,
        instrument: fields.listed::<Instrument>("instrument")?,
        code: EventCode::Cameo(cameo),
        score: cameo.goldstein(),
        count: 1,
        description: fields.required("description")?.to_owned(),
        sources,
    };
    Ok(directions(&act, &targets))
}

/// The act once for each directed dyad that it concerns.
fn directions(act: &Event, targets: &[StateId]) -> Vec<Event> {
    if targets.is_empty() {
        return vec![act.clone()];
    }
    let mut events = Vec::new();
    for &target in targets {
        events.push(Event { target: Some(target), ..act.clone() });
        if act.mutual {
            let mirrored = Event { source: target, target: Some(act.source), mirrored: true, ..act.clone() };
            events.push(mirrored);
        }
    }
    events
}

fn targets(
    fields: &Fields<'_>,
    source: StateId,
    days: &Period,
    known: &Organisations,
) -> Result<(Vec<StateId>, Vec<OrganisationId>), Refusal> {
    let (mut states, mut organisations) = (Vec::new(), Vec::new());
    for text in fields.required("target")?.split(';').map(str::trim) {
        if let Some(organisation) = OrganisationId::new(text).filter(|id| known.get(id).is_some()) {
            organisations.push(organisation);
            continue;
        }
        let state = table::state("target", text, days)?;
        if state == source {
            return Err(Refusal::new("target", text, "an act cannot be directed at its own source"));
        }
        states.push(state);
    }
    Ok((states, organisations))
}

fn yes_or_no(fields: &Fields<'_>) -> Result<bool, Refusal> {
    match fields.required("mutual")? {
        "yes" => Ok(true),
        "no" => Ok(false),
        other => Err(Refusal::new("mutual", other, format!("`{other}` is neither yes nor no"))),
    }
}

fn check_sign(fields: &Fields<'_>, cameo: CameoCode) -> Result<(), Refusal> {
    let written = fields.required("sign")?;
    let expected = if cameo.quad_class().is_cooperative() { "cooperative" } else { "conflictual" };
    if written == expected {
        return Ok(());
    }
    let reason =
        format!("sign `{written}` contradicts CAMEO {cameo} ({}), which is {expected}", cameo.name());
    Err(Refusal::new("sign", written, reason))
}

/// `confirmed` must say as many sources as the row names.
fn check_confirmed(fields: &Fields<'_>, sources: &Sources) -> Result<(), Refusal> {
    let named = if sources.confirmed() > 1 { "two" } else { "one" };
    match fields.text("confirmed") {
        "" => Ok(()),
        written if written == named => Ok(()),
        written => {
            let reason = format!("confirmed says `{written}`, but the row names {named}");
            Err(Refusal::new("confirmed", written, reason).hint("write `one` or `two`"))
        }
    }
}

fn refuse_duplicate(
    fields: &Fields<'_>,
    ids: &mut BTreeSet<String>,
    acts: &mut BTreeMap<String, Vec<String>>,
) -> Result<(), Refusal> {
    let id = fields.text("id");
    if !ids.insert(id.to_owned()) {
        return Err(Refusal::new("id", id, format!("id `{id}` stands twice")));
    }
    let key = ["date", "source", "target", "cameo"].map(|column| fields.text(column)).join("|");
    let description = fields.text("description");
    let earlier = acts.entry(key).or_default();
    if earlier.iter().any(|other| strsim::normalized_levenshtein(other, description) >= SAME_ACT) {
        return Err(Refusal::new("description", description, "the same act stands above")
            .hint("same day, actors and code, and nearly the same sentence"));
    }
    earlier.push(description.to_owned());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "id,date,source,target,mutual,initiator,instrument,cameo,sign,description,citation,url,second_citation,second_url";

    fn cis() -> Organisations {
        let text = "id,name,kind,begin,end,leader,obligation,description,citation,url\nCIS,CIS,organisation,1991-12-08,,RUS,none,D,key,";
        let mut known = Organisations::default();
        let parsed = crate::sources::organisations::read("o.csv", text.as_bytes()).unwrap();
        parsed.rows.into_iter().for_each(|row| {
            known.insert(row);
        });
        known
    }

    fn one(row: &str) -> Parsed<Event> {
        read("chronicle", "chronicle.csv", format!("{HEADER}\n{row}\n").as_bytes(), &cis()).unwrap()
    }

    fn reason(row: &str) -> (String, String) {
        let parsed = one(row);
        assert!(parsed.ledger.balances());
        let refused = &parsed.ledger.quarantined[0];
        assert_eq!((refused.line, refused.file.as_str()), (2, "chronicle.csv"));
        (refused.column.clone(), format!("{} {}", refused.reason, refused.hint))
    }

    #[test]
    fn joint_acts_count_in_both_directions() {
        let parsed =
            one("a,2005-11-14,RUS,UZB;CIS,yes,,organisation,057,cooperative,A treaty.,key,https://x.org,,");
        let dyads: Vec<String> = parsed.rows.iter().map(|event| event.dyad().unwrap().to_string()).collect();
        assert_eq!(dyads, ["RUS→UZB", "UZB→RUS"]);
        assert!(parsed.rows[1].mirrored && !parsed.rows[0].mirrored);
        assert_eq!(parsed.rows[0].organisation.as_ref().unwrap().as_str(), "CIS");
        assert_eq!((parsed.ledger.rows_in, parsed.ledger.stored), (1, 1));
    }

    #[test]
    fn acts_toward_organisations_have_no_dyad() {
        let parsed = one("a,2008-07,RUS,CIS,no,RUS,diplomacy,014,cooperative,A concept.,key,,,");
        assert_eq!(parsed.rows[0].dyad(), None);
        assert_eq!(parsed.rows.len(), 1);
    }

    #[test]
    fn bad_rows_are_quarantined_with_place_and_hint() {
        let rest = "cooperative,Something happened.,key,,,";
        let cases = [
            (format!("a,2005-13-14,RUS,UZB,no,,trade,057,{rest}"), "date", "not a date"),
            (format!("a,2005,RUS,UZZ,no,,trade,057,{rest}"), "target", "UZB"),
            (format!("a,1990,RUS,UZB,no,,trade,057,{rest}"), "target", "1991-08-31"),
            (format!("a,2005,RUS,UZB,no,,enrgy,057,{rest}"), "instrument", "`energy`"),
            (format!("a,2005,RUS,UZB,no,,trade,9057,{rest}"), "cameo", "not a known cameo"),
            (format!("a,2005,RUS,UZB,no,,trade,163,{rest}"), "sign", "conflictual"),
            (format!("a,2005,RUS,RUS,no,,trade,057,{rest}"), "target", "own source"),
            ("a,2005,RUS,UZB,no,,trade,057,cooperative,Text.,,,,".to_owned(), "citation", "no citation"),
            ("a,2005,RUS,UZB".to_owned(), "", "4 fields"),
        ];
        for (row, column, expected) in cases {
            let (at, message) = reason(&row);
            assert_eq!(at, column, "{row}");
            assert!(message.contains(expected), "{row}: {message}");
        }
    }

    #[test]
    fn duplicates_are_refused() {
        let row =
            |id: &str, text: &str| format!("{id},2005-11-14,RUS,UZB,no,,trade,057,cooperative,{text},key,,,");
        let text = [
            HEADER.to_owned(),
            row("a", "Russia and Uzbekistan signed a treaty."),
            row("b", "Russia and Uzbekistan signed the treaty."),
            row("c", "A wholly other matter was settled."),
        ]
        .join("\n");
        let parsed = read("chronicle", "c.csv", text.as_bytes(), &cis()).unwrap();
        assert_eq!(parsed.rows.len(), 2);
        assert_eq!(parsed.ledger.quarantined[0].line, 3);
    }

    #[test]
    fn a_missing_column_stops_the_file() {
        let problem = read("chronicle", "c.csv", b"id,dat,source\n", &cis()).unwrap_err();
        assert!(problem.to_string().contains("column `date` is missing"), "{problem}");
        assert!(problem.hint.unwrap().contains("`dat`"));
    }
}
