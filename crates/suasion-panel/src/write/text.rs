//! Panels, codebooks and audits as CSV.

use suasion_archive::Problem;

use crate::audit::ColumnAudit;
use crate::cell::Cell;
use crate::codebook;
use crate::panel::Panel;

/// The panel as CSV: `source,target,period`, then for each measure its number (empty if missing)
/// and its status. Rows at which a state did not exist are left out.
pub fn panel_csv(panel: &Panel) -> Result<String, Problem> {
    let mut header = vec!["source".to_owned(), "target".to_owned(), "period".to_owned()];
    for column in &panel.columns {
        header.push(column.measure.name.to_owned());
        header.push(format!("{}_status", column.measure.name));
    }
    let rows = (0..panel.spine.len()).filter(|row| panel.spine.exists(*row)).map(|row| {
        let (dyad, step) = panel.spine.at(row);
        let mut fields = vec![dyad.source().to_string(), dyad.target().to_string(), step.to_string()];
        for column in &panel.columns {
            let cell = column.cells[row];
            fields.push(cell.number().map(|number| number.to_string()).unwrap_or_default());
            fields.push(cell.status().to_owned());
        }
        fields
    });
    table(&header, rows)
}

/// The codebook as CSV.
pub fn codebook_csv(entries: &[codebook::Entry]) -> Result<String, Problem> {
    let rows = entries.iter().map(|entry| entry.fields().map(str::to_owned).to_vec());
    table(&codebook::HEADER.map(str::to_owned), rows)
}

/// The audit as CSV.
pub fn audit_csv(audits: &[ColumnAudit]) -> Result<String, Problem> {
    let header: Vec<String> = std::iter::once("name").chain(Cell::STATUSES).map(str::to_owned).collect();
    let rows = audits.iter().map(|audit| {
        std::iter::once(audit.name.to_owned()).chain(audit.counts.map(|count| count.to_string())).collect()
    });
    table(&header, rows)
}

fn table(header: &[String], rows: impl Iterator<Item = Vec<String>>) -> Result<String, Problem> {
    let failed = |error: csv::Error| Problem::new(format!("cannot write the table: {error}"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).map_err(failed)?;
    for row in rows {
        writer.write_record(&row).map_err(failed)?;
    }
    let bytes =
        writer.into_inner().map_err(|error| Problem::new(format!("cannot write the table: {error}")))?;
    String::from_utf8(bytes).map_err(|error| Problem::new(format!("cannot write the table: {error}")))
}
