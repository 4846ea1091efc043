//! Alignment: how alike source and target vote in the General Assembly, by their votes and by the
//! positions that a model reads from everyone's.

use suasion_actors::TimeUnit;
use suasion_archive::Family;
use suasion_archive::schema::{Party, Subset};
use suasion_methods::similarity::{Contingency, Distance};

use super::context::{Context, outside, with_rows};
use super::{CellWithEvidence, Concept, Measure, Needs, Standing};
use crate::cell::Cell;

const IDEAL_POINT: &str = "ideal_point";

macro_rules! vote_measure {
    ($name:literal, $label:literal, $unit:literal, $description:literal, $subset:ident, $value:expr) => {
        Measure {
            name: $name,
            label: $label,
            concept: Concept::Alignment,
            unit: $unit,
            description: $description,
            needs: Needs::Votes,
            counts_reports: false,
            standing: standing(Subset::$subset),
            compute: |context, row| of_votes(context, row, Subset::$subset, $value),
        }
    };
}

/// Agreement on one issue is another question than agreement.
const fn standing(subset: Subset) -> Standing {
    match subset {
        Subset::All => Standing::Equivalent,
        Subset::WithoutImportant => Standing::Uncertain,
        _ => Standing::NotEquivalent,
    }
}

pub(super) const MEASURES: &[Measure] = &[
    vote_measure!(
        "vote_agreement",
        "agreement in UN votes",
        "share",
        "Agreement in recorded, not unanimous roll calls; an abstention against a vote counts one half.",
        All,
        Contingency::agreement
    ),
    vote_measure!(
        "vote_identical",
        "identical UN votes",
        "share",
        "Share of roll calls in which both made the same choice.",
        All,
        Contingency::identical
    ),
    vote_measure!(
        "vote_kappa",
        "Cohen's κ of UN votes",
        "κ",
        "Cohen's κ of votes, squared distances.",
        All,
        |table| table.kappa(Distance::Squared)
    ),
    vote_measure!(
        "vote_pi",
        "Scott's π of UN votes",
        "π",
        "Scott's π of votes, squared distances.",
        All,
        |table| table.pi(Distance::Squared)
    ),
    vote_measure!(
        "vote_agreement_without_important",
        "agreement in UN votes, without important ones",
        "share",
        "Agreement without the roll calls that the United States called important.",
        WithoutImportant,
        Contingency::agreement
    ),
    vote_measure!(
        "vote_agreement_important",
        "agreement in important UN votes",
        "share",
        "Agreement in the roll calls that the United States called important.",
        Important,
        Contingency::agreement
    ),
    vote_measure!(
        "vote_agreement_human_rights",
        "agreement on human rights",
        "share",
        "Agreement in roll calls on human rights.",
        HumanRights,
        Contingency::agreement
    ),
    vote_measure!(
        "vote_agreement_middle_east",
        "agreement on the Palestinian conflict",
        "share",
        "Agreement in roll calls on the Palestinian conflict.",
        MiddleEast,
        Contingency::agreement
    ),
    vote_measure!(
        "vote_agreement_disarmament",
        "agreement on disarmament",
        "share",
        "Agreement in roll calls on arms control and disarmament.",
        Disarmament,
        Contingency::agreement
    ),
    vote_measure!(
        "vote_agreement_nuclear",
        "agreement on nuclear matters",
        "share",
        "Agreement in roll calls on nuclear weapons and material.",
        Nuclear,
        Contingency::agreement
    ),
    vote_measure!(
        "vote_agreement_colonialism",
        "agreement on colonialism",
        "share",
        "Agreement in roll calls on colonialism.",
        Colonialism,
        Contingency::agreement
    ),
    vote_measure!(
        "vote_agreement_development",
        "agreement on development",
        "share",
        "Agreement in roll calls on economic development.",
        Development,
        Contingency::agreement
    ),
    Measure {
        name: "ideal_point_closeness",
        label: "closeness of ideal points",
        concept: Concept::Alignment,
        unit: "standard deviations, 0 at most",
        description: "Minus the distance between the two states' ideal points of the year, in the dynamic ordinal model of Bailey, Strezhnev and Voeten: what the agenda of a session brings to the vote does not move it.",
        needs: Needs::Flows(&[IDEAL_POINT]),
        counts_reports: false,
        standing: Standing::Equivalent,
        compute: ideal_point_closeness,
    },
];

fn ideal_point_closeness(context: &Context<'_>, row: usize) -> CellWithEvidence {
    let (dyad, step) = context.at(row);
    if step.unit() != TimeUnit::Year {
        return outside();
    }
    let point = |state| {
        let row = context.lookup.flow(IDEAL_POINT, Party::State(state), Party::World, step.year())?;
        Some((context.flow(row).value?, row))
    };
    match point(dyad.source()).zip(point(dyad.target())) {
        Some(((source, first), (target, second))) => {
            with_rows(Cell::of(-(source - target).abs()), Family::Flow, [first, second])
        }
        None => outside(),
    }
}

fn of_votes(
    context: &Context<'_>,
    row: usize,
    subset: Subset,
    value: fn(&Contingency<3>) -> Option<f64>,
) -> CellWithEvidence {
    let (dyad, step) = context.at(row);
    if step.unit() != TimeUnit::Year {
        return outside();
    }
    let Some(index) = context.lookup.votes(dyad.source(), dyad.target(), step.year(), subset) else {
        return outside();
    };
    let counts = context.tally(index).counts.map(|row| row.map(f64::from));
    with_rows(Cell::of_option(value(&Contingency::from_counts(counts))), Family::Tally, [index])
}
