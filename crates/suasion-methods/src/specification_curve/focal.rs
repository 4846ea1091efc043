//! One coefficient of a regression over time, for one or several units, with its null draws.

use faer::Mat;

use super::kernel::{self, Null, Unit};
use super::point::Point;
use super::sieve::{ORDER, autocovariance_sums, autoregression, order_for, yule_walker};
use super::weights::StepWeights;
use crate::estimate::InsufficientData;
use crate::regression::repeating_column;

/// One unit's observations, in time.
#[derive(Debug, Clone, Default)]
pub struct FocalSeries {
    /// Positions in the calendar of the weights, ascending.
    pub steps: Vec<usize>,
    /// The outcome.
    pub outcome: Vec<f64>,
    /// The regressor that is asked for.
    pub focal: Vec<f64>,
    /// Other regressors of this unit, a constant among them where there is one.
    pub controls: Vec<Vec<f64>>,
}

/// How the outcome goes with one regressor, given others: y = x β + C γ + u for each unit, with
/// one β, own γ, and errors that follow an autoregression common to the units.
///
/// Differences of means (x a constant or a step), trends (x time), associations and local
/// projections are all of this form. Assumes that x is not moved by past errors.
#[derive(Debug, Clone, Default)]
pub struct FocalRegression {
    /// The units.
    pub series: Vec<FocalSeries>,
}

/// Share of the focal regressor's sum of squares that must lie outside of the controls.
const COLLINEAR: f64 = 1e-9;
/// Residuals smaller than this share of the outcome are rounding.
const ROUNDING: f64 = 1e-12;

impl FocalRegression {
    /// Estimate, standard error under autocorrelation, and null draws by the shared weights.
    pub fn point(&self, weights: &StepWeights) -> Result<Point, InsufficientData> {
        let fit = Fit::of(&self.series)?;
        let order = order_for(fit.length());
        let sums = fit.sums();
        let residual_deviation = (sums[0] / fit.freedom()).sqrt();
        let (by, new) = autoregression(&sums, order);
        let variance = kernel::sandwich(&fit.units, &by, new / fit.freedom());
        let standard_error = variance.sqrt() / fit.information;
        let coefficients = yule_walker(&sums, order);
        let draws = kernel::draws(&fit.null(), &coefficients, weights);
        let (effect, z) = (fit.slope / residual_deviation, fit.slope / standard_error);
        let mut warnings = Vec::new();
        if residual_deviation <= ROUNDING * fit.scale {
            warnings.push(Point::NO_VARIATION);
        }
        Ok(Point {
            estimate: fit.slope,
            standard_error,
            effect: Point::bounded(effect),
            z: Point::bounded(z),
            n: fit.rows,
            toward: draws,
            against: None,
            warnings,
        })
    }
}

/// The regression with its residuals.
struct Fit {
    units: Vec<Unit>,
    slope: f64,
    /// Sum of squares of the focal regressor outside of the controls.
    information: f64,
    rows: usize,
    /// What was estimated: the slope and every unit's controls.
    parameters: usize,
    /// Root mean square of the outcome.
    scale: f64,
}

impl Fit {
    fn of(series: &[FocalSeries]) -> Result<Self, InsufficientData> {
        let rows: usize = series.iter().map(|unit| unit.steps.len()).sum();
        let lacking = |reason: &str| InsufficientData::new(reason, rows);
        let mut units = Vec::with_capacity(series.len());
        let (mut information, mut product, mut total, mut parameters) = (0.0, 0.0, 0.0, 1);
        let (mut squares, mut focal_squares) = (0.0, 0.0);
        for unit in series.iter().filter(|unit| unit.steps.len() > unit.controls.len()) {
            let basis = basis(&unit.controls).ok_or_else(|| lacking("controls repeat each other"))?;
            parameters += basis.len();
            let (focal, outcome) = (outside(&unit.focal, &basis), outside(&unit.outcome, &basis));
            information += dot(&focal, &focal);
            product += dot(&focal, &outcome);
            focal_squares += dot(&unit.focal, &unit.focal);
            squares += dot(&unit.outcome, &unit.outcome);
            total += unit.steps.len() as f64;
            units.push(Unit { steps: unit.steps.clone(), basis, focal, residuals: outcome });
        }
        let rows = total as usize;
        if rows < parameters + 2 {
            return Err(lacking("too few observations for the regressors"));
        }
        if information.is_nan() || information <= COLLINEAR * focal_squares {
            return Err(lacking("the regressor does not vary beyond the controls"));
        }
        let slope = product / information;
        for unit in &mut units {
            for (residual, focal) in unit.residuals.iter_mut().zip(&unit.focal) {
                *residual -= slope * focal;
            }
        }
        Ok(Self { slope, information, rows, parameters, scale: (squares / total).sqrt(), units })
    }

    /// Observations of a unit, on average.
    fn length(&self) -> f64 {
        self.rows as f64 / self.units.len() as f64
    }

    /// Sums of products of residuals some observations apart, over all units.
    fn sums(&self) -> [f64; ORDER + 1] {
        let mut sums = [0.0; ORDER + 1];
        for unit in &self.units {
            for (sum, own) in sums.iter_mut().zip(autocovariance_sums(&unit.residuals)) {
                *sum += own;
            }
        }
        sums
    }

    /// Observations less what was estimated from them.
    fn freedom(&self) -> f64 {
        (self.rows - self.parameters) as f64
    }

    fn null(&self) -> Null<'_> {
        let regressors = self.parameters as f64 / self.units.len() as f64;
        Null {
            units: &self.units,
            information: self.information,
            length: self.length(),
            freedom: self.freedom(),
            inflation: (self.length() / (self.length() - regressors).max(1.0)).sqrt(),
        }
    }
}

fn dot(first: &[f64], second: &[f64]) -> f64 {
    first.iter().zip(second).map(|(a, b)| a * b).sum()
}

/// Orthonormal columns that span the controls; `None` where one repeats the others.
fn basis(controls: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let Some(first) = controls.first() else { return Some(Vec::new()) };
    let matrix = Mat::from_fn(first.len(), controls.len(), |row, column| controls[column][row]);
    let factored = matrix.qr();
    if repeating_column(factored.thin_R(), COLLINEAR).is_some() {
        return None;
    }
    let thin = factored.compute_thin_Q();
    Some((0..controls.len()).map(|column| thin.col(column).iter().copied().collect()).collect())
}

/// The part of a column outside of a basis.
fn outside(values: &[f64], basis: &[Vec<f64>]) -> Vec<f64> {
    let mut left = values.to_vec();
    for direction in basis {
        let along = dot(values, direction);
        left.iter_mut().zip(direction).for_each(|(value, step)| *value -= along * step);
    }
    left
}
