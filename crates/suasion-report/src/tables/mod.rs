//! The report's tables as CSV.

use suasion_archive::Problem;

use crate::render::by_table;
use crate::views::Report;

/// Names and contents of all tables.
pub fn all(report: &Report<'_>) -> Result<Vec<(&'static str, String)>, Problem> {
    Ok(vec![
        ("claims.csv", claims(report)?),
        ("diagnoses.csv", diagnoses(report)?),
        ("diagnoses_under_choices.csv", under_choices(report)?),
        ("states.csv", states(report)?),
        ("ledger.csv", ledger(report)?),
        ("audit.csv", suasion_panel::write::audit_csv(&report.data.audit)?),
        ("evidence.csv", evidence(report)?),
    ])
}

fn claims(report: &Report<'_>) -> Result<String, Problem> {
    let header = [
        "claim",
        "says",
        "group",
        "verdict",
        "test",
        "kind",
        "test_verdict",
        "estimate",
        "p",
        "n",
        "method",
        "sentence",
    ];
    let rows = report.claims.iter().flat_map(|group| {
        group.claims.iter().flat_map(move |claim| {
            claim.tests.iter().enumerate().map(move |(position, test)| {
                vec![
                    claim.id.clone(),
                    claim.says.clone(),
                    group.title.clone(),
                    claim.verdict.text.clone(),
                    (position + 1).to_string(),
                    test.kind.clone(),
                    test.verdict.to_owned(),
                    test.estimate.as_ref().map(|number| number.text.clone()).unwrap_or_default(),
                    test.p.clone(),
                    test.n.clone(),
                    test.method.clone(),
                    test.sentence.clone(),
                ]
            })
        })
    });
    table(&header, rows)
}

fn diagnoses(report: &Report<'_>) -> Result<String, Problem> {
    let header = ["diagnosis", "subject", "value", "interval", "chance", "p", "notes"];
    let rows = report.diagnoses.iter().flat_map(|diagnosis| {
        diagnosis.rows.iter().map(|row| {
            let value = row.value.as_ref().map(|number| number.text.clone()).unwrap_or_default();
            let notes = row.value.as_ref().err().unwrap_or(&row.notes).clone();
            vec![
                diagnosis.name.to_owned(),
                row.label.clone(),
                value,
                row.interval.clone(),
                row.null.clone(),
                row.p.clone(),
                notes,
            ]
        })
    });
    table(&header, rows)
}

fn under_choices(report: &Report<'_>) -> Result<String, Problem> {
    let header = ["diagnosis", "choice", "verdict", "sentence"];
    let rows = report.diagnoses.iter().flat_map(|diagnosis| {
        diagnosis.choices.iter().map(|under| {
            vec![
                diagnosis.name.to_owned(),
                under.choice.clone(),
                under.verdict.to_owned(),
                under.sentence.clone(),
            ]
        })
    });
    table(&header, rows)
}

fn states(report: &Report<'_>) -> Result<String, Problem> {
    let header = ["state", "name", "figure", "value", "note"];
    let rows = report.cards.iter().flat_map(|card| {
        card.figures.iter().map(|(label, number, note)| {
            vec![card.state.to_string(), card.name.clone(), label.clone(), number.text.clone(), note.clone()]
        })
    });
    table(&header, rows)
}

fn ledger(report: &Report<'_>) -> Result<String, Problem> {
    let header = ["power", "state", "side", "category", "amount", "unit", "note"];
    let rows = report.ledgers.iter().flat_map(|ledger| {
        ledger.lines.iter().map(|line| {
            vec![
                ledger.power.to_string(),
                ledger.state.to_string(),
                line.side.to_owned(),
                line.category.to_owned(),
                line.amount.text.clone(),
                line.unit.to_owned(),
                line.note.clone(),
            ]
        })
    });
    table(&header, rows)
}

fn evidence(report: &Report<'_>) -> Result<String, Problem> {
    let header = ["number", "title", "how", "table", "rows"];
    let inputs = &report.assessment.open.inputs;
    let rows = report.evidence.entries().iter().flat_map(|entry| {
        by_table(inputs, entry).into_iter().map(|(table, places)| {
            let lines: Vec<String> = places.iter().map(|place| place.line.to_string()).collect();
            vec![
                entry.id.clone(),
                entry.title.clone(),
                entry.how.clone(),
                table.provenance.file.clone(),
                lines.join(" "),
            ]
        })
    });
    table(&header, rows)
}

fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Result<String, Problem> {
    let failed = |error: &dyn std::fmt::Display| Problem::new(format!("cannot write the table: {error}"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).map_err(|error| failed(&error))?;
    for row in rows {
        writer.write_record(&row).map_err(|error| failed(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|error| failed(&error))
}
