//! Downloads end verified or not at all, whatever the server does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod server;

use std::path::Path;
use std::time::Duration;

use server::{Answer, Server, md5};
use suasion_archive::fetch::{Client, Manners, Outcome, Remote, download, plan};
use suasion_archive::problem::Problem;

fn client(server: &Server) -> Client {
    Client::new(Manners {
        pause: Duration::from_millis(1),
        tries: 3,
        wait: Duration::from_millis(5),
        longest_wait: Duration::from_millis(50),
        timeout: Duration::from_secs(2),
        mirror: Some(server.address.clone()),
    })
}

fn bytes() -> Vec<u8> {
    (0..200_000_u32).map(|index| (index * 31 % 251) as u8).collect()
}

fn remote(name: &str) -> Remote {
    Remote {
        name: name.to_owned(),
        url: format!("https://publisher.example/files/{name}"),
        size: Some(bytes().len() as u64),
        md5: Some(md5(&bytes())),
        period: None,
    }
}

/// Downloads one file from a server that answers so; gives back the outcome, the first bytes asked,
/// and the names left in the folder.
fn run(answers: Vec<Answer>, remote: &Remote) -> (Result<Outcome, Problem>, Vec<u64>, Vec<String>) {
    let path = format!("/files/{}", remote.name);
    let server = Server::start(vec![(path.as_str(), bytes(), answers)]);
    let folder = tempfile::tempdir().unwrap();
    let outcome = download(&mut client(&server), remote, folder.path(), &|_| ());
    if let Ok(Outcome::Here(path)) = &outcome {
        assert_eq!(std::fs::read(path).unwrap(), bytes());
    }
    let mut left: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    left.sort();
    (outcome, server.asked(&path), left)
}

fn arrives(answers: Vec<Answer>) -> Vec<u64> {
    let (outcome, asked, left) = run(answers, &remote("a.zip"));
    assert!(matches!(outcome, Ok(Outcome::Here(_))), "{outcome:?}");
    assert_eq!(left, ["a.zip"]);
    asked
}

#[test]
fn a_sound_file_arrives_at_once() {
    assert_eq!(arrives(vec![Answer::Whole]), [0]);
}

#[test]
fn a_broken_download_goes_on_where_it_broke_off() {
    let asked = arrives(vec![Answer::Truncated(70_000), Answer::Truncated(50_000), Answer::Whole]);
    assert_eq!(asked, [0, 70_000, 120_000]);
}

#[test]
fn a_server_without_ranges_is_asked_anew() {
    let asked = arrives(vec![Answer::Truncated(70_000), Answer::NoRanges]);
    assert_eq!(asked, [0, 70_000]);
}

#[test]
fn a_server_that_falls_silent_is_left_and_asked_for_the_rest() {
    let asked = arrives(vec![Answer::Stalls(70_000, Duration::from_secs(6)), Answer::Whole]);
    assert_eq!(asked, [0, 70_000]);
}

#[test]
fn a_wrong_checksum_is_asked_for_again_from_the_beginning() {
    assert_eq!(arrives(vec![Answer::Garbled, Answer::Whole]), [0, 0]);
}

