//! The claims: overview, then each with its verdict and tests.

use maud::{Markup, html};

use super::{badge, figure, number};
use crate::views::Report;
use crate::views::claims::ClaimView;

pub(super) fn section(report: &Report<'_>) -> Markup {
    html! {
        section id="claims" {
            h2 { "The claims" }
            @if report.claims.is_empty() { p { "The study makes no claims." } }
            (figure(report, "verdicts"))
            @for group in &report.claims {
                h3 { (group.title) }
                @for claim in &group.claims { (one(claim)) }
            }
        }
    }
}

fn one(claim: &ClaimView) -> Markup {
    html! {
        article.claim id=(format!("claim-{}", claim.id)) {
            p.says {
                a.number href=(format!("#{}", claim.verdict.id)) { (badge(&claim.verdict.text)) }
                (claim.says) " "
                @for (key, place) in &claim.by {
                    span.meta { "[" a href=(format!("#work-{key}")) { (key) } @if !place.is_empty() { ", " (place) } "] " }
                }
            }
            @if !claim.note.is_empty() { p.meta { (claim.note) } }
            details.print {
                summary { (claim.tests.len()) @if claim.tests.len() == 1 { " test" } @else { " tests" } " · " code { (claim.id) } }
                div.scroll {
                    table {
                        thead { tr { th { "Test" } th { "What was found" } th.figure { "estimate" } th.figure { "p" } th.figure { "n" } } }
                        tbody {
                            @for test in &claim.tests {
                                tr {
                                    td { (test.kind) br; (badge(test.verdict)) }
                                    td { (test.sentence) @if !test.method.is_empty() { " " span.meta { "(" (test.method) ")" } } }
                                    td.figure { @if let Some(estimate) = &test.estimate { (number(estimate)) } }
                                    td.figure { (test.p) }
                                    td.figure { (test.n) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
