//! A specification curve in characters.

use std::fmt::Write;

use suasion_study::multiverse::{Curve, Estimated, Setting};
use suasion_study::wording::number;

/// Lines of the curve.
const LINES: usize = 11;
/// Room for names of options.
const LEFT: usize = 26;

/// The curve with its dashboard, at most `width` characters wide.
pub fn curve(curve: &Curve, width: usize) -> String {
    let shown = curve.sample(width.saturating_sub(LEFT + 1).clamp(8, 120));
    let mut text = effects(curve, &shown);
    for decision in &curve.decisions {
        let head = format!("{} ({:.0} %)", decision.decision.label(), 100.0 * decision.share);
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{head}");
        for option in &decision.options {
            let marks: String = shown
                .iter()
                .map(|(_, point)| {
                    let own = point.specification.at(decision.decision).map(Setting::option);
                    if own.as_deref() == Some(&option.name) { '│' } else { ' ' }
                })
                .collect();
            let name: String = option.name.chars().take(LEFT - 3).collect();
            let _ = writeln!(text, "  {name:<width$}{}", marks.trim_end(), width = LEFT - 2);
        }
    }
    text
}

fn effects(curve: &Curve, shown: &[(usize, &Estimated)]) -> String {
    let ends =
        shown.iter().flat_map(|(rank, point)| [point.effect, curve.band.low[*rank], curve.band.high[*rank]]);
    let (low, high) = ends.fold((-0.1_f64, 0.1_f64), |(low, high), value| (low.min(value), high.max(value)));
    let line_of = |effect: f64| {
        let share = (effect - low) / (high - low);
        ((1.0 - share) * (LINES - 1) as f64).round() as usize
    };
    let mut text = String::new();
    for line in 0..LINES {
        let effect = high - (high - low) * line as f64 / (LINES - 1) as f64;
        let label = if line == line_of(0.0) {
            "0".to_owned()
        } else if line == 0 || line == LINES - 1 {
            number(effect)
        } else {
            String::new()
        };
        let marks: String = shown
            .iter()
            .map(|(rank, point)| {
                let inside =
                    line >= line_of(curve.band.high[*rank]) && line <= line_of(curve.band.low[*rank]);
                match (line_of(point.effect) == line, inside, line == line_of(0.0)) {
                    (true, _, _) if point.p_toward.min(point.p_against) <= 0.05 => '●',
                    (true, _, _) => '○',
                    (_, _, true) => '─',
                    (_, true, _) => '░',
                    _ => ' ',
                }
            })
            .collect();
        let _ = writeln!(text, "{label:>width$} {}", marks.trim_end(), width = LEFT - 1);
    }
    text
}
