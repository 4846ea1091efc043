//! Costs and dividends of patronage: what a power spends on a state, and what it has of it
//! (METHODS 1.3).
//!
//! Money and counts are never added together. Money is what was published, so a sum over years of
//! which some are unknown is a lower bound; each entry says for how many years it knows something.

use std::collections::{BTreeMap, BTreeSet};

use suasion_actors::{DirectedDyad, Organisations, StateId, TimeUnit};
use suasion_archive::Family;
use suasion_archive::schema::{Party, Subset, TieKind};
use suasion_panel::lookup::{Codes, Lookup};
use suasion_panel::{Inputs, RowRef};

use crate::study::Study;

/// Unit of all money in the ledger.
pub const MONEY: &str = "million current US dollars";
/// Assistance as donors report it already holds grants and debt relief.
const ASSISTANCE: &str = "official_development_assistance";
const EXPORTS: &str = "goods_exports";

/// What a power spends, by category, with the indicators that are summed.
const COSTS: [(&str, &[&str]); 5] = [
    ("official assistance", &[ASSISTANCE]),
    ("grants and fund contributions", &["budget_grants", "russian_kyrgyz_development_fund_contributions"]),
    ("debt relief", &["debt_written_off"]),
    ("export duties forgone", &["export_duty_forgone"]),
    ("base rents", &["base_rent"]),
];

/// Money over the years for which something is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Sum {
    /// What it is.
    pub category: &'static str,
    /// Million current US dollars by year; a year may have several parts.
    pub parts: Vec<(i16, f64)>,
    /// The rows summed.
    pub rows: Vec<RowRef>,
}

impl Sum {
    /// Million current US dollars.
    pub fn amount(&self) -> f64 {
        self.parts.iter().map(|(_, amount)| amount).sum()
    }

    /// Years with a figure.
    pub fn years(&self) -> BTreeSet<i16> {
        self.parts.iter().map(|(year, _)| *year).collect()
    }

    /// What of the sum falls into these years.
    pub fn amount_in(&self, years: &BTreeSet<i16>) -> f64 {
        self.parts.iter().filter(|(year, _)| years.contains(year)).map(|(_, amount)| amount).sum()
    }
}

/// A dividend that has no price, in its own unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Count {
    /// What it is.
    pub category: &'static str,
    /// How much of it.
    pub amount: f64,
    /// Its unit.
    pub unit: &'static str,
    /// The rows counted.
    pub rows: Vec<RowRef>,
}

/// One power's ledger with one state, over the study's period.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    /// Who spends.
    pub power: StateId,
    /// On whom.
    pub state: StateId,
    /// What is known to have been spent.
    pub costs: Vec<Sum>,
    /// The power's surplus in goods trade, if known.
    pub trade_balance: Option<Sum>,
    /// Dividends without a price.
    pub dividends: Vec<Count>,
}

impl Ledger {
    /// Known costs, million current US dollars; none where nothing is known.
    pub fn cost(&self) -> Option<f64> {
        (!self.costs.is_empty()).then(|| self.costs.iter().map(Sum::amount).sum())
    }

    /// What one unit of a dividend must be worth for it alone to cover the known costs.
    pub fn break_even(&self, dividend: &Count) -> Option<f64> {
        (dividend.amount > 0.0).then(|| self.cost().map(|cost| cost / dividend.amount)).flatten()
    }
}

/// The ledgers of every power with every state of the region, the study's power first.
pub fn ledgers(study: &Study, inputs: &Inputs) -> Vec<Ledger> {
    let powers = study.actors.powers();
    let amounts = Amounts {
        inputs,
        lookup: Lookup::new(inputs, TimeUnit::Year, Codes::All),
        years: study.period.begin().year()..=study.period.end().year(),
    };
    powers
        .iter()
        .flat_map(|power| study.actors.region.iter().map(move |state| (*power, *state)))
        .map(|(power, state)| ledger(study, &amounts, power, state))
        .collect()
}

fn ledger(study: &Study, amounts: &Amounts<'_>, power: StateId, state: StateId) -> Ledger {
    Ledger {
        power,
        state,
        costs: costs(amounts, power, state),
        trade_balance: trade_balance(amounts, power, state),
        dividends: dividends(study, amounts.inputs, power, state),
    }
}

/// Published amounts of the study's years.
struct Amounts<'a> {
    inputs: &'a Inputs,
    lookup: Lookup,
    years: std::ops::RangeInclusive<i16>,
}

