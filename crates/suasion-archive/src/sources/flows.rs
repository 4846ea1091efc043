//! Flows: annual amounts between parties, one a row.
//!
//! Columns: `indicator,source,target,year,value,unit,vintage,citation`, and `note`. `WLD` stands
//! for all partners together, or for none; an empty `value` says that the source itself has none.
//! Of several figures for one year the first is used: put the preferred one above.

use std::collections::BTreeSet;

use suasion_actors::Period;

use super::table::{self, Fields, Parsed};
use crate::problem::Problem;
use crate::quarantine::Refusal;
use crate::schema::{Flow, Party};

const REQUIRED: [&str; 8] = ["indicator", "source", "target", "year", "value", "unit", "vintage", "citation"];
const OPTIONAL: [&str; 1] = ["note"];

/// Whether a header is that of a table of flows.
pub fn recognises(header: &[&str]) -> bool {
    ["indicator", "value", "unit"].iter().all(|column| header.contains(column))
}

/// Reads a table of flows. `source_name` is the name under which studies call it.
pub fn read(source_name: &str, file: &str, bytes: &[u8]) -> Result<Parsed<Flow>, Problem> {
    let mut seen = BTreeSet::new();
    table::read(file, bytes, &REQUIRED, &OPTIONAL, |fields| {
        let flow = row(source_name, file, fields)?;
        let key = (flow.indicator.clone(), flow.source, flow.target, flow.year, flow.vintage.clone());
        if !seen.insert(key) {
            return Err(Refusal::new("year", fields.text("year"), "this amount stands above already"));
        }
        Ok(vec![flow])
    })
}

fn row(source_name: &str, file: &str, fields: &Fields<'_>) -> Result<Flow, Refusal> {
    let year: i16 = fields.number("year")?;
    let days = table::days_of_year(fields, year)?;
    let value = match fields.text("value") {
        "" => None,
        _ => Some(fields.number::<f64>("value")?).filter(|value| value.is_finite()),
    };
    let citation = fields.text("citation");
    if citation.is_empty() {
        return Err(Refusal::new("citation", "", "the row has no citation"));
    }
    Ok(Flow {
        source_name: source_name.to_owned(),
        line: fields.line,
        file: file.to_owned(),
        indicator: fields.required("indicator")?.to_owned(),
        source: party(fields, "source", &days)?,
        target: party(fields, "target", &days)?,
        year,
        value,
        unit: fields.required("unit")?.to_owned(),
        vintage: fields.required("vintage")?.to_owned(),
        citation: citation.to_owned(),
        note: fields.text("note").to_owned(),
    })
}

fn party(fields: &Fields<'_>, column: &'static str, days: &Period) -> Result<Party, Refusal> {
    match fields.required(column)? {
        Party::WORLD => Ok(Party::World),
        text => table::state(column, text, days).map(Party::State),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_is_not_zero() {
        let text = "indicator,source,target,year,value,unit,vintage,citation\n\
            goods_exports,RUS,KAZ,1992,,million,4.0,cow\n\
            goods_exports,RUS,KAZ,1993,0,million,4.0,cow\n\
            goods_exports,RUS,KAZ,1993,5,million,4.0,cow\n\
            goods_exports,RUS,WLD,1990,x,million,4.0,cow\n";
        let parsed = read("trade", "trade.csv", text.as_bytes()).unwrap();
        let values: Vec<Option<f64>> = parsed.rows.iter().map(|flow| flow.value).collect();
        assert_eq!(values, [None, Some(0.0)]);
        assert_eq!(parsed.ledger.quarantined.len(), 2);
    }
}
