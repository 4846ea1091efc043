//! Phases found, against the published periodisations.

use kuva::prelude::{BandPlot, Plot, ReferenceLine, TextAnnotation};
use suasion_study::Assessment;
use suasion_study::periodisation::Periodisation;
use suasion_study::phases::DomainPhases;

use super::{Figure, style};

/// Room that one letter of a label takes, in years of the axis.
const YEARS_PER_LETTER: f64 = 0.34;
/// Half the height of a bar, in rows.
const HALF_BAR: f64 = 0.26;
const SHADES: [&str; 2] = ["#8fa3b8", "#c4ced9"];
const FOUND: [&str; 2] = ["#b5713c", "#dfb48c"];

/// A row of the figure: name, and segments from year to year with their labels.
struct Row {
    name: String,
    segments: Vec<(f64, f64, String)>,
    colours: [&'static str; 2],
}

pub(super) fn figure(assessment: &Assessment<'_>) -> Option<Figure> {
    let study = &assessment.open.study;
    let (first, last) = style::years(study);
    let mut rows: Vec<Row> =
        assessment.phases.domains.iter().filter(|domain| !domain.steps.is_empty()).map(found).collect();
    rows.extend(
        assessment
            .open
            .periodisations
            .periodisations
            .iter()
            .map(|published| published_row(published, first, last)),
    );
    if rows.is_empty() {
        return None;
    }
    rows.reverse();
    let mut plots = Vec::new();
    for (height, row) in rows.iter().enumerate() {
        for (number, (begin, end, _)) in row.segments.iter().enumerate() {
            let (foot, head) = (height as f64 - HALF_BAR, height as f64 + HALF_BAR);
            let bar = BandPlot::new(vec![*begin, *end], vec![foot, foot], vec![head, head])
                .with_color(row.colours[number % 2])
                .with_opacity(1.0);
            plots.push(Plot::Band(bar));
        }
    }
    let mut layout = style::over_years(study, &plots, 90.0 + 34.0 * rows.len() as f64)
        .with_y_axis_min(-0.6)
        .with_y_axis_max(rows.len() as f64 - 0.4)
        .with_y_tick_step(1.0)
        .with_show_grid(false)
        .with_y_tick_format(style::named_ticks(rows.iter().map(|row| row.name.clone()).collect()));
    for (height, row) in rows.iter().enumerate() {
        for (begin, end, label) in &row.segments {
            if label.chars().count() as f64 * YEARS_PER_LETTER < end - begin {
                let at =
                    TextAnnotation::new(label.clone(), f64::midpoint(*begin, *end), height as f64 - 0.30)
                        .with_font_size(10)
                        .with_color(style::INK);
                layout = layout.with_annotation(at);
            }
        }
    }
    for shock in &assessment.open.periodisations.shocks {
        let year = f64::from(shock.begin.year()) + f64::from(shock.begin.earliest().day_of_year()) / 365.25;
        layout = layout.with_reference_line(
            ReferenceLine::vertical(year).with_color("#d9c3ad").with_stroke_width(0.6).with_dasharray("2 3"),
        );
    }
    Some(Figure {
        name: "phases".to_owned(),
        title: "Phases found and phases published".to_owned(),
        sentence: sentence(assessment),
        reading: "Brown rows: stretches between change points of the joint series of all states (exact PELT, least squares, Schwarz's penalty). Blue rows: phases as the literature has them. Dashed uprights: shocks. A series that drifts, as trade shares do, is cut into steps.".to_owned(),
        scene: kuva::render::render::render_multiple(plots, layout),
    })
}

fn found(domain: &DomainPhases) -> Row {
    let begin = domain.steps.first().map_or(0, |step| step.year());
    let end = domain.steps.last().map_or(0, |step| step.year()) + 1;
    let mut bounds = vec![f64::from(begin)];
    bounds.extend(domain.boundaries.iter().map(|boundary| f64::from(boundary.step.year())));
    bounds.push(f64::from(end));
    let segments = bounds
        .windows(2)
        .map(|pair| {
            let until = pair[1] - 1.0;
            let label = if until > pair[0] {
                format!("{:.0}–{until:.0}", pair[0])
            } else {
                format!("{:.0}", pair[0])
            };
            (pair[0], pair[1], label)
        })
        .collect();
    Row { name: format!("Found in {}", domain.domain), segments, colours: FOUND }
}

fn published_row(periodisation: &Periodisation, first: f64, last: f64) -> Row {
    let day =
        |date: jiff::civil::Date| f64::from(date.year()) + (f64::from(date.day_of_year()) - 1.0) / 365.25;
    let segments = periodisation
        .phases
        .iter()
        .map(|phase| {
            let end = phase.end.map_or(last, |end| day(end.latest()));
            (day(phase.begin.earliest()).max(first), end.min(last), phase.label.clone())
        })
        .filter(|(begin, end, _)| begin < end)
        .collect();
    Row { name: periodisation.title.clone(), segments, colours: SHADES }
}

fn sentence(assessment: &Assessment<'_>) -> String {
    let parts: Vec<String> = assessment
        .phases
        .domains
        .iter()
        .filter(|domain| !domain.steps.is_empty())
        .map(|domain| {
            let years: Vec<String> =
                domain.boundaries.iter().map(|boundary| boundary.step.to_string()).collect();
            if years.is_empty() {
                format!("no change point in {}", domain.domain)
            } else {
                format!("{} with changes in {}", domain.domain, years.join(", "))
            }
        })
        .collect();
    if parts.is_empty() {
        return "No series is known for every state, so no phases could be sought.".to_owned();
    }
    format!("Found: {}.", parts.join("; "))
}
