//! State by state: a profile card each.

use suasion_actors::{DirectedDyad, MembershipRole, Obligation, StateId};
use suasion_archive::Family;
use suasion_archive::schema::{Event, TieKind};
use suasion_panel::RowRef;
use suasion_study::Assessment;
use suasion_study::wording::number;

use super::{list, name};
use crate::evidence::{EvidenceBook, Number};

/// Acts shown on a card.
const ACTS_SHOWN: usize = 10;

/// One state's profile.
#[derive(Debug, Clone)]
pub struct Card {
    /// The state.
    pub state: StateId,
    /// Its name.
    pub name: String,
    /// One or two sentences.
    pub summary: String,
    /// Label, number, and what goes with it.
    pub figures: Vec<(String, Number, String)>,
    /// The main acts, in time.
    pub acts: Vec<CardAct>,
}

/// An act on a card.
#[derive(Debug, Clone)]
pub struct CardAct {
    /// Date as precisely as known.
    pub date: String,
    /// One sentence.
    pub description: String,
    /// Address of its first source; may be empty.
    pub url: String,
    /// The row among the inputs.
    pub row: RowRef,
}

pub(super) fn views(assessment: &Assessment<'_>, evidence: &mut EvidenceBook) -> Vec<Card> {
    assessment.open.study.actors.region.iter().map(|state| card(assessment, *state, evidence)).collect()
}

fn card(assessment: &Assessment<'_>, state: StateId, evidence: &mut EvidenceBook) -> Card {
    let mut figures = Vec::new();
    figures.extend(acts_figures(assessment, state, evidence));
    for (measure, label) in [
        ("trade_share", "Trade with"),
        ("vote_agreement", "Agreement in UN votes with"),
        ("shared_organisations", "Organisations shared with"),
        ("bases_hosted", "Bases of"),
        ("arms_share", "Share of arms, five years, from"),
    ] {
        figures.extend(panel_figure(assessment, state, measure, label, evidence));
    }
    Card {
        state,
        name: name(state),
        summary: summary(assessment, state),
        figures,
        acts: main_acts(assessment, state),
    }
}

/// Acts of the power toward the state and back, with their mean score.
fn acts_figures(
    assessment: &Assessment<'_>,
    state: StateId,
    evidence: &mut EvidenceBook,
) -> Vec<(String, Number, String)> {
    let power = assessment.open.study.actors.power;
    [(power, state, "out"), (state, power, "back")]
        .into_iter()
        .filter_map(|(source, target, direction)| {
            let acts: Vec<(u32, &Event)> = between(assessment, source, target);
            let rows = RowRef::all(Family::Event, acts.iter().map(|(index, _)| *index));
            let scores: Vec<f64> = acts.iter().map(|(_, event)| event.score).collect();
            let mean = suasion_methods::quantile::mean(&scores)?;
            let label = format!("Acts of {} toward {}", name(source), name(target));
            let text = evidence.note(
                format!("card-{state}-acts-{direction}"),
                acts.len().to_string(),
                label.clone(),
                "count of the source's acts in the study's period, joint acts in both directions",
                &rows,
            );
            Some((label, text, format!("mean Goldstein score {}", number(mean))))
        })
        .collect()
}

/// The reports of acts of one state toward another.
fn between<'a>(assessment: &Assessment<'a>, source: StateId, target: StateId) -> Vec<(u32, &'a Event)> {
    let open = assessment.open;
    let wanted = |event: &Event| {
        event.source == source && event.target == Some(target) && open.study.period.covers(event.date)
    };
    open.inputs.reports().filter(|(_, event)| wanted(event)).collect()
}

/// The latest number of a measure with the power, beside its first and the rivals' latest.
fn panel_figure(
    assessment: &Assessment<'_>,
    state: StateId,
    measure: &'static str,
    label: &str,
    evidence: &mut EvidenceBook,
) -> Option<(String, Number, String)> {
    let study = &assessment.open.study;
    let power = study.actors.power;
    let (first, last) = ends(assessment, DirectedDyad::new(power, state)?, measure)?;
    let share = matches!(measure, "trade_share" | "vote_agreement" | "arms_share");
    let show = |value: f64| if share { format!("{:.0} %", value * 100.0) } else { format!("{value:.0}") };
    let rivals: Vec<String> = study
        .actors
        .rivals
        .iter()
        .filter_map(|rival| {
            let (_, latest) = ends(assessment, DirectedDyad::new(*rival, state)?, measure)?;
            Some(format!("{} {}", name(*rival), show(latest.value)))
        })
        .collect();
    let text = evidence.note(
        format!("card-{state}-{}", measure.replace('_', "-")),
        show(last.value),
        format!("{label} {} — {}, {}", name(power), name(state), last.step),
        suasion_panel::measures::named(measure).map_or("", |measure| measure.description),
        &last.rows,
    );
    let note = format!("in {}; {} in {}; {}", last.step, show(first.value), first.step, rivals.join(", "));
    Some((format!("{label} {}", name(power)), text, note))
}

