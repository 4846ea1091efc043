//! Facts: exact, from spells and dated acts.

use suasion_actors::{Crosswalk, DirectedDyad, MembershipRole, Obligation, StateId};
use suasion_archive::Family;
use suasion_archive::schema::{Event, Tie, TieKind};
use suasion_panel::RowRef;

use super::{Evidence, Fact, FactKind, on, when};
use crate::verdict::{Finding, Verdict};
use crate::wording::capitalised;

/// Whether the record has the fact, as the claim says or against it.
pub(super) fn test(fact: &Fact, evidence: &Evidence<'_>) -> Verdict {
    let outcome = match &fact.what {
        FactKind::Act { .. } => acts(fact, evidence),
        _ => ties(fact, evidence),
    };
    match outcome {
        Err(reason) => Verdict::Untestable(reason),
        Ok((found, finding)) if found == fact.holds => Verdict::Supported(finding),
        Ok((_, finding)) => Verdict::Contradicted(finding),
    }
}

fn name(state: StateId) -> String {
    Crosswalk::built_in().name(state)
}

fn ties(fact: &Fact, evidence: &Evidence<'_>) -> Result<(bool, Finding), String> {
    if evidence.inputs.ties.tables.is_empty() {
        return Err("The archive holds no ties for this study.".to_owned());
    }
    let matching: Vec<(u32, &Tie)> = evidence
        .inputs
        .tie_rows()
        .iter()
        .enumerate()
        .filter(|(_, tie)| tie.spell().overlaps(&fact.during) && matches(&fact.what, tie, evidence))
        .map(|(index, tie)| (index as u32, tie))
        .collect();
    let rows = RowRef::all(Family::Tie, matching.iter().map(|(index, _)| *index));
    let sentence = match matching.first() {
        Some((_, tie)) => format!("{}: {}", statement(&fact.what, evidence, true, fact), spelled(tie)),
        None => format!("{}.", statement(&fact.what, evidence, false, fact)),
    };
    Ok((!matching.is_empty(), Finding::of_rows(sentence, rows)))
}

fn spelled(tie: &Tie) -> String {
    let until = tie.end.map_or_else(|| "and it stands".to_owned(), |end| format!("until {end}"));
    format!("from {} {until}. {}", tie.begin, tie.description)
}

fn matches(what: &FactKind, tie: &Tie, evidence: &Evidence<'_>) -> bool {
    match (what, &tie.kind) {
        (
            FactKind::Membership { state, organisation, role },
            TieKind::Membership { organisation: of, role: held },
        ) => tie.state == *state && of == organisation && role.is_none_or(|role| role == *held),
        (FactKind::Treaty { state, with, obligation, role }, TieKind::Treaty { counterpart, roles }) => {
            same_pair((*state, *with), (tie.state, *counterpart))
                && tie.obligation() >= *obligation
                && role.as_ref().is_none_or(|role| roles.contains(role))
        }
        // A common organisation whose members owe each other the obligation binds both as well.
        (
            FactKind::Treaty { state, with, obligation, role: None },
            TieKind::Membership { organisation, role: held },
        ) if *obligation > Obligation::None => {
            let both = |other: &Tie| {
                other.state == *with
                    && other.spell().meets(&tie.spell())
                    && matches!(&other.kind, TieKind::Membership { organisation: of, role } if of == organisation && role.is_full())
            };
            tie.state == *state
                && held.is_full()
                && evidence
                    .inputs
                    .organisations
                    .get(organisation)
                    .is_some_and(|found| found.obligation >= *obligation)
                && evidence.inputs.tie_rows().iter().any(both)
        }
        (FactKind::Base { host, owner }, TieKind::Base { owner: held }) => {
            tie.state == *host && held == owner
        }
        _ => false,
    }
}

fn same_pair(a: (StateId, StateId), b: (StateId, StateId)) -> bool {
    a == b || a == (b.1, b.0)
}

fn statement(what: &FactKind, evidence: &Evidence<'_>, found: bool, fact: &Fact) -> String {
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

fn acts(fact: &Fact, evidence: &Evidence<'_>) -> Result<(bool, Finding), String> {
    let FactKind::Act { of, instrument, cameo, id, at_least } = &fact.what else {
        return Err(String::new());
    };
    let Some(table) = evidence.inputs.table(Family::Event) else {
        return Err("The archive holds no events for this study.".to_owned());
    };
    let source = &table.provenance.source;
    if !table.coverage.sees_all_instruments && (id.is_some() || instrument.is_some()) {
        return Err(format!("`{source}` is coded by machine: it tells neither single acts nor instruments."));
    }
    let known = |dyad: &DirectedDyad| table.coverage.speaks_for(*dyad, &fact.during);
    if id.is_none() && !of.dyads().iter().all(known) {
        return Err(format!("`{source}` does not speak for the whole of {}.", fact.during));
    }
    let dyads = of.dyads();
    let wanted = |event: &&(usize, &Event)| {
        let event = event.1;
        id.as_ref().map_or_else(
            || event.dyad().is_some_and(|dyad| dyads.contains(&dyad)),
            |id| event.act == *id && !event.mirrored,
        ) && fact.during.covers(event.date)
            && instrument.is_none_or(|instrument| instrument == event.instrument)
            && cameo.as_ref().is_none_or(|code| event.code.as_str().starts_with(code.as_str()))
    };
    let found: Vec<(usize, &Event)> = evidence
        .inputs
        .event_rows()
        .iter()
        .enumerate()
        .collect::<Vec<_>>()
        .iter()
        .filter(wanted)
        .copied()
        .collect();
    let rows = RowRef::all(Family::Event, found.iter().map(|(index, _)| *index as u32));
    let count: usize = found.iter().map(|(_, event)| event.count as usize).sum();
    let sentence = match found.first() {
        Some((_, event)) if *at_least == 1 => {
            format!("{}: {}", capitalised(&on(event.date)), event.description)
        }
        _ => format!("`{source}` has {count} such acts {}.", when(&fact.during)),
    };
    Ok((count >= *at_least, Finding::of_rows(sentence, rows)))
}
