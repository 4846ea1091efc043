//! Phases: change points of the joint series, against the published periodisations.

use rand::RngExt;
use suasion_actors::{DirectedDyad, Step};
use suasion_methods::Seed;
use suasion_methods::change_points::{LeastSquares, bic_penalty, covering, f_one, pelt};
use suasion_methods::quantile::{mean, median, standard_deviation};
use suasion_methods::resample::StationaryBootstrap;
use suasion_panel::{Panel, RowRef};

use crate::periodisation::Periodisation;
use crate::study::Study;
use crate::verdict::{Finding, Verdict};

/// Margin within which a boundary counts as found, in months.
pub const MARGIN_MONTHS: usize = 12;
/// The margin in years, the steps of the joint series.
const MARGIN: usize = MARGIN_MONTHS / 12;
/// Fewest years of a phase.
const SHORTEST: usize = 3;
/// Expected length in years of the blocks in which residuals are resampled.
const BLOCK_YEARS: f64 = 3.0;
/// What is cut: the power's conduct, votes and trade with all states of the region at once. Each
/// has its own measure and is cut over the years in which every state has a number.
pub const DOMAINS: [(&str, &str); 3] =
    [("acts", "goldstein_sum"), ("votes", "vote_agreement"), ("trade", "trade_share")];

/// A boundary that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Boundary {
    /// First year of the new phase.
    pub step: Step,
    /// Share of resamples with a boundary within the margin.
    pub stability: f64,
}

/// How well a published periodisation fits the boundaries that were found.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// The periodisation.
    pub id: String,
    /// Its boundaries inside the study's period.
    pub boundaries: Vec<Step>,
    /// Harmonic mean of precision and recall, within the margin.
    pub f_one: f64,
    /// Covering of its phases by those found.
    pub covering: f64,
    /// Share of random boundaries, as many as found, that cover at least as well, with one added.
    pub p_covering: f64,
    /// The same for F1.
    pub p_f_one: f64,
    /// Boundaries found.
    pub found: usize,
}

/// The phases of a study in one domain.
#[derive(Debug, Clone)]
pub struct DomainPhases {
    /// Which domain: `acts`, `votes` or `trade`.
    pub domain: &'static str,
    /// The measure that was cut.
    pub measure: &'static str,
    /// The years, in time.
    pub steps: Vec<Step>,
    /// Boundaries found, in time.
    pub boundaries: Vec<Boundary>,
    /// Scores of the published periodisations, in their order.
    pub scores: Vec<Score>,
    /// Rows behind the joint series.
    pub rows: Vec<RowRef>,
}

/// The phases of a study in every domain.
#[derive(Debug, Clone)]
pub struct PhaseAssessment {
    /// The domains, in the order of [`DOMAINS`].
    pub domains: Vec<DomainPhases>,
}

impl PhaseAssessment {
    /// The verdict on a published periodisation over all domains in which boundaries were found.
    pub(crate) fn verdict(&self, id: &str, significance: f64) -> Verdict {
        let scored: Vec<(&DomainPhases, &Score)> = self
            .domains
            .iter()
            .filter_map(|domain| Some((domain, domain.scores.iter().find(|score| score.id == id)?)))
            .collect();
        if scored.is_empty() {
            let reason =
                "Not tested: in no domain were change points found in years that hold a boundary of it.";
            return Verdict::Untestable(reason.to_owned());
        }
        let fits = |score: &Score| score.p_covering <= significance && score.p_f_one <= significance;
        let worse = 1.0 - significance;
        let misses = |score: &Score| score.p_covering >= worse && score.p_f_one >= worse;
        let finding = Finding {
            sentence: scored
                .iter()
                .map(|(domain, score)| score.sentence(domain.domain))
                .collect::<Vec<_>>()
                .join(" "),
            estimate: None,
            rows: scored.iter().flat_map(|(domain, _)| domain.rows.clone()).collect(),
        };
        if scored.iter().all(|(_, score)| fits(score)) {
            Verdict::Supported(finding)
        } else if scored.iter().all(|(_, score)| misses(score)) {
            Verdict::Contradicted(finding)
        } else {
            Verdict::Mixed(finding)
        }
    }
}