struct End {
    value: f64,
    step: String,
    rows: Vec<RowRef>,
}

/// First and last known value of a measure.
fn ends(assessment: &Assessment<'_>, dyad: DirectedDyad, measure: &str) -> Option<(End, End)> {
    let panel = &assessment.yearly;
    let column = panel.column(measure)?;
    let known: Vec<usize> =
        panel.spine.rows_of(dyad)?.filter(|row| column.cells[*row].number().is_some()).collect();
    let end = |row: usize| {
        let value = column.cells[row].number()?;
        Some(End { value, step: panel.spine.at(row).1.to_string(), rows: column.evidence[row].clone() })
    };
    Some((end(*known.first()?)?, end(*known.last()?)?))
}

fn summary(assessment: &Assessment<'_>, state: StateId) -> String {
    let study = &assessment.open.study;
    let power = study.actors.power;
    let organisations = assessment.open.archive.organisations();
    let day = study.period.end();
    let led: Vec<String> = assessment
        .open
        .inputs
        .tie_rows()
        .iter()
        .filter(|tie| tie.state == state && tie.spell().contains(day))
        .filter_map(|tie| match &tie.kind {
            TieKind::Membership { organisation, role } => {
                let found = organisations.get(organisation).filter(|found| found.leader == Some(power))?;
                Some(if *role == MembershipRole::Member {
                    found.id.to_string()
                } else {
                    format!("{} ({role})", found.id)
                })
            }
            _ => None,
        })
        .collect();
    let depth = DirectedDyad::new(power, state)
        .and_then(|dyad| ends(assessment, dyad, "obligation_depth"))
        .map_or(0.0, |(_, last)| last.value);
    let obligation = [
        Obligation::None,
        Obligation::Consultation,
        Obligation::NeutralityOrNonaggression,
        Obligation::Defence,
    ]
    .into_iter()
    .find(|obligation| f64::from(obligation.depth()) == depth)
    .map_or("none", Obligation::name);
    let membership = if led.is_empty() {
        format!("In none of the organisations that {} leads", name(power))
    } else {
        format!("In {}'s organisations: {}", name(power), list(&led))
    };
    format!(
        "{membership}. Deepest treaty obligation between both at the end of {}: {obligation}.",
        day.year()
    )
}

/// The acts that weigh most, spread over time: the period is cut into as many stretches as acts are
/// shown, and each gives its weightiest act, one confirmed by two sources first.
fn main_acts(assessment: &Assessment<'_>, state: StateId) -> Vec<CardAct> {
    let study = &assessment.open.study;
    let power = study.actors.power;
    let (first, last) = (study.period.begin().year(), study.period.end().year());
    let span = f64::from(last - first + 1) / ACTS_SHOWN as f64;
    let acts: Vec<(usize, &Event)> = assessment
        .open
        .inputs
        .event_rows()
        .iter()
        .enumerate()
        .filter(|(_, event)| !event.mirrored && study.period.covers(event.date))
        .filter(|(_, event)| {
            let pair = (Some(event.source), event.target);
            pair == (Some(power), Some(state)) || pair == (Some(state), Some(power))
        })
        .collect();
    let weight = |event: &Event| {
        let joint = if event.sources.confirmed() > 1 { 1.0 } else { 0.0 };
        event.score.abs() + joint
    };
    let mut chosen: Vec<(usize, &Event)> = (0..ACTS_SHOWN)
        .filter_map(|slot| {
            let inside = |act: &&(usize, &Event)| {
                ((f64::from(act.1.date.year() - first) / span) as usize).min(ACTS_SHOWN - 1) == slot
            };
            acts.iter()
                .filter(inside)
                .max_by(|a, b| weight(a.1).total_cmp(&weight(b.1)).then(b.0.cmp(&a.0)))
                .copied()
        })
        .collect();
    chosen.sort_by_key(|(index, event)| (event.date.earliest(), *index));
    chosen
        .into_iter()
        .map(|(index, event)| CardAct {
            date: event.date.to_string(),
            description: event.description.clone(),
            url: event.sources.first.1.clone(),
            row: RowRef { family: Family::Event, index: index as u32 },
        })
        .collect()
}
