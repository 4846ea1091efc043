//! Costs and dividends of patronage.

use maud::{Markup, html};

use super::number;
use crate::views::Report;
use crate::views::ledger::LedgerView;

pub(super) fn section(report: &Report<'_>) -> Markup {
    let power = report.assessment.open.study.actors.power;
    let (own, rivals): (Vec<&LedgerView>, Vec<&LedgerView>) =
        report.ledgers.iter().partition(|ledger| ledger.power == power);
    html! {
        section id="ledger" {
            h2 { "Costs and dividends" }
            p.reading {
                "What is known to have been spent on each state, and what came of it. Sums of published amounts are lower bounds: years without a figure count for nothing, not for zero. Money and counts are never added together."
            }
            @for ledger in own { (one(ledger)) }
            h3 { "The rivals" }
            ul { @for ledger in rivals { li { (ledger.sentence) } } }
        }
    }
}

fn one(ledger: &LedgerView) -> Markup {
    html! {
        h3 { (ledger.name) }
        p { (ledger.sentence) }
        div.scroll {
            table {
                thead { tr { th { "" } th { "What" } th.figure { "how much" } th { "unit" } th { "besides" } } }
                tbody {
                    @for line in &ledger.lines {
                        tr {
                            td.short { (line.side) }
                            th scope="row" { (line.category) }
                            td.figure { (number(&line.amount)) }
                            td.short { (line.unit) }
                            td { (line.note) }
                        }
                    }
                }
            }
        }
    }
}
