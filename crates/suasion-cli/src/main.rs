//! The `suasion` command.

mod arguments;
mod commands;
mod output;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(threads) = arguments.shared.threads {
        // Only the first set-up of the pool counts; nothing has used it before this line.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.get()).build_global();
    }
    let shared = &arguments.shared;
    let outcome = match &arguments.command {
        Command::Assess(options) => commands::assess::run(options, shared),
        Command::Claims(options) => commands::claims::run(options, shared),
        Command::Panel(options) => commands::panel::run(options, shared),
        Command::Explore(options) => commands::explore::run(options, shared),
        Command::Chronicle(options) => commands::chronicle::run(options, shared),
        Command::Ingest(options) => commands::ingest::run(options, shared),
        Command::Fetch(options) => commands::fetch::run(options, shared),
        Command::Count(options) => commands::count::run(options, shared),
        Command::Sql(options) => commands::sql::run(options, shared),
        Command::Sources(options) => commands::sources::run(options, shared),
        Command::Cite(options) => commands::cite::run(options, shared),
        Command::New(options) => commands::new::run(options, shared),
        Command::Completions(options) => commands::generate::completions(options),
        Command::Man => commands::generate::manual(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            output::tell_problem(&problem);
            ExitCode::FAILURE
        }
    }
}
