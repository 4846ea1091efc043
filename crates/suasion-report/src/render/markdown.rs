//! The report as Markdown, for notes and repositories; figures stand beside it as files.

use std::fmt::Write;

use crate::views::Report;

/// The report as Markdown.
pub fn page(report: &Report<'_>) -> String {
    let mut text = format!("# {}\n\n{}\n\n", report.title, report.subtitle);
    bottom_line(report, &mut text);
    cards(report, &mut text);
    diagnoses(report, &mut text);
    claims(report, &mut text);
    figures(report, &mut text);
    text
}

/// Writing to a text cannot fail; the macro's result is dropped in one place.
macro_rules! line {
    ($text:expr, $($part:tt)*) => {
        if writeln!($text, $($part)*).is_err() {
            return;
        }
    };
}

fn bottom_line(report: &Report<'_>, text: &mut String) {
    line!(text, "## The bottom line\n");
    for notice in &report.bottom_line.notices {
        line!(text, "> {notice}");
    }
    line!(text, "\n{}\n", report.bottom_line.claims);
    for (question, sentence, _) in &report.bottom_line.diagnoses {
        line!(text, "- **{question}** {sentence}");
    }
    line!(text, "");
}

fn cards(report: &Report<'_>, text: &mut String) {
    line!(text, "## State by state\n");
    for card in &report.cards {
        line!(text, "### {}\n\n{}\n", card.name, card.summary);
        for (label, number, note) in &card.figures {
            line!(text, "- {label}: **{}** ({note})", number.text);
        }
        line!(text, "");
        for act in &card.acts {
            line!(text, "- {}: {}", act.date, act.description);
        }
        line!(text, "");
    }
}

fn diagnoses(report: &Report<'_>, text: &mut String) {
    line!(text, "## The diagnoses\n");
    for diagnosis in &report.diagnoses {
        line!(text, "### {}\n\n{}\n\n{}\n", diagnosis.question, diagnosis.sentence, diagnosis.scale);
        line!(text, "| whose conduct | value | interval | by chance | p |\n|---|---|---|---|---|");
        for row in &diagnosis.rows {
            let value = row.value.as_ref().map_or_else(String::as_str, |number| number.text.as_str());
            line!(text, "| {} | {value} | {} | {} | {} |", row.label, row.interval, row.null, row.p);
        }
        line!(text, "");
        for under in &diagnosis.choices {
            line!(text, "- {}: {}. {}", under.choice, under.verdict, under.sentence);
        }
        if !diagnosis.choices.is_empty() {
            line!(text, "");
        }
    }
}

fn claims(report: &Report<'_>, text: &mut String) {
    line!(text, "## The claims\n");
    for group in &report.claims {
        line!(text, "### {}\n", group.title);
        for claim in &group.claims {
            line!(text, "- **{}** `{}` {}", claim.verdict.text, claim.id, claim.says);
            for test in &claim.tests {
                line!(text, "  - {}: {}", test.verdict, test.sentence);
            }
        }
        line!(text, "");
    }
}

fn figures(report: &Report<'_>, text: &mut String) {
    line!(text, "## Figures\n");
    for figure in report.figures() {
        line!(
            text,
            "![{}](figures/{}.svg)\n\n*{}* {}\n",
            figure.title,
            figure.name,
            figure.heading(),
            figure.sentence
        );
    }
}
