//! The rows of the tables, each with an anchor and its sources.

use maud::{Markup, html};
use suasion_archive::Family;
use suasion_archive::schema::{Sources, TieKind};
use suasion_panel::{Inputs, RowRef};

use crate::render::place;
use crate::views::chronicle::{self, Act, Choice};
use crate::views::{Report, name};

/// Every act, and the other rows that a number rests on.
pub(super) fn all(report: &Report<'_>) -> Markup {
    let inputs = &report.assessment.open.inputs;
    let used = |family| report.evidence.used(family).into_iter().map(move |index| RowRef { family, index });
    html! {
        (acts(report))
        (frame("Ties", &["line", "who", "tie", "from", "to", "what", "sources"],
            used(Family::Tie).map(|row| tie(report, row))))
        (frame("Flows", &["line", "what", "from", "to", "year", "amount", "unit", "source"],
            used(Family::Flow).map(|row| flow(inputs, row))))
        (frame("Votes", &["line", "pair", "year", "roll calls", "both voted", "same", "half", "source"],
            used(Family::Tally).map(|row| vote(inputs, row))))
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

/// Every act once, whether a number rests on it or not.
fn acts(report: &Report<'_>) -> Markup {
    let all = chronicle::acts(report.assessment.open, &Choice::default());
    frame(
        "Acts",
        &["line", "date", "who", "what", "instrument", "code", "confirmed by", "sources"],
        all.iter().map(|act| row_of_act(report, act)),
    )
}

fn row_of_act(report: &Report<'_>, act: &Act<'_>) -> Markup {
    let event = act.event;
    html! {
        tr id=(place(&report.assessment.open.inputs, act.rows[0]).anchor) {
            td { (event.line) }
            td { (event.date) }
            td { (act.who) }
            td { (event.description) }
            td { (event.instrument.label()) }
            td { (event.code) }
            td { (event.sources.confirmed()) }
            td { (sources(report, &event.sources)) }
        }
    }
}

fn tie(report: &Report<'_>, row: RowRef) -> Markup {
    let inputs = &report.assessment.open.inputs;
    let tie = &inputs.ties.rows[row.index as usize];
    let kind = match &tie.kind {
        TieKind::Membership { organisation, role } => format!("{organisation} ({role})"),
        TieKind::Treaty { counterpart, roles } => {
            format!("treaty with {} ({})", name(*counterpart), roles.join(", ").replace('_', " "))
        }
        TieKind::Alliance { alliance, roles } => {
            format!("alliance {alliance} ({})", roles.join(", ").replace('_', " "))
        }
        TieKind::Standing { role } => role.replace('_', " "),
        TieKind::Contiguity { neighbour, by } => {
            format!("border with {} ({})", name(*neighbour), by.replace('_', " "))
        }
        TieKind::Base { owner } => format!("base of {}", name(*owner)),
    };
    html! {
        tr id=(place(inputs, row).anchor) {
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

fn flow(inputs: &Inputs, row: RowRef) -> Markup {
    let flow = &inputs.flow_rows()[row.index as usize];
    html! {
        tr id=(place(inputs, row).anchor) {
            td { (flow.line) } td { (flow.indicator.replace('_', " ")) } td { (flow.source) } td { (flow.target) } td { (flow.year) }
            td.figure { (flow.value.map_or_else(|| "missing".to_owned(), |value| format!("{value:.1}"))) }
            td { (flow.unit) }
            td {
                a href=(format!("#work-{}", flow.citation)) { (flow.vintage) }
                @if !flow.note.is_empty() { br; span.meta { (flow.note) } }
            }
        }
    }
}

fn vote(inputs: &Inputs, row: RowRef) -> Markup {
    let tally = &inputs.tally_rows()[row.index as usize];
    html! {
        tr id=(place(inputs, row).anchor) {
            td { (tally.line) } td { (tally.first) "–" (tally.second) } td { (tally.year) } td { (tally.subset) }
            td.figure { (tally.both_voted()) } td.figure { (tally.agreements()) } td.figure { (tally.half_agreements()) }
            td { a href=(format!("#work-{}", tally.citation)) { (tally.citation) } }
        }
    }
}
