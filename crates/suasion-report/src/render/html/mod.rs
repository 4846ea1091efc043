//! The report as one self-contained HTML page.

mod appendix;
mod claims;
mod data;
mod diagnoses;
mod ledger;
mod rows;
mod states;
mod top;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::evidence::Number;
use crate::figures::Figure;
use crate::views::Report;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("open.js");

/// The page.
pub fn page(report: &Report<'_>) -> String {
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (report.title) " — suasion" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (top::header(report))
                main {
                    (top::bottom_line(report))
                    (states::section(report))
                    (diagnoses::phases(report))
                    (diagnoses::section(report))
                    (diagnoses::rivals(report))
                    (claims::section(report))
                    (ledger::section(report))
                    (states::follows(report))
                    (data::section(report))
                    (appendix::section(report))
                }
                footer { p { "Made by suasion " (env!("CARGO_PKG_VERSION")) ". Numbers link to the rows behind them." } }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    markup.into_string()
}

/// A number that opens its evidence.
fn number(number: &Number) -> Markup {
    html! { a.number href=(format!("#{}", number.id)) { (number.text) } }
}

/// A figure with its sentence and how to read it.
fn figure(report: &Report<'_>, name: &str) -> Markup {
    report.figure(name).map_or_else(|| html! {}, drawn)
}

fn drawn(figure: &Figure) -> Markup {
    html! {
        figure id=(format!("figure-{}", figure.name)) {
            figcaption { strong { (figure.heading()) " " } (figure.sentence) }
            div.drawing { (PreEscaped(figure.svg())) }
            p.reading { (figure.reading) }
        }
    }
}

/// A figure of a kind that is explained elsewhere.
fn drawing(figure: &Figure) -> Markup {
    html! {
        figure id=(format!("figure-{}", figure.name)) {
            figcaption { (figure.sentence) }
            div.drawing { (PreEscaped(figure.svg())) }
        }
    }
}

/// A figure whose title and sentence stand in the text already.
fn untitled(figure: &Figure) -> Markup {
    html! {
        figure id=(format!("figure-{}", figure.name)) {
            div.drawing { (PreEscaped(figure.svg())) }
            p.reading { (figure.reading) }
        }
    }
}

/// A verdict as a coloured word.
fn badge(word: &str) -> Markup {
    html! { span class=(format!("badge {word}")) { (word) } }
}