impl Score {
    fn sentence(&self, domain: &str) -> String {
        format!(
            "In {domain}: {} of its boundaries against {} found; covering {:.2} (as good by chance in {:.0} % of the draws), F1 {:.2} within {MARGIN_MONTHS} months ({:.0} %).",
            self.boundaries.len(),
            self.found,
            self.covering,
            self.p_covering * 100.0,
            self.f_one,
            self.p_f_one * 100.0
        )
    }
}

/// Cuts the joint series of every domain and scores the periodisations.
pub fn assess(study: &Study, yearly: &Panel, periodisations: &[Periodisation]) -> PhaseAssessment {
    let one = |(domain, measure)| assess_domain(study, yearly, periodisations, domain, measure);
    PhaseAssessment { domains: DOMAINS.into_iter().map(one).collect() }
}

fn assess_domain(
    study: &Study,
    yearly: &Panel,
    periodisations: &[Periodisation],
    domain: &'static str,
    measure: &'static str,
) -> DomainPhases {
    let joint = joint_series(study, yearly, measure);
    let points = cut(&joint.series);
    let stability = stability(study, domain, &joint.series, &points);
    let boundaries: Vec<Boundary> = points
        .iter()
        .zip(stability)
        .map(|(&point, stability)| Boundary { step: joint.steps[point], stability })
        .collect();
    let scores = if points.is_empty() {
        Vec::new()
    } else {
        periodisations
            .iter()
            .filter_map(|periodisation| score(study, periodisation, &joint.steps, &points))
            .collect()
    };
    DomainPhases { domain, measure, steps: joint.steps, boundaries, scores, rows: joint.rows }
}

/// One standardised series for each state over the years in which all states have a number.
struct Joint {
    steps: Vec<Step>,
    series: Vec<Vec<f64>>,
    rows: Vec<RowRef>,
}

fn joint_series(study: &Study, panel: &Panel, measure: &str) -> Joint {
    let dyads: Vec<DirectedDyad> = study
        .actors
        .region
        .iter()
        .filter_map(|state| DirectedDyad::new(study.actors.power, *state))
        .collect();
    let cells: Vec<_> = dyads.iter().map(|dyad| panel.series(measure, *dyad)).collect();
    let known = |position: &usize| {
        cells.iter().all(|cells| cells.get(*position).is_some_and(|cell| cell.number().is_some()))
    };
    // The longest unbroken run of years in which every state has a number.
    let all: Vec<usize> = (0..panel.spine.steps().len()).filter(known).collect();
    let run = all.chunk_by(|a, b| b - a == 1).max_by_key(|run| run.len()).unwrap_or(&[]);
    let series = cells
        .iter()
        .filter_map(|cells| {
            let numbers: Vec<f64> = run.iter().filter_map(|&position| cells[position].number()).collect();
            let (centre, deviation) = (mean(&numbers)?, standard_deviation(&numbers)?);
            (deviation > 0.0).then(|| numbers.iter().map(|number| (number - centre) / deviation).collect())
        })
        .collect();
    let rows = panel.column(measure).map_or_else(Vec::new, |column| {
        let mut rows: Vec<RowRef> = dyads
            .iter()
            .filter_map(|dyad| panel.spine.rows_of(*dyad))
            .flat_map(|range| {
                run.iter().flat_map(move |position| column.evidence[range.start + position].iter().copied())
            })
            .collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    });
    Joint { steps: run.iter().map(|&position| panel.spine.steps()[position]).collect(), series, rows }
}

fn cut(series: &[Vec<f64>]) -> Vec<usize> {
    let Some(cost) = LeastSquares::new(series, SHORTEST) else { return Vec::new() };
    let n = series[0].len();
    pelt(&cost, bic_penalty(n, series.len(), noise(series)))
}

/// Sparse series have many equal neighbours, and smooth ones close neighbours: without a floor,
/// noise would be taken for nil and every step for a phase. The floor is a tenth of the variance
/// of the standardised series, set by convention.
const LEAST_NOISE: f64 = 0.1;

/// Noise variance from differences of neighbours, which a change of level hardly touches: the
/// median absolute deviation is scaled to the normal's and differences have twice the variance.
fn noise(series: &[Vec<f64>]) -> f64 {
    let variances: Vec<f64> = series
        .iter()
        .filter_map(|values| {
            let differences: Vec<f64> = values.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
            median(&differences).map(|middle| (1.4826 * middle).powi(2) / 2.0)
        })
        .collect();
    mean(&variances).unwrap_or(1.0).max(LEAST_NOISE)
}

