//! Ideal points without sampling: the sampler's steps with every draw replaced by its expectation.

use std::iter::zip;

use rayon::prelude::*;

use super::ballots::Ballots;
use super::response::response;
use super::roll_call_fit::{Fitted, Sums, Votes};
use super::start::{self, Anchors};
use super::{IdealPoint, QUANTILE_LEVELS};
use crate::distribution::normal::quantile;

/// Roll calls are worked on in so many parts, whose sums are joined in order: results are the
/// same for any number of threads.
const PARTS: usize = 16;
/// When to stop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VariationalOptions {
    /// Variance of a position's step from one session to the next, before it is weighted.
    pub smooth: f64,
    /// Largest move of any position at which estimation ends.
    pub tolerance: f64,
    /// Most sweeps over all sessions and roll calls.
    pub most_sweeps: usize,
}

impl Default for VariationalOptions {
    fn default() -> Self {
        Self { smooth: 0.5, tolerance: 1e-3, most_sweeps: 1_000 }
    }
}

/// What the sweeps lead to.
#[derive(Debug, Clone)]
pub struct Variational {
    /// Positions by state and session, in the order of [`Ballots::sessions`].
    pub points: Vec<IdealPoint>,
    /// Sweeps that were made.
    pub sweeps: usize,
    /// Whether the positions came to rest.
    pub converged: bool,
    /// What a careful reader must know.
    pub warnings: Vec<String>,
}

/// Finds the positions around which [`super::sample`] draws, by mean-field variational Bayes for
/// positions, latent values and discriminations, and Newton steps for cut-points (compare Imai, Lo
/// & Olmsted 2016, American Political Science Review 110:631–656).
///
/// The published scale comes from standardising in every iteration, not from a prior, so that
/// where it settles depends on how far each step moves a position. A search by other steps, such
/// as Newton's, rests elsewhere: with the Soviet bloc at twice its published distance. These
/// sweeps therefore take the sampler's own steps in its own order. What they leave out is that
/// the positions of states far from all others go with the discriminations that they alone
/// inform: such states come out farther than sampled. The standard deviations use the observed
/// information (Louis 1982) with roll-call parameters taken as known.
pub fn variational(ballots: &Ballots, anchors: &Anchors, options: &VariationalOptions) -> Variational {
    let mut sweep = Sweep::new(ballots, anchors, options.smooth);
    let mut warnings = start::warnings(ballots, anchors, options.smooth);
    let (mut sweeps, mut converged) = (0, ballots.is_empty());
    while sweeps < options.most_sweeps && !converged {
        let moved = sweep.positions();
        sweep.items();
        sweeps += 1;
        converged = sweeps > 1 && moved < options.tolerance;
    }
    if !converged {
        warnings.push(format!("not at rest after {sweeps} sweeps"));
    }
    Variational { points: sweep.points(), sweeps, converged, warnings }
}

struct Sweep<'a> {
    ballots: &'a Ballots,
    smooth: f64,
    fitted: Vec<Fitted>,
    sums: Vec<Sums>,
    /// Conditional means, from which the next sweep's priors are taken.
    means: Vec<f64>,
    /// Standardised.
    positions: Vec<f64>,
    /// Means of the last two sweeps' positions.
    settled: Vec<f64>,
    variances: Vec<f64>,
}

impl<'a> Sweep<'a> {
    fn new(ballots: &'a Ballots, anchors: &Anchors, smooth: f64) -> Self {
        let fitted: Vec<Fitted> = start::items(ballots, anchors).into_iter().map(Fitted::certain).collect();
        let count = ballots.sessions.len();
        let mut sweep = Self {
            ballots,
            smooth,
            fitted,
            sums: vec![Sums::default(); count],
            means: start::positions(ballots, anchors),
            positions: vec![0.0; count],
            settled: vec![0.0; count],
            variances: vec![0.0; count],
        };
        // As the sampler starts: latent values as if all positions were zero.
        for (index, fitted) in sweep.fitted.iter().enumerate() {
            for at in ballots.of_roll_call(index) {
                let latent = response(&fitted.item, 0.0, ballots.choice[at]).slope;
                sweep.sums[ballots.session_of[at] as usize].add(fitted, 0.0, latent, 1.0);
            }
        }
        sweep
    }

