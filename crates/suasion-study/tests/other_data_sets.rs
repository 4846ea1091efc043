//! The built-in ties beside ATOP and Correlates of War: every difference is listed and explained in
//! `studies/russia-central-asia/`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

#[path = "../../suasion-actors/tests/shared_data/mod.rs"]
mod shared_data;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use suasion_actors::{CodeScheme, Crosswalk, DirectedDyad, TimeUnit};
use suasion_archive::schema::Subset;
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

/// Amounts of one indicator by source, target and year, the first that stands in the table.
fn amounts(
    study: &OpenStudy,
    table: &str,
    indicators: &[(&str, bool)],
) -> BTreeMap<(String, String, i16), f64> {
    let mut found = BTreeMap::new();
    for flow in study.inputs.flow_rows().iter().filter(|flow| flow.source_name == table) {
        let total = flow.target.to_string() == "WLD";
        let wanted = indicators.iter().any(|(name, totals)| flow.indicator == *name && (!totals || total));
        if let Some(value) = flow.value.filter(|_| wanted) {
            let key = (flow.source.to_string(), flow.target.to_string(), flow.year);
            found.entry(key).or_insert(value);
        }
    }
    found
}

/// Where both tables of trade speak, they differ by more than a tenth only as listed.
#[test]
fn published_trade_differs_from_correlates_of_war_only_as_explained() {
    const EXPLAINED: &str = include_str!("../../../studies/russia-central-asia/trade-differences.csv");
    let study = open("russia-central-asia", &[], None).unwrap();
    let ours = amounts(&study, "cow_trade", &[("goods_exports", false)]);
    let published = amounts(&study, "published_trade", &[("goods_imports", false), ("goods_exports", true)]);
    let mut differences = BTreeSet::new();
    for (key, theirs) in &published {
        let Some(own) = ours.get(key).filter(|own| **own > 0.0) else { continue };
        if (own - theirs).abs() > 0.1 * own.max(*theirs) {
            differences.insert(format!("{},{},{}", key.0, key.1, key.2));
        }
    }
    let explained: BTreeSet<String> = EXPLAINED
        .lines()
        .skip(1)
        .map(|line| line.splitn(4, ',').take(3).collect::<Vec<_>>().join(","))
        .collect();
    assert_eq!(differences, explained);
}

#[test]
fn totals_of_trade_are_those_of_correlates_of_war() {
    let Some(rows) = shared_data::table("cow/trade_sy.csv.gz") else { return };
    let study = open("russia-central-asia", &[], None).unwrap();
    let ours = amounts(&study, "cow_trade", &[("goods_exports", false)]);
    let (mut compared, mut missing) = (0, BTreeSet::new());
    for row in &rows {
        let year = row["year"].parse::<f64>().unwrap() as i16;
        let code = (row["ccode"].parse::<f64>().unwrap() as i64).to_string();
        let Ok(state) = Crosswalk::built_in().state(CodeScheme::CowNumber, &code, date(year, 12, 31)) else {
            continue;
        };
        let state = state.to_string();
        if !study.study.actors.region.iter().any(|known| known.to_string() == state) || year < 1992 {
            continue;
        }
        for (column, key) in [
            ("exports", (state.clone(), "WLD".to_owned(), year)),
            ("imports", ("WLD".to_owned(), state.clone(), year)),
        ] {
            let theirs: f64 = row[column].parse().unwrap();
            match ours.get(&key) {
                Some(own) => {
                    assert!((own - theirs).abs() < 1e-6, "{key:?}");
                    compared += 1;
                }
                None => {
                    missing.insert(year);
                }
            }
        }
    }
    assert!(compared > 200, "{compared}");
    // Totals of the years in which some did not report yet are written as missing.
    assert!(missing.iter().all(|year| *year <= 1994), "{missing:?}");
}

#[test]
fn agreements_are_those_of_the_roll_calls() {
    let folder = "un_general_assembly";
    let (Some(calls), Some(votes)) = (
        shared_data::table(&format!("{folder}/un_roll_calls.csv.gz")),
        shared_data::table(&format!("{folder}/un_votes.csv.gz")),
    ) else {
        return;
    };
    let session: BTreeMap<i64, i16> =
        calls.iter().map(|row| (whole(&row["rcid"]), 1945 + whole(&row["session"]) as i16)).collect();
    let mut choices: BTreeMap<i64, BTreeMap<String, String>> = BTreeMap::new();
    for row in votes {
        let country = row["country_code"].clone();
        choices.entry(whole(&row["rcid"])).or_default().insert(country, row["vote"].clone());
    }
    let study = open("russia-central-asia", &[], None).unwrap();
    for (code, id) in [("KZ", "KAZ"), ("KG", "KGZ"), ("TJ", "TJK"), ("TM", "TKM"), ("UZ", "UZB")] {
        let mut expected: BTreeMap<i16, (u32, u32)> = BTreeMap::new();
        for (call, by_country) in &choices {
            let distinct: BTreeSet<&String> = by_country.values().collect();
            let (Some(own), Some(russia)) = (by_country.get(code), by_country.get("RU")) else { continue };
            if distinct.len() > 1 && session[call] >= 1992 {
                let entry = expected.entry(session[call]).or_default();
                entry.0 += 1;
                entry.1 += u32::from(own == russia);
            }
        }
        let found: BTreeMap<i16, (u32, u32)> = study
            .inputs
            .tally_rows()
            .iter()
            .filter(|tally| tally.subset == Subset::All)
            .filter(|tally| {
                let pair = [tally.first.to_string(), tally.second.to_string()];
                pair.contains(&id.to_owned()) && pair.contains(&"RUS".to_owned())
            })
            .map(|tally| (tally.year, (tally.both_voted(), tally.agreements())))
            .collect();
        assert_eq!(found, expected, "{id}");
    }
}

fn whole(text: &str) -> i64 {
    text.parse::<f64>().unwrap() as i64
}