/// Share of residual-block resamples that have a boundary within the margin of each found one.
fn stability(study: &Study, domain: &str, series: &[Vec<f64>], points: &[usize]) -> Vec<f64> {
    let Some(first) = series.first().filter(|_| !points.is_empty()) else { return Vec::new() };
    let n = first.len();
    let fits: Vec<Vec<f64>> = series.iter().map(|values| fitted(values, points)).collect();
    let bootstrap = StationaryBootstrap {
        length: n,
        block: BLOCK_YEARS,
        draws: 200,
        seed: study.seed.named("phases stability").named(domain),
    };
    let mut hits = vec![0_u32; points.len()];
    for draw in 0..bootstrap.draws {
        let at = bootstrap.positions(draw);
        let resampled: Vec<Vec<f64>> = series
            .iter()
            .zip(&fits)
            .map(|(values, fit)| {
                fit.iter()
                    .zip(&at)
                    .map(|(level, &position)| level + values[position] - fit[position])
                    .collect()
            })
            .collect();
        let found = cut(&resampled);
        for (hit, point) in hits.iter_mut().zip(points) {
            *hit += u32::from(found.iter().any(|other| other.abs_diff(*point) <= MARGIN));
        }
    }
    hits.iter().map(|hit| f64::from(*hit) / bootstrap.draws as f64).collect()
}

/// The mean of each segment.
fn fitted(values: &[f64], points: &[usize]) -> Vec<f64> {
    let mut bounds = vec![0];
    bounds.extend(points);
    bounds.push(values.len());
    bounds
        .windows(2)
        .flat_map(|pair| {
            let level = mean(&values[pair[0]..pair[1]]).unwrap_or(0.0);
            std::iter::repeat_n(level, pair[1] - pair[0])
        })
        .collect()
}

/// None if the periodisation has no boundary in the years that were cut.
fn score(study: &Study, periodisation: &Periodisation, steps: &[Step], found: &[usize]) -> Option<Score> {
    let indices: Vec<usize> =
        periodisation.boundaries(&study.period).iter().filter_map(|day| nearest_year(steps, *day)).collect();
    if indices.is_empty() {
        return None;
    }
    let boundaries: Vec<Step> = indices.iter().map(|&index| steps[index]).collect();
    let annotation = [indices];
    let both = |points: &[usize]| {
        let f_one = f_one(&annotation, points, MARGIN).map_or(0.0, |agreement| agreement.f_one);
        (f_one, covering(&annotation, points, steps.len()).unwrap_or(0.0))
    };
    let (f_one, covering) = both(found);
    let seed = study.seed.named("phases null").named(&periodisation.id);
    let draws = study.thresholds.draws;
    let (mut as_f_one, mut as_covering) = (0, 0);
    for draw in 0..draws {
        let random = random_points(steps.len(), found.len(), seed.numbered(draw as u64));
        let (random_f_one, random_covering) = both(&random);
        as_f_one += usize::from(random_f_one >= f_one - 1e-12);
        as_covering += usize::from(random_covering >= covering - 1e-12);
    }
    let p = |count: usize| (count + 1) as f64 / (draws + 1) as f64;
    Some(Score {
        id: periodisation.id.clone(),
        boundaries,
        f_one,
        covering,
        p_covering: p(as_covering),
        p_f_one: p(as_f_one),
        found: found.len(),
    })
}

/// The year whose beginning is nearest to a day.
fn nearest_year(steps: &[Step], day: jiff::civil::Date) -> Option<usize> {
    let year = day.year() + i16::from(day.month() > 6);
    steps.iter().position(|step| step.year() == year).filter(|index| *index > 0)
}

/// Distinct random positions between 1 and n − 1, ascending.
fn random_points(n: usize, count: usize, seed: Seed) -> Vec<usize> {
    let mut generator = seed.generator();
    let mut points = std::collections::BTreeSet::new();
    while points.len() < count.min(n.saturating_sub(1)) {
        points.insert(generator.random_range(1..n));
    }
    points.into_iter().collect()
}
