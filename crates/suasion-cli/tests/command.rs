//! The command as a user meets it: what it prints, what it writes, how it fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn suasion(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_suasion"))
        .args(arguments)
        .current_dir(folder)
        .env("COLUMNS", "100")
        .env("SUASION_STORE", folder.join("no-store"))
        .env("SUASION_CACHE", folder.join("cache"))
        .output()
        .unwrap()
}

/// What a command printed, with the volatile folder taken out.
fn told(folder: &Path, output: &Output) -> String {
    let folder = folder.canonicalize().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&*folder.to_string_lossy(), "[FOLDER]");
    format!(
        "exit {}\n--- stdout\n{}--- stderr\n{}",
        output.status.code().unwrap_or(-1),
        text(&output.stdout),
        text(&output.stderr)
    )
}

fn snapshot(name: &str, arguments: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let output = suasion(folder.path(), arguments);
    insta::assert_snapshot!(name, told(folder.path(), &output));
}

#[test]
fn help() {
    snapshot("help", &["--help"]);
}

#[test]
fn assess_prints_the_bottom_line_and_writes_one_page() {
    let folder = tempfile::tempdir().unwrap();
    let output = suasion(folder.path(), &["assess", "russia-central-asia"]);
    insta::assert_snapshot!("assess", told(folder.path(), &output));
    let page = fs::read_to_string(folder.path().join("suasion-report/russia-central-asia.html")).unwrap();
    for part in [
        "The bottom line",
        "State by state",
        "Phases",
        "The diagnoses",
        "The rivals",
        "The claims",
        "Works cited",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("src=\"http"), "the page loads nothing");
}

#[test]
fn claims_are_listed_and_told() {
    snapshot("claims_one", &["claims", "russia-central-asia", "both-joined-csto"]);
    let folder = tempfile::tempdir().unwrap();
    let json = suasion(folder.path(), &["claims", "russia-central-asia", "--format", "json"]);
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(rows.len(), 48);
    assert!(rows.iter().any(|row| row["claim"] == "alliance-2005" && row["verdict"] == "supported"));
}

#[test]
fn a_claim_is_told_with_its_curve() {
    snapshot("claims_curve", &["claims", "russia-central-asia", "tkm-distant"]);
    snapshot("claims_plan", &["claims", "russia-central-asia", "tkm-distant", "--plan", "--format", "csv"]);
}

#[test]
fn every_estimate_of_a_claim_can_be_had() {
    let folder = tempfile::tempdir().unwrap();
    let ask = |format: &str| {
        suasion(folder.path(), &["claims", "russia-central-asia", "kaz-key-ally", "--format", format]).stdout
    };
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&ask("json")).unwrap();
    assert_eq!(rows.len(), 20);
    assert!(rows.iter().all(|row| row["specification"].as_str().unwrap().len() == 16));
    let text = String::from_utf8(ask("csv")).unwrap();
    assert_eq!(text.lines().count(), 21);
    let parquet = ask("parquet");
    assert!(parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1"));
    // The estimates were kept, and are the same the second time.
    assert!(folder.path().join("cache/russia-central-asia.estimates").is_file());
    assert_eq!(String::from_utf8(ask("csv")).unwrap(), text);
}

#[test]
fn own_claims_are_verified_and_the_exit_code_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let verify = |text: &str| {
        fs::write(folder.path().join("mine.toml"), text).unwrap();
        let output = suasion(folder.path(), &["verify", "mine.toml", "--format", "csv"]);
        told(folder.path(), &output)
    };
    let claim = |more: &str| {
        format!(
            "[[claim]]\nid = \"ties\"\nsays = \"Kazakhstan is bound more closely than Turkmenistan.\"\n{more}test = [{{ kind = \"level\", measure = \"shared_organisations\", of = \"power>KAZ\", above = \"power>TKM\" }}]\n"
        )
    };
    let holds = verify(&claim(""));
    assert!(holds.starts_with("exit 0") && holds.contains("ok,ties,supported,supported"), "{holds}");
    let fails = verify(&claim("expect = \"contradicted\"\n"));
    assert!(fails.starts_with("exit 3") && fails.contains("NOT AS EXPECTED"), "{fails}");
    insta::assert_snapshot!("verify_unknown_verdict", verify(&claim("expect = \"suported\"\n")));
    insta::assert_snapshot!("verify_nothing", verify(""));
    insta::assert_snapshot!(
        "verify_unknown_concept",
        verify(&claim("").replace("measure = \"shared_organisations\"", "concept = \"tie\""))
    );
}

#[test]
fn a_file_of_claims_to_start_from_is_one_that_reads() {
    let folder = tempfile::tempdir().unwrap();
    let output = suasion(folder.path(), &["claims", "russia-central-asia", "--new"]);
    fs::write(folder.path().join("mine.toml"), &output.stdout).unwrap();
    let verified = suasion(folder.path(), &["verify", "mine.toml", "--format", "json"]);
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&verified.stdout).unwrap();
    assert_eq!(rows.len(), 2);
}

