//! The peer benchmark's side of suasion: `specifications PANEL.csv COUNTS.csv ESTIMATES.csv` (see
//! `benchmarks/specifications`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a benchmark")]

use std::fmt::Write;
use std::fs;
use std::time::Instant;

use suasion_methods::specification_curve::{UnitPanel, UnitSpecification, coefficients_by_draw};

const OUTCOMES: usize = 11;
const REGRESSORS: usize = 6;
const SPECIFICATIONS: usize = 2000;

fn table(path: &str, header: bool) -> Vec<Vec<f64>> {
    let text = fs::read_to_string(path).expect("a readable file");
    text.lines()
        .skip(usize::from(header))
        .map(|line| line.split(',').map(|field| field.parse().expect("a number")).collect())
        .collect()
}

/// Outcome by focal regressor by every set of the others, in this order.
fn specifications() -> Vec<UnitSpecification> {
    let all = (0..OUTCOMES).flat_map(|outcome| {
        (0..REGRESSORS).flat_map(move |focal| {
            (0..1_usize << (REGRESSORS - 1)).map(move |mask| {
                let others: Vec<usize> = (0..REGRESSORS).filter(|other| *other != focal).collect();
                let chosen = others.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1);
                let controls = chosen.map(|(_, other)| OUTCOMES + other).collect();
                UnitSpecification { outcome, focal: OUTCOMES + focal, controls }
            })
        })
    });
    all.take(SPECIFICATIONS).collect()
}

fn main() {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let rows = table(&paths[0], true);
    let panel = UnitPanel {
        units: rows.iter().map(|row| row[0] as usize).collect(),
        columns: (1..=OUTCOMES + REGRESSORS).map(|at| rows.iter().map(|row| row[at]).collect()).collect(),
    };
    let counts = table(&paths[1], false);
    let specifications = specifications();
    let mut shortest = f64::INFINITY;
    let mut estimates = Vec::new();
    for _ in 0..3 {
        let start = Instant::now();
        estimates = coefficients_by_draw(&panel, &specifications, &counts).expect("a sound panel");
        shortest = shortest.min(start.elapsed().as_secs_f64());
    }
    let mut text = String::new();
    for draw in &estimates {
        let fields: Vec<String> = draw.iter().map(|value| format!("{value:.17e}")).collect();
        writeln!(text, "{}", fields.join(",")).unwrap();
    }
    fs::write(&paths[2], text).expect("a writable file");
    println!("seconds {shortest:.6}");
}
