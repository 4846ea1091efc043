//! Evidence behind each number, the rows, and the works cited.

use std::collections::BTreeSet;

use maud::{Markup, html};
use suasion_archive::Family;
use suasion_archive::schema::{Event, Sources, TieKind};

use crate::evidence::Entry;
use crate::render::line_of;
use crate::views::{Report, name};

/// Letter before the line number in a row's anchor.
fn letter(family: Family) -> char {
    match family {
        Family::Event => 'c',
        Family::Tie => 't',
        Family::Flow => 'f',
        Family::Vote => 'v',
    }
}

pub(super) fn section(report: &Report<'_>) -> Markup {
    html! {
        section id="evidence" {
            h2 { "Evidence" }
            p.reading { "Behind each number: how it was computed, and the lines of the tables that it rests on. Each line stands below with its source." }
            details {
                summary { (report.evidence.entries().len()) " numbers and their rows" }
                @for entry in report.evidence.entries() { (one(report, entry)) }
            }
            (acts(report))
            (ties(report))
            (flows(report))
            (votes(report))
            (works(report))
        }
    }
}

fn one(report: &Report<'_>, entry: &Entry) -> Markup {
    let inputs = &report.assessment.open.inputs;
    html! {
        div.evidence id=(entry.id) {
            strong { (entry.title) } ". " (entry.how) ". "
            @if entry.rows.is_empty() { "No rows: the record holds none." }
            @for (family, indices) in &entry.rows {
                @let table = inputs.table(*family);
                span.meta {
                    (table.map_or_else(|| family.table_name().to_owned(), |table| format!("{} ({})", table.provenance.file, table.provenance.version)))
                    ", " (indices.len()) @if indices.len() == 1 { " row: " } @else { " rows: " }
                }
                @for index in indices {
                    @let line = line_of(inputs, *family, *index);
                    a href=(format!("#{}{line}", letter(*family))) { (line) } " "
                }
            }
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
    let mut seen = BTreeSet::new();
    let all: Vec<&Event> =
        report.assessment.open.inputs.event_rows().iter().filter(|event| seen.insert(event.line)).collect();
    html! {
        details {
            summary { "Acts (" (all.len()) ")" }
            div.scroll { table.rows {
                thead { tr { th { "line" } th { "date" } th { "who" } th { "what" } th { "instrument" } th { "code" } th { "sources" } } }
                tbody {
                    @for event in all {
                        tr id=(format!("c{}", event.line)) {
                            td { (event.line) }
                            td { (event.date) }
                            td { (who(report, event)) }
                            td { (event.description) }
                            td { (event.instrument.label()) }
                            td { (event.cameo) }
                            td { (sources(report, &event.sources)) }
                        }
                    }
                }
            } }
        }
    }
}

fn who(report: &Report<'_>, event: &Event) -> String {
    let targets: Vec<String> = report
        .assessment
        .open
        .inputs
        .event_rows()
        .iter()
        .filter(|other| other.line == event.line && !other.mirrored)
        .filter_map(|other| other.target.map(|target| target.to_string()))
        .collect();
    let arrow = if event.mutual { "↔" } else { "→" };
    let organisation = event.organisation.as_ref().map(ToString::to_string);
    let whom: Vec<String> = targets.into_iter().chain(organisation).collect();
    format!("{}{arrow}{}", event.source, whom.join(" "))
}

fn ties(report: &Report<'_>) -> Markup {
    let inputs = &report.assessment.open.inputs;
    let used = report.evidence.used(Family::Tie);
    html! {
        details {
            summary { "Ties (" (used.len()) ")" }
            div.scroll { table.rows {
                thead { tr { th { "line" } th { "who" } th { "tie" } th { "from" } th { "to" } th { "what" } th { "sources" } } }
                tbody {
                    @for index in used {
                        @let tie = &inputs.tie_rows()[index as usize];
                        tr id=(format!("t{}", tie.line)) {
                            td { (tie.line) }
                            td { (name(tie.state)) }
                            td { (match &tie.kind {
                                TieKind::Membership { organisation, role } => format!("{organisation} ({role})"),
                                TieKind::Treaty { counterpart, roles } => format!("treaty with {} ({})", name(*counterpart), roles.join(", ").replace('_', " ")),
                                TieKind::Base { owner } => format!("base of {}", name(*owner)),
                            }) }
                            td { (tie.begin) }
                            td { (tie.end.map_or_else(|| "stands".to_owned(), |end| end.to_string())) }
                            td { (tie.description) }
                            td { (sources(report, &tie.sources)) }
                        }
                    }
                }
            } }
        }
    }
}

fn flows(report: &Report<'_>) -> Markup {
    let inputs = &report.assessment.open.inputs;
    let used = report.evidence.used(Family::Flow);
    html! {
        details {
            summary { "Flows (" (used.len()) ")" }
            div.scroll { table.rows {
                thead { tr { th { "line" } th { "from" } th { "to" } th { "year" } th.figure { "amount" } th { "unit" } th { "source" } } }
                tbody {
                    @for index in used {
                        @let flow = &inputs.flow_rows()[index as usize];
                        tr id=(format!("f{}", flow.line)) {
                            td { (flow.line) } td { (flow.source) } td { (flow.target) } td { (flow.year) }
                            td.figure { (flow.value.map_or_else(|| "missing".to_owned(), |value| format!("{value:.1}"))) }
                            td { (flow.unit) }
                            td { a href=(format!("#work-{}", flow.citation)) { (flow.vintage) } }
                        }
                    }
                }
            } }
        }
    }
}

fn votes(report: &Report<'_>) -> Markup {
    let inputs = &report.assessment.open.inputs;
    let used = report.evidence.used(Family::Vote);
    html! {
        details {
            summary { "Votes (" (used.len()) ")" }
            div.scroll { table.rows {
                thead { tr { th { "line" } th { "pair" } th { "year" } th { "roll calls" } th.figure { "both voted" } th.figure { "same" } th.figure { "half" } th { "source" } } }
                tbody {
                    @for index in used {
                        @let tally = &inputs.vote_rows()[index as usize];
                        tr id=(format!("v{}", tally.line)) {
                            td { (tally.line) } td { (tally.first) "–" (tally.second) } td { (tally.year) } td { (tally.subset) }
                            td.figure { (tally.both_voted()) } td.figure { (tally.agreements()) } td.figure { (tally.half_agreements()) }
                            td { a href=(format!("#work-{}", tally.citation)) { (tally.citation) } }
                        }
                    }
                }
            } }
        }
    }
}

/// Works that claims, tables, periodisations and flows cite by key; acts and ties link their own
/// sources.
fn works(report: &Report<'_>) -> Markup {
    let cited = report.cited();
    let bibliography = report.assessment.open.archive.bibliography();
    html! {
        h3 { "Works cited" }
        p.reading { "Sources of single acts and ties stand in their rows; `suasion cite` gives BibTeX for everything." }
        @for key in &cited {
            @if let Some(work) = bibliography.get(key) {
                p.work id=(format!("work-{key}")) {
                    @if !work.author.is_empty() { (work.author) ". " }
                    em { (work.title) } ". "
                    @if !work.container.is_empty() { (work.container) ". " }
                    @if !work.date.is_empty() { (work.date) ". " }
                    @if work.url.starts_with("http") { a href=(work.url) { (work.url) } }
                }
            }
        }
    }
}