#[test]
fn a_server_that_lies_to_the_end_leaves_nothing_behind() {
    let (outcome, asked, left) = run(vec![Answer::Garbled], &remote("a.zip"));
    assert!(outcome.unwrap_err().to_string().contains("MD5"), "{asked:?}");
    assert_eq!(asked.len(), 4);
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_wrong_size_is_no_file() {
    let wrong = Remote { size: Some(5), ..remote("a.zip") };
    let (outcome, _, left) = run(vec![Answer::Whole], &wrong);
    assert!(outcome.unwrap_err().to_string().contains("200000 bytes"));
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_busy_server_is_waited_for() {
    let busy = vec![
        Answer::Status(429, Some(0)),
        Answer::Status(503, None),
        Answer::Status(500, Some(7)),
        Answer::Whole,
    ];
    assert_eq!(arrives(busy), [0, 0, 0, 0]);
}

#[test]
fn patience_ends() {
    let (outcome, asked, left) = run(vec![Answer::Status(503, None)], &remote("a.zip"));
    let problem = outcome.unwrap_err();
    assert!(problem.to_string().contains("503"), "{problem}");
    assert_eq!(asked.len(), 4);
    assert!(left.is_empty());
}

#[test]
fn what_is_not_there_is_missing_and_what_is_forbidden_is_told() {
    assert_eq!(run(vec![Answer::Status(404, None)], &remote("a.zip")).0.unwrap(), Outcome::Missing);
    let (outcome, asked, _) = run(vec![Answer::Status(403, None)], &remote("a.zip"));
    assert!(outcome.unwrap_err().to_string().contains("403"));
    assert_eq!(asked.len(), 1);
}

#[test]
fn what_came_before_is_not_fetched_again() {
    let server = Server::start(vec![("/files/a.zip", bytes(), vec![Answer::Whole])]);
    let folder = tempfile::tempdir().unwrap();
    // A process that was killed after the last byte, and one that was killed before it.
    std::fs::write(folder.path().join("a.zip.part"), bytes()).unwrap();
    download(&mut client(&server), &remote("a.zip"), folder.path(), &|_| ()).unwrap();
    assert!(server.asked("/files/a.zip").is_empty());
    std::fs::rename(folder.path().join("a.zip"), folder.path().join("a.zip.part")).unwrap();
    std::fs::write(folder.path().join("a.zip.part"), &bytes()[..9_000]).unwrap();
    download(&mut client(&server), &remote("a.zip"), folder.path(), &|_| ()).unwrap();
    assert_eq!(server.asked("/files/a.zip"), [9_000]);
    download(&mut client(&server), &remote("a.zip"), folder.path(), &|_| ()).unwrap();
    assert_eq!(server.asked("/files/a.zip").len(), 1);
    assert!(Path::new(&folder.path().join("a.zip")).is_file());
}

#[test]
fn lists_of_files_are_cut_to_the_days_and_their_gaps_told() {
    let sums = "0b GDELT.MASTERREDUCEDV2.1979-2013.zip\n1a  1979.zip\n2b  200601.zip\n\
        3c  20150301.export.CSV.zip\n4d  20150302.export.CSV.zip\n5e  20150304.export.CSV.zip\n";
    let sizes = "100 1979.zip\n300 20150301.export.CSV.zip\n";
    let server = Server::start(vec![
        ("/events/md5sums", sums.into(), vec![Answer::Status(503, Some(0)), Answer::Whole]),
        ("/events/filesizes", sizes.into(), vec![Answer::Whole]),
    ]);
    let day = |text: &str| Some(text.parse().unwrap());
    let plan = plan(&mut client(&server), "gdelt", day("2015-03-01"), day("2015-03-31")).unwrap();
    let names: Vec<&str> = plan.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["20150301.export.CSV.zip", "20150302.export.CSV.zip", "20150304.export.CSV.zip"]);
    assert_eq!(plan.size(), (300, 2));
    assert_eq!(plan.missing.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2015-03-03"]);
    assert_eq!(plan.files[0].md5.as_deref(), Some("3c"));
}

#[test]
fn a_dataverse_tells_its_files() {
    let answer = r#"{"status":"OK","data":{"latestVersion":{"files":[
        {"label":"ngecEvents.DV.2018.txt.zip","dataFile":{"id":11,"filename":"ngecEvents.DV.2018.txt.zip","filesize":9,"md5":"aa"}},
        {"label":"ngecEvents.DV.2023.tab","dataFile":{"id":12,"filename":"ngecEvents.DV.2023.tab","filesize":8,"md5":"bb","originalFileName":"ngecEvents.DV.2023.txt"}},
        {"label":"codebook.pdf","dataFile":{"id":13,"filename":"codebook.pdf"}}]}}}"#;
    let server = Server::start(vec![(
        "/api/datasets/:persistentId/?persistentId=doi:10.7910/DVN/AJGVIT",
        answer.into(),
        vec![Answer::Whole],
    )]);
    let plan = plan(&mut client(&server), "polecat", None, None).unwrap();
    let told: Vec<(&str, Option<u64>, bool)> = plan
        .files
        .iter()
        .map(|file| (file.name.as_str(), file.size, file.url.ends_with("original")))
        .collect();
    assert_eq!(
        told,
        [("ngecEvents.DV.2018.txt.zip", Some(9), false), ("ngecEvents.DV.2023.txt", None, true)]
    );
    assert_eq!(plan.files[0].period.map(|period| period.to_string()).as_deref(), Some("2018"));
}

#[test]
fn sources_that_have_no_list_say_where_to_go() {
    let server = Server::start(Vec::new());
    let problem = plan(&mut client(&server), "sipri", None, None).unwrap_err();
    assert!(problem.hint.unwrap().contains("armstransfers.sipri.org"));
    let problem = plan(&mut client(&server), "gdlet", None, None).unwrap_err();
    assert_eq!(problem.hint.as_deref(), Some("did you mean `gdelt`?"));
}
