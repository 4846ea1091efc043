//! Phases, diagnoses and rivals.

use maud::{Markup, html};

use super::{badge, figure, number, untitled};
use crate::views::Report;
use crate::views::diagnoses::DiagnosisView;

pub(super) fn phases(report: &Report<'_>) -> Markup {
    let phases = &report.assessment.phases;
    let published = &report.assessment.open.periodisations.periodisations;
    html! {
        section id="phases" {
            h2 { "Phases" }
            (figure(report, "phases"))
            @if phases.domains.iter().any(|domain| !domain.scores.is_empty()) {
                div.scroll {
                    table {
                        thead { tr { th { "Periodisation" } th { "against" } th.figure { "covering" } th.figure { "F1" } th.figure { "p (covering)" } th.figure { "p (F1)" } } }
                        tbody {
                            @for domain in &phases.domains {
                                @for score in &domain.scores {
                                    tr {
                                        th scope="row" { (published.iter().find(|known| known.id == score.id).map_or(score.id.as_str(), |known| known.title.as_str())) }
                                        td { (domain.domain) ", " (score.found) " changes found" }
                                        td.figure { (format!("{:.2}", score.covering)) }
                                        td.figure { (format!("{:.2}", score.f_one)) }
                                        td.figure { (format!("{:.3}", score.p_covering)) }
                                        td.figure { (format!("{:.3}", score.p_f_one)) }
                                    }
                                }
                            }
                        }
                    }
                }
                p.reading { "Covering is 1 if the stretches are the same; F1 counts boundaries within a year. p is the share of random boundaries that do as well. Years known for all states only; a periodisation without a boundary in them is not scored." }
            }
            @for domain in &phases.domains {
                @if !domain.boundaries.is_empty() {
                    p.meta {
                        "Changes in " (domain.domain) " (share of resamples that find each): "
                        (domain.boundaries.iter().map(|boundary| format!("{} ({:.0} %)", boundary.step, boundary.stability * 100.0)).collect::<Vec<_>>().join(", ")) "."
                    }
                }
            }
        }
    }
}

pub(super) fn section(report: &Report<'_>) -> Markup {
    html! {
        section id="diagnoses" {
            h2 { "The diagnoses" }
            p.reading { "Each asks whether the policy has a fault that the literature finds in it. The verdict is on the fault: supported means that the record shows it. The chronicle selects major acts, so what was written up less may look like less variety." }
            @for diagnosis in report.diagnoses.iter().filter(|diagnosis| diagnosis.name != "orbit") { (one(report, diagnosis)) }
        }
    }
}

pub(super) fn rivals(report: &Report<'_>) -> Markup {
    html! {
        section id="rivals" {
            h2 { "The rivals" }
            (figure(report, "orbit-shares"))
            @for diagnosis in report.diagnoses.iter().filter(|diagnosis| diagnosis.name == "orbit") { (one(report, diagnosis)) }
        }
    }
}

fn one(report: &Report<'_>, diagnosis: &DiagnosisView) -> Markup {
    html! {
        h3 { (diagnosis.question) " " (badge(diagnosis.verdict)) }
        (figure_of(report, diagnosis))
        div.scroll {
            table {
                thead { tr { th { "Whose conduct" } th.figure { "value" } th.figure { "interval" } th.figure { "by chance" } th.figure { "p" } th { "besides" } } }
                tbody {
                    @for row in &diagnosis.rows {
                        tr {
                            th scope="row" { (row.label) }
                            @match &row.value {
                                Ok(value) => {
                                    td.figure { (number(value)) }
                                    td.figure { (row.interval) }
                                    td.figure { (row.null) }
                                    td.figure { (row.p) }
                                    td { (row.notes) }
                                }
                                Err(reason) => { td colspan="5" { "No estimate: " (reason) "." } }
                            }
                        }
                    }
                }
            }
        }
        (choices_of(diagnosis))
    }
}

/// What the diagnosis says under other sources and a shorter window.
fn choices_of(diagnosis: &DiagnosisView) -> Markup {
    html! {
        @if !diagnosis.choices.is_empty() {
            details {
                summary { "Under other choices" }
                div.scroll {
                    table {
                        thead { tr { th { "Choice" } th { "verdict" } th { "what it says then" } } }
                        tbody {
                            @for under in &diagnosis.choices {
                                tr { th scope="row" { (under.choice) } td { (badge(under.verdict)) } td { (under.sentence) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The sentence, then the figure, whose title stands above as the question.
fn figure_of(report: &Report<'_>, diagnosis: &DiagnosisView) -> Markup {
    html! {
        p { (diagnosis.sentence) }
        @if let Some(figure) = report.figure(diagnosis.name) { (untitled(figure)) }
    }
}
