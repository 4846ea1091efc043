//! Cooperation by state: small multiples over the years, with shocks marked.

use kuva::prelude::{Figure as Grid, LinePlot, Plot, ReferenceLine};
use suasion_actors::{DirectedDyad, StateId};
use suasion_study::Assessment;

use super::{Figure, style};

const MEASURE: &str = "goldstein_sum";
/// Height of one state's panel.
const PANEL: f64 = 168.0;

pub(super) fn figure(assessment: &Assessment<'_>) -> Figure {
    let study = &assessment.open.study;
    let (mut plots, mut layouts) = (Vec::new(), Vec::new());
    let region = &study.actors.region;
    let top = top_value(assessment);
    for (number, state) in region.iter().enumerate() {
        let cell = lines(assessment, *state, number == 0);
        let mut layout = style::over_years(study, &cell, PANEL)
            .with_title(style::name(*state))
            .with_title_size(13)
            .with_y_axis_min((-top * 0.3).floor())
            .with_y_axis_max(top)
            .with_y_tick_step(50.0)
            .with_force_margins(60.0, 16.0)
            .with_force_margins_y(26.0, 26.0)
            .with_reference_line(
                ReferenceLine::horizontal(0.0).with_color(style::PALE).with_stroke_width(0.6),
            );
        for (year, mark) in shock_years(assessment) {
            let mut line = ReferenceLine::vertical(year)
                .with_color("#b9875a")
                .with_stroke_width(0.7)
                .with_dasharray("2 3");
            if number == 0 {
                line = line.with_label(mark);
            }
            layout = layout.with_reference_line(line);
        }
        plots.push(cell);
        layouts.push(layout);
    }
    let scene = Grid::new(region.len(), 1)
        .with_plots(plots)
        .with_layouts(layouts)
        .with_figure_size(style::WIDTH, (PANEL + 8.0) * region.len() as f64 + 60.0)
        .with_shared_legend_bottom()
        .with_spacing(6.0)
        .render();
    let power = style::name(study.actors.power);
    Figure {
        name: "cooperation".to_owned(),
        title: format!("Cooperation of {power} with each state"),
        sentence: sentence(assessment),
        reading: reading(assessment),
        scene,
    }
}

fn points(assessment: &Assessment<'_>, dyad: Option<DirectedDyad>) -> Vec<(f64, f64)> {
    let Some(dyad) = dyad else { return Vec::new() };
    let panel = &assessment.yearly;
    panel
        .series(MEASURE, dyad)
        .iter()
        .zip(panel.spine.steps())
        .filter_map(|(cell, step)| Some((step.decimal_year(), cell.number()?)))
        .collect()
}

fn lines(assessment: &Assessment<'_>, state: StateId, legend: bool) -> Vec<Plot> {
    let study = &assessment.open.study;
    let power = study.actors.power;
    let outward = points(assessment, DirectedDyad::new(power, state));
    let inward = points(assessment, DirectedDyad::new(state, power));
    let mut from = LinePlot::new()
        .with_data(outward)
        .with_color(style::power_colour(study, power))
        .with_stroke_width(1.8);
    let mut back =
        LinePlot::new().with_data(inward).with_color("#d08c60").with_stroke_width(1.2).with_dashed();
    if legend {
        from = from.with_legend(format!("{} toward the state", style::name(power)));
        back = back.with_legend(format!("the state toward {}", style::name(power)));
    }
    vec![Plot::Line(from), Plot::Line(back)]
}

/// The same scale for every state, so that they can be compared.
fn top_value(assessment: &Assessment<'_>) -> f64 {
    let study = &assessment.open.study;
    let all = study.actors.region.iter().flat_map(|state| {
        let dyad = DirectedDyad::new(study.actors.power, *state);
        [points(assessment, dyad), points(assessment, dyad.map(|dyad| dyad.reversed()))].concat()
    });
    let highest = all.map(|(_, value)| value).fold(10.0, f64::max);
    (highest / 10.0).ceil() * 10.0
}

/// Years with shocks and their marks; shocks of one year share a mark, so that marks never collide.
fn shock_years(assessment: &Assessment<'_>) -> Vec<(f64, String)> {
    let mut years: Vec<i16> = assessment
        .open
        .periodisations
        .shocks
        .iter()
        .map(|shock| shock.begin.year())
        .filter(|year| *year > assessment.open.study.period.begin().year())
        .collect();
    years.dedup();
    years.into_iter().map(|year| (f64::from(year) + 0.5, format!("{:02}", year.rem_euclid(100)))).collect()
}

fn sentence(assessment: &Assessment<'_>) -> String {
    let study = &assessment.open.study;
    let mean_of = |state: &StateId| {
        let values: Vec<f64> = points(assessment, DirectedDyad::new(study.actors.power, *state))
            .iter()
            .map(|(_, value)| *value)
            .collect();
        suasion_methods::quantile::mean(&values)
    };
    let mut ranked: Vec<(StateId, f64)> =
        study.actors.region.iter().filter_map(|state| Some((*state, mean_of(state)?))).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    match (ranked.first(), ranked.last()) {
        (Some(first), Some(last)) if ranked.len() > 1 => format!(
            "Over the whole period {} scores highest with {} ({} a year on average) and lowest with {} ({}).",
            style::name(study.actors.power),
            style::name(first.0),
            suasion_study::wording::number(first.1),
            style::name(last.0),
            suasion_study::wording::number(last.1),
        ),
        _ => "The record holds too few acts to compare the states.".to_owned(),
    }
}

fn reading(assessment: &Assessment<'_>) -> String {
    let mut by_year: Vec<(i16, Vec<&str>)> = Vec::new();
    for shock in &assessment.open.periodisations.shocks {
        match by_year.last_mut() {
            Some((year, names)) if *year == shock.begin.year() => names.push(&shock.name),
            _ => by_year.push((shock.begin.year(), vec![&shock.name])),
        }
    }
    let shocks: Vec<String> = by_year
        .iter()
        .map(|(year, names)| format!("{:02} {}", year.rem_euclid(100), names.join("; ")))
        .collect();
    let marks = if shocks.is_empty() {
        String::new()
    } else {
        format!(" Dashed uprights mark shocks: {}.", shocks.join(" · "))
    };
    format!(
        "Sum of the Goldstein scores of each year's acts: treaties, aid and visits count upward, bans, threats and expulsions downward. The chronicle selects major acts, so compare shapes rather than heights.{marks}"
    )
}
