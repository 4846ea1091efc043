//! The General Assembly's roll calls as ballots.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use suasion_methods::ideal_points::{Anchors, Ballot, Ballots, Choice, RollCall, Rules};

pub(crate) struct Data {
    pub(crate) ballots: Ballots,
    /// By the ballots' numbers of states.
    pub(crate) names: Vec<String>,
}

pub(crate) fn folder() -> Option<PathBuf> {
    let given = std::env::var_os("SUASION_TEST_DATA").map(PathBuf::from);
    let folder = given.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"));
    let folder = folder.join("un_general_assembly");
    let there = folder.is_dir();
    assert!(there || std::env::var_os("SUASION_TEST_DATA").is_none(), "nothing at {}", folder.display());
    if !there {
        eprintln!("skipped: the General Assembly's votes are not at hand");
    }
    there.then_some(folder)
}

pub(crate) fn table(path: &Path) -> csv::Reader<GzDecoder<BufReader<File>>> {
    let file = BufReader::new(File::open(path).unwrap());
    csv::ReaderBuilder::new().flexible(true).from_reader(GzDecoder::new(file))
}

/// The ballots of all states, by the rules of the paper.
pub(crate) fn data() -> Option<Data> {
    let folder = folder()?;
    let mut calls = Vec::new();
    // The paper links resolutions on the same text by hand; here the same description does, in
    // sessions at most two apart.
    let mut texts: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let mut same_text = BTreeMap::new();
    for row in table(&folder.join("un_roll_calls.csv.gz")).byte_records() {
        let row = row.unwrap();
        let text = |at: usize| std::str::from_utf8(&row[at]).unwrap();
        let number = |at: usize| text(at).parse::<f64>().unwrap_or(0.0);
        let year = text(3)[..4].parse().unwrap();
        let part = number(5) == 1.0 || number(6) == 1.0;
        let (id, session) = (number(0) as u32, number(1) as u32);
        let letters = row[8].iter().filter(|byte| byte.is_ascii_alphabetic());
        let letters: String = letters.map(|byte| byte.to_ascii_lowercase() as char).collect();
        if letters.len() > 20
            && let Some((earlier, before)) = texts.insert(letters, (id, session))
            && (before + 1..=before + 2).contains(&session)
        {
            same_text.insert(id, earlier);
        }
        calls.push(RollCall { id: number(0) as u32, session: number(1) as u32, year, part });
    }
    let mut names: Vec<String> = Vec::new();
    let mut ballots = Vec::new();
    for row in table(&folder.join("un_votes.csv.gz")).records() {
        let row = row.unwrap();
        let state = names.iter().position(|name| *name == row[1]).unwrap_or_else(|| {
            names.push(row[1].to_owned());
            names.len() - 1
        });
        let choice = match &row[3] {
            "yes" => Choice::Yes,
            "abstain" => Choice::Abstain,
            "no" => Choice::No,
            _ => continue,
        };
        ballots.push(Ballot {
            state: state as u32,
            roll_call: row[0].parse::<f64>().unwrap() as u32,
            choice,
        });
    }
    let code = |name: &str| names.iter().position(|of| of == name).map(|at| at as u32);
    let rules = Rules {
        same_text,
        states_left_out: ["Zanzibar"].iter().filter_map(|name| code(name)).collect(),
        state_sessions_left_out: code("South Africa").map(|state| (state, 48)).into_iter().collect(),
        ..Rules::default()
    };
    Some(Data { ballots: Ballots::new(&calls, &ballots, &rules), names })
}

impl Data {
    pub(crate) fn anchors(&self) -> Anchors {
        let codes = |wanted: &[&str]| -> BTreeSet<u32> {
            wanted
                .iter()
                .filter_map(|name| self.names.iter().position(|of| of == name))
                .map(|at| at as u32)
                .collect()
        };
        let positive = codes(&["United States", "Canada", "United Kingdom", "Israel"]);
        let negative = codes(&["Russia", "German Democratic Republic"]);
        let one = |name: &str| *codes(&[name]).first().unwrap();
        Anchors { positive, negative, poles: Some((one("United States"), one("Russia"))) }
    }
}
