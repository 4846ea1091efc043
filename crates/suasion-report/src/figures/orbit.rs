//! Orbit: each power's share, by domain.

use kuva::prelude::{Figure as Grid, LinePlot, Plot};
use suasion_actors::{DirectedDyad, StateId};
use suasion_methods::quantile::mean;
use suasion_study::Assessment;

use super::{Figure, style};

const DOMAINS: [(&str, &str); 4] = [
    ("orbit_trade", "Trade"),
    ("orbit_acts", "Acts received"),
    ("orbit_ties", "Shared organisations"),
    ("orbit_alignment", "Agreement in UN votes"),
];

pub(super) fn figure(assessment: &Assessment<'_>) -> Option<Figure> {
    let study = &assessment.open.study;
    let (mut plots, mut layouts) = (Vec::new(), Vec::new());
    let mut known = false;
    for (number, (column, title)) in DOMAINS.into_iter().enumerate() {
        let cell: Vec<Plot> = study
            .actors
            .powers()
            .into_iter()
            .map(|power| {
                let points = series(assessment, power, column);
                known |= !points.is_empty();
                let mut line = LinePlot::new()
                    .with_data(points)
                    .with_color(style::power_colour(study, power))
                    .with_stroke_width(if power == study.actors.power { 2.2 } else { 1.4 });
                if number == 0 {
                    line = line.with_legend(style::name(power));
                }
                Plot::Line(line)
            })
            .collect();
        layouts.push(
            style::over_years(study, &cell, 230.0)
                .with_title(title)
                .with_y_axis_min(0.0)
                .with_y_axis_max(1.0)
                .with_x_tick_step(10.0)
                .with_y_tick_format(style::percent()),
        );
        plots.push(cell);
    }
    if !known {
        return None;
    }
    let scene = Grid::new(2, 2)
        .with_plots(plots)
        .with_layouts(layouts)
        .with_figure_size(style::WIDTH, 560.0)
        .with_shared_legend_bottom()
        .with_spacing(14.0)
        .render();
    Some(Figure {
        name: "orbit-shares".to_owned(),
        title: "Whose orbit? Each power's share in what ties the region".to_owned(),
        sentence: sentence(assessment),
        reading: "Shares among the powers of the study only, mean over the states of the region; a year in which one power's figure is missing is left out. Shared organisations count all of the table, small and large alike.".to_owned(),
        scene,
    })
}

fn series(assessment: &Assessment<'_>, power: StateId, column: &str) -> Vec<(f64, f64)> {
    let panel = &assessment.yearly;
    let dyads: Vec<DirectedDyad> = assessment
        .open
        .study
        .actors
        .region
        .iter()
        .filter_map(|state| DirectedDyad::new(power, *state))
        .collect();
    panel
        .spine
        .steps()
        .iter()
        .enumerate()
        .filter_map(|(position, step)| {
            let numbers: Vec<f64> =
                dyads.iter().filter_map(|dyad| panel.series(column, *dyad).get(position)?.number()).collect();
            Some((step.decimal_year(), mean(&numbers)?))
        })
        .collect()
}

fn sentence(assessment: &Assessment<'_>) -> String {
    let power = assessment.open.study.actors.power;
    let parts: Vec<String> = DOMAINS
        .iter()
        .filter_map(|(column, title)| {
            let points = series(assessment, power, column);
            let (first, last) = (points.first()?, points.last()?);
            Some(format!(
                "{} from {:.0} % ({:.0}) to {:.0} % ({:.0})",
                title.to_lowercase().replace("un votes", "UN votes"),
                first.1 * 100.0,
                first.0.floor(),
                last.1 * 100.0,
                last.0.floor()
            ))
        })
        .collect();
    format!("{}'s share went: {}.", style::name(power), parts.join("; "))
}
