//! Colours, sizes and axes that all figures share.

use std::sync::Arc;

use kuva::prelude::{Layout, Plot, Theme, TickFormat};
use kuva::render::render::Scene;
use suasion_actors::{Crosswalk, StateId};
use suasion_study::Study;

/// Width of a figure in drawing units.
pub(super) const WIDTH: f64 = 780.0;
/// Ink for axes and words.
pub(super) const INK: &str = "#333333";
/// Ink for what stands behind.
pub(super) const PALE: &str = "#9aa0a6";
/// The power's colour; every other one stays apart from it.
const POWER: &str = "#27476e";
/// Rivals, in their order in the study file.
const RIVALS: [&str; 6] = ["#c1442e", "#5b8c3a", "#d99a1c", "#7a5ba6", "#2a9d8f", "#8c6d46"];
/// States of the region, in their order in the study file.
const STATES: [&str; 8] =
    ["#1f7a8c", "#b5513c", "#6b8e23", "#8a62a0", "#d09a2c", "#4f6d7a", "#a23e48", "#557a46"];
/// The twelve instruments: hard in reds, economic in blues, institutional in greys, soft in greens
/// and yellows.
pub(super) const INSTRUMENTS: [&str; 12] = [
    "#7f1d1d", "#c2524a", "#1e3a5f", "#3f72af", "#8fb8de", "#5c5c5c", "#a8a8a8", "#1b5e20", "#4c9a2a",
    "#9ccc65", "#e2c044", "#c98b2b",
];
/// Supported, contradicted, mixed, untestable.
pub(super) const VERDICTS: [&str; 4] = ["#2f7d4f", "#b23a3a", "#d8a12f", "#c9ccd1"];

/// A power's colour.
pub(super) fn power_colour(study: &Study, power: StateId) -> &'static str {
    match study.actors.rivals.iter().position(|rival| *rival == power) {
        Some(index) => RIVALS[index % RIVALS.len()],
        None => POWER,
    }
}

/// A regional state's colour.
pub(super) fn state_colour(study: &Study, state: StateId) -> &'static str {
    let index = study.actors.region.iter().position(|other| *other == state).unwrap_or(0);
    STATES[index % STATES.len()]
}

/// A state's name.
pub(super) fn name(state: StateId) -> String {
    Crosswalk::built_in().name(state)
}

/// First and last decimal year of the study.
pub(super) fn years(study: &Study) -> (f64, f64) {
    (f64::from(study.period.begin().year()), f64::from(study.period.end().year()) + 1.0)
}

/// A layout over the study's years.
pub(super) fn over_years(study: &Study, plots: &[Plot], height: f64) -> Layout {
    let (first, last) = years(study);
    plain(plots, height)
        .with_x_axis_min(first)
        .with_x_axis_max(last)
        .with_x_tick_step(year_step(last - first))
        .with_x_tick_format(TickFormat::Integer)
}

fn year_step(span: f64) -> f64 {
    if span > 60.0 {
        10.0
    } else if span > 12.0 {
        5.0
    } else {
        1.0
    }
}

/// A layout with the shared sizes.
pub(super) fn plain(plots: &[Plot], height: f64) -> Layout {
    Layout::auto_from_plots(plots)
        .with_width(WIDTH)
        .with_height(height)
        .with_title_size(15)
        .with_label_size(12)
        .with_tick_size(11)
        .with_body_size(11)
        .with_legend_box(false)
        .with_theme(Theme { legend_border: "#ffffff".to_owned(), ..Theme::light() })
        .with_grid_line_width(0.5)
        .with_axis_line_width(0.8)
}

/// Names in place of whole numbers on an axis.
pub(super) fn named_ticks(names: Vec<String>) -> TickFormat {
    TickFormat::Custom(Arc::new(move |value: f64| {
        let near = value.round();
        let index = if (value - near).abs() < 1e-6 && near >= 0.0 { Some(near as usize) } else { None };
        index.and_then(|index| names.get(index)).cloned().unwrap_or_default()
    }))
}

/// Shares as whole percent.
pub(super) fn percent() -> TickFormat {
    TickFormat::Custom(Arc::new(|value: f64| format!("{:.0} %", value * 100.0)))
}

/// The drawing with more room at its foot, where a legend of several rows would be cut off.
pub(super) fn with_room_below(mut scene: Scene, room: f64) -> Scene {
    scene.height += room;
    scene
}

/// An SVG that takes its width from the page, with a title for those who cannot see it.
pub(super) fn scalable(svg: &str, title: &str) -> String {
    let Some(start) = svg.find("<svg") else { return svg.to_owned() };
    let Some(end) = svg[start..].find('>').map(|offset| start + offset) else { return svg.to_owned() };
    let opening = &svg[start..end];
    let (width, height) = (attribute(opening, "width"), attribute(opening, "height"));
    let (Some(width), Some(height)) = (width, height) else { return svg.to_owned() };
    let title = title.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{title}\">{}",
        &svg[end + 1..]
    )
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let length = tag[start..].find('"')?;
    Some(&tag[start..start + length])
}
