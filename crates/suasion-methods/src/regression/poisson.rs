//! Poisson regression with logarithmic link, by iterated weighted least squares.

use faer::Mat;
use faer::linalg::solvers::SolveLstsq;
use libm::lgamma;

use super::Fit;
use super::design::{Design, DesignProblem, bread_and_leverage};

/// Most iterations; counts that can be fitted at all settle within ten.
const MOST_ITERATIONS: usize = 100;
/// Largest change of a coefficient at which iteration ends.
const SETTLED: f64 = 1e-12;

/// Fits counts (McCullagh & Nelder 1989). With robust covariances only the mean need be right
/// (Gourieroux, Monfort & Trognon 1984).
pub fn poisson(design: &Design, counts: &[f64]) -> Result<Fit, DesignProblem> {
    let (n, k) = (design.rows(), design.columns());
    if counts.len() != n {
        return Err(DesignProblem::Lengths);
    }
    if counts.iter().any(|count| !count.is_finite() || *count < 0.0)
        || counts.iter().all(|count| *count == 0.0)
    {
        return Err(DesignProblem::Value);
    }
    let mut predictor: Vec<f64> = counts.iter().map(|count| (count + 0.5).ln()).collect();
    let mut coefficients = vec![0.0; k];
    for _ in 0..MOST_ITERATIONS {
        let root = |row: usize| (0.5 * predictor[row]).exp();
        let weighted = Mat::from_fn(n, k, |row, column| design.matrix[(row, column)] * root(row));
        let target = Mat::from_fn(n, 1, |row, _| {
            let mean = predictor[row].exp();
            root(row) * (predictor[row] + (counts[row] - mean) / mean)
        });
        let solution = weighted.qr().solve_lstsq(&target);
        let moved = (0..k).map(|at| (solution[(at, 0)] - coefficients[at]).abs()).fold(0.0, f64::max);
        coefficients = (0..k).map(|at| solution[(at, 0)]).collect();
        let fitted = &design.matrix * &solution;
        predictor = (0..n).map(|row| fitted[(row, 0)]).collect();
        // A largest move of NaN would count as none.
        if coefficients.iter().any(|value| !value.is_finite()) {
            break;
        }
        if moved < SETTLED * coefficients.iter().fold(1.0, |most: f64, value| most.max(value.abs())) {
            return fit(design, counts, &predictor, coefficients);
        }
    }
    Err(DesignProblem::NoConvergence)
}

fn fit(
    design: &Design,
    counts: &[f64],
    predictor: &[f64],
    coefficients: Vec<f64>,
) -> Result<Fit, DesignProblem> {
    let (n, k) = (design.rows(), design.columns());
    let means: Vec<f64> = predictor.iter().map(|value| value.exp()).collect();
    let weighted = Mat::from_fn(n, k, |row, column| design.matrix[(row, column)] * means[row].sqrt());
    let (bread, leverage) = bread_and_leverage(&weighted)?;
    let residuals: Vec<f64> = counts.iter().zip(&means).map(|(count, mean)| count - mean).collect();
    let log_likelihood =
        (0..n).map(|row| counts[row] * predictor[row] - means[row] - lgamma(counts[row] + 1.0)).sum();
    let part = |count: f64, mean: f64| {
        let log = if count > 0.0 { count * (count / mean).ln() } else { 0.0 };
        2.0 * (log - (count - mean))
    };
    Ok(Fit {
        coefficients,
        scores: Mat::from_fn(n, k, |row, column| design.matrix[(row, column)] * residuals[row]),
        log_likelihood,
        deviance: counts.iter().zip(&means).map(|(count, mean)| part(*count, *mean)).sum(),
        residuals,
        bread,
        leverage,
        dispersion: 1.0,
    })
}
