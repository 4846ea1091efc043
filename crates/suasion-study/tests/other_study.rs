//! Another power, another region and another's own files work by a study file alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;

use suasion_study::multiverse::Cache;
use suasion_study::{Assessment, open};

const CHINA: &str = r#"
[study]
title  = "China's policy in Central Asia"
power  = "CHN"
region = "central-asia"
rivals = ["RUS", "USA", "TUR"]
period = "1992/2025"
pivots = ["KAZ", "UZB"]
[sources]
events = ["chronicle"]
votes  = ["un"]
ties   = ["chronicle"]
flows  = ["cow_trade"]
[thresholds]
draws = 99
"#;

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path.to_string_lossy().into_owned()
}

#[test]
fn china_is_assessed_over_the_same_tables() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "china.toml", CHINA);
    let study = open(&path, &[], None).unwrap_or_else(|problem| panic!("{problem}"));
    let assessment = Assessment::run(&study, Cache::none(), &|_, _| {}).unwrap();
    assert_eq!(assessment.diagnoses.len(), 7);
    assert!(assessment.diagnoses[0].sentence.starts_with("China"));
    assert!(assessment.claims.is_empty());
}

#[test]
fn a_region_that_no_table_covers_gives_reasons_and_no_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let text = CHINA.replace("central-asia", "south-caucasus").replace("pivots = [\"KAZ\", \"UZB\"]\n", "");
    let path = write(folder.path(), "elsewhere.toml", &text);
    let study = open(&path, &[], None).unwrap_or_else(|problem| panic!("{problem}"));
    let assessment = Assessment::run(&study, Cache::none(), &|_, _| {}).unwrap();
    assert!(assessment.diagnoses.iter().all(|diagnosis| diagnosis.verdict.word() == "untestable"));
    let numbers = assessment
        .yearly
        .columns
        .iter()
        .flat_map(|column| &column.cells)
        .filter(|cell| cell.number().is_some());
    // States outside of every table have no numbers, not zeros.
    assert_eq!(numbers.count(), 0);
}

#[test]
fn own_files_are_read_and_bad_rows_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "mine.csv",
        "id,date,source,target,mutual,initiator,instrument,cameo,sign,description,citation,url\n\
         a,2005-11-14,RUS,UZB,yes,,organisation,057,cooperative,A treaty was signed.,key,\n\
         b,2005-13-14,RUS,UZB,yes,,organisation,057,cooperative,A bad date.,key,\n\
         c,2005-11-14,RUS,UZB,yes,,organisation,057,cooperative,No citation stands here.,,\n",
    );
    let text = "[study]\ntitle = \"T\"\npower = \"RUS\"\nregion = [\"UZB\"]\nperiod = \"2000/2010\"\n[sources]\nevents = [\"chronicle\"]\n[files]\nchronicle = \"mine.csv\"\n";
    let path = write(folder.path(), "study.toml", text);
    let study = open(&path, &[], None).unwrap_or_else(|problem| panic!("{problem}"));
    assert_eq!(study.inputs.event_rows().len(), 2);
    let places: Vec<(u64, &str)> =
        study.quarantined.iter().map(|row| (row.line, row.column.as_str())).collect();
    assert_eq!(places, [(3, "date"), (4, "citation")]);
    assert!(study.notices.iter().any(|notice| notice.contains("2 rows were refused")), "{:?}", study.notices);
}

#[test]
fn an_empty_chronicle_is_told_and_nothing_is_made_up() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "mine.csv",
        "id,date,source,target,mutual,initiator,instrument,cameo,sign,description,citation,url\n",
    );
    let text = "[study]\ntitle = \"T\"\npower = \"RUS\"\nregion = [\"UZB\", \"KAZ\"]\nperiod = \"2000/2010\"\n[sources]\nevents = [\"chronicle\"]\n[files]\nchronicle = \"mine.csv\"\n";
    let path = write(folder.path(), "study.toml", text);
    let study = open(&path, &[], None).unwrap_or_else(|problem| panic!("{problem}"));
    assert!(study.notices.iter().any(|notice| notice.contains("no usable row")), "{:?}", study.notices);
    let assessment = Assessment::run(&study, Cache::none(), &|_, _| {}).unwrap();
    assert!(assessment.diagnoses.iter().all(|diagnosis| diagnosis.verdict.word() != "supported"));
}

#[test]
fn claims_that_name_unknown_things_are_refused_in_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let head = "[study]\ntitle = \"T\"\npower = \"RUS\"\nregion = [\"UZB\", \"KAZ\"]\nperiod = \"2000/2010\"\n[files]\nclaims = \"claims.toml\"\n";
    let path = write(folder.path(), "study.toml", head);
    let claim =
        |test: &str| format!("[[claim]]\nid = \"x\"\nsays = \"X.\"\nby = []\ntest = [{{ {test} }}]\n");
    let cases = [
        ("kind = \"levl\"", "did you mean `level`"),
        (
            "kind = \"level\", measure = \"trade_shar\", of = \"power>KAZ\", above_number = 0.0",
            "did you mean `trade_share`",
        ),
        (
            "kind = \"level\", measure = \"acts\", of = \"power>FRA\", above_number = 0.0",
            "neither a power nor a state",
        ),
        ("kind = \"level\", measure = \"acts\", of = \"power>KAZ\"", "needs one of"),
        ("kind = \"fact\", member = \"UZB\", organisation = \"CTSO\"", "did you mean `CSTO`"),
        (
            "kind = \"trend\", measure = \"acts\", of = \"power>KAZ\", window = \"2010/2000\", direction = \"rises\"",
            "ends before it begins",
        ),
        ("kind = \"fact\", nember = \"UZB\"", "did you mean `member`"),
    ];
    for (test, expected) in cases {
        write(folder.path(), "claims.toml", &claim(test));
        let problem = open(&path, &[], None).err().map(|problem| problem.to_string()).unwrap_or_default();
        assert!(problem.contains(expected) && problem.contains("claims.toml:5:"), "{test}: {problem}");
    }
}
