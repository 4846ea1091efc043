//! The paper's sampler: Metropolis steps for cut-points within Gibbs steps for the rest.

use std::iter::zip;

use rand::RngExt;
use rand_distr::StandardNormal;
use rayon::prelude::*;

use super::ballots::Ballots;
use super::rules::Choice;
use super::start::{self, Anchors, Item, standardise};
use super::{IdealPoint, QUANTILE_LEVELS};
use crate::convergence::{Convergence, convergence};
use crate::distribution::normal::{cumulative, cumulative_by_table, knots, quantile};
use crate::distribution::truncated_normal;
use crate::quantile::{mean, quantile_of_sorted, standard_deviation};
use crate::random::Seed;

/// Standard deviation of the random walk that proposes cut-points.
const PROPOSAL: f64 = 0.2 / 3.0;
/// Cut-points stay within this distance of zero.
const FARTHEST_CUT: f64 = 7.0;
/// Latent values stay within this distance of zero.
const FARTHEST_LATENT: f64 = 9.0;
/// Positions, before they are standardised, stay within this distance of zero.
const FARTHEST_POSITION: f64 = 5.0;
/// Roll calls are worked on in so many parts, whose sums are joined in order: results are the
/// same for any number of threads.
const PARTS: usize = 16;

/// How long to sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SamplerOptions {
    /// Iterations that are thrown away.
    pub burn_in: usize,
    /// Iterations after them.
    pub iterations: usize,
    /// Of these every so-manieth is kept.
    pub thin: usize,
    /// Chains, each from its own seed.
    pub chains: usize,
    /// Variance of a position's step from one session to the next, before it is weighted.
    pub smooth: f64,
    /// Where the draws come from.
    pub seed: Seed,
}

impl SamplerOptions {
    /// The paper's: 4,000 and 20,000 iterations, one in 50 kept, one chain.
    pub fn published(seed: Seed) -> Self {
        Self { burn_in: 4_000, iterations: 20_000, thin: 50, chains: 1, smooth: 0.5, seed }
    }
}

/// What sampling gives.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Positions by state and session, in the order of [`Ballots::sessions`].
    pub points: Vec<IdealPoint>,
    /// How well the chains have mixed, point by point.
    pub convergence: Vec<Convergence>,
    /// Share of proposed cut-points that were taken.
    pub accepted: f64,
    /// What a careful reader must know.
    pub warnings: Vec<String>,
}

/// Samples positions, cut-points and discriminations.
///
/// As published, a position's prior mean is the *conditional mean* that the session before had in
/// the iteration before, not its drawn value; and drawn positions are brought to mean 0 and
/// standard deviation 1 in every iteration. This is not a Gibbs step of a random walk in the
/// strict sense; it is what the published points are.
pub fn sample(ballots: &Ballots, anchors: &Anchors, options: &SamplerOptions) -> Sample {
    let chains: Vec<(Vec<Vec<f64>>, f64)> = (0..options.chains.max(1))
        .into_par_iter()
        .map(|chain| Chain::new(ballots, anchors, options, options.seed.numbered(chain as u64)).run(options))
        .collect();
    let accepted = chains.iter().map(|(_, rate)| rate).sum::<f64>() / chains.len() as f64;
    let summaries: Vec<(IdealPoint, Convergence)> =
        (0..ballots.sessions.len()).into_par_iter().map(|at| summary(ballots, at, &chains)).collect();
    let (points, convergence): (Vec<_>, Vec<_>) = summaries.into_iter().unzip();
    let mut warnings = start::warnings(ballots, anchors, options.smooth);
    if options.iterations < options.thin.max(1) {
        warnings.push("no draw was kept".to_owned());
    }
    let poor = convergence.iter().filter(|of| of.r_hat.is_none_or(|value| value > 1.01)).count();
    if poor > 0 {
        warnings.push(format!("{poor} of {} positions have R-hat above 1.01, or none", convergence.len()));
    }
    Sample { points, convergence, accepted, warnings }
}

