//! `figures/votes.csv`: how often the states and the powers voted alike in the General Assembly,
//! from recorded, not unanimous roll calls.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write;
use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;
use suasion_actors::{CodeScheme, Crosswalk, StateId};
use suasion_archive::schema::tally::tally;
use suasion_archive::schema::{Subset, Vote};

use crate::gzip_csv;
use crate::{POWERS, STATES};

/// The first session in which the five states were members throughout is that of 1992.
const FIRST_YEAR: i16 = 1992;

#[derive(Deserialize)]
struct RollCallRow {
    rcid: f64,
    session: f64,
    importantvote: Option<f64>,
    date: String,
}

#[derive(Deserialize)]
struct IssueRow {
    rcid: f64,
    short_name: String,
}

#[derive(Deserialize)]
struct VoteRow {
    rcid: f64,
    country: String,
    vote: String,
}

struct RollCall {
    year: i16,
    day: Date,
    subsets: Vec<Subset>,
}

/// The table as CSV.
pub(crate) fn table(data: &Path) -> Result<String, Box<dyn Error>> {
    let folder = data.join("un_general_assembly");
    let roll_calls = roll_calls(&folder)?;
    let votes = votes(&folder, &roll_calls)?;
    let states: Vec<StateId> = STATES
        .iter()
        .chain(&POWERS)
        .filter_map(|text| StateId::new(text))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let mut text = String::from(
        "state_a,state_b,year,subset,both_voted,agreements,half_agreements,yes_yes,yes_abstain,yes_no,abstain_yes,abstain_abstain,abstain_no,no_yes,no_abstain,no_no,citation\n",
    );
    let years: BTreeSet<i16> = roll_calls.values().map(|roll_call| roll_call.year).collect();
    for year in years {
        for subset in Subset::ALL {
            let chosen: Vec<Vote> = votes
                .iter()
                .filter(|vote| {
                    let roll_call = &roll_calls[&vote.roll_call];
                    roll_call.year == year && roll_call.subsets.contains(&subset)
                })
                .copied()
                .collect();
            write_tallies(&mut text, year, subset, &chosen, &states)?;
        }
    }
    Ok(text)
}

fn write_tallies(
    text: &mut String,
    year: i16,
    subset: Subset,
    votes: &[Vote],
    states: &[StateId],
) -> Result<(), Box<dyn Error>> {
    for ((first, second), counts) in tally(votes, states) {
        let both: u32 = counts.iter().flatten().sum();
        if both == 0 {
            continue;
        }
        let same: u32 = (0..3).map(|level| counts[level][level]).sum();
        let half = counts[0][1] + counts[1][0] + counts[1][2] + counts[2][1];
        let cells: Vec<String> = counts.iter().flatten().map(u32::to_string).collect();
        writeln!(
            text,
            "{first},{second},{year},{subset},{both},{same},{half},{},voeten-2013",
            cells.join(",")
        )?;
    }
    Ok(())
}

fn roll_calls(folder: &Path) -> Result<BTreeMap<u32, RollCall>, Box<dyn Error>> {
    let mut issues: BTreeMap<u32, Vec<Subset>> = BTreeMap::new();
    for row in gzip_csv::rows::<IssueRow>(&folder.join("un_roll_call_issues.csv.gz"))? {
        issues.entry(row.rcid as u32).or_default().push(row.short_name.parse()?);
    }
    let mut roll_calls = BTreeMap::new();
    for row in gzip_csv::rows::<RollCallRow>(&folder.join("un_roll_calls.csv.gz"))? {
        // Voeten's convention: a session belongs to the year in which it opens.
        let year = row.session as i16 + 1945;
        if year < FIRST_YEAR {
            continue;
        }
        let mut subsets = issues.remove(&(row.rcid as u32)).unwrap_or_default();
        subsets.push(Subset::All);
        // Some roll calls, and all since 2018, are not said to be important or not.
        subsets
            .extend(row.importantvote.map(|important| {
                if important == 1.0 { Subset::Important } else { Subset::WithoutImportant }
            }));
        let day = row.date.parse()?;
        roll_calls.insert(row.rcid as u32, RollCall { year, day, subsets });
    }
    Ok(roll_calls)
}

/// Votes of the wanted roll calls; those in which all who voted chose alike are left out, by all
/// members' votes and not only those of the states at hand.
fn votes(folder: &Path, roll_calls: &BTreeMap<u32, RollCall>) -> Result<Vec<Vote>, Box<dyn Error>> {
    let mut votes = Vec::new();
    let mut choices: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
    for row in gzip_csv::rows::<VoteRow>(&folder.join("un_votes.csv.gz"))? {
        let Some(roll_call) = roll_calls.get(&(row.rcid as u32)) else { continue };
        let state = Crosswalk::built_in().state(CodeScheme::UnName, &row.country, roll_call.day)?;
        let vote = Vote { roll_call: row.rcid as u32, state, choice: row.vote.parse()? };
        choices.entry(vote.roll_call).or_default().insert(vote.choice.level());
        votes.push(vote);
    }
    votes.retain(|vote| choices[&vote.roll_call].len() > 1);
    Ok(votes)
}
