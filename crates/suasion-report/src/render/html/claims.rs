//! The claims: overview, then each with its verdict and tests.

use maud::{Markup, html};

use super::{badge, drawing, figure, number};
use crate::figures;
use crate::views::Report;
use crate::views::claims::{ClaimView, TestView};

pub(super) fn section(report: &Report<'_>) -> Markup {
    html! {
        section id="claims" {
            h2 { "The claims" }
            @if report.claims.is_empty() { p { "The study makes no claims." } }
            (figure(report, "verdicts"))
            p.reading { (figures::READING) }
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
            @for test in &claim.tests { p.found { (badge(test.verdict)) " " (test.sentence) } }
            details.print {
                summary { "Evidence: " (claim.tests.len()) @if claim.tests.len() == 1 { " test" } @else { " tests" } " · " code { (claim.id) } }
                @for (position, test) in claim.tests.iter().enumerate() { (evidence(claim, position, test)) }
            }
        }
    }
}

/// A test's numbers, and its specification curve where it has one.
fn evidence(claim: &ClaimView, position: usize, test: &TestView) -> Markup {
    html! {
        h4 { "Test " (position + 1) ": " (test.kind) }
        p.meta {
            @if let Some(estimate) = &test.estimate { "Estimate " (number(estimate)) "; " }
            @if !test.p.is_empty() { (test.p) "; " }
            @if !test.n.is_empty() { "n = " (test.n) "; " }
            (test.method)
        }
        @if let Some(view) = &test.curve {
            (drawing(&figures::curve(&view.name, &format!("{}, test {}", claim.id, position + 1), &view.curve)))
            ul.meta {
                @for line in view.statistics.iter().chain(&view.without).chain(&view.notes) { li { (line) } }
            }
            @if !view.decisions.is_empty() {
                p.meta { "Median effect and verdict by option of each decision:" }
                ul.meta { @for line in &view.decisions { li { (line) } } }
            }
        }
    }
}
