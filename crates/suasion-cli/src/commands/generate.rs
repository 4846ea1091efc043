//! `suasion completions` and `suasion man`, from the one definition of the arguments.

use clap::CommandFactory;
use suasion_archive::Problem;

use crate::arguments::{Arguments, Completions};
use crate::output;

/// Prints completions for a shell.
#[expect(clippy::unnecessary_wraps, reason = "the shape that every command has")]
pub(crate) fn completions(options: &Completions) -> Result<(), Problem> {
    clap_complete::generate(
        options.shell,
        &mut Arguments::command(),
        "suasion",
        &mut std::io::stdout().lock(),
    );
    Ok(())
}

/// Prints the manual page.
pub(crate) fn manual() -> Result<(), Problem> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Arguments::command())
        .render(&mut page)
        .map_err(|error| Problem::new(format!("cannot write the manual page: {error}")))?;
    output::data(&page)
}