fn summary(ballots: &Ballots, at: usize, chains: &[(Vec<Vec<f64>>, f64)]) -> (IdealPoint, Convergence) {
    let draws: Vec<Vec<f64>> =
        chains.iter().map(|(kept, _)| kept.iter().map(|positions| positions[at]).collect()).collect();
    let mut all: Vec<f64> = draws.iter().flatten().copied().collect();
    all.sort_by(f64::total_cmp);
    let session = &ballots.sessions[at];
    let point = IdealPoint {
        state: session.state,
        session: session.session,
        ballots: session.ballots,
        position: mean(&all).unwrap_or(f64::NAN),
        standard_deviation: standard_deviation(&all).unwrap_or(f64::NAN),
        quantiles: QUANTILE_LEVELS.map(|level| quantile_of_sorted(&all, level).unwrap_or(f64::NAN)),
    };
    (point, convergence(&draws))
}

/// The state of one chain.
struct Chain<'a> {
    ballots: &'a Ballots,
    seed: Seed,
    smooth: f64,
    items: Vec<Item>,
    /// Drawn and standardised.
    positions: Vec<f64>,
    /// Conditional means, from which the next iteration's priors are taken.
    means: Vec<f64>,
    /// Per session Σβ² and Σβz.
    sums: Vec<(f64, f64)>,
    accepted: usize,
}

/// A part of the roll calls with what was drawn for it.
struct Part {
    items: Vec<Item>,
    sums: Vec<(f64, f64)>,
    accepted: usize,
}

impl<'a> Chain<'a> {
    fn new(ballots: &'a Ballots, anchors: &Anchors, options: &SamplerOptions, seed: Seed) -> Self {
        let items = start::items(ballots, anchors);
        let mut generator = seed.named("start").generator();
        let mut sums = vec![(0.0, 0.0); ballots.sessions.len()];
        for (index, item) in items.iter().enumerate() {
            for at in ballots.of_roll_call(index) {
                let (low, high) = bounds(item, ballots.choice[at]);
                // Shares of nothing leave no room between the bounds.
                let latent = if low < high { truncated_normal(&mut generator, low, high) } else { low };
                add(&mut sums[ballots.session_of[at] as usize], item.beta, latent);
            }
        }
        let means = start::positions(ballots, anchors);
        let positions = means.clone();
        Self { ballots, seed, smooth: options.smooth, items, positions, means, sums, accepted: 0 }
    }

    /// The kept draws, and the share of proposals that were accepted.
    fn run(mut self, options: &SamplerOptions) -> (Vec<Vec<f64>>, f64) {
        let total = options.burn_in + options.iterations;
        let mut kept = Vec::with_capacity(options.iterations / options.thin.max(1));
        for iteration in 1..=total {
            let seed = self.seed.numbered(iteration as u64);
            self.draw_positions(seed);
            self.draw_items(seed);
            if iteration > options.burn_in
                && (iteration - options.burn_in).is_multiple_of(options.thin.max(1))
            {
                kept.push(self.positions.clone());
            }
        }
        (kept, self.accepted as f64 / (total * self.items.len()).max(1) as f64)
    }

    fn draw_positions(&mut self, seed: Seed) {
        let mut generator = seed.named("positions").generator();
        let before = self.means.clone();
        for (at, session) in self.ballots.sessions.iter().enumerate() {
            let prior = session.prior.map_or(0.0, |prior| before[prior]);
            let precision = 1.0 / (session.own_share * self.smooth);
            let (squares, products) = self.sums[at];
            let variance = 1.0 / (squares + precision);
            self.means[at] = variance * (products + prior * precision);
            let drawn = self.means[at] + variance.sqrt() * generator.sample::<f64, _>(StandardNormal);
            self.positions[at] = drawn.clamp(-FARTHEST_POSITION, FARTHEST_POSITION);
        }
        standardise(&mut self.positions);
    }

    fn draw_items(&mut self, seed: Seed) {
        let size = self.items.len().div_ceil(PARTS).max(1);
        let this = &*self;
        let parts: Vec<Part> = this
            .items
            .par_chunks(size)
            .enumerate()
            .map(|(part, items)| this.draw_part(seed, part * size, items))
            .collect();
        self.sums.fill((0.0, 0.0));
        self.items.clear();
        for part in parts {
            self.items.extend(part.items);
            self.accepted += part.accepted;
            for (sum, more) in zip(&mut self.sums, part.sums) {
                sum.0 += more.0;
                sum.1 += more.1;
            }
        }
    }

