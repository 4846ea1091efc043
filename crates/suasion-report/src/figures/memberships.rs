//! Memberships as spells, by organisation.

use std::collections::BTreeMap;

use kuva::prelude::{GanttPlot, Plot};
use suasion_actors::{MembershipRole, OrganisationId, Spell, StateId};
use suasion_archive::schema::TieKind;
use suasion_study::Assessment;

use super::{Figure, style};

/// How many organisations are drawn at most: those that tell the states apart most.
const MOST: usize = 12;

type Spells = Vec<(StateId, MembershipRole, Spell)>;

pub(super) fn figure(assessment: &Assessment<'_>) -> Option<Figure> {
    let study = &assessment.open.study;
    let chosen = telling(assessment);
    if chosen.is_empty() {
        return None;
    }
    let (first, last) = style::years(study);
    let mut gantt = GanttPlot::new().with_bar_height(0.72).with_show_labels(false).with_group_bg("#f3f1ec");
    let mut rows = 0;
    for (organisation, spells) in &chosen {
        let group = assessment.open.archive.organisations().name(organisation);
        for (state, role, spell) in spells {
            let begin = decimal(spell.begin).max(first);
            let end = spell.end.map_or(last, decimal).min(last);
            let suffix = if role.is_full() { String::new() } else { format!(" ({role})") };
            gantt =
                gantt.with_task_group(group.clone(), format!("{}{suffix}", style::name(*state)), begin, end);
            if let Some(task) = gantt.tasks.last_mut() {
                task.color = Some(colour(assessment, *state, *role));
            }
            rows += 1;
        }
        rows += 1;
    }
    let plots = vec![Plot::Gantt(gantt)];
    let layout = style::over_years(study, &plots, 60.0 + 15.5 * f64::from(rows));
    Some(Figure {
        name: "memberships".to_owned(),
        title: "Who belonged to what, and when".to_owned(),
        sentence: sentence(assessment, &chosen),
        reading: "Each bar is a spell of membership; paler bars are lesser standings (associate, observer, partner, suspended). Organisations in which all states of the region stand alike are left out.".to_owned(),
        scene: kuva::render::render::render_multiple(plots, layout),
    })
}

fn decimal(day: jiff::civil::Date) -> f64 {
    f64::from(day.year()) + (f64::from(day.day_of_year()) - 1.0) / 365.25
}

fn colour(assessment: &Assessment<'_>, state: StateId, role: MembershipRole) -> String {
    let full = style::state_colour(&assessment.open.study, state);
    if role.is_full() { full.to_owned() } else { format!("{full}73") }
}

/// Organisations in which some state of the region, but not all alike, belonged in the period; the
/// power's own first, then by name.
fn telling(assessment: &Assessment<'_>) -> Vec<(OrganisationId, Spells)> {
    let study = &assessment.open.study;
    let mut by_organisation: BTreeMap<OrganisationId, Spells> = BTreeMap::new();
    for tie in assessment.open.inputs.tie_rows() {
        let TieKind::Membership { organisation, role } = &tie.kind else { continue };
        if study.actors.region.contains(&tie.state) && tie.spell().overlaps(&study.period) {
            by_organisation.entry(organisation.clone()).or_default().push((tie.state, *role, tie.spell()));
        }
    }
    let alike = |spells: &Spells| {
        spells.len() == study.actors.region.len()
            && spells.iter().all(|(_, role, spell)| (*role, spell.end) == (spells[0].1, spells[0].2.end))
    };
    let organisations = assessment.open.archive.organisations();
    let led = |id: &OrganisationId| {
        organisations.get(id).is_some_and(|found| found.leader == Some(study.actors.power))
    };
    let mut chosen: Vec<(OrganisationId, Spells)> =
        by_organisation.into_iter().filter(|(_, spells)| !alike(spells)).collect();
    let begin = |spells: &Spells| spells.iter().map(|(_, _, spell)| spell.begin).min();
    chosen.sort_by_key(|(id, spells)| (!led(id), begin(spells), id.clone()));
    chosen.truncate(MOST);
    for (_, spells) in &mut chosen {
        let order = |state: &StateId| study.actors.region.iter().position(|other| other == state);
        spells.sort_by_key(|(state, _, spell)| (order(state), spell.begin));
    }
    chosen
}

fn sentence(assessment: &Assessment<'_>, chosen: &[(OrganisationId, Spells)]) -> String {
    let study = &assessment.open.study;
    let day = study.period.end();
    let count = |state: &StateId| {
        chosen
            .iter()
            .flat_map(|(_, spells)| spells)
            .filter(|(of, role, spell)| of == state && role.is_full() && spell.contains(day))
            .count()
    };
    let list: Vec<String> =
        study.actors.region.iter().map(|state| format!("{} {}", style::name(*state), count(state))).collect();
    format!("Full memberships of the organisations shown at the end of {}: {}.", day.year(), list.join(", "))
}
