//! All verdicts at a glance, by the headings under which the articles argue.

use kuva::prelude::{BarPlot, LegendPosition, Plot};
use suasion_study::{Assessment, Verdict};

use super::{Figure, style};
use crate::views::claims::groups;

pub(super) fn figure(assessment: &Assessment<'_>) -> Option<Figure> {
    let groups = groups(assessment);
    if groups.is_empty() {
        return None;
    }
    let mut bars = BarPlot::new();
    for (group, outcomes) in groups.iter().rev() {
        let values = Verdict::WORDS.iter().zip(style::VERDICTS).map(|(word, colour)| {
            let count = outcomes.iter().filter(|outcome| outcome.verdict.word() == *word).count();
            (count as f64, colour.to_owned())
        });
        bars = bars.with_group(group.clone(), values);
    }
    let bars =
        bars.with_stacked().with_horizontal(true).with_width(0.62).with_legend(Verdict::WORDS.to_vec());
    let plots = vec![Plot::Bar(bars)];
    let most = groups.iter().map(|(_, outcomes)| outcomes.len()).max().unwrap_or(1);
    let layout = style::plain(&plots, 90.0 + 36.0 * groups.len() as f64)
        .with_x_axis_min(0.0)
        .with_x_axis_max(most as f64)
        .with_x_tick_step(if most > 10 { 5.0 } else { 1.0 })
        .with_x_label("claims")
        .with_legend_position(LegendPosition::OutsideBottomColumns);
    let counts = assessment.verdict_counts();
    let words: Vec<String> =
        Verdict::WORDS.iter().zip(counts).map(|(word, count)| format!("{count} {word}")).collect();
    Some(Figure {
        name: "verdicts".to_owned(),
        title: "How the claims fare".to_owned(),
        sentence: format!("Of {} claims: {}.", assessment.claims.len(), words.join(", ")),
        reading: "A claim with several parts is supported only if every part is; mixed means that the record leaves it open or that its parts disagree.".to_owned(),
        scene: kuva::render::render::render_multiple(plots, layout),
    })
}
