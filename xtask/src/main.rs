//! The project's own tasks: `cargo xtask figures [DATA-FOLDER]` derives the built-in tables of
//! trade and votes from the published data sets.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool for the terminal")]

mod crate_graph;
mod gzip_csv;
mod trade;
mod votes;

use std::error::Error;
use std::path::{Path, PathBuf};

/// The states of the built-in study and the powers, in the order of the tables.
const STATES: [&str; 5] = ["KAZ", "KGZ", "TJK", "TKM", "UZB"];
const POWERS: [&str; 4] = ["CHN", "RUS", "TUR", "USA"];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("figures") => figures(arguments.get(1).map(Path::new)),
        Some("crates") => {
            crate_graph::check()?;
            println!("the crates depend one way only");
            Ok(())
        }
        _ => Err("usage: cargo xtask figures [DATA-FOLDER] | crates".into()),
    }
}

fn figures(data: Option<&Path>) -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let data = data.map_or_else(|| root.join("../shared/data"), PathBuf::from);
    let folder = root.join("studies/russia-central-asia/figures");
    let trade = trade::table(&data)?;
    let votes = votes::table(&data)?;
    std::fs::write(folder.join("trade.csv"), trade)?;
    std::fs::write(folder.join("votes.csv"), votes)?;
    println!("wrote trade.csv and votes.csv to {}", folder.display());
    Ok(())
}
