//! Evidence behind each number, and the works cited.

use maud::{Markup, html};

use super::rows;
use crate::evidence::Entry;
use crate::render::by_table;
use crate::views::Report;

pub(super) fn section(report: &Report<'_>) -> Markup {
    html! {
        section id="evidence" {
            h2 { "Evidence" }
            p.reading { "Behind each number: how it was computed, and the lines of the tables that it rests on. Each line stands below with its source." }
            details {
                summary { (report.evidence.entries().len()) " numbers and their rows" }
                @for entry in report.evidence.entries() { (one(report, entry)) }
            }
            (rows::all(report))
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
            @for (table, places) in by_table(inputs, entry) {
                span.meta {
                    (table.provenance.file) " (" (table.provenance.version) "), " (places.len())
                    @if places.len() == 1 { " row: " } @else { " rows: " }
                }
                @for place in places { a href=(format!("#{}", place.anchor)) { (place.line) } " " }
            }
        }
    }
}

/// Works that claims, tables, periodisations and flows cite by key; acts and ties link their own
/// sources.
fn works(report: &Report<'_>) -> Markup {
    let open = report.assessment.open;
    let cited = open.works_cited();
    let bibliography = open.archive.bibliography();
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
