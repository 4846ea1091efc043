//! The store through the command: killed, filled twice at once, asked in SQL.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

fn suasion(store: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_suasion"));
    command.arg("--store").arg(store).env("COLUMNS", "100").stdin(Stdio::null());
    command
}

fn run(store: &Path, arguments: &[&str]) -> Output {
    suasion(store).args(arguments).output().unwrap()
}

/// A file in the layout of GDELT 1.0 with `rows` rows of January 2015.
fn gdelt(path: &Path, rows: usize) {
    let states = ["RUS", "KAZ", "UZB", "CHN", "USA", "TUR"];
    let codes = ["010", "042", "057", "0211", "112", "190"];
    let mut text = String::new();
    for row in 0..rows {
        let (source, target) = (states[row % 6], states[(row / 6 + row + 1) % 6]);
        let (day, code) = (1 + row % 31, codes[row % 5]);
        write!(text, "{row}\t201501{day:02}\t201501\t2015\t2015.0\t{source}\t\t{source}\t\t\t\t\tGOV\t\t")
            .unwrap();
        write!(
            text,
            "\t{target}\t\t{target}\t\t\t\t\t\t\t\t1\t{code}\t{code}\t{}\t1\t1.0\t4\t1\t4\t2.5",
            &code[..2]
        )
        .unwrap();
        text.push_str(&"\t".repeat(21));
        writeln!(text, "\t201501{day:02}\thttps://example.org/{row}").unwrap();
    }
    fs::write(path, text).unwrap();
}

fn stored(store: &Path) -> String {
    let output = run(
        store,
        &[
            "sql",
            "SELECT count(*) AS n FROM events WHERE source_name = 'gdelt'",
            "--format",
            "csv",
            "--quiet",
        ],
    );
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().replace("n\n", "")
}

#[test]
fn a_killed_process_leaves_the_store_as_before_or_after() {
    const ROWS: usize = 20_000;
    let folder = tempfile::tempdir().unwrap();
    let file: PathBuf = folder.path().join("january.csv");
    gdelt(&file, ROWS);
    let earlier = folder.path().join("earlier.csv");
    gdelt(&earlier, 100);
    let store = folder.path().join("store");
    let mut seen = [0, 0];
    // From before the first row to after the last, by steps that no clock of the program knows.
    for attempt in 0_u64..10 {
        let _ = fs::remove_dir_all(&store);
        assert!(run(&store, &["ingest", &earlier.to_string_lossy()]).status.success());
        let mut child = suasion(&store)
            .arg("ingest")
            .arg(&file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(attempt * 40));
        let _ = child.kill();
        child.wait().unwrap();
        let rows = stored(&store);
        assert!(rows == "100" || rows == (100 + ROWS).to_string(), "attempt {attempt}: {rows}");
        seen[usize::from(rows != "100")] += 1;
    }
    let rows = stored(&store);
    assert!(run(&store, &["sources", "--prune"]).status.success());
    assert_eq!(stored(&store), rows);
    assert!(seen[0] > 0, "never killed in time");
}

#[test]
fn two_processes_fill_the_store_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    let children: Vec<_> = (0..4)
        .map(|number| {
            let file = folder.path().join(format!("part-{number}.csv"));
            gdelt(&file, 1000 + number);
            suasion(&store)
                .arg("ingest")
                .arg(&file)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(stored(&store), (4000 + 6).to_string());
}

#[test]
fn sources_and_sql_show_what_is_held() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    let file = folder.path().join("january.csv");
    gdelt(&file, 600);
    let mut text = fs::read_to_string(&file).unwrap();
    text.push_str("not\ta\trow\n");
    fs::write(&file, text).unwrap();
    let told = |output: Output| {
        let text = |bytes: &[u8]| {
            String::from_utf8_lossy(bytes).replace(&*folder.path().to_string_lossy(), "[FOLDER]")
        };
        format!(
            "exit {}\n{}--- stderr\n{}",
            output.status.code().unwrap_or(-1),
            text(&output.stdout),
            text(&output.stderr)
        )
    };
    let file = file.to_string_lossy().into_owned();
    insta::assert_snapshot!("ingest", told(run(&store, &["ingest", &file])));
    insta::assert_snapshot!("ingest_again", told(run(&store, &["ingest", &file])));
    insta::assert_snapshot!("quarantine", told(run(&store, &["sources", "--quarantine"])));
    let query = "SELECT source, target, count(*) AS reports, round(avg(score), 2) AS score FROM events \
                 WHERE source_name = 'gdelt' AND target = 'KAZ' GROUP BY 1, 2 ORDER BY 1, 2";
    insta::assert_snapshot!("sql", told(run(&store, &["sql", query])));
    let query = "SELECT o.organisation, o.leader, s.begin FROM organisations o JOIN states s ON s.state = o.leader \
                 WHERE o.kind = 'economic_union' AND s.system = 'gleditsch_ward' ORDER BY 1";
    insta::assert_snapshot!("sql_actors", told(run(&store, &["sql", query])));
    insta::assert_snapshot!("sql_help", told(run(&store, &["sql", ".help"])));
    insta::assert_snapshot!("sql_wrong", told(run(&store, &["sql", "SELECT sorce FROM events"])));
    let letter = folder.path().join("letter.txt");
    fs::write(&letter, "Dear reader,\n").unwrap();
    insta::assert_snapshot!("ingest_unknown", told(run(&store, &["ingest", &letter.to_string_lossy()])));
}

#[test]
fn a_study_can_rest_on_ingested_events() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    let file = folder.path().join("january.csv");
    gdelt(&file, 3000);
    assert!(run(&store, &["ingest", &file.to_string_lossy()]).status.success());
    let panel = folder.path().join("panel.csv");
    let output = run(
        &store,
        &[
            "panel",
            "russia-central-asia",
            "--by",
            "month",
            "--set",
            "sources.events=[\"gdelt\"]",
            "--set",
            "study.period=2015-01/2015-03",
            "--out",
            &panel.to_string_lossy(),
        ],
    );
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut reader = csv::Reader::from_path(&panel).unwrap();
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|column| column == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    let cell = |source: &str, target: &str, step: &str, name: &str| {
        let row = rows
            .iter()
            .find(|row| {
                &row[column("source")] == source
                    && &row[column("target")] == target
                    && &row[column("period")] == step
            })
            .unwrap();
        row[column(name)].to_owned()
    };
    let query =
        "SELECT count(*) AS n FROM events WHERE source_name = 'gdelt' AND source = 'RUS' AND target = 'KAZ'";
    let counted = run(&store, &["sql", query, "--format", "csv", "--quiet"]);
    let counted = String::from_utf8(counted.stdout).unwrap();
    assert_eq!(cell("RUS", "KAZ", "2015-01", "acts"), counted.trim().replace("n\n", ""));
    // Nothing was published in February; nothing is not zero.
    assert_eq!(cell("RUS", "KAZ", "2015-02", "acts"), "");
    // Machine coding does not see soft instruments.
    assert_eq!(cell("RUS", "KAZ", "2015-01", "soft_share"), "");
}
