//! Whether a power spends more on a state than it has of it in money.

use suasion_actors::{Crosswalk, StateId};
use suasion_panel::RowRef;

use super::Evidence;
use crate::verdict::{Finding, Verdict};
use crate::wording::number;

/// Known costs are a lower bound, so they can show that patronage does not pay, but never that it
/// does.
pub(super) fn test(power: StateId, state: StateId, evidence: &Evidence<'_>) -> Verdict {
    let name = |id| Crosswalk::built_in().name(id);
    let found = evidence.ledgers.iter().find(|ledger| (ledger.power, ledger.state) == (power, state));
    let Some((ledger, cost)) = found.and_then(|ledger| Some((ledger, ledger.cost()?))) else {
        return Verdict::Untestable(format!(
            "No amount that {} spent on {} is known.",
            name(power),
            name(state)
        ));
    };
    let Some(balance) = &ledger.trade_balance else {
        let reason = format!("What {} sold to {} and bought from it is not known.", name(power), name(state));
        return Verdict::Untestable(reason);
    };
    let sums = ledger.costs.iter().chain(std::iter::once(balance));
    let rows: Vec<RowRef> = sums.flat_map(|sum| sum.rows.iter().copied()).collect();
    let traded = if balance.amount() < 0.0 {
        format!("to have bought goods from it for {} million more than it sold", number(-balance.amount()))
    } else {
        format!("to have sold it goods for {} million more than it bought", number(balance.amount()))
    };
    let known = format!(
        "{} is known to have spent {} million dollars on {} and {traded}",
        name(power),
        number(cost),
        name(state),
    );
    // Costs of years without a known balance could have been earned back in them.
    let spent_meanwhile: f64 = ledger.costs.iter().map(|sum| sum.amount_in(&balance.years())).sum();
    if spent_meanwhile > balance.amount() {
        return Verdict::Supported(Finding::of_rows(format!("{known}."), rows));
    }
    let open = "what is known of the costs is a lower bound, so that they may still be higher";
    Verdict::Mixed(Finding::of_rows(format!("{known}; {open}."), rows))
}