    fn draw_part(&self, seed: Seed, first: usize, items: &[Item]) -> Part {
        let mut part = Part {
            items: Vec::with_capacity(items.len()),
            sums: vec![(0.0, 0.0); self.sums.len()],
            accepted: 0,
        };
        let mut latent = Vec::new();
        for (offset, item) in items.iter().enumerate() {
            let mut generator = seed.numbered((first + offset) as u64).generator();
            let range = self.ballots.of_roll_call(first + offset);
            let (sessions, choices) = (&self.ballots.session_of[range.clone()], &self.ballots.choice[range]);
            let candidate = propose(&mut generator, item);
            let ratio =
                self.likelihood_ratio(item, &candidate, sessions, choices) * correction(item, &candidate);
            let taken = generator.random::<f64>() < ratio;
            part.accepted += usize::from(taken);
            let mut item = if taken { candidate } else { *item };
            latent.clear();
            let (mut squares, mut products) = (0.0, 0.0);
            for (&session, &choice) in zip(sessions, choices) {
                let position = self.positions[session as usize];
                let eta = item.beta * position;
                let (low, high) = bounds(&item, choice);
                let value = eta + truncated_normal(&mut generator, low - eta, high - eta);
                let value = value.clamp(-FARTHEST_LATENT, FARTHEST_LATENT);
                latent.push(value);
                squares += position * position;
                products += position * value;
            }
            let variance = 1.0 / (squares + 1.0);
            item.beta = variance * products + variance.sqrt() * generator.sample::<f64, _>(StandardNormal);
            for (&session, &value) in zip(sessions, &latent) {
                add(&mut part.sums[session as usize], item.beta, value);
            }
            part.items.push(item);
        }
        part
    }

    /// The candidate's likelihood over the present one's.
    fn likelihood_ratio(&self, item: &Item, candidate: &Item, sessions: &[u32], choices: &[Choice]) -> f64 {
        let knots = knots();
        let mut ratio = 1.0;
        for (&session, &choice) in zip(sessions, choices) {
            let eta = item.beta * self.positions[session as usize];
            let probability = |of: &Item| match choice {
                Choice::Yes => cumulative_by_table(knots, of.low - eta),
                Choice::No => cumulative_by_table(knots, eta - of.high),
                Choice::Abstain => {
                    cumulative_by_table(knots, of.high - eta) - cumulative_by_table(knots, of.low - eta)
                }
            };
            let (new, old) = (probability(candidate), probability(item));
            // Where the present value has no probability, the ballot says nothing. (As published for
            // 0/0; where only the candidate has one, the published code takes it.)
            if old > 0.0 {
                ratio *= new / old;
            }
        }
        ratio
    }
}

fn add(sum: &mut (f64, f64), beta: f64, latent: f64) {
    sum.0 += beta * beta;
    sum.1 += beta * latent;
}

/// Between which values the latent one lies.
fn bounds(item: &Item, choice: Choice) -> (f64, f64) {
    match choice {
        Choice::Yes => (f64::NEG_INFINITY, item.low),
        Choice::Abstain => (item.low, item.high),
        Choice::No => (item.high, f64::INFINITY),
    }
}

/// New cut-points from normals around the present ones: the lower below the present upper one, the
/// upper above the new lower one (Johnson & Albert 1999, p. 135).
fn propose(generator: &mut impl rand::Rng, item: &Item) -> Item {
    let mut within = |centre: f64, low: f64, high: f64| {
        let u: f64 = generator.random();
        let (from, to) = (cumulative((low - centre) / PROPOSAL), cumulative((high - centre) / PROPOSAL));
        let value = centre + PROPOSAL * quantile(from + u * (to - from));
        value.clamp(low, high)
    };
    let low = within(item.low, -FARTHEST_CUT, item.high);
    let high = within(item.high, low, FARTHEST_CUT);
    Item { beta: item.beta, low, high }
}

/// Proposal densities of the upper cut-point, backward over forward. As published: the lower one's
/// part, which counts where cut-points are near each other, is left out there too.
fn correction(item: &Item, candidate: &Item) -> f64 {
    let forward = cumulative((candidate.high - item.low) / PROPOSAL);
    let backward = cumulative((item.high - candidate.low) / PROPOSAL);
    if forward > 0.0 { backward / forward } else { 1.0 }
}
