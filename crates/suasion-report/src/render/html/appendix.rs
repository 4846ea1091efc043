//! Evidence behind each number, and the works cited.

use maud::{Markup, html};

use super::rows;
use crate::evidence::Entry;
use crate::render::line_of;
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
            @for (family, indices) in &entry.rows {
                @let table = inputs.table(*family);
                span.meta {
                    (table.map_or_else(|| family.table_name().to_owned(), |table| format!("{} ({})", table.provenance.file, table.provenance.version)))
                    ", " (indices.len()) @if indices.len() == 1 { " row: " } @else { " rows: " }
                }
                @for index in indices {
                    @let line = line_of(inputs, *family, *index);
                    a href=(format!("#{}", rows::anchor(*family, line))) { (line) } " "
                }
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
