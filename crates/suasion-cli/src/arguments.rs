//! The arguments, defined once: help, manual and completions come from here.

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use suasion_actors::{Crosswalk, FactDate, StateId};
use suasion_archive::Problem;
use suasion_archive::ontology::Instrument;
use suasion_study::study::Override;

/// Measures how an outside power's policy toward a region works, state by state, and tests what
/// has been written about it against the record.
#[derive(Debug, Parser)]
#[command(
    name = "suasion",
    version,
    after_help = "Start with: suasion assess russia-central-asia",
    after_long_help = "Exit codes: 0 done; 1 the study or its data could not be used; 2 the command line is wrong; 3 (verify) a claim has not the verdict that it expects.\n\nStart with: suasion assess russia-central-asia"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) shared: Shared,
}

/// Options that every command has.
#[derive(Debug, Args)]
pub(crate) struct Shared {
    /// Folder of the store of ingested sources [default: the platform's place for data]
    #[arg(long, global = true, value_name = "DIR", env = "SUASION_STORE")]
    pub(crate) store: Option<PathBuf>,
    /// Folder of estimates kept between runs [default: the platform's place for caches]
    #[arg(long, global = true, value_name = "DIR", env = "SUASION_CACHE")]
    pub(crate) cache: Option<PathBuf>,
    /// Compute every estimate anew and keep none
    #[arg(long, global = true)]
    pub(crate) no_cache: bool,
    /// Threads to use; the result does not depend on it [default: all cores]
    #[arg(long, global = true, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Say nothing on standard error but errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Assess a policy: panel, diagnoses, phases, claims, report
    Assess(Assess),
    /// Show the verdicts on a study's claims, or all the evidence on one
    Claims(Claims),
    /// Test claims of your own; the exit code says whether they hold
    Verify(Verify),
    /// Write the panel with its codebook
    Panel(Panel),
    /// List the dated acts of the record, with their sources
    Chronicle(Chronicle),
    /// Read the report in a browser, served on this machine
    Explore(Explore),
    /// Take published files into the store: recognised, checked, bad rows kept apart
    Ingest(Ingest),
    /// Download published files, verified and resumable, and take them into the store
    Fetch(Fetch),
    /// Count events straight from published files, by pair of states, period and kind of act
    Count(Count),
    /// Show what the archive holds: sources, versions, coverage
    Sources(Sources),
    /// Ask the archive in SQL
    Sql(Sql),
    /// Print BibTeX for everything that a study uses
    Cite(Cite),
    /// Start a study: write a commented study file
    New(New),
    /// Print completions for a shell
    Completions(Completions),
    /// Print the manual page
    Man,
}

/// The study and what is changed in it.
#[derive(Debug, Args)]
pub(crate) struct StudyArguments {
    /// A built-in study by name (russia-central-asia), or a study file or its folder
    pub(crate) study: String,
    /// Set a key of the study file, such as study.period=1992/2013 (may be repeated)
    #[arg(long, value_name = "KEY=VALUE")]
    pub(crate) set: Vec<Override>,
}

