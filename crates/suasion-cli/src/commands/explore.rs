//! `suasion explore`: the report in a browser.

use suasion_archive::Problem;
use suasion_explorer::{Pages, serve};
use suasion_report::Report;

use super::{assess, assess_study, open_study};
use crate::arguments::{Explore, Shared};
use crate::output;

/// Serves the report until the process is ended.
pub(crate) fn run(options: &Explore, shared: &Shared) -> Result<(), Problem> {
    let opened = open_study(&options.study, shared)?;
    let assessment = assess_study(&opened, shared)?;
    let report = Report::of(&assessment, &assess::command(&options.study));
    let pages = Pages::of(&report).map_err(Problem::new)?;
    let ready =
        |address: std::net::SocketAddr| output::tell(shared, &format!("http://{address}/ (end with Ctrl-C)"));
    serve(pages, options.address, ready).map_err(|error| {
        Problem::new(format!("cannot serve at {}: {error}", options.address))
            .hint("name another with --address")
    })
}
