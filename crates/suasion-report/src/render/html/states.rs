//! State by state, and what follows for each.

use maud::{Markup, html};

use super::{figure, number};
use crate::render::anchor;
use crate::views::Report;
use crate::views::cards::Card;

pub(super) fn section(report: &Report<'_>) -> Markup {
    html! {
        section id="states" {
            h2 { "State by state" }
            (figure(report, "instruments"))
            @for card in &report.cards { (profile(report, card)) }
            (figure(report, "memberships"))
            (figure(report, "dependence"))
        }
    }
}

fn profile(report: &Report<'_>, card: &Card) -> Markup {
    html! {
        article.card id=(format!("state-{}", card.state)) {
            h3 { (card.name) }
            p { (card.summary) }
            dl.facts {
                @for (label, value, note) in &card.figures {
                    dt { (label) }
                    dd.value { (number(value)) }
                    dd.beside { (note) }
                }
            }
            h4 { "Main acts" }
            ol.acts {
                @for act in &card.acts {
                    li {
                        time { (act.date) }
                        span {
                            (act.description) " "
                            @if act.url.starts_with("http") { a href=(act.url) { "source" } " · " }
                            a href=(format!("#{}", anchor(&report.assessment.open.inputs, act.row))) { "row" }
                        }
                    }
                }
            }
        }
    }
}

pub(super) fn follows(report: &Report<'_>) -> Markup {
    html! {
        section id="follows" {
            h2 { "What follows for each state" }
            p.reading { "Computed, not advised: what each state takes up of its own accord toward all powers, beside what the power does toward it and which rival supplies it most." }
            @for follows in &report.follows {
                h3 { (follows.name) }
                p { (follows.sentence) }
                @if !follows.gaps.is_empty() {
                    div.scroll {
                        table {
                            thead { tr { th { "Instrument" } th.figure { "sought" } th.figure { "done" } th { "most by a rival" } } }
                            tbody {
                                @for gap in &follows.gaps {
                                    tr {
                                        th scope="row" { (gap.instrument) }
                                        td.figure { (number(&gap.sought)) }
                                        td.figure { (number(&gap.done)) }
                                        td { (gap.rival) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
