//! What the fuzz targets do with arbitrary bytes. Nothing may panic, and nothing may be lost.

#[path = "../../crates/suasion-archive/tests/damage/reading.rs"]
mod reading;

use std::io::Write;

use reading::{Told, read};
use suasion_actors::Organisations;
use suasion_archive::Bibliography;
use suasion_archive::input::{Input, each_part};
use suasion_archive::sources::layout::LAYOUTS;
use suasion_archive::sources::mapping::{self, Mapping};
use suasion_archive::sources::unvotes::{Companion, RollCalls};
use suasion_archive::sources::{chronicle, flows, organisations, tallies, ties};

/// Reads bytes in every layout of a publisher: whole, in pieces, and for two states only. The
/// same lines must be told each time.
pub fn layouts(publisher: &str, bytes: &[u8]) {
    let mut calls = RollCalls::default();
    if publisher == "unvotes" {
        for what in [Companion::RollCalls, Companion::Issues] {
            let _ = calls.read(what, "f", &mut &bytes[..]);
        }
    }
    let mut any = false;
    for layout in LAYOUTS.iter().filter(|layout| layout.source.starts_with(publisher)) {
        any = true;
        let _ = (layout.recognises)(bytes);
        let whole = read(layout, bytes, None, false, &calls);
        let pieces = read(layout, bytes, Some(1 + bytes.len() % 97), false, &calls);
        assert_eq!(whole, pieces, "{}", layout.source);
        let some = read(layout, bytes, None, true, &calls).0;
        assert_eq!(whole.0.lines.len(), some.lines.len(), "{}", layout.source);
    }
    assert!(any, "no layout of {publisher}");
}

/// Reads bytes as each table that a built-in mapping describes, and as a mapping.
pub fn mapped(bytes: &[u8]) {
    for known in Mapping::built_in() {
        let mut told = Told::default();
        let _ = mapping::read(&known, &mut &bytes[..], "f", &mut told);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = Mapping::read("f", text);
    }
}

/// Unpacks a file of these bytes.
pub fn packed(bytes: &[u8]) {
    let Ok(mut file) = tempfile::NamedTempFile::new() else { return };
    if file.write_all(bytes).is_err() {
        return;
    }
    let mut unpacked = 0;
    let _ = each_part(file.path(), &|_| (), |_, input| {
        unpacked += match input {
            Input::Whole(bytes) => bytes.len() as u64,
            Input::Stream(input) => std::io::copy(input, &mut std::io::sink()).unwrap_or(0),
        };
        Ok(())
    });
    assert!(unpacked < 1 << 32, "a bomb went off");
}

/// Reads bytes as each table of a study.
pub fn own_tables(bytes: &[u8]) {
    let known = Organisations::default();
    let _ = chronicle::read("s", "f", bytes, &known);
    let _ = ties::read("s", "f", bytes, &known);
    let _ = flows::read("s", "f", bytes);
    let _ = tallies::read("s", "f", bytes);
    let _ = organisations::read("f", bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = Bibliography::read("f", text);
    }
}

/// Reads a text as a study file and as periodisations; if it is a study, also as its claims.
pub fn study(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let periodisations = suasion_study::periodisation::read("f", text).unwrap_or_default();
    let Ok(study) = suasion_study::study::read("f", text, &[]) else { return };
    let organisations = Organisations::default();
    let _ =
        suasion_study::claim::read("f", text, &study.actors, &study.period, &organisations, &periodisations);
}