    /// Moves all positions; returns the farthest move of the mean of two sweeps. (One sweep may
    /// overshoot and the next come back, where one state alone informs a roll call.)
    fn positions(&mut self) -> f64 {
        let before = self.means.clone();
        for (at, session) in self.ballots.sessions.iter().enumerate() {
            let prior = session.prior.map_or(0.0, |prior| before[prior]);
            let precision = 1.0 / (session.own_share * self.smooth);
            let sums = &self.sums[at];
            self.means[at] = (sums.products + prior * precision) / (sums.squares + precision);
            self.variances[at] = 1.0 / (sums.information + precision);
        }
        let former = std::mem::replace(&mut self.positions, self.means.clone());
        standardise(&mut self.positions, &mut self.variances);
        let mut moved = 0.0_f64;
        for (settled, (before, now)) in zip(&mut self.settled, zip(former, &self.positions)) {
            let middle = f64::midpoint(before, *now);
            let by = (middle - *settled).abs();
            moved = if by.is_nan() { f64::INFINITY } else { moved.max(by) };
            *settled = middle;
        }
        moved
    }

    fn items(&mut self) {
        let size = self.fitted.len().div_ceil(PARTS).max(1);
        let (ballots, positions, variances) = (self.ballots, &self.positions, &self.variances);
        let parts: Vec<Vec<Sums>> = self
            .fitted
            .par_chunks_mut(size)
            .enumerate()
            .map(|(part, fitted)| {
                let mut sums = vec![Sums::default(); positions.len()];
                for (offset, fitted) in fitted.iter_mut().enumerate() {
                    let range = ballots.of_roll_call(part * size + offset);
                    let votes = Votes {
                        sessions: &ballots.session_of[range.clone()],
                        choices: &ballots.choice[range],
                        positions,
                        variances,
                    };
                    votes.update(fitted, &mut sums);
                }
                sums
            })
            .collect();
        self.sums.fill(Sums::default());
        for part in parts {
            for (sum, more) in zip(&mut self.sums, part) {
                sum.join(&more);
            }
        }
    }

    fn points(&self) -> Vec<IdealPoint> {
        zip(self.ballots.sessions(), zip(&self.settled, &self.variances))
            .map(|(session, (&position, variance))| {
                let standard_deviation = variance.sqrt();
                IdealPoint {
                    state: session.state,
                    session: session.session,
                    ballots: session.ballots,
                    position,
                    standard_deviation,
                    quantiles: QUANTILE_LEVELS.map(|level| position + standard_deviation * quantile(level)),
                }
            })
            .collect()
    }
}

/// Brings means to mean 0 and to the scale on which their draws have standard deviation 1.
fn standardise(means: &mut [f64], variances: &mut [f64]) {
    let n = means.len() as f64;
    let mean = means.iter().sum::<f64>() / n;
    let between = means.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
    let within = variances.iter().sum::<f64>() / n;
    let scale = (between + within).sqrt();
    if scale > 0.0 {
        for value in means.iter_mut() {
            *value = (*value - mean) / scale;
        }
        for variance in variances.iter_mut() {
            *variance /= scale * scale;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_and_their_uncertainty_share_one_scale() {
        let (mut means, mut variances) = (vec![3.0, 5.0, 7.0], vec![1.0, 2.0, 3.0]);
        standardise(&mut means, &mut variances);
        let between = means.iter().map(|value| value * value).sum::<f64>() / 2.0;
        let within = variances.iter().sum::<f64>() / 3.0;
        assert!((between + within - 1.0).abs() < 1e-12);
        assert!(means.iter().sum::<f64>().abs() < 1e-12);
    }
}
