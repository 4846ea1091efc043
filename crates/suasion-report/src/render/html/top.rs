//! Title, way-finding and the bottom line.

use maud::{Markup, html};

use super::{badge, figure, number};
use crate::views::Report;

const SECTIONS: [(&str, &str); 10] = [
    ("bottom-line", "Bottom line"),
    ("states", "State by state"),
    ("phases", "Phases"),
    ("diagnoses", "Diagnoses"),
    ("rivals", "Rivals"),
    ("claims", "Claims"),
    ("ledger", "Costs and dividends"),
    ("follows", "What follows"),
    ("data", "Data and methods"),
    ("evidence", "Evidence"),
];

pub(super) fn header(report: &Report<'_>) -> Markup {
    html! {
        header {
            h1 { (report.title) }
            p.subtitle { (report.subtitle) }
            nav { @for (id, title) in SECTIONS { a href=(format!("#{id}")) { (title) } } }
        }
    }
}

pub(super) fn bottom_line(report: &Report<'_>) -> Markup {
    let line = &report.bottom_line;
    html! {
        section id="bottom-line" {
            h2 { "The bottom line" }
            @if !line.notices.is_empty() {
                div.notices { ul { @for notice in &line.notices { li { (notice) } } } }
            }
            p { (line.claims) }
            ul.counts {
                @for (word, count) in &line.counts { li { b { (count) } (badge(word)) } }
            }
            dl.answers {
                @for (question, sentence, value) in &line.diagnoses {
                    dt { (question) }
                    dd { (sentence) @if let Some(value) = value { " " (number(value)) } }
                }
            }
            @if !line.contradicted.is_empty() {
                p { "The record contradicts these claims:" }
                ul {
                    @for (id, says) in &line.contradicted { li { a href=(format!("#claim-{id}")) { (says) } } }
                }
            }
            (figure(report, "cooperation"))
        }
    }
}