impl Amounts<'_> {
    /// One figure a year, chosen as the panel's measures choose it.
    fn yearly(&self, indicator: &str, source: StateId, target: StateId) -> BTreeMap<i16, (f64, u32)> {
        let (from, to) = (Party::State(source), Party::State(target));
        let of_year = |year: i16| {
            let row = self.lookup.flow(indicator, from, to, year)?;
            let flow = &self.inputs.flow_rows()[row as usize];
            Some((year, (flow.value.filter(|_| flow.unit == MONEY)?, row)))
        };
        self.years.clone().filter_map(of_year).collect()
    }
}

fn costs(amounts: &Amounts<'_>, power: StateId, state: StateId) -> Vec<Sum> {
    let reported: BTreeSet<i16> = amounts.yearly(ASSISTANCE, power, state).into_keys().collect();
    COSTS
        .iter()
        .filter_map(|(category, indicators)| {
            let counted_already = matches!(*category, "grants and fund contributions" | "debt relief");
            let parts: Vec<(i16, f64, u32)> = indicators
                .iter()
                .flat_map(|indicator| amounts.yearly(indicator, power, state))
                .filter(|(year, _)| !(counted_already && reported.contains(year)))
                .map(|(year, (value, row))| (year, value, row))
                .collect();
            (!parts.is_empty()).then(|| Sum {
                category,
                parts: parts.iter().map(|(year, value, _)| (*year, *value)).collect(),
                rows: RowRef::all(Family::Flow, parts.iter().map(|(_, _, row)| *row)),
            })
        })
        .collect()
}

/// Exports of the power minus its imports, over the years for which both are known.
fn trade_balance(amounts: &Amounts<'_>, power: StateId, state: StateId) -> Option<Sum> {
    let out = amounts.yearly(EXPORTS, power, state);
    let back = amounts.yearly(EXPORTS, state, power);
    let both: Vec<(i16, f64, [u32; 2])> = out
        .iter()
        .filter_map(|(year, (sold, row))| {
            back.get(year).map(|(bought, other)| (*year, sold - bought, [*row, *other]))
        })
        .collect();
    (!both.is_empty()).then(|| Sum {
        category: "surplus in goods trade",
        parts: both.iter().map(|(year, balance, _)| (*year, *balance)).collect(),
        rows: RowRef::all(Family::Flow, both.iter().flat_map(|(_, _, rows)| *rows)),
    })
}

fn dividends(study: &Study, inputs: &Inputs, power: StateId, state: StateId) -> Vec<Count> {
    vec![
        standing("bases", "base-years", study, inputs, |kind, of| {
            of == state && matches!(kind, TieKind::Base { owner } if *owner == power)
        }),
        standing(
            "memberships in the power's organisations",
            "membership-years",
            study,
            inputs,
            |kind, of| of == state && led_by(&inputs.organisations, kind, power),
        ),
        votes_alike(study, inputs, power, state),
    ]
}

fn led_by(organisations: &Organisations, kind: &TieKind, power: StateId) -> bool {
    let TieKind::Membership { organisation, role } = kind else { return false };
    role.is_full() && organisations.get(organisation).is_some_and(|found| found.leader == Some(power))
}

/// Ties that stand on the last day of a year, summed over years.
fn standing(
    category: &'static str,
    unit: &'static str,
    study: &Study,
    inputs: &Inputs,
    wanted: impl Fn(&TieKind, StateId) -> bool,
) -> Count {
    let (mut amount, mut rows) = (0.0, Vec::new());
    for (index, tie) in inputs.tie_rows().iter().enumerate().filter(|(_, tie)| wanted(&tie.kind, tie.state)) {
        let years = (study.period.begin().year()..=study.period.end().year())
            .filter(|year| tie.spell().contains(jiff::civil::date(*year, 12, 31)))
            .count();
        if years > 0 {
            amount += years as f64;
            rows.push(RowRef { family: Family::Tie, index: index as u32 });
        }
    }
    Count { category, amount, unit, rows }
}

/// Roll calls in which both made the same choice.
fn votes_alike(study: &Study, inputs: &Inputs, power: StateId, state: StateId) -> Count {
    let pair = DirectedDyad::new(power, state).map(|_| (power.min(state), power.max(state)));
    let years = study.period.begin().year()..=study.period.end().year();
    let (mut amount, mut rows) = (0.0, Vec::new());
    for (index, tally) in inputs.tally_rows().iter().enumerate() {
        if pair == Some((tally.first, tally.second))
            && tally.subset == Subset::All
            && years.contains(&tally.year)
        {
            amount += f64::from(tally.agreements());
            rows.push(RowRef { family: Family::Tally, index: index as u32 });
        }
    }
    Count { category: "votes alike in the General Assembly", amount, unit: "votes", rows }
}
