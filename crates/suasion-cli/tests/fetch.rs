//! `suasion fetch`, from a publisher's list to the store, against a server of the test's own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../suasion-archive/tests/server/mod.rs"]
mod server;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use server::{Answer, Server, md5};

fn suasion(store: &Path, server: &Server, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_suasion"))
        .args(["fetch", "gdelt", "--mirror", &server.address, "--pause", "1", "--wait", "5", "--tries", "2"])
        .args(arguments)
        .env("SUASION_STORE", store)
        .output()
        .unwrap()
}

fn told(output: &Output) -> (bool, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.success(), text(&output.stdout), text(&output.stderr))
}

/// A day of GDELT 1.0 with two events, zipped.
fn day(day: &str) -> Vec<u8> {
    let row = |id: u32, code: &str| {
        let mut fields = vec![String::new(); 58];
        let set = [
            (0, id.to_string()),
            (1, day.to_owned()),
            (5, "RUS".to_owned()),
            (7, "RUS".to_owned()),
            (15, "KAZ".to_owned()),
            (17, "KAZ".to_owned()),
            (26, code.to_owned()),
            (30, "1.0".to_owned()),
            (31, "2".to_owned()),
            (56, day.to_owned()),
        ];
        for (column, text) in set {
            fields[column] = text;
        }
        fields.join("\t") + "\n"
    };
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file(format!("{day}.export.CSV"), zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all((row(1, "042") + &row(2, "057")).as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

fn publisher() -> Server {
    let days = ["20150301", "20150302", "20150303", "20150305"];
    let (mut sums, mut sizes) = (String::new(), String::new());
    for name in days {
        writeln!(sums, "{}  {name}.export.CSV.zip", md5(&day(name))).unwrap();
        writeln!(sizes, "{} {name}.export.CSV.zip", day(name).len()).unwrap();
    }
    Server::start(vec![
        ("/events/md5sums", sums.into_bytes(), vec![Answer::Whole]),
        ("/events/filesizes", sizes.into_bytes(), vec![Answer::Whole]),
        ("/events/20150301.export.CSV.zip", day("20150301"), vec![Answer::Truncated(100), Answer::Whole]),
        ("/events/20150302.export.CSV.zip", day("20150302"), vec![Answer::Status(404, None)]),
        (
            "/events/20150303.export.CSV.zip",
            day("20150303"),
            vec![Answer::Garbled, Answer::Garbled, Answer::Garbled, Answer::Whole],
        ),
        ("/events/20150305.export.CSV.zip", day("20150305"), vec![Answer::Whole]),
    ])
}

#[test]
fn files_go_in_whole_and_the_same_command_goes_on() {
    let server = publisher();
    let place = tempfile::tempdir().unwrap();
    let store = place.path().join("store");
    let (done, stdout, stderr) = told(&suasion(&store, &server, &["--format", "csv"]));
    assert!(!done);
    insta::assert_snapshot!("fetch_first", stdout);
    assert!(stderr.contains("MD5") && stderr.contains("1 of 4 files did not come"), "{stderr}");
    assert!(stderr.contains("lists no files of gdelt for 2015-03-04"), "{stderr}");
    let left: Vec<_> = std::fs::read_dir(store.join("downloads")).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
    let (done, stdout, _) = told(&suasion(&store, &server, &["--format", "csv"]));
    assert!(done);
    insta::assert_snapshot!("fetch_again", stdout);
    assert_eq!(server.asked("/events/20150305.export.CSV.zip").len(), 1);
}

#[test]
fn a_dry_run_asks_for_lists_only() {
    let server = publisher();
    let place = tempfile::tempdir().unwrap();
    let store = place.path().join("store");
    let arguments = ["--dry-run", "--from", "2015-03-02", "--to", "2015-03-03", "--format", "csv"];
    let (done, stdout, stderr) = told(&suasion(&store, &server, &arguments));
    assert!(done);
    assert_eq!(stdout.lines().count(), 3, "{stdout}");
    assert!(stderr.contains("gdelt: 2 files"), "{stderr}");
    assert!(server.log.lock().unwrap().iter().all(|(path, _)| !path.contains("export")));
    assert!(!store.exists());
}
