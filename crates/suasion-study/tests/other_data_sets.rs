//! The built-in ties beside ATOP and Correlates of War: every difference is listed and explained in
//! `studies/russia-central-asia/`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

#[path = "../../suasion-actors/tests/shared_data/mod.rs"]
mod shared_data;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use suasion_actors::{CodeScheme, Crosswalk, DirectedDyad, TimeUnit};
use suasion_panel::Panel;
use suasion_study::{OpenStudy, assessment, open};

const EXPLAINED: &str = include_str!("../../../studies/russia-central-asia/atop-differences.csv");

fn dyad(row: &shared_data::Row, year: i16) -> Option<DirectedDyad> {
    let state = |column: &str| {
        let code = (row[column].parse::<f64>().unwrap() as i64).to_string();
        Crosswalk::built_in().state(CodeScheme::CowNumber, &code, date(year, 12, 31)).ok()
    };
    DirectedDyad::new(state("ccode1")?, state("ccode2")?)
}

fn yearly() -> (OpenStudy, Panel) {
    let study = open("russia-central-asia", &[], None).unwrap();
    let panel = assessment::panel(&study, TimeUnit::Year);
    (study, panel)
}

/// ATOP's obligations on our scale.
fn depth(row: &shared_data::Row) -> u8 {
    let has = |column: &str| row[column].parse::<f64>().is_ok_and(|value| value > 0.0);
    if has("atop_defense") {
        3
    } else if has("atop_neutral") || has("atop_nonagg") {
        2
    } else {
        u8::from(has("atop_consul"))
    }
}

#[test]
fn obligations_differ_from_atop_only_as_explained() {
    let Some(rows) = shared_data::table("atop/atop_directed_dyad_year.csv.gz") else { return };
    let (study, panel) = yearly();
    let mut atop: BTreeMap<(DirectedDyad, i16), u8> = BTreeMap::new();
    for row in &rows {
        let year = row["year"].parse::<f64>().unwrap() as i16;
        if let Some(dyad) = dyad(row, year).filter(|_| year >= 1992) {
            let held = atop.entry((dyad, year)).or_default();
            *held = (*held).max(depth(row));
        }
    }
    let mut found = BTreeSet::new();
    for dyad in panel.spine.dyads().iter().filter(|dyad| study.study.actors.region.contains(&dyad.target())) {
        for (cell, step) in panel.series("obligation_depth", *dyad).iter().zip(panel.spine.steps()) {
            let year = step.year();
            if year > 2018 {
                continue;
            }
            let ours = cell.number().unwrap() as u8;
            let theirs = atop.get(&(*dyad, year)).copied().unwrap_or(0);
            if ours != theirs {
                found.insert(format!("{},{},{year},{ours},{theirs}", dyad.source(), dyad.target()));
            }
        }
    }
    let explained: BTreeSet<String> = EXPLAINED
        .lines()
        .skip(1)
        .flat_map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            let [source, target, from, to, ours, theirs, reason] = fields[..] else { panic!("{line}") };
            assert!(!reason.is_empty(), "{line}");
            let (from, to): (i16, i16) = (from.parse().unwrap(), to.parse().unwrap());
            (from..=to).map(|year| format!("{source},{target},{year},{ours},{theirs}")).collect::<Vec<_>>()
        })
        .collect();
    let new: Vec<&String> = found.difference(&explained).collect();
    let gone: Vec<&String> = explained.difference(&found).collect();
    assert!(new.is_empty() && gone.is_empty(), "new: {new:#?}\nno longer there: {gone:#?}");
}

#[test]
fn we_never_share_more_organisations_than_correlates_of_war_counts() {
    let Some(rows) = shared_data::table("cow/igo_dyad_year.csv.gz") else { return };
    let (_, panel) = yearly();
    let mut compared = 0;
    for row in &rows {
        let year = row["year"].parse::<f64>().unwrap() as i16;
        if year < 1992 {
            continue;
        }
        let (Some(dyad), Ok(theirs)) = (dyad(row, year), row["dyadigos"].parse::<f64>()) else { continue };
        let both = [dyad, dyad.reversed()];
        let Some(dyad) = both.into_iter().find(|dyad| panel.spine.dyads().contains(dyad)) else { continue };
        let Some(position) = panel.spine.steps().iter().position(|step| step.year() == year) else {
            continue;
        };
        let ours = panel.series("shared_organisations", dyad)[position].number().unwrap();
        assert!(ours <= theirs, "{dyad} {year}: ours {ours}, theirs {theirs}");
        compared += 1;
    }
    assert!(compared > 300, "{compared}");
}
