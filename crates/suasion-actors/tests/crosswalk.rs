//! Codes name the right state on the right day, and the tables say what the published lists say.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod shared_data;

use jiff::civil::{Date, date};
use suasion_actors::state::StateSystem;
use suasion_actors::{CodeError, CodeScheme, Crosswalk, StateId};

fn named(scheme: CodeScheme, code: &str, day: Date) -> String {
    match Crosswalk::built_in().state(scheme, code, day) {
        Ok(state) => state.to_string(),
        Err(CodeError::NotThen { .. }) => "not then".to_owned(),
        Err(other) => other.to_string(),
    }
}

#[test]
fn codes_change_with_time() {
    use CodeScheme::{CowNumber, GwNumber, IsoAlpha3, IsoNumeric};
    let cases = [
        (IsoAlpha3, "DEU", date(1989, 1, 1), "GFR"),
        (IsoAlpha3, "DEU", date(1991, 1, 1), "DEU"),
        (IsoAlpha3, "DDR", date(1989, 1, 1), "DDR"),
        (IsoAlpha3, "DDR", date(1991, 1, 1), "not then"),
        (CowNumber, "260", date(1985, 6, 1), "GFR"),
        (GwNumber, "260", date(1995, 6, 1), "DEU"),
        (CowNumber, "816", date(1970, 1, 1), "VNM"),
        (CowNumber, "817", date(1970, 1, 1), "RVN"),
        (CowNumber, "817", date(1980, 1, 1), "not then"),
        (CowNumber, "678", date(1985, 1, 1), "YAR"),
        (CowNumber, "679", date(1995, 1, 1), "YEM"),
        (GwNumber, "678", date(1995, 1, 1), "YEM"),
        (IsoAlpha3, "YUG", date(1995, 1, 1), "SRB"),
        (IsoAlpha3, "SCG", date(2004, 1, 1), "SRB"),
        (CowNumber, "345", date(2008, 1, 1), "SRB"),
        (GwNumber, "340", date(2008, 1, 1), "SRB"),
        (IsoNumeric, "736", date(2005, 1, 1), "SDN"),
        (IsoNumeric, "729", date(2012, 1, 1), "SDN"),
        (IsoNumeric, "736", date(2012, 1, 1), "not then"),
        (CowNumber, "315", date(1990, 1, 1), "CSK"),
        (CowNumber, "316", date(1995, 1, 1), "CZE"),
        (IsoAlpha3, "CSK", date(1995, 1, 1), "not then"),
        (IsoAlpha3, "SUN", date(1985, 1, 1), "RUS"),
        (IsoAlpha3, "RUS", date(1995, 1, 1), "RUS"),
        (IsoAlpha3, "SUN", date(1995, 1, 1), "not then"),
        (CowNumber, "365", date(1850, 1, 1), "RUS"),
    ];
    for (scheme, code, day, expected) in cases {
        assert_eq!(named(scheme, code, day), expected, "{scheme} {code} {day}");
    }
}

#[test]
fn codes_go_both_ways() {
    let crosswalk = Crosswalk::built_in();
    let russia = StateId::new("RUS").unwrap();
    let code = |scheme, year| crosswalk.code(russia, scheme, date(year, 6, 1)).unwrap();
    assert_eq!(code(CodeScheme::IsoAlpha3, 1985), "SUN");
    assert_eq!(code(CodeScheme::IsoAlpha3, 1995), "RUS");
    assert_eq!(code(CodeScheme::CowNumber, 1995), "365");
    assert_eq!(code(CodeScheme::ShortName, 1985), "Soviet Union");
    assert_eq!(code(CodeScheme::Fips, 1995), "RS");
    assert!(crosswalk.code(StateId::new("XXX").unwrap(), CodeScheme::Fips, date(1995, 1, 1)).is_err());
}

