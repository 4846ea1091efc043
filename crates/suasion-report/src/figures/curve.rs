//! The specification curve: estimates by rank over what was decided for each (Simonsohn, Simmons &
//! Nelson 2020).

use std::fmt::Write;

use kuva::render::color::Color;
use kuva::render::render::{PathData, Primitive, Scene, TextAnchor};
use suasion_study::multiverse::{Curve, Setting};
use suasion_study::wording::number;

use super::curve_layout::{CURVE, Layout, ROW, TOP};
use super::style::{INK, PALE, VERDICTS, WIDTH};
use super::{Figure, style};

/// How to read a specification curve.
pub(crate) const READING: &str = "How to read a specification curve: each column is one specification; above its effect in standard deviations with its interval, positive as claimed; below what was decided for it. Green is significant as claimed, red the other way. The band is where the curve would lie in 95 % of the draws were there nothing. Percentages say how much of the variance of the effects a decision accounts for.";

const BAND: &str = "#e9e6df";
const LEVEL: f64 = 0.05;

/// The figure of a curve; `name` is that of its files.
pub fn figure(name: &str, title: &str, curve: &Curve) -> Figure {
    let layout = Layout::of(curve);
    let mut scene = Scene::new(WIDTH, layout.height);
    band(&mut scene, curve, &layout);
    axis(&mut scene, &layout);
    points(&mut scene, &layout);
    dashboard(&mut scene, curve, &layout);
    let joint = &curve.joint;
    let drawn = if layout.drawn.len() < curve.points.len() {
        format!(" {} of them are drawn, evenly by rank.", layout.drawn.len())
    } else {
        String::new()
    };
    Figure {
        name: name.to_owned(),
        title: title.to_owned(),
        sentence: format!(
            "{} specifications, median effect {} standard deviations.{drawn}",
            joint.specifications,
            number(joint.signs.median.value)
        ),
        reading: READING.to_owned(),
        scene,
    }
}

fn colour(code: &str) -> Color {
    Color::from(code)
}

fn path(d: String, fill: Option<&str>, stroke: &str, stroke_width: f64) -> Primitive {
    Primitive::Path(Box::new(PathData {
        d,
        fill: fill.map(colour),
        stroke: colour(stroke),
        stroke_width,
        opacity: None,
        stroke_dasharray: None,
    }))
}

fn text(x: f64, y: f64, content: impl Into<String>, anchor: TextAnchor, bold: bool) -> Primitive {
    Primitive::Text {
        x,
        y,
        content: content.into(),
        size: 10,
        anchor,
        rotate: None,
        bold,
        color: Some(colour(INK)),
    }
}

/// Where the curve would lie were there nothing.
fn band(scene: &mut Scene, curve: &Curve, layout: &Layout<'_>) {
    let ranks: Vec<usize> = layout.drawn.iter().map(|(rank, _)| *rank).collect();
    let upper = ranks.iter().map(|rank| (layout.x(*rank), layout.y(curve.band.high[*rank])));
    let lower = ranks.iter().rev().map(|rank| (layout.x(*rank), layout.y(curve.band.low[*rank])));
    let mut d = String::new();
    for (position, (x, y)) in upper.chain(lower).enumerate() {
        // Writing to a text cannot fail.
        let _ = write!(d, "{}{x:.1},{y:.1}", if position == 0 { "M" } else { "L" });
    }
    scene.add(path(d + "Z", Some(BAND), BAND, 1.0));
}

fn axis(scene: &mut Scene, layout: &Layout<'_>) {
    let right = layout.x(layout.drawn.last().map_or(0, |(rank, _)| *rank)) + 4.0;
    for tick in layout.ticks() {
        let y = layout.y(tick);
        let is_zero = tick.abs() < 1e-9;
        let (stroke, width) = if is_zero { (INK, 0.9) } else { ("#e4e4e4", 0.5) };
        scene.add(Primitive::Line {
            x1: layout.left - 4.0,
            y1: y,
            x2: right,
            y2: y,
            stroke: colour(stroke),
            stroke_width: width,
            stroke_dasharray: None,
        });
        scene.add(text(layout.left - 8.0, y + 3.5, number(tick), TextAnchor::End, false));
    }
    scene.add(text(4.0, TOP + 10.0, "effect, standard", TextAnchor::Start, true));
    scene.add(text(4.0, TOP + 22.0, "deviations", TextAnchor::Start, true));
    scene.add(text(4.0, TOP + 38.0, "above nought: as claimed", TextAnchor::Start, false));
}

fn points(scene: &mut Scene, layout: &Layout<'_>) {
    let mut whiskers = String::new();
    for (rank, point) in &layout.drawn {
        if let Some(interval) = point.effect_interval {
            let (x, low, high) = (layout.x(*rank), layout.y(interval.low), layout.y(interval.high));
            let _ = write!(whiskers, "M{x:.1},{low:.1}V{high:.1}");
        }
    }
    if !whiskers.is_empty() {
        scene.add(path(whiskers, None, "#c4c7cb", 1.0));
    }
    let colour_of = |toward: f64, against: f64| {
        if toward <= LEVEL {
            VERDICTS[0]
        } else if against <= LEVEL {
            VERDICTS[1]
        } else {
            PALE
        }
    };
    for fill in [PALE, VERDICTS[0], VERDICTS[1]] {
        let (cx, cy): (Vec<f64>, Vec<f64>) = layout
            .drawn
            .iter()
            .filter(|(_, point)| colour_of(point.p_toward, point.p_against) == fill)
            .map(|(rank, point)| (round(layout.x(*rank)), round(layout.y(point.effect))))
            .unzip();
        if !cx.is_empty() {
            let r = if layout.drawn.len() > 80 { 1.7 } else { 2.4 };
            scene.add(Primitive::CircleBatch {
                cx,
                cy,
                r,
                fill: colour(fill),
                fill_opacity: None,
                stroke: None,
                stroke_width: None,
            });
        }
    }
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// Which options each specification took.
fn dashboard(scene: &mut Scene, curve: &Curve, layout: &Layout<'_>) {
    scene.add(Primitive::Line {
        x1: 4.0,
        y1: TOP + CURVE + 8.0,
        x2: WIDTH - 8.0,
        y2: TOP + CURVE + 8.0,
        stroke: colour("#dcdad4"),
        stroke_width: 0.8,
        stroke_dasharray: None,
    });
    for row in &layout.rows {
        let indent = if row.head { 4.0 } else { 14.0 };
        scene.add(text(indent, row.y + 3.5, row.label.clone(), TextAnchor::Start, row.head));
        let Some((number, option)) = &row.option else { continue };
        let decision = curve.decisions[*number].decision;
        let mut ticks = String::new();
        for (rank, point) in &layout.drawn {
            let own = point.specification.at(decision).map(Setting::option).unwrap_or_default();
            if own == *option {
                let _ = write!(ticks, "M{:.1},{:.1}v{:.1}", layout.x(*rank), row.y - 3.5, ROW - 5.0);
            }
        }
        if !ticks.is_empty() {
            scene.add(path(ticks, None, style::INK, 1.3));
        }
    }
}
