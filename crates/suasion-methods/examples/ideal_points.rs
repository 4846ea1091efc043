//! Ideal points of a study's states as a table of figures, by the published sampler at full length:
//! `cargo run --release --package suasion-methods --example ideal_points > FILE.csv`, a quarter of
//! an hour on two cores. The votes are looked for as in the tests.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, missing_docs)]

#[path = "../tests/general_assembly/mod.rs"]
mod general_assembly;

use suasion_methods::Seed;
use suasion_methods::ideal_points::{IdealPoint, SamplerOptions, sample};

/// States of the built-in study, with their names in the votes.
const STATES: [(&str, &str); 9] = [
    ("CHN", "China"),
    ("KAZ", "Kazakhstan"),
    ("KGZ", "Kyrgyzstan"),
    ("RUS", "Russia"),
    ("TJK", "Tajikistan"),
    ("TKM", "Turkmenistan"),
    ("TUR", "Turkey"),
    ("USA", "United States"),
    ("UZB", "Uzbekistan"),
];
/// The first year of the study.
const FROM: u32 = 1992;
/// Of the run told in `docs/methods.md`; the length is that of the published one.
const SEED: u64 = 2017;

fn main() {
    let Some(data) = general_assembly::data() else { return };
    let options = SamplerOptions {
        burn_in: 4_000,
        iterations: 20_000,
        thin: 50,
        ..SamplerOptions::published(Seed::new(SEED))
    };
    let sampled = sample(&data.ballots, &data.anchors(), &options);
    for warning in &sampled.warnings {
        eprintln!("{warning}");
    }
    println!("indicator,source,target,year,value,unit,vintage,citation,note");
    for (code, name) in STATES {
        let of_state = |point: &&IdealPoint| data.names[point.state as usize] == name;
        for point in sampled.points.iter().filter(of_state) {
            let year = point.session + 1945;
            if year >= FROM {
                println!("{}", row(code, year, point));
            }
        }
    }
}

fn row(code: &str, year: u32, point: &IdealPoint) -> String {
    format!(
        "ideal_point,{code},WLD,{year},{:.3},standard deviations,\"own estimate, 2026\",bailey-strezhnev-voeten-2017,\
         posterior standard deviation {:.3}",
        point.position, point.standard_deviation
    )
}
