//! The `suasion` command.

mod arguments;
mod commands;
mod output;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

/// Exit code where a claim has not the verdict that it expects.
const NOT_AS_EXPECTED: u8 = 3;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(threads) = arguments.shared.threads {
        // Only the first set-up of the pool counts; nothing has used it before this line.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.get()).build_global();
    }
    let shared = &arguments.shared;
    if let Command::Verify(options) = &arguments.command {
        return match commands::verify::run(options, shared) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(NOT_AS_EXPECTED),
            Err(problem) => {
                output::tell_problem(&problem);
                ExitCode::FAILURE
            }
        };
    }
    let outcome = match &arguments.command {
        Command::Verify(_) => Ok(()),
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
