//! Dependence: how much the target's trade relies on the source.

use suasion_actors::{StateId, TimeUnit};
use suasion_archive::Family;
use suasion_archive::schema::Party;

use super::context::{Context, outside, with_rows};
use super::{CellWithEvidence, Concept, Measure, Needs, Standing};
use crate::cell::Cell;

const EXPORTS: &str = "goods_exports";
const CONCENTRATION: &str = "partner_concentration";

pub(super) const MEASURES: &[Measure] = &[
    Measure {
        name: "trade_share",
        label: "trade dependence",
        concept: Concept::Dependence,
        unit: "share",
        description: "Goods trade of the target with the source, both ways, over the target's total goods trade.",
        needs: Needs::Flows(&[EXPORTS]),
        counts_reports: false,
        standing: Standing::Equivalent,
        compute: |context, row| of_amounts(context, row, trade_share),
    },
    Measure {
        name: "import_share",
        label: "share of imports",
        concept: Concept::Dependence,
        unit: "share",
        description: "Goods that the target imports from the source over all its goods imports.",
        needs: Needs::Flows(&[EXPORTS]),
        counts_reports: false,
        standing: Standing::Equivalent,
        compute: |context, row| {
            of_amounts(context, row, |amounts| amounts.ratio(&[amounts.imports], &[amounts.all_imports]))
        },
    },
    Measure {
        name: "export_share",
        label: "share of exports",
        concept: Concept::Dependence,
        unit: "share",
        description: "Goods that the target exports to the source over all its goods exports.",
        needs: Needs::Flows(&[EXPORTS]),
        counts_reports: false,
        standing: Standing::Equivalent,
        compute: |context, row| {
            of_amounts(context, row, |amounts| amounts.ratio(&[amounts.exports], &[amounts.all_exports]))
        },
    },
    Measure {
        name: "vulnerability",
        label: "vulnerability",
        concept: Concept::Dependence,
        unit: "share × concentration",
        description: "Trade share times the concentration of the target's partners (1 minus normalised entropy).",
        needs: Needs::Flows(&[EXPORTS, CONCENTRATION]),
        counts_reports: false,
        standing: Standing::Equivalent,
        compute: |context, row| {
            of_amounts(context, row, |amounts| {
                Some(trade_share(amounts)? * amounts.number(amounts.concentration)?)
            })
        },
    },
    Measure {
        name: "trade_volume",
        label: "trade volume (million dollars)",
        concept: Concept::Dependence,
        unit: "million current US dollars",
        description: "Goods trade between source and target, both ways.",
        needs: Needs::Flows(&[EXPORTS]),
        counts_reports: false,
        standing: Standing::Equivalent,
        compute: |context, row| {
            of_amounts(context, row, |amounts| {
                Some(amounts.number(amounts.imports)? + amounts.number(amounts.exports)?)
            })
        },
    },
    Measure {
        name: "trade_balance",
        label: "trade balance (million dollars)",
        concept: Concept::Dependence,
        unit: "million current US dollars",
        description: "Goods that the source exports to the target minus goods that it imports from it.",
        needs: Needs::Flows(&[EXPORTS]),
        counts_reports: false,
        standing: Standing::NotEquivalent,
        compute: |context, row| {
            of_amounts(context, row, |amounts| {
                Some(amounts.number(amounts.imports)? - amounts.number(amounts.exports)?)
            })
        },
    },
    Measure {
        name: "exports_to_target",
        label: "exports (million dollars)",
        concept: Concept::Dependence,
        unit: "million current US dollars",
        description: "Goods that the source exports to the target.",
        needs: Needs::Flows(&[EXPORTS]),
        counts_reports: false,
        standing: Standing::Equivalent,
        compute: |context, row| of_amounts(context, row, |amounts| amounts.number(amounts.imports)),
    },
    Measure {
        name: "share_of_own_exports",
        label: "share of own exports",
        concept: Concept::Dependence,
        unit: "share",
        description: "Goods that the source exports to the target over all the source's goods exports.",
        needs: Needs::Flows(&[EXPORTS]),
        counts_reports: false,
        standing: Standing::Equivalent,
        compute: |context, row| {
            of_amounts(context, row, |amounts| amounts.ratio(&[amounts.imports], &[amounts.source_exports]))
        },
    },
];

/// Positions of the amounts that concern one dyad and year, from the target's point of view.
struct Amounts<'a> {
    context: &'a Context<'a>,
    imports: Option<u32>,
    exports: Option<u32>,
    all_imports: Option<u32>,
    all_exports: Option<u32>,
    source_exports: Option<u32>,
    concentration: Option<u32>,
}

impl<'a> Amounts<'a> {
    fn find(context: &'a Context<'a>, source: StateId, target: StateId, year: i16) -> Self {
        let (a, b) = (Party::State(source), Party::State(target));
        let find = |indicator, from, to| context.lookup.flow(indicator, from, to, year);
        Self {
            context,
            imports: find(EXPORTS, a, b),
            exports: find(EXPORTS, b, a),
            all_imports: find(EXPORTS, Party::World, b),
            all_exports: find(EXPORTS, b, Party::World),
            source_exports: find(EXPORTS, a, Party::World),
            concentration: find(CONCENTRATION, b, Party::World),
        }
    }

    fn number(&self, index: Option<u32>) -> Option<f64> {
        index.and_then(|index| self.context.flow(index).value)
    }

    fn ratio(&self, part: &[Option<u32>], whole: &[Option<u32>]) -> Option<f64> {
        let sum =
            |indices: &[Option<u32>]| indices.iter().map(|index| self.number(*index)).sum::<Option<f64>>();
        let whole = sum(whole)?;
        (whole > 0.0).then_some(sum(part)? / whole)
    }

    fn found(&self) -> impl Iterator<Item = u32> {
        [self.imports, self.exports, self.all_imports, self.all_exports].into_iter().flatten()
    }
}

fn trade_share(amounts: &Amounts<'_>) -> Option<f64> {
    amounts.ratio(&[amounts.imports, amounts.exports], &[amounts.all_imports, amounts.all_exports])
}

/// A yearly amount says nothing of a single quarter or month. Where the source has a row without
/// value, or no row, it does not speak.
fn of_amounts(
    context: &Context<'_>,
    row: usize,
    value: impl Fn(&Amounts<'_>) -> Option<f64>,
) -> CellWithEvidence {
    let (dyad, step) = context.at(row);
    if step.unit() != TimeUnit::Year {
        return outside();
    }
    let amounts = Amounts::find(context, dyad.source(), dyad.target(), step.year());
    match value(&amounts) {
        Some(value) => with_rows(Cell::of(value), Family::Flow, amounts.found()),
        None => outside(),
    }
}
