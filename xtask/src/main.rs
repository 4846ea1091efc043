//! The project's own tasks, `cargo xtask TASK`: derived tables of figures, the check of the crate
//! graph, generated files for tests and measurements.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool for the terminal")]

mod crate_graph;
mod floor;
mod generate;
mod gzip_csv;
mod trade;
mod votes;

use std::error::Error;
use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand};

/// The states of the built-in study and the powers, in the order of the tables.
const STATES: [&str; 5] = ["KAZ", "KGZ", "TJK", "TKM", "UZB"];
const POWERS: [&str; 4] = ["CHN", "RUS", "TUR", "USA"];

/// The project's own tasks.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Derive the built-in tables of trade and votes from the published data sets
    Figures {
        /// Folder of the data sets [default: ../shared/data]
        data: Option<PathBuf>,
    },
    /// Check that crates depend one way only
    Crates,
    /// Inflate the zips of a folder and count newlines: the least that reading them can cost
    Floor {
        /// The folder
        folder: PathBuf,
    },
    /// Write files in published layouts, of any size, for tests and measurements
    Generate(generate::Generate),
}

fn main() -> Result<(), Box<dyn Error>> {
    match Arguments::parse().task {
        Task::Figures { data } => figures(data.as_deref()),
        Task::Crates => {
            crate_graph::check()?;
            println!("the crates depend one way only");
            Ok(())
        }
        Task::Floor { folder } => {
            println!("{}", floor::lines(&folder)?);
            Ok(())
        }
        Task::Generate(options) => generate::run(&options),
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
