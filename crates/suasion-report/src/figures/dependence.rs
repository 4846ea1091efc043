//! Trade dependence of each state on the power and on the rival that trades most.

use kuva::prelude::{Figure as Grid, LinePlot, Plot};
use suasion_actors::{DirectedDyad, StateId};
use suasion_study::Assessment;

use super::{Figure, style};

pub(super) fn figure(assessment: &Assessment<'_>) -> Option<Figure> {
    let study = &assessment.open.study;
    let power = study.actors.power;
    let rival = study
        .actors
        .rivals
        .iter()
        .copied()
        .filter(|rival| total(assessment, *rival) > 0.0)
        .max_by(|a, b| total(assessment, *a).total_cmp(&total(assessment, *b)));
    let shown: Vec<StateId> =
        std::iter::once(power).chain(rival).filter(|power| total(assessment, *power) > 0.0).collect();
    if shown.is_empty() {
        return None;
    }
    let (mut plots, mut layouts) = (Vec::new(), Vec::new());
    for (number, power) in shown.iter().enumerate() {
        let cell: Vec<Plot> = study
            .actors
            .region
            .iter()
            .map(|state| {
                let mut line = LinePlot::new()
                    .with_data(points(assessment, *power, *state))
                    .with_color(style::state_colour(study, *state))
                    .with_stroke_width(1.8);
                if number == 0 {
                    line = line.with_legend(style::name(*state));
                }
                Plot::Line(line)
            })
            .collect();
        layouts.push(
            style::over_years(study, &cell, 280.0)
                .with_title(format!("on {}", style::name(*power)))
                .with_x_tick_step(10.0)
                .with_y_axis_min(0.0)
                .with_y_axis_max(top(assessment, &shown))
                .with_y_tick_format(style::percent()),
        );
        plots.push(cell);
    }
    let scene = Grid::new(1, shown.len())
        .with_plots(plots)
        .with_layouts(layouts)
        .with_figure_size(style::WIDTH, 420.0)
        .with_shared_legend_bottom()
        .with_spacing(14.0)
        .render();
    Some(Figure {
        name: "dependence".to_owned(),
        title: "Trade dependence of each state".to_owned(),
        sentence: sentence(assessment, power, rival),
        reading: "Goods trade with the power, both ways, over all goods trade of the state. Where the source has no figure the line stops: nothing is filled in.".to_owned(),
        scene,
    })
}

fn points(assessment: &Assessment<'_>, power: StateId, state: StateId) -> Vec<(f64, f64)> {
    let Some(dyad) = DirectedDyad::new(power, state) else { return Vec::new() };
    let panel = &assessment.yearly;
    panel
        .series("trade_share", dyad)
        .iter()
        .zip(panel.spine.steps())
        .filter_map(|(cell, step)| Some((step.decimal_year(), cell.number()?)))
        .collect()
}

fn total(assessment: &Assessment<'_>, power: StateId) -> f64 {
    assessment
        .open
        .study
        .actors
        .region
        .iter()
        .flat_map(|state| points(assessment, power, *state))
        .map(|(_, share)| share)
        .sum()
}

fn top(assessment: &Assessment<'_>, powers: &[StateId]) -> f64 {
    let all = powers.iter().flat_map(|power| {
        assessment.open.study.actors.region.iter().flat_map(|state| points(assessment, *power, *state))
    });
    let highest = all.map(|(_, share)| share).fold(0.1, f64::max);
    (highest * 10.0).ceil() / 10.0
}

fn sentence(assessment: &Assessment<'_>, power: StateId, rival: Option<StateId>) -> String {
    let latest = |of: StateId| {
        let parts: Vec<String> = assessment
            .open
            .study
            .actors
            .region
            .iter()
            .filter_map(|state| {
                let points = points(assessment, of, *state);
                let last = points.last()?;
                Some(format!("{} {:.0} %", style::name(*state), last.1 * 100.0))
            })
            .collect();
        parts.join(", ")
    };
    let year = assessment
        .open
        .study
        .actors
        .region
        .iter()
        .filter_map(|state| points(assessment, power, *state).last().map(|(year, _)| *year))
        .fold(0.0, f64::max)
        .floor();
    let beside =
        rival.map_or_else(String::new, |rival| format!("; on {}: {}", style::name(rival), latest(rival)));
    format!(
        "In the last year of the source ({year:.0}) the states depend on {} for: {}{beside}.",
        style::name(power),
        latest(power)
    )
}
