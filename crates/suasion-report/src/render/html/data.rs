//! Data, coverage, methods, citations and reproduction.

use maud::{Markup, html};

use crate::views::Report;

pub(super) fn section(report: &Report<'_>) -> Markup {
    html! {
        section id="data" {
            h2 { "Data, coverage and methods" }
            (tables(report))
            (audit(report))
            (quarantine(report))
            h3 { "Methods" }
            dl.answers { @for (name, text) in &report.data.methods { dt { (name) } dd { (text) } } }
            h3 { "To get the same bytes again" }
            div.scroll {
                table { tbody { @for (key, value) in &report.data.reproduction { tr { th scope="row" { (key) } td { code { (value) } } } } } }
            }
        }
    }
}

fn tables(report: &Report<'_>) -> Markup {
    html! {
        div.scroll {
            table {
                thead { tr { th { "Source" } th { "What it is" } th { "Covers" } th { "Rows" } th { "Terms" } } }
                tbody {
                    @for table in &report.data.tables {
                        tr {
                            th scope="row" { (table.source) br; span.meta { (table.family) } }
                            td { (table.title) ", version " (table.version) ". " (table.note) @for key in &table.citations { " [" a href=(format!("#work-{key}")) { (key) } "]" } }
                            td { (table.coverage) }
                            td { (table.rows) }
                            td { (table.licence) }
                        }
                    }
                }
            }
        }
    }
}

fn audit(report: &Report<'_>) -> Markup {
    html! {
        h3 { "What the panel knows" }
        p {
            "Of all cells of the yearly panel: "
            (report.data.totals.iter().map(|(status, count)| format!("{count} {}", status.replace('_', " "))).collect::<Vec<_>>().join(", ")) "."
        }
        details {
            summary { "Cells by measure" }
            div.scroll {
                table {
                    thead { tr { th { "Measure" } @for (status, _) in &report.data.totals { th.figure { (status.replace('_', " ")) } } } }
                    tbody {
                        @for column in &report.data.audit {
                            tr { th scope="row" { (column.name) } @for count in column.counts { td.figure { (count) } } }
                        }
                    }
                }
            }
        }
    }
}

fn quarantine(report: &Report<'_>) -> Markup {
    let refused = &report.assessment.open.quarantined;
    html! {
        @if !refused.is_empty() {
            h3 { "Rows refused" }
            ul { @for row in refused { li { code { (row.to_string()) } } } }
        }
    }
}