#[test]
fn chronicle_lists_the_chosen_acts() {
    let base = ["chronicle", "russia-central-asia"];
    let with = |more: &[&str]| base.iter().chain(more).map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let folder = tempfile::tempdir().unwrap();
    let run = |more: &[&str]| {
        let arguments = with(more);
        suasion(folder.path(), &arguments.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let table = run(&["--state", "UZB", "--instrument", "energy", "--from", "2000", "--to", "2004-06"]);
    insta::assert_snapshot!("chronicle", told(folder.path(), &table));
    let json = run(&["--state", "UZB", "--instrument", "energy", "--from", "2000", "--format", "json"]);
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&json.stdout).unwrap();
    assert!(rows.len() > 10, "{}", rows.len());
    for row in &rows {
        assert_eq!(row["instrument"], "energy", "{row}");
        assert!(row["who"].as_str().unwrap().contains("UZB"), "{row}");
        assert!(row["date"].as_str().unwrap() >= "2000", "{row}");
        assert!(row["sources"].as_str().unwrap().contains("http"), "{row}");
    }
    for wrong in [["--state", "UZX"], ["--instrument", "enrgy"], ["--from", "2000-13"]] {
        let output = run(&wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
    }
    insta::assert_snapshot!(
        "chronicle_inverted",
        told(folder.path(), &run(&["--from", "2010", "--to", "2000"]))
    );
}

#[test]
fn same_bytes_on_any_number_of_threads() {
    let run = |threads: &str| {
        let folder = tempfile::tempdir().unwrap();
        let arguments = [
            "assess",
            "russia-central-asia",
            "--threads",
            threads,
            "--set",
            "thresholds.draws=99",
            "--out",
            "out",
        ];
        assert!(suasion(folder.path(), &arguments).status.success());
        let read = |path: &str| fs::read(folder.path().join("out").join(path)).unwrap();
        [
            "report.html",
            "report.md",
            "figures/cooperation.png",
            "figures/orbit-shares.pdf",
            "tables/claims.csv",
        ]
        .map(read)
    };
    let first = run("1");
    assert!(first == run("2"), "one thread against two");
    assert!(first == run("2"), "two threads twice");
}

#[test]
fn the_panel_has_its_codebook_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let output = suasion(folder.path(), &["panel", "russia-central-asia", "--by", "year"]);
    insta::assert_snapshot!("panel", told(folder.path(), &output));
    let panel = fs::read_to_string(folder.path().join("russia-central-asia-year.csv")).unwrap();
    assert_eq!(panel.lines().count(), 1 + 40 * 34);
    assert!(panel.lines().next().unwrap().starts_with("source,target,period,acts,acts_status,"));
    let codebook = fs::read_to_string(folder.path().join("russia-central-asia-year.codebook.csv")).unwrap();
    assert!(codebook.lines().any(|line| line.starts_with("trade_share,dependence,share,")));
    for format in ["parquet", "arrow"] {
        let out = format!("panel.{format}");
        let output = suasion(
            folder.path(),
            &["panel", "russia-central-asia", "--by", "quarter", "--format", format, "--out", &out],
        );
        assert!(output.status.success());
        assert!(fs::metadata(folder.path().join(out)).unwrap().len() > 10_000);
    }
}

#[test]
fn sources_and_citations() {
    snapshot("sources", &["sources", "--format", "csv"]);
    let folder = tempfile::tempdir().unwrap();
    let output = suasion(folder.path(), &["cite", "russia-central-asia"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("soft-power-2020") && text.matches("\n@").count() > 1000);
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_new_study_runs_and_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    assert!(suasion(folder.path(), &["new", "china-central-asia"]).status.success());
    let run =
        suasion(folder.path(), &["assess", "china-central-asia/study.toml", "--set", "thresholds.draws=99"]);
    assert!(run.status.success(), "{}", told(folder.path(), &run));
    let again = suasion(folder.path(), &["new", "china-central-asia"]);
    insta::assert_snapshot!("new_again", told(folder.path(), &again));
}

#[test]
fn failures_name_place_value_and_hint() {
    let folder = tempfile::tempdir().unwrap();
    let good = "[study]\ntitle = \"T\"\npower = \"RUS\"\nregion = \"central-asia\"\nperiod = \"1992/2025\"\n";
    let cases = [
        ("unknown_key", good.replace("power", "powr")),
        ("unknown_state", good.replace("RUS", "RUZ")),
        ("inverted_period", good.replace("1992/2025", "2025/1992")),
        ("state_that_did_not_exist", good.replace("RUS", "DDR")),
        ("broken_file", good.replace("\"T\"", "\"T")),
        ("missing_file", format!("{good}[files]\nchronicle = \"nowhere.csv\"\n")),
    ];
    for (name, text) in cases {
        fs::write(folder.path().join("study.toml"), text).unwrap();
        let output = suasion(folder.path(), &["assess", "study.toml"]);
        assert_eq!(output.status.code(), Some(1), "{name}");
        insta::assert_snapshot!(name, told(folder.path(), &output));
    }
    snapshot("unknown_study", &["assess", "russia-central-asa"]);
    snapshot("unknown_claim", &["claims", "russia-central-asia", "both-joined-cto"]);
    snapshot("unknown_option", &["assess", "russia-central-asia", "--treads", "2"]);
}

#[test]
fn completions_and_manual_come_from_the_arguments() {
    let folder = tempfile::tempdir().unwrap();
    let completions = suasion(folder.path(), &["completions", "bash"]);
    assert!(String::from_utf8_lossy(&completions.stdout).contains("assess"));
    let manual = suasion(folder.path(), &["man"]);
    assert!(String::from_utf8_lossy(&manual.stdout).contains(".TH suasion"));
}
