//! One forest plot for each diagnosis: the power first, rivals and chance beside it.

use kuva::prelude::{ForestPlot, Plot, TickFormat};
use suasion_study::Assessment;
use suasion_study::diagnosis::{Diagnosis, DiagnosisKind};

use super::{Figure, style};

pub(super) fn figures(assessment: &Assessment<'_>) -> Vec<Figure> {
    assessment.diagnoses.iter().filter_map(|diagnosis| figure(assessment, diagnosis)).collect()
}

fn figure(assessment: &Assessment<'_>, diagnosis: &Diagnosis) -> Option<Figure> {
    let study = &assessment.open.study;
    let mut forest = ForestPlot::new().with_marker_size(5.0).with_whisker_width(1.6);
    let mut rows = 0;
    for finding in &diagnosis.findings {
        let Ok(estimate) = &finding.estimation else { continue };
        let (low, high) = estimate
            .interval
            .map_or((estimate.value, estimate.value), |interval| (interval.low, interval.high));
        let label = if finding.domain.is_empty() {
            finding.label.clone()
        } else {
            format!("{}, {}", finding.label, finding.domain)
        };
        let colour = finding.power.map_or(style::PALE, |power| style::power_colour(study, power));
        forest = forest.with_colored_row(label, estimate.value, low, high, colour);
        rows += 1;
    }
    if rows == 0 {
        return None;
    }
    let null = match diagnosis.kind {
        DiagnosisKind::Balance => Some(1.0),
        DiagnosisKind::Orbit | DiagnosisKind::Influence => Some(0.0),
        _ => None,
    };
    forest = match null {
        Some(null) => forest.with_null_value(null),
        None => forest.with_show_null_line(false),
    };
    let plots = vec![Plot::Forest(forest)];
    let mut layout = style::plain(&plots, 80.0 + 24.0 * f64::from(rows));
    layout = match diagnosis.kind {
        DiagnosisKind::Differentiation | DiagnosisKind::Consistency | DiagnosisKind::Initiative => {
            layout.with_x_axis_min(0.0)
        }
        _ => layout,
    };
    if matches!(diagnosis.kind, DiagnosisKind::Consistency) {
        layout = layout.with_x_tick_format(TickFormat::Percent);
    }
    Some(Figure {
        name: diagnosis.kind.name().to_owned(),
        title: diagnosis.kind.question(&style::name(study.actors.power)),
        sentence: diagnosis.sentence.clone(),
        reading: format!(
            "{} Points are estimates, lines {:.0} % intervals.",
            diagnosis.kind.scale(),
            study.thresholds.confidence * 100.0
        ),
        scene: kuva::render::render::render_multiple(plots, layout),
    })
}
