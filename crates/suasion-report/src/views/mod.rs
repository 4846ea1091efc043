//! The report as words, numbers and figures, before any layout.

pub mod bottom_line;
pub mod cards;
pub mod chronicle;
pub mod claims;
pub mod data;
pub mod diagnoses;
pub mod follows;
pub mod ledger;

use std::sync::OnceLock;

use suasion_study::Assessment;

use crate::evidence::EvidenceBook;
use crate::figures::{self, Figure};
use bottom_line::BottomLine;
use cards::Card;
use claims::ClaimGroup;
use data::DataView;
use diagnoses::DiagnosisView;
use follows::Follows;
use ledger::LedgerView;

/// Everything that a report says.
#[derive(Debug)]
pub struct Report<'a> {
    /// The assessment that it tells.
    pub assessment: &'a Assessment<'a>,
    /// Title.
    pub title: String,
    /// Power, region, rivals and period in one line.
    pub subtitle: String,
    /// What comes first.
    pub bottom_line: BottomLine,
    /// One card for each state.
    pub cards: Vec<Card>,
    /// The diagnoses.
    pub diagnoses: Vec<DiagnosisView>,
    /// The claims by heading.
    pub claims: Vec<ClaimGroup>,
    /// Costs and dividends of each power with each state.
    pub ledgers: Vec<LedgerView>,
    /// What follows for each state.
    pub follows: Vec<Follows>,
    /// Data, coverage and reproduction.
    pub data: DataView,
    /// The rows behind the numbers.
    pub evidence: EvidenceBook,
    /// Drawn when first asked for: most commands show none.
    figures: OnceLock<Vec<Figure>>,
}

impl<'a> Report<'a> {
    /// The report of an assessment; `command` is shown in the reproduction block.
    pub fn of(assessment: &'a Assessment<'a>, command: &str) -> Self {
        let mut evidence = EvidenceBook::default();
        let study = &assessment.open.study;
        let names = |states: &[suasion_actors::StateId]| {
            let names: Vec<String> = states.iter().map(|state| name(*state)).collect();
            list(&names)
        };
        let subtitle = format!(
            "{} toward {}, beside {}, {}",
            name(study.actors.power),
            names(&study.actors.region),
            names(&study.actors.rivals),
            study.period.to_string().replace('/', "–"),
        );
        Self {
            title: study.title.clone(),
            subtitle,
            bottom_line: bottom_line::view(assessment, &mut evidence),
            cards: cards::views(assessment, &mut evidence),
            diagnoses: diagnoses::views(assessment, &mut evidence),
            claims: claims::views(assessment, &mut evidence),
            ledgers: ledger::views(assessment, &mut evidence),
            follows: follows::views(assessment, &mut evidence),
            data: data::view(assessment, command),
            evidence,
            figures: OnceLock::new(),
            assessment,
        }
    }

    /// All figures that the assessment has data for.
    pub fn figures(&self) -> &[Figure] {
        self.figures.get_or_init(|| figures::all(self.assessment))
    }

    /// The specification curves of all claims.
    pub fn curves(&self) -> Vec<Figure> {
        let claims = self.claims.iter().flat_map(|group| &group.claims);
        claims
            .flat_map(|claim| claim.tests.iter().map(move |test| (claim, test)))
            .filter_map(|(claim, test)| {
                let view = test.curve.as_ref()?;
                Some(figures::curve(&view.name, &claim.says, &view.curve))
            })
            .collect()
    }

    /// A figure by name.
    pub fn figure(&self, name: &str) -> Option<&Figure> {
        self.figures().iter().find(|figure| figure.name == name)
    }
}

/// A state's name.
pub(crate) fn name(state: suasion_actors::StateId) -> String {
    suasion_actors::Crosswalk::built_in().name(state)
}

/// Names as a reader lists them: "a, b and c".
pub(crate) fn list(names: &[String]) -> String {
    match names {
        [] => "nobody".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