#[derive(Debug, Args)]
pub(crate) struct Assess {
    #[command(flatten)]
    pub(crate) study: StudyArguments,
    /// Folder for the report with figures (SVG, PNG, PDF) and tables (CSV); without it only the page
    /// is written, to suasion-report/
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Claims {
    #[command(flatten)]
    pub(crate) study: StudyArguments,
    /// A claim's id: show all its evidence
    pub(crate) id: Option<String>,
    /// Say what would be estimated, and what cannot be and why, and estimate nothing
    #[arg(long)]
    pub(crate) plan: bool,
    /// Print a file of claims to start from
    #[arg(long, conflicts_with_all = ["id", "plan"])]
    pub(crate) new: bool,
    /// How to print; with an id, csv, json and parquet give every estimate
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: ClaimsFormat,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// A file of claims; a claim's `expect` names the verdict that it must have, supported if none
    pub(crate) claims: PathBuf,
    /// The study that they are tested in: a built-in one by name, or a study file
    #[arg(long, default_value = "russia-central-asia")]
    pub(crate) study: String,
    /// Set a key of the study file, such as study.period=1992/2013 (may be repeated)
    #[arg(long, value_name = "KEY=VALUE")]
    pub(crate) set: Vec<Override>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: TableFormat,
}

#[derive(Debug, Args)]
pub(crate) struct Panel {
    #[command(flatten)]
    pub(crate) study: StudyArguments,
    /// Length of a period
    #[arg(long, value_enum, default_value_t)]
    pub(crate) by: Unit,
    /// File format
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: PanelFormat,
    /// File to write, `-` for standard output; the codebook goes beside it [default: STUDY-UNIT.FORMAT]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Chronicle {
    #[command(flatten)]
    pub(crate) study: StudyArguments,
    /// Only acts in which this state of the region takes part (may be repeated)
    #[arg(long, value_name = "STATE", value_parser = state)]
    pub(crate) state: Vec<StateId>,
    /// Only acts in which this power takes part (may be repeated)
    #[arg(long, value_name = "STATE", value_parser = state)]
    pub(crate) power: Vec<StateId>,
    /// Only acts by this state; a joint act is by all who take part (may be repeated)
    #[arg(long, value_name = "STATE", value_parser = state)]
    pub(crate) by: Vec<StateId>,
    /// Only acts that use this instrument (may be repeated)
    #[arg(long, value_name = "INSTRUMENT")]
    pub(crate) instrument: Vec<Instrument>,
    #[command(flatten)]
    pub(crate) dates: Dates,
    /// Only acts that at least this many sources confirm
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=2))]
    pub(crate) confirmed: u8,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: TableFormat,
}

/// A state by its identity, with the nearest one in the error.
fn state(text: &str) -> Result<StateId, String> {
    Crosswalk::built_in().identify(text).map_err(|error| match error.hint() {
        Some(hint) => format!("{error} ({hint})"),
        None => error.to_string(),
    })
}

#[derive(Debug, Args)]
pub(crate) struct Explore {
    #[command(flatten)]
    pub(crate) study: StudyArguments,
    /// Address to serve at; others than this machine can only reach it if you name one they can see
    #[arg(long, default_value = "127.0.0.1:8137")]
    pub(crate) address: SocketAddr,
}

#[derive(Debug, Args)]
pub(crate) struct Sources {
    /// The study whose sources to show
    #[arg(default_value = "russia-central-asia")]
    pub(crate) study: String,
    /// Show the rows that were refused, by source and reason
    #[arg(long)]
    pub(crate) quarantine: bool,
    /// Take superseded files out of the store, and what killed processes left
    #[arg(long)]
    pub(crate) prune: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: TableFormat,
}

#[derive(Debug, Args)]
pub(crate) struct Ingest {
    /// Files as their publishers ship them: plain, gzip, zstd or zip
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Read the files as this source's, instead of recognising it
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// Read the files by this description of a table of yearly amounts
    #[arg(long, value_name = "TOML", conflicts_with = "source")]
    pub(crate) mapping: Option<PathBuf>,
    /// Keep only rows between these states, such as RUS,KAZ,UZB
    #[arg(long, value_name = "STATES", value_delimiter = ',', value_parser = state)]
    pub(crate) states: Vec<StateId>,
    #[command(flatten)]
    pub(crate) dates: Dates,
    /// The publisher's release, where the files do not say it
    #[arg(long, value_name = "RELEASE")]
    pub(crate) release: Option<String>,
    /// Refuse a file that has a bad row
    #[arg(long)]
    pub(crate) strict: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: TableFormat,
}

#[derive(Debug, Args)]
pub(crate) struct Count {
    /// Files of events as their publishers ship them: plain, gzip, zstd or zip
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Count only events between these states, such as RUS,KAZ,UZB
    #[arg(long, value_name = "STATES", value_delimiter = ',', value_parser = state)]
    pub(crate) states: Vec<StateId>,
    #[command(flatten)]
    pub(crate) dates: Dates,
    /// Length of a period
    #[arg(long, value_enum, default_value_t = Unit::Month)]
    pub(crate) by: Unit,
    /// How to print
    #[arg(long, value_enum, default_value_t = TableFormat::Csv)]
    pub(crate) format: TableFormat,
}

