//! Data, coverage, methods and reproduction.

use suasion_archive::Table;
use suasion_panel::Cell;
use suasion_panel::audit::{self, ColumnAudit};
use suasion_study::Assessment;

/// What the report rests on.
#[derive(Debug, Clone)]
pub struct DataView {
    /// One line for each table.
    pub tables: Vec<TableView>,
    /// The audit of the yearly panel.
    pub audit: Vec<ColumnAudit>,
    /// Cells by kind, over all columns.
    pub totals: Vec<(&'static str, usize)>,
    /// What was done with which method.
    pub methods: Vec<(&'static str, String)>,
    /// Key and value of everything needed to get the same bytes again.
    pub reproduction: Vec<(String, String)>,
}

/// One table of the archive.
#[derive(Debug, Clone)]
pub struct TableView {
    /// Source's name.
    pub source: String,
    /// Family.
    pub family: &'static str,
    /// What it is.
    pub title: String,
    /// Version.
    pub version: String,
    /// Licence.
    pub licence: String,
    /// Whom and when it covers.
    pub coverage: String,
    /// First and last year.
    pub years: String,
    /// Periods between for which it does not speak.
    pub gaps: Vec<String>,
    /// Rows in, stored, refused.
    pub rows: String,
    /// Citation keys.
    pub citations: Vec<String>,
    /// How it selects.
    pub note: String,
}

pub(super) fn view(assessment: &Assessment<'_>, command: &str) -> DataView {
    let audit = audit::audit(&assessment.yearly);
    let totals = Cell::STATUSES.into_iter().zip(audit::totals(&audit)).collect();
    DataView {
        tables: assessment.open.archive.tables().iter().map(table).collect(),
        audit,
        totals,
        methods: methods(assessment),
        reproduction: reproduction(assessment, command),
    }
}

/// One table in words.
pub fn table(table: &Table) -> TableView {
    let coverage = &table.coverage;
    TableView {
        source: table.provenance.source.clone(),
        family: table.family.table_name(),
        title: table.provenance.title.clone(),
        version: table.provenance.version.clone(),
        licence: table.provenance.licence.clone(),
        coverage: format!("{}, {}", coverage.scope, coverage.in_words()),
        years: coverage.in_words(),
        gaps: coverage.gaps().iter().map(ToString::to_string).collect(),
        rows: format!(
            "{} read, {} stored, {} left out, {} refused",
            table.ledger.rows_in, table.ledger.stored, table.ledger.filtered, table.ledger.refused
        ),
        citations: table.provenance.citations.clone(),
        note: coverage.note.clone(),
    }
}

fn methods(assessment: &Assessment<'_>) -> Vec<(&'static str, String)> {
    let thresholds = &assessment.open.study.thresholds;
    vec![
        ("Events", "Each act carries a CAMEO code; its score is Goldstein's as the source publishes it (the chronicle takes GDELT's values), −10 to 10. Joint acts count in both directions.".to_owned()),
        ("Missing values", "A cell is observed, a true zero, undefined (the mean of nothing), outside coverage, or not applicable. Only the first two enter a computation.".to_owned()),
        ("Votes", "Agreement is 1 for the same choice, one half if one abstains, 0 if opposed, over recorded and not unanimous roll calls; a session belongs to the year in which it opens (Voeten 2013).".to_owned()),
        ("Dependence", "Goods trade with a power, both ways, over all goods trade of the state (Correlates of War Trade 4.0). Zeros that the source writes between successor states which did not report yet are treated as missing, with the totals of those years.".to_owned()),
        ("Resampling", format!("Stationary block bootstrap (Politis & Romano 1994), block length by Politis & White (2004, corrected 2009) for series of measures; {} draws; p-values with one added; {:.0} % intervals by percentiles.", thresholds.draws, thresholds.confidence * 100.0)),
        ("Verdicts", format!("A measured claim is supported if the one-sided p-value in the claimed direction is at most {:.2}, contradicted if that of the opposite direction is; otherwise mixed. Facts are exact. At least {} observed steps are needed in a window. Each claim is tested in one main specification.", thresholds.significance, thresholds.observations)),
        ("Differentiation", "Generalised Jensen–Shannon divergence with equal weights over the log of the number of states; null by permuting target labels within blocks of five years (Lin 1991).".to_owned()),
        ("Breadth", "Hill number of order 1, rarefied to the fewest acts among the powers (Chao et al. 2014); null by drawing as many acts from all powers' acts within blocks of five years.".to_owned()),
        ("Consistency", "State-quarters with acts that hold material cooperation (quad class 2) and coercion (conflictual acts by hard instruments); null by dealing each state's acts anew to its quarters.".to_owned()),
        ("Balance", "Odds ratio that both pivots get more than the median of their detrended attention in the same quarter, one half added to each cell; null by circular shifts.".to_owned()),
        ("Orbit", "Shares among the study's powers only; Theil–Sen slope.".to_owned()),
        ("Phases", format!("PELT with least squares (Killick, Fearnhead & Eckley 2012) on the joint standardised yearly series of all states, Schwarz's penalty; covering and F1 with a margin of {} months (van den Burg & Williams 2020); null by as many random boundaries.", suasion_study::phases::MARGIN_MONTHS)),
    ]
}

fn reproduction(assessment: &Assessment<'_>, command: &str) -> Vec<(String, String)> {
    let open = assessment.open;
    let mut lines = vec![
        ("Command".to_owned(), command.to_owned()),
        ("Program".to_owned(), format!("suasion {}", env!("CARGO_PKG_VERSION"))),
        ("Study".to_owned(), open.name.clone()),
        ("Seed".to_owned(), open.study.seed_value.to_string()),
    ];
    lines.extend(open.hashes.iter().map(|(file, hash)| (file.clone(), format!("sha256 {hash}"))));
    lines
}
