//! Files that were damaged on their way, or on purpose: every layout, thousands of times. Nothing
//! panics, every row is accounted for, and it does not matter in which pieces a file is read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "damage/reading.rs"]
mod reading;

use std::fs;
use std::path::PathBuf;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use reading::{Told, read};
use suasion_archive::sources::layout::LAYOUTS;
use suasion_archive::sources::mapping::{self, Mapping};
use suasion_archive::sources::unvotes::{Companion, RollCalls};

fn roll_calls() -> RollCalls {
    let mut all = RollCalls::default();
    for (what, name) in
        [(Companion::RollCalls, "unvotes_roll_calls.csv"), (Companion::Issues, "unvotes_issues.csv")]
    {
        all.read(what, name, &mut sample(name).as_slice()).unwrap();
    }
    all
}

fn sample(name: &str) -> Vec<u8> {
    fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(name)).unwrap()
}

/// Damages bytes in a way that files are damaged.
fn damage(bytes: &mut Vec<u8>, random: &mut ChaCha8Rng) {
    const PIECES: [&[u8]; 16] = [
        b"\t",
        b"\n",
        b",",
        b"\"",
        b"\r\n",
        b"\xff\xfe",
        b"\0",
        b"-9",
        b"99999999999999999999",
        b"1e309",
        b"NaN",
        b"0000",
        b"\xc3",
        b"-1",
        b";",
        b"\xef\xbb\xbf",
    ];
    let mut below = |bound: usize| (random.next_u64() % bound.max(1) as u64) as usize;
    for _ in 0..=below(4) {
        let at = below(bytes.len());
        match below(7) {
            0 => bytes.truncate(at),
            1 => bytes[at..].fill(b'9'),
            2 => drop(bytes.splice(at..at, PIECES[below(PIECES.len())].iter().copied())),
            3 => {
                let end = (at + below(40)).min(bytes.len());
                bytes.drain(at..end);
            }
            4 => {
                let end = (at + below(200)).min(bytes.len());
                let again = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, again));
            }
            5 => {
                let end = (at + 1 + below(6)).min(bytes.len());
                let byte = below(256) as u8;
                bytes[at..end].fill(byte);
            }
            _ => {
                let end = (at + below(12)).min(bytes.len());
                drop(bytes.splice(at..end, PIECES[below(PIECES.len())].iter().copied()));
            }
        }
        if bytes.is_empty() {
            bytes.push(b'x');
        }
    }
}

fn samples() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let mut all: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap()))
        .collect();
    all.sort();
    all
}

/// Damages every sample so often.
fn many(times: u32) {
    let calls = roll_calls();
    let mut random = ChaCha8Rng::seed_from_u64(7);
    for (name, sound) in samples() {
        for _ in 0..times {
            let mut bytes = sound.clone();
            damage(&mut bytes, &mut random);
            let drop = 1 + (random.next_u64() % 5_000) as usize;
            // Every reader may be given every file: `--source` lets a user insist.
            for layout in LAYOUTS {
                let (whole, fine) = read(&layout, &bytes, None, false, &calls);
                let (dripped, dripped_fine) = read(&layout, &bytes, Some(drop), false, &calls);
                assert_eq!((&whole, fine), (&dripped, dripped_fine), "{name} as {}", layout.source);
                let (some, _) = read(&layout, &bytes, None, true, &calls);
                assert_eq!(whole.lines.len(), some.lines.len(), "{name} as {}", layout.source);
            }
            for known in Mapping::built_in() {
                let mut told = Told::default();
                let _ = mapping::read(&known, &mut bytes.as_slice(), "f", &mut told);
            }
        }
    }
}

#[test]
fn damaged_files_never_panic_and_lose_nothing() {
    many(40);
}

#[test]
#[ignore = "three minutes in the development profile: cargo test --workspace --test hostile -- --ignored"]
fn damaged_files_never_panic_and_lose_nothing_many_times() {
    many(1_000);
}
