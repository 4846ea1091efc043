//! The rows of the tables, each with an anchor and its sources.

use std::collections::BTreeMap;

use maud::{Markup, html};
use suasion_archive::Family;
use suasion_archive::schema::{Event, Flow, Sources, Tie, TieKind, VoteTally};

use crate::views::{Report, name};

/// Where a row stands in the page.
pub(super) fn anchor(family: Family, line: u64) -> String {
    let letter = match family {
        Family::Event => 'c',
        Family::Tie => 't',
        Family::Flow => 'f',
        Family::Vote => 'v',
    };
    format!("{letter}{line}")
}

/// Every act, and the other rows that a number rests on.
pub(super) fn all(report: &Report<'_>) -> Markup {
    let inputs = &report.assessment.open.inputs;
    let evidence = &report.evidence;
    html! {
        (acts(report))
        (frame("Ties", &["line", "who", "tie", "from", "to", "what", "sources"],
            evidence.used(Family::Tie).into_iter().map(|index| tie(report, &inputs.tie_rows()[index as usize]))))
        (frame("Flows", &["line", "from", "to", "year", "amount", "unit", "source"],
            evidence.used(Family::Flow).into_iter().map(|index| flow(&inputs.flow_rows()[index as usize]))))
        (frame("Votes", &["line", "pair", "year", "roll calls", "both voted", "same", "half", "source"],
            evidence.used(Family::Vote).into_iter().map(|index| vote(&inputs.vote_rows()[index as usize]))))
    }
}

/// Headings of columns of numbers.
const FIGURES: [&str; 4] = ["amount", "both voted", "same", "half"];

fn frame(title: &str, headings: &[&str], rows: impl ExactSizeIterator<Item = Markup>) -> Markup {
    html! {
        details {
            summary { (title) " (" (rows.len()) ")" }
            div.scroll { table.rows {
                thead { tr { @for heading in headings { th.figure[FIGURES.contains(heading)] { (heading) } } } }
                tbody { @for row in rows { (row) } }
            } }
        }
    }
}

fn sources(report: &Report<'_>, sources: &Sources) -> Markup {
    html! {
        @for (key, url) in sources.iter() {
            @if url.starts_with("http") { a href=(url) { (key) } }
            @else if report.assessment.open.archive.bibliography().get(key).is_some() { a href=(format!("#work-{key}")) { (key) } }
            @else { (key) }
            " "
        }
    }
}

/// Every act of the chronicle once, whether a number rests on it or not.
fn acts(report: &Report<'_>) -> Markup {
    let mut by_line: BTreeMap<u64, Vec<&Event>> = BTreeMap::new();
    for event in report.assessment.open.inputs.event_rows() {
        by_line.entry(event.line).or_default().push(event);
    }
    frame(
        "Acts",
        &["line", "date", "who", "what", "instrument", "code", "sources"],
        by_line.values().map(|rows| act(report, rows)),
    )
}

/// One act from its rows, one a target and direction.
fn act(report: &Report<'_>, rows: &[&Event]) -> Markup {
    let event = rows[0];
    html! {
        tr id=(anchor(Family::Event, event.line)) {
            td { (event.line) }
            td { (event.date) }
            td { (who(rows)) }
            td { (event.description) }
            td { (event.instrument.label()) }
            td { (event.cameo) }
            td { (sources(report, &event.sources)) }
        }
    }
}

fn who(rows: &[&Event]) -> String {
    let event = rows[0];
    let targets = rows
        .iter()
        .filter(|other| !other.mirrored)
        .filter_map(|other| other.target.map(|target| target.to_string()));
    let whom: Vec<String> = targets.chain(event.organisation.as_ref().map(ToString::to_string)).collect();
    let arrow = if event.mutual { "↔" } else { "→" };
    format!("{}{arrow}{}", event.source, whom.join(" "))
}

fn tie(report: &Report<'_>, tie: &Tie) -> Markup {
    let kind = match &tie.kind {
        TieKind::Membership { organisation, role } => format!("{organisation} ({role})"),
        TieKind::Treaty { counterpart, roles } => {
            format!("treaty with {} ({})", name(*counterpart), roles.join(", ").replace('_', " "))
        }
        TieKind::Base { owner } => format!("base of {}", name(*owner)),
    };
    html! {
        tr id=(anchor(Family::Tie, tie.line)) {
            td { (tie.line) }
            td { (name(tie.state)) }
            td { (kind) }
            td { (tie.begin) }
            td { (tie.end.map_or_else(|| "stands".to_owned(), |end| end.to_string())) }
            td { (tie.description) }
            td { (sources(report, &tie.sources)) }
        }
    }
}

fn flow(flow: &Flow) -> Markup {
    html! {
        tr id=(anchor(Family::Flow, flow.line)) {
            td { (flow.line) } td { (flow.source) } td { (flow.target) } td { (flow.year) }
            td.figure { (flow.value.map_or_else(|| "missing".to_owned(), |value| format!("{value:.1}"))) }
            td { (flow.unit) }
            td { a href=(format!("#work-{}", flow.citation)) { (flow.vintage) } }
        }
    }
}

fn vote(tally: &VoteTally) -> Markup {
    html! {
        tr id=(anchor(Family::Vote, tally.line)) {
            td { (tally.line) } td { (tally.first) "–" (tally.second) } td { (tally.year) } td { (tally.subset) }
            td.figure { (tally.both_voted()) } td.figure { (tally.agreements()) } td.figure { (tally.half_agreements()) }
            td { a href=(format!("#work-{}", tally.citation)) { (tally.citation) } }
        }
    }
}
