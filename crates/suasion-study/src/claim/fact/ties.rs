//! Facts from spells: memberships, treaties, bases.

use std::ops::Range;

use suasion_actors::{DirectedDyad, Obligation, Period, StateId};
use suasion_archive::schema::{Tie, TieKind};
use suasion_archive::{Coverage, Family, Table};
use suasion_panel::RowRef;

use super::statement::{spelled, statement};
use super::{Answer, Evidence, Fact, FactKind};
use crate::verdict::Finding;

/// What each source of ties says, or why it does not speak.
pub(super) fn ask(fact: &Fact, evidence: &Evidence<'_>) -> Vec<Result<Answer, String>> {
    let ties = &evidence.inputs.ties;
    ties.tables.iter().map(|(table, rows)| one(fact, table, rows, evidence)).collect()
}

fn one(fact: &Fact, table: &Table, rows: &Range<usize>, evidence: &Evidence<'_>) -> Result<Answer, String> {
    let held = &evidence.inputs.ties.rows[rows.clone()];
    let matching: Vec<(usize, &Tie)> = held
        .iter()
        .enumerate()
        .filter(|(_, tie)| tie.spell().overlaps(&fact.during) && matches(&fact.what, tie, held, evidence))
        .map(|(index, tie)| (rows.start + index, tie))
        .collect();
    let source = table.provenance.source.clone();
    let Some((_, first)) = matching.first() else {
        tells(&fact.what, held, evidence, &source)?;
        speaks(&fact.what, &fact.during, &table.coverage, &source)?;
        let sentence = format!("{}.", statement(&fact.what, evidence, false, fact));
        return Ok(Answer { source, found: false, finding: Finding::of_rows(sentence, Vec::new()) });
    };
    let sentence = format!("{}: {}", statement(&fact.what, evidence, true, fact), spelled(first));
    let rows = RowRef::all(Family::Tie, matching.iter().map(|(index, _)| *index as u32));
    Ok(Answer { source, found: true, finding: Finding::of_rows(sentence, rows) })
}

/// Whether a source tells facts of this kind at all: it has some of any state's.
fn tells(what: &FactKind, held: &[Tie], evidence: &Evidence<'_>, source: &str) -> Result<(), String> {
    let any = |of_kind: &dyn Fn(&Tie) -> bool| held.iter().any(of_kind);
    let (told, lacking) = match what {
        FactKind::Membership { organisation, role, .. } => {
            let of = any(
                &|tie| matches!(&tie.kind, TieKind::Membership { organisation: of, .. } if of == organisation),
            );
            let as_role = any(
                &|tie| matches!(&tie.kind, TieKind::Membership { role: held, .. } if role.is_none_or(|role| role == *held)),
            );
            let name = evidence.inputs.organisations.name(organisation);
            match role {
                Some(role) if of => (as_role, format!("who was a {role} of an organisation")),
                _ => (of, format!("who belongs to {name}")),
            }
        }
        FactKind::Treaty { role: Some(role), .. } => {
            let known =
                any(&|tie| matches!(&tie.kind, TieKind::Treaty { roles, .. } if roles.contains(role)));
            (known, format!("treaties of the kind {}", role.replace('_', " ")))
        }
        FactKind::Treaty { obligation: Obligation::None, .. } => {
            // Lists of alliances say nothing of treaties that oblige to less.
            let plain = any(&|tie| {
                matches!(tie.kind, TieKind::Treaty { .. }) && tie.obligation() == Obligation::None
            });
            (plain, "treaties of every kind".to_owned())
        }
        FactKind::Treaty { obligation, .. } => {
            let known = any(&|tie| tie.obligation() > Obligation::None);
            (known, format!("obligations of {}", obligation.name()))
        }
        FactKind::Base { .. } => (any(&|tie| matches!(tie.kind, TieKind::Base { .. })), "bases".to_owned()),
        FactKind::Act { .. } => (false, "acts".to_owned()),
    };
    if told { Ok(()) } else { Err(format!("`{source}` does not tell {lacking}.")) }
}

/// Whether a source speaks for those concerned through the whole period: only then has what it
/// lacks not been.
fn speaks(what: &FactKind, during: &Period, coverage: &Coverage, source: &str) -> Result<(), String> {
    let pair = |a: StateId, b: StateId| {
        DirectedDyad::new(a, b).is_some_and(|dyad| coverage.speaks_for(dyad, during))
    };
    let known = match what {
        FactKind::Membership { state, .. } => coverage.speaks_for_state(*state, during),
        FactKind::Treaty { state, with, .. } => pair(*state, *with),
        FactKind::Base { host, owner } => pair(*host, *owner),
        FactKind::Act { .. } => false,
    };
    if known {
        Ok(())
    } else {
        Err(format!("`{source}` does not speak for these states through the whole of {during}."))
    }
}

fn matches(what: &FactKind, tie: &Tie, held: &[Tie], evidence: &Evidence<'_>) -> bool {
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
            TieKind::Membership { organisation, role: standing },
        ) if *obligation > Obligation::None => {
            let both = |other: &Tie| {
                other.state == *with
                    && other.spell().meets(&tie.spell())
                    && matches!(&other.kind, TieKind::Membership { organisation: of, role } if of == organisation && role.is_full())
            };
            tie.state == *state
                && standing.is_full()
                && evidence
                    .inputs
                    .organisations
                    .get(organisation)
                    .is_some_and(|found| found.obligation >= *obligation)
                && held.iter().any(both)
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
