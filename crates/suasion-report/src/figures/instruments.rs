//! The mix of instruments by state, stacked.

use kuva::prelude::{BarPlot, LegendPosition, Plot};
use suasion_actors::StateId;
use suasion_archive::ontology::Instrument;
use suasion_study::Assessment;

use super::{Figure, style};

pub(super) fn figure(assessment: &Assessment<'_>) -> Option<Figure> {
    let study = &assessment.open.study;
    let rows: Vec<(StateId, [f64; 12])> =
        study.actors.region.iter().filter_map(|state| Some((*state, shares(assessment, *state)?))).collect();
    if rows.is_empty() {
        return None;
    }
    let mut bars = BarPlot::new();
    for (state, shares) in rows.iter().rev() {
        let values = shares.iter().zip(style::INSTRUMENTS).map(|(share, colour)| (*share, colour.to_owned()));
        bars = bars.with_group(style::name(*state), values);
    }
    let bars = bars
        .with_stacked()
        .with_horizontal(true)
        .with_width(0.7)
        .with_legend(Instrument::ALL.iter().map(|instrument| instrument.label()).collect());
    let plots = vec![Plot::Bar(bars)];
    let layout = style::plain(&plots, 110.0 + 44.0 * rows.len() as f64)
        .with_x_axis_min(0.0)
        .with_x_axis_max(1.0)
        .with_x_tick_format(style::percent())
        .with_legend_position(LegendPosition::OutsideBottomColumns);
    let power = style::name(study.actors.power);
    Some(Figure {
        name: "instruments".to_owned(),
        title: format!("By which means {power} acts toward each state"),
        sentence: sentence(&rows),
        reading: "Shares of the acts toward each state by instrument, from hard (reds) through economic (blues) and institutional (greys) to soft (greens and yellows).".to_owned(),
        scene: style::with_room_below(kuva::render::render::render_multiple(plots, layout), 30.0),
    })
}

fn shares(assessment: &Assessment<'_>, state: StateId) -> Option<[f64; 12]> {
    let study = &assessment.open.study;
    let mut counts = [0.0; 12];
    for event in assessment.open.inputs.event_rows() {
        let wanted = event.source == study.actors.power && event.target == Some(state);
        if wanted && study.period.covers(event.date) {
            counts[event.instrument as usize] += f64::from(event.count);
        }
    }
    let total: f64 = counts.iter().sum();
    (total > 0.0).then(|| counts.map(|count| count / total))
}

fn sentence(rows: &[(StateId, [f64; 12])]) -> String {
    let leading: Vec<String> = rows
        .iter()
        .map(|(state, shares)| {
            let best = (0..12).max_by(|a, b| shares[*a].total_cmp(&shares[*b])).unwrap_or(0);
            format!(
                "{} {} ({:.0} %)",
                style::name(*state),
                Instrument::ALL[best].label(),
                shares[best] * 100.0
            )
        })
        .collect();
    format!("The instrument most used: {}.", leading.join(", "))
}
