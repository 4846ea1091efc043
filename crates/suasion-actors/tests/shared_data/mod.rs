//! Real data sets that are not part of the project; tests of several crates include this file.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;

/// A row by column name.
pub(crate) type Row = BTreeMap<String, String>;

/// A gzipped table under `SUASION_TEST_DATA` or beside the project, or none with a note when it is
/// not there.
pub(crate) fn table(path: &str) -> Option<Vec<Row>> {
    let root = std::env::var_os("SUASION_TEST_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let Ok(file) = std::fs::File::open(root.join(path)) else {
        eprintln!("skipped: {path} is not there");
        return None;
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    let rows = csv::Reader::from_reader(text.as_bytes()).into_deserialize().collect::<Result<_, _>>();
    Some(rows.unwrap())
}
