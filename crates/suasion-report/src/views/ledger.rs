//! Costs and dividends of patronage in words.

use suasion_actors::StateId;
use suasion_study::Assessment;
use suasion_study::ledger::{Count, Ledger, Sum};
use suasion_study::wording::{number, whole};

use super::name;
use crate::evidence::{EvidenceBook, Number};

/// One power's ledger with one state.
#[derive(Debug, Clone)]
pub struct LedgerView {
    /// Who spends.
    pub power: StateId,
    /// On whom.
    pub state: StateId,
    /// The state's name.
    pub name: String,
    /// Known costs and what they amount to, in one sentence.
    pub sentence: String,
    /// The lines, costs first.
    pub lines: Vec<Line>,
}

/// One line of a ledger.
#[derive(Debug, Clone)]
pub struct Line {
    /// Cost or dividend.
    pub side: &'static str,
    /// What it is.
    pub category: &'static str,
    /// How much.
    pub amount: Number,
    /// Its unit.
    pub unit: &'static str,
    /// Years known, or the value at which the dividend covers the known costs.
    pub note: String,
}

pub(super) fn views(assessment: &Assessment<'_>, evidence: &mut EvidenceBook) -> Vec<LedgerView> {
    assessment.ledgers.iter().map(|ledger| view(ledger, evidence)).collect()
}

fn view(ledger: &Ledger, evidence: &mut EvidenceBook) -> LedgerView {
    let mut lines: Vec<Line> = ledger.costs.iter().map(|sum| money(ledger, sum, "cost", evidence)).collect();
    lines.extend(ledger.trade_balance.as_ref().map(|sum| money(ledger, sum, "dividend", evidence)));
    let counted = ledger.dividends.iter().filter(|count| count.amount > 0.0);
    lines.extend(counted.map(|count| in_kind(ledger, count, evidence)));
    LedgerView {
        power: ledger.power,
        state: ledger.state,
        name: name(ledger.state),
        sentence: sentence(ledger),
        lines,
    }
}

fn money(ledger: &Ledger, sum: &Sum, side: &'static str, evidence: &mut EvidenceBook) -> Line {
    let years = sum.years();
    let (first, last) = (years.first().copied().unwrap_or(0), years.last().copied().unwrap_or(0));
    let note = match years.len() {
        1 => format!("known for {first} only"),
        known if known as i16 == last - first + 1 => format!("{first}–{last}"),
        known => format!("known for {known} years of {first}–{last}"),
    };
    let amount = evidence.note(
        id(ledger, sum.category),
        number(sum.amount()),
        title(ledger, sum.category),
        "sum of the published amounts of the study's years, one figure a year",
        &sum.rows,
    );
    Line { side, category: sum.category, amount, unit: "million dollars", note }
}

fn in_kind(ledger: &Ledger, count: &Count, evidence: &mut EvidenceBook) -> Line {
    let note = ledger
        .break_even(count)
        .map(|value| {
            let one = count.unit.strip_suffix('s').unwrap_or(count.unit);
            format!("covers the known costs alone if a {one} is worth {} million dollars", number(value))
        })
        .unwrap_or_default();
    let amount = evidence.note(
        id(ledger, count.category),
        whole(count.amount),
        title(ledger, count.category),
        "counted over the years of the study",
        &count.rows,
    );
    Line { side: "dividend", category: count.category, amount, unit: count.unit, note }
}

fn id(ledger: &Ledger, category: &str) -> String {
    format!("ledger-{}-{}-{}", ledger.power, ledger.state, category.replace(' ', "-").replace('\'', ""))
}

fn title(ledger: &Ledger, category: &str) -> String {
    format!("{} with {}: {category}", name(ledger.power), name(ledger.state))
}

fn sentence(ledger: &Ledger) -> String {
    let (power, state) = (name(ledger.power), name(ledger.state));
    let spent = match ledger.cost() {
        Some(cost) => format!("{power} is known to have spent {} million dollars on {state}", number(cost)),
        None => format!("No amount that {power} spent on {state} is known"),
    };
    let traded = match &ledger.trade_balance {
        Some(balance) if balance.amount() >= 0.0 => {
            format!("sold it goods for {} million more than it bought", number(balance.amount()))
        }
        Some(balance) => format!("bought goods for {} million more than it sold", number(-balance.amount())),
        None => "the balance of trade is not known".to_owned(),
    };
    format!("{spent}; {traded}.")
}
