//! `figures/trade.csv`: annual goods trade of the states with each power and in total, and how
//! concentrated it is, from Correlates of War Trade 4.0.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::Path;

use jiff::civil::date;
use serde::Deserialize;
use suasion_actors::{CodeScheme, Crosswalk};

use crate::gzip_csv;
use crate::{POWERS, STATES};

const FIRST_YEAR: i16 = 1992;
const LAST_YEAR: i16 = 2014;
/// How the data set writes a missing amount.
const MISSING: f64 = -9.0;

#[derive(Deserialize)]
struct Dyad {
    ccode1: f64,
    ccode2: f64,
    year: f64,
    /// Imports of the first state from the second, million current dollars.
    flow1: Option<f64>,
    /// Imports of the second state from the first.
    flow2: Option<f64>,
}

#[derive(Deserialize)]
struct Total {
    ccode: f64,
    year: f64,
    imports: Option<f64>,
    exports: Option<f64>,
}

/// Amounts by exporter, importer and year; none where the source says missing.
type Amounts = BTreeMap<(String, String, i16), Option<f64>>;

/// The table as CSV.
pub(crate) fn table(data: &Path) -> Result<String, Box<dyn Error>> {
    let mut amounts = Amounts::new();
    let dyads: Vec<Dyad> = gzip_csv::rows(&data.join("cow/trade_dyad_year.csv.gz"))?;
    for row in &dyads {
        add_dyad(&mut amounts, row);
    }
    let partners = amounts.clone();
    amounts.retain(|(exporter, importer, _), _| is_wanted(exporter, importer));
    let totals: Vec<Total> = gzip_csv::rows(&data.join("cow/trade_sy.csv.gz"))?;
    for row in &totals {
        add_total(&mut amounts, row);
    }
    mend_unreported(&mut amounts);
    let mut text = String::from("indicator,source,target,year,value,unit,vintage,citation\n");
    for ((exporter, importer, year), value) in &amounts {
        let value = value.map(|value| value.to_string()).unwrap_or_default();
        writeln!(
            text,
            "goods_exports,{exporter},{importer},{year},{value},million current US dollars,COW Trade 4.0,barbieri-keshk-2016"
        )?;
    }
    for state in STATES {
        for year in FIRST_YEAR..=LAST_YEAR {
            let total = amounts.get(&(state.to_owned(), "WLD".to_owned(), year)).copied().flatten();
            let value =
                total.and_then(|_| concentration(&partners, state, year)).map(|value| format!("{value:.6}"));
            writeln!(
                text,
                "partner_concentration,{state},WLD,{year},{},1 minus normalised entropy of total trade by partner,COW Trade 4.0,barbieri-keshk-2016",
                value.unwrap_or_default()
            )?;
        }
    }
    Ok(text)
}

fn state(code: f64, year: i16) -> Option<String> {
    // Some numbers stand in years in which no such state existed; those rows name nobody.
    let code = (code as i64).to_string();
    Crosswalk::built_in()
        .state(CodeScheme::CowNumber, &code, date(year, 12, 31))
        .ok()
        .map(|state| state.to_string())
}

fn amount(value: Option<f64>) -> Option<f64> {
    value.filter(|value| *value != MISSING)
}

fn add_dyad(amounts: &mut Amounts, row: &Dyad) {
    let year = row.year as i16;
    if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
        return;
    }
    let (Some(first), Some(second)) = (state(row.ccode1, year), state(row.ccode2, year)) else {
        return;
    };
    if !STATES.contains(&first.as_str()) && !STATES.contains(&second.as_str()) {
        return;
    }
    amounts.insert((second.clone(), first.clone(), year), amount(row.flow1));
    amounts.insert((first, second, year), amount(row.flow2));
}

fn is_wanted(exporter: &str, importer: &str) -> bool {
    let known = |name: &str| STATES.contains(&name) || POWERS.contains(&name);
    known(exporter) && known(importer)
}

fn add_total(amounts: &mut Amounts, row: &Total) {
    let year = row.year as i16;
    let Some(state) = state(row.ccode, year).filter(|_| (FIRST_YEAR..=LAST_YEAR).contains(&year)) else {
        return;
    };
    if STATES.contains(&state.as_str()) || POWERS.contains(&state.as_str()) {
        amounts.insert((state.clone(), "WLD".to_owned(), year), amount(row.exports));
        amounts.insert(("WLD".to_owned(), state, year), amount(row.imports));
    }
}

/// In the first years after 1991 the data set writes 0 between successor states of the Soviet
/// Union that did not yet report to the International Monetary Fund, and leaves that trade out of
/// their totals. Such zeros are not zeros: both they and the totals of a year in which trade with
/// Russia is one of them are written as missing.
fn mend_unreported(amounts: &mut Amounts) {
    const LAST_UNREPORTED: i16 = 1994;
    let successor = |name: &str| name == "RUS" || STATES.contains(&name);
    let unreported: Vec<(String, String, i16)> = amounts
        .iter()
        .filter(|((exporter, importer, year), value)| {
            **value == Some(0.0) && *year <= LAST_UNREPORTED && successor(exporter) && successor(importer)
        })
        .map(|(key, _)| key.clone())
        .collect();
    for key in unreported {
        let year = key.2;
        for state in STATES.into_iter().filter(|state| *state == key.0 || *state == key.1) {
            if key.0 == "RUS" || key.1 == "RUS" {
                amounts.insert((state.to_owned(), "WLD".to_owned(), year), None);
                amounts.insert(("WLD".to_owned(), state.to_owned(), year), None);
            }
        }
        amounts.insert(key, None);
    }
}

/// 1 − H/ln N over the partners with which trade is recorded; none below two partners.
fn concentration(amounts: &Amounts, state: &str, year: i16) -> Option<f64> {
    let mut by_partner: BTreeMap<&str, f64> = BTreeMap::new();
    for ((exporter, importer, of), value) in amounts {
        let Some(value) = value.filter(|value| *of == year && *value > 0.0) else { continue };
        if exporter == state {
            *by_partner.entry(importer).or_default() += value;
        } else if importer == state {
            *by_partner.entry(exporter).or_default() += value;
        }
    }
    let total: f64 = by_partner.values().sum();
    let entropy: f64 = by_partner.values().map(|value| -(value / total) * (value / total).ln()).sum();
    (by_partner.len() > 1).then(|| 1.0 - entropy / (by_partner.len() as f64).ln())
}
