//! `suasion chronicle`: the dated acts of the record, with their sources.

use suasion_actors::{FactDate, Period};
use suasion_archive::Problem;
use suasion_report::views::chronicle::{Act, Choice, acts};

use super::open_study;
use crate::arguments::{Chronicle, Shared, TableFormat};
use crate::output;

const FULL: [&str; 11] = [
    "id",
    "line",
    "date",
    "who",
    "initiator",
    "instrument",
    "code",
    "score",
    "description",
    "confirmed",
    "sources",
];

/// Prints the chosen acts, in the order of the chronicle.
pub(crate) fn run(options: &Chronicle, shared: &Shared) -> Result<(), Problem> {
    let opened = open_study(&options.study, shared)?;
    let choice = Choice {
        states: options.state.clone(),
        powers: options.power.clone(),
        sources: options.by.clone(),
        instruments: options.instrument.clone(),
        period: period(options)?,
        confirmed: options.confirmed,
    };
    let chosen = acts(&opened, &choice);
    if chosen.is_empty() {
        output::tell(shared, "note: no act of the record fits; that is not to say that there was none");
    }
    if options.format == TableFormat::Table {
        let rows: Vec<Vec<String>> = chosen.iter().map(short).collect();
        output::rows(options.format, &["date", "who", "instrument", "what", "sources"], &rows)?;
        output::tell(
            shared,
            &format!("{} acts; --format csv or json for all fields and addresses", chosen.len()),
        );
        return Ok(());
    }
    let rows: Vec<Vec<String>> = chosen.iter().map(full).collect();
    output::rows(options.format, &FULL, &rows)
}

fn period(options: &Chronicle) -> Result<Option<Period>, Problem> {
    let bounds = options.dates.days()?;
    if bounds == (None, None) {
        return Ok(None);
    }
    let begin = bounds.0.unwrap_or_else(|| FactDate::Year(1).earliest());
    Ok(Period::new(begin, bounds.1.unwrap_or_else(|| FactDate::Year(9999).latest())))
}

fn short(act: &Act<'_>) -> Vec<String> {
    let event = act.event;
    let keys: Vec<&str> = event.sources.iter().map(|(key, _)| key.as_str()).collect();
    vec![
        event.date.to_string(),
        act.who.clone(),
        event.instrument.label().to_owned(),
        event.description.clone(),
        keys.join("\n"),
    ]
}

fn full(act: &Act<'_>) -> Vec<String> {
    let event = act.event;
    let sources: Vec<&str> = event
        .sources
        .iter()
        .map(|(key, url)| if url.is_empty() { key.as_str() } else { url.as_str() })
        .collect();
    vec![
        event.act.clone(),
        event.line.to_string(),
        event.date.to_string(),
        act.who.clone(),
        event.initiator.map(|initiator| initiator.to_string()).unwrap_or_default(),
        event.instrument.to_string(),
        event.code.to_string(),
        event.score.to_string(),
        event.description.clone(),
        event.sources.confirmed().to_string(),
        sources.join(" "),
    ]
}