#[derive(Debug, Args)]
pub(crate) struct Fetch {
    /// Sources, such as gdelt, gdelt_2, icews, polecat, voeten, atop, correlates_of_war, world_bank
    #[arg(required = true, value_name = "SOURCE")]
    pub(crate) sources: Vec<String>,
    /// Keep only rows between these states, such as RUS,KAZ,UZB
    #[arg(long, value_name = "STATES", value_delimiter = ',', value_parser = state)]
    pub(crate) states: Vec<StateId>,
    #[command(flatten)]
    pub(crate) dates: Dates,
    /// Say what would be fetched, in files and bytes, and fetch nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Keep the downloaded files here; without it each is removed once the store has taken it
    #[arg(long, value_name = "DIR")]
    pub(crate) keep: Option<PathBuf>,
    /// Ask this server, under the same paths, instead of the publishers' own
    #[arg(long, value_name = "URL")]
    pub(crate) mirror: Option<String>,
    /// Least time between two requests, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 250)]
    pub(crate) pause: u64,
    /// How often a request that brings nothing is tried again
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) tries: u32,
    /// The wait before the second try, in milliseconds; each further one is twice as long
    #[arg(long, value_name = "MS", default_value_t = 2000)]
    pub(crate) wait: u64,
    /// How long a server may take to answer, and to send what it sends in one go, in seconds
    #[arg(long, value_name = "S", default_value_t = 120)]
    pub(crate) timeout: u64,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: TableFormat,
}

/// The first and the last day that are wanted.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Dates {
    /// Only from this day, month or year on
    #[arg(long, value_name = "DATE")]
    from: Option<FactDate>,
    /// Only to this day, month or year
    #[arg(long, value_name = "DATE")]
    to: Option<FactDate>,
}

impl Dates {
    /// First and last day, in this order.
    pub(crate) fn days(self) -> Result<(Option<Date>, Option<Date>), Problem> {
        let (from, to) = (self.from.map(FactDate::earliest), self.to.map(FactDate::latest));
        match from.zip(to).filter(|(from, to)| to < from) {
            Some((from, to)) => Err(Problem::new(format!("--to {to} lies before --from {from}"))
                .hint("name the earlier date with --from")),
            None => Ok((from, to)),
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Sql {
    /// A query over events, votes, ties, flows, states and organisations; `.help` shows their
    /// columns
    pub(crate) query: String,
    /// The study whose tables stand beside the store's
    #[arg(long, default_value = "russia-central-asia")]
    pub(crate) study: String,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: TableFormat,
}

#[derive(Debug, Args)]
pub(crate) struct Cite {
    #[command(flatten)]
    pub(crate) study: StudyArguments,
}

#[derive(Debug, Args)]
pub(crate) struct New {
    /// Name of the folder to make; the study file goes into it
    pub(crate) name: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// A table for the terminal
    #[default]
    Table,
    /// Comma-separated values
    Csv,
    /// JSON
    Json,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ClaimsFormat {
    /// A table for the terminal
    #[default]
    Table,
    /// Comma-separated values
    Csv,
    /// JSON
    Json,
    /// Apache Parquet
    Parquet,
}

impl ClaimsFormat {
    /// The same format for tables of words; none for Parquet.
    pub(crate) fn of_words(self) -> Option<TableFormat> {
        match self {
            Self::Table => Some(TableFormat::Table),
            Self::Csv => Some(TableFormat::Csv),
            Self::Json => Some(TableFormat::Json),
            Self::Parquet => None,
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum PanelFormat {
    /// Comma-separated values
    #[default]
    Csv,
    /// Apache Parquet
    Parquet,
    /// Apache Arrow file
    Arrow,
}

impl PanelFormat {
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::Arrow => "arrow",
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Unit {
    /// Months
    Month,
    /// Quarters
    Quarter,
    /// Years
    #[default]
    Year,
}

impl From<Unit> for suasion_actors::TimeUnit {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::Month => Self::Month,
            Unit::Quarter => Self::Quarter,
            Unit::Year => Self::Year,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn arguments_are_sound() {
        super::Arguments::command().debug_assert();
    }
}