#[test]
fn names_of_the_event_and_vote_data_are_known() {
    let day = date(2012, 5, 1);
    assert_eq!(named(CodeScheme::IcewsName, "Russian Federation", day), "RUS");
    assert_eq!(named(CodeScheme::UnName, "Kyrgyzstan", day), "KGZ");
    assert_eq!(named(CodeScheme::Alias, "Kyrgyz Republic", day), "KGZ");
    assert_eq!(named(CodeScheme::Cameo, "TJK", day), "TJK");
}

#[test]
fn failures_say_why() {
    let crosswalk = Crosswalk::built_in();
    let unknown = crosswalk.identify("KZA").unwrap_err();
    assert!(unknown.hint().unwrap().contains("KAZ"), "{unknown}");
    let name = crosswalk.state(CodeScheme::IsoAlpha3, "Kazakhstan", date(2000, 1, 1)).unwrap_err();
    assert!(name.hint().unwrap().contains("KAZ"), "{name}");
    let region = crosswalk.state(CodeScheme::Cameo, "AFR", date(2000, 1, 1)).unwrap_err();
    assert!(matches!(region, CodeError::NotAState { .. }), "{region}");
    let early = crosswalk.state(CodeScheme::IsoAlpha3, "SUN", date(2000, 1, 1)).unwrap_err();
    assert!(early.to_string().contains("RUS"), "{early}");
}

#[test]
fn every_row_of_the_tables_is_read() {
    let rows = |text: &str| text.lines().count() - 1;
    let crosswalk = Crosswalk::built_in();
    let spells: usize = crosswalk.states().map(|state| state.spells.len()).sum();
    let both = include_str!("../data/states.csv").matches(",both,").count();
    assert_eq!(spells, rows(include_str!("../data/states.csv")) + both);
    assert_eq!(crosswalk.code_spells(), rows(include_str!("../data/codes.csv")));
}

fn whole(text: &str) -> i16 {
    text.parse::<f64>().unwrap() as i16
}

#[test]
fn correlates_of_war_membership_is_reproduced() {
    let Some(rows) = shared_data::table("cow/states.csv.gz") else { return };
    let crosswalk = Crosswalk::built_in();
    for row in &rows {
        let day = |prefix: &str| {
            let part = |name: &str| whole(&row[&format!("{prefix}{name}")]);
            date(part("year"), part("month") as i8, part("day") as i8)
        };
        let (begin, end) = (day("st"), day("end"));
        let number = whole(&row["ccode"]).to_string();
        let state = crosswalk.state(CodeScheme::CowNumber, &number, begin).unwrap();
        assert_eq!(crosswalk.code(state, CodeScheme::CowAbbreviation, end).unwrap(), row["stateabb"]);
        let censored = end == date(2016, 12, 31);
        let found = crosswalk.get(state).unwrap().spells.iter().any(|(system, spell)| {
            *system == StateSystem::CorrelatesOfWar
                && spell.begin == begin
                && spell.end == (!censored).then_some(end)
        });
        assert!(found, "{row:?}");
    }
    assert_eq!(rows.len(), 243);
}

#[test]
fn gleditsch_ward_numbers_and_days_are_reproduced() {
    let Some(rows) = shared_data::table("codes/gw_states.csv.gz") else { return };
    let crosswalk = Crosswalk::built_in();
    for row in &rows {
        let number = whole(&row["gwcode"]).to_string();
        for field in ["startdate", "enddate"] {
            let day: Date = row[field].parse().unwrap();
            let state = crosswalk.state(CodeScheme::GwNumber, &number, day).unwrap();
            assert_eq!(
                crosswalk.code(state, CodeScheme::GwAbbreviation, day).unwrap(),
                row["stateabb"],
                "{row:?}"
            );
            let member = crosswalk
                .get(state)
                .unwrap()
                .spells
                .iter()
                .any(|(system, spell)| *system == StateSystem::GleditschWard && spell.contains(day));
            assert!(member, "{row:?}");
        }
    }
    assert_eq!(rows.len(), 216);
}
