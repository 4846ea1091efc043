//! Tallies of votes: per pair of states, year and set of roll calls, one a row.
//!
//! Columns: `state_a,state_b,year,subset,both_voted,agreements,half_agreements`, the nine counts
//! `yes_yes` … `no_no` (choice of the first, then of the second state) and `citation`. The sums
//! must agree with the nine counts.

use super::table::{self, Fields, Parsed};
use crate::problem::Problem;
use crate::quarantine::Refusal;
use crate::schema::{Subset, VoteTally};

/// Nothing was voted on in the General Assembly before.
const FIRST_YEAR: i16 = 1945;
const CELLS: [[&str; 3]; 3] = [
    ["yes_yes", "yes_abstain", "yes_no"],
    ["abstain_yes", "abstain_abstain", "abstain_no"],
    ["no_yes", "no_abstain", "no_no"],
];
const REQUIRED: [&str; 17] = [
    "state_a",
    "state_b",
    "year",
    "subset",
    "both_voted",
    "agreements",
    "half_agreements",
    "yes_yes",
    "yes_abstain",
    "yes_no",
    "abstain_yes",
    "abstain_abstain",
    "abstain_no",
    "no_yes",
    "no_abstain",
    "no_no",
    "citation",
];

/// Whether a header is that of a table of tallies.
pub fn recognises(header: &[&str]) -> bool {
    ["state_a", "both_voted", "half_agreements"].iter().all(|column| header.contains(column))
}

/// Reads a table of tallies. `source_name` is the name under which studies call it.
pub fn read(source_name: &str, file: &str, bytes: &[u8]) -> Result<Parsed<VoteTally>, Problem> {
    table::read(file, bytes, &REQUIRED, &[], |fields| Ok(vec![row(source_name, fields)?]))
}

fn row(source_name: &str, fields: &Fields<'_>) -> Result<VoteTally, Refusal> {
    let year: i16 = fields.number("year")?;
    let days = table::days_of_year(fields, year)?;
    if year < FIRST_YEAR {
        return Err(Refusal::new("year", fields.text("year"), "there were no votes in that year"));
    }
    let mut counts = [[0; 3]; 3];
    for (row, names) in counts.iter_mut().zip(CELLS) {
        for (count, name) in row.iter_mut().zip(names) {
            *count = fields.number(name)?;
        }
    }
    let tally = VoteTally {
        source_name: source_name.to_owned(),
        line: fields.line,
        first: table::state("state_a", fields.required("state_a")?, &days)?,
        second: table::state("state_b", fields.required("state_b")?, &days)?,
        year,
        subset: fields.listed::<Subset>("subset")?,
        counts,
        citation: fields.required("citation")?.to_owned(),
    };
    check_sums(fields, &tally)?;
    Ok(tally)
}

fn check_sums(fields: &Fields<'_>, tally: &VoteTally) -> Result<(), Refusal> {
    if tally.first >= tally.second {
        return Err(Refusal::new(
            "state_b",
            fields.text("state_b"),
            "states must come in alphabetical order",
        ));
    }
    let sums = [
        ("both_voted", tally.both_voted()),
        ("agreements", tally.agreements()),
        ("half_agreements", tally.half_agreements()),
    ];
    for (column, sum) in sums {
        if fields.number::<u32>(column)? != sum {
            let reason = format!("{column} is {}, but the nine counts give {sum}", fields.text(column));
            return Err(Refusal::new(column, fields.text(column), reason));
        }
    }
    Ok(())
}
