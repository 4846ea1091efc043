//! One roll call's parameters, and what its ballots say of positions, in expectation.

use std::iter::zip;

use super::response::response;
use super::rules::Choice;
use super::start::Item;

/// Three-point Gauss–Hermite rule for the standard normal: nodes and weights.
const NODES: [(f64, f64); 3] =
    [(-1.732_050_807_568_877_2, 1.0 / 6.0), (0.0, 2.0 / 3.0), (1.732_050_807_568_877_2, 1.0 / 6.0)];
/// Cut-points stay within this distance of zero; those that no ballot touches stand there.
const FARTHEST_CUT: f64 = 7.0;
/// Longest step of a cut-point in one sweep.
const LONGEST_STEP: f64 = 0.5;
/// Share of a Newton step that a cut-point takes: a whole one, taken together with the positions'
/// own, overshoots where one state alone informs a roll call.
const DAMPING: f64 = 0.5;
/// Precision of the normal prior that stands in for the sampler's uniform one, with its variance.
const CUT_PRECISION: f64 = 3.0 / (FARTHEST_CUT * FARTHEST_CUT);

/// A roll call's parameters with their uncertainty.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fitted {
    pub item: Item,
    /// Covariance of discrimination, lower and upper cut-point.
    covariance: [[f64; 3]; 3],
}

/// Sums over a session's ballots.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    /// Σ E[β²].
    pub squares: f64,
    /// Σ E[βz].
    pub products: f64,
    /// Σ E[β]² times the share of a latent value's variance that the choice tells.
    pub information: f64,
}

impl Fitted {
    /// Parameters that are taken as known.
    pub(super) fn certain(item: Item) -> Self {
        Self { item, covariance: [[0.0; 3]; 3] }
    }

    /// Variance of a cut-point less the latent mean at an uncertain position.
    fn uncertainty(&self, choice: Choice, position: f64, variance: f64) -> f64 {
        let [beta, low, high] = &self.covariance;
        let of = |cut: usize, own: f64| own - 2.0 * position * beta[cut];
        let cut = match choice {
            Choice::Yes => of(1, low[1]),
            Choice::No => of(2, high[2]),
            Choice::Abstain => f64::midpoint(of(1, low[1]), of(2, high[2])),
        };
        let own = self.item.beta * self.item.beta + beta[0];
        (cut + position * position * beta[0] + own * variance).max(0.0)
    }
}

impl Sums {
    /// Adds a ballot whose latent value has this mean, at this position; `told` is the share of the
    /// latent value's variance that the choice takes away.
    pub(super) fn add(&mut self, fitted: &Fitted, position: f64, latent: f64, told: f64) {
        let (beta, variance) = (fitted.item.beta, fitted.covariance[0][0]);
        self.squares += beta * beta + variance;
        // A discrimination is drawn from latent values and goes with each of them.
        self.products += beta * latent + variance * position * (1.0 - told);
        self.information += beta * beta * told;
    }

    /// Adds another part's sums.
    pub(super) fn join(&mut self, other: &Self) {
        self.squares += other.squares;
        self.products += other.products;
        self.information += other.information;
    }
}

/// The ballots of a roll call, with all positions and their variances.
pub(super) struct Votes<'a> {
    pub sessions: &'a [u32],
    pub choices: &'a [Choice],
    pub positions: &'a [f64],
    pub variances: &'a [f64],
}

/// Averages over the uncertainty of what a choice says.
#[derive(Debug, Clone, Copy, Default)]
struct Said {
    slope: f64,
    curvature: f64,
    cuts: [f64; 2],
    cut_curvatures: [f64; 3],
    mixed: [f64; 2],
}

fn said(fitted: &Fitted, choice: Choice, position: f64, variance: f64) -> Said {
    let eta = fitted.item.beta * position;
    let spread = fitted.uncertainty(choice, position, variance).sqrt();
    let mut all = Said::default();
    for (node, weight) in NODES {
        let here = response(&fitted.item, eta + node * spread, choice);
        all.slope += weight * here.slope;
        all.curvature += weight * here.curvature;
        for (sum, more) in zip(&mut all.cuts, here.cuts) {
            *sum += weight * more;
        }
        for (sum, more) in zip(&mut all.cut_curvatures, here.cut_curvatures) {
            *sum += weight * more;
        }
        for (sum, more) in zip(&mut all.mixed, here.mixed) {
            *sum += weight * more;
        }
    }
    all
}

impl Votes<'_> {
    /// Moves a roll call's parameters and adds what its ballots then say of positions.
    pub(super) fn update(&self, fitted: &mut Fitted, sums: &mut [Sums]) {
        let (mut squares, mut products) = (1.0, 0.0);
        let mut latent = Vec::with_capacity(self.sessions.len());
        let mut slope = [-CUT_PRECISION * fitted.item.low, -CUT_PRECISION * fitted.item.high];
        // Of discrimination, lower and upper cut-point; the prior of the first has precision 1.
        let mut information = [[1.0, 0.0, 0.0], [0.0, CUT_PRECISION, 0.0], [0.0, 0.0, CUT_PRECISION]];
        for (&session, &choice) in zip(self.sessions, self.choices) {
            let (position, variance) = (self.positions[session as usize], self.variances[session as usize]);
            let here = said(fitted, choice, position, variance);
            let (mean, told) = (fitted.item.beta * position + here.slope, -here.curvature);
            latent.push((mean, told));
            let square = position * position + variance;
            squares += square;
            // A latent value is drawn around its position and goes with it.
            products += position * mean + fitted.item.beta * variance * (1.0 - told);
            information[0][0] += square * told;
            for cut in 0..2 {
                slope[cut] += here.cuts[cut];
                information[0][cut + 1] -= position * here.mixed[cut];
                information[cut + 1][cut + 1] -= here.cut_curvatures[cut];
            }
            information[1][2] -= here.cut_curvatures[2];
        }
        let cuts = Cuts::of(self.choices);
        cuts.move_by_newton(&mut fitted.item, slope, &information);
        fitted.item.beta = products / squares;
        fitted.covariance = cuts.covariance(&information);
        for (&session, &(mean, told)) in zip(self.sessions, &latent) {
            let at = session as usize;
            sums[at].add(fitted, self.positions[at], mean, told);
        }
    }
}

/// Which cut-points the choices can tell.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Cuts {
    Both,
    /// Nobody said no.
    Low,
    /// Nobody said yes.
    High,
    /// Nobody abstained: one cut between yes and no.
    Joined,
}

impl Cuts {
    fn of(choices: &[Choice]) -> Self {
        let any = |choice| choices.contains(&choice);
        match (any(Choice::Yes), any(Choice::Abstain), any(Choice::No)) {
            (_, true, false) => Self::Low,
            (false, true, true) => Self::High,
            (true, true, true) => Self::Both,
            _ => Self::Joined,
        }
    }

    fn move_by_newton(self, item: &mut Item, slope: [f64; 2], information: &[[f64; 3]; 3]) {
        let (low, high, mixed) = (information[1][1], information[2][2], information[1][2]);
        let capped = |step: f64| (DAMPING * step).clamp(-LONGEST_STEP, LONGEST_STEP);
        match self {
            Self::Both => {
                let determinant = low * high - mixed * mixed;
                let steps = [
                    capped((high * slope[0] - mixed * slope[1]) / determinant),
                    capped((low * slope[1] - mixed * slope[0]) / determinant),
                ];
                // The room for abstentions may halve in one sweep, but never close.
                let (gap, closing) = (item.high - item.low, steps[0] - steps[1]);
                let share = if closing > 0.5 * gap { 0.5 * gap / closing } else { 1.0 };
                item.low += share * steps[0];
                item.high += share * steps[1];
            }
            Self::Low => {
                item.low += capped(slope[0] / low);
                item.high = FARTHEST_CUT;
            }
            Self::High => {
                item.high += capped(slope[1] / high);
                item.low = -FARTHEST_CUT;
            }
            Self::Joined => {
                let joined = f64::midpoint(item.low, item.high);
                item.low = joined + capped((slope[0] + slope[1]) / (low + high + 2.0 * mixed));
                item.high = item.low;
            }
        }
        item.low = item.low.clamp(-FARTHEST_CUT, FARTHEST_CUT);
        item.high = item.high.clamp(-FARTHEST_CUT, FARTHEST_CUT);
    }

    /// Inverse of the information on what the choices tell; the rest is taken as known.
    fn covariance(self, information: &[[f64; 3]; 3]) -> [[f64; 3]; 3] {
        let [[a, b, c], [_, d, e], [_, _, f]] = *information;
        match self {
            Self::Both => {
                let cofactors = [d * f - e * e, c * e - b * f, b * e - c * d];
                let determinant = a * cofactors[0] + b * cofactors[1] + c * cofactors[2];
                let [aa, ab, ac] = cofactors.map(|value| value / determinant);
                let (bb, bc, cc) = (a * f - c * c, b * c - a * e, a * d - b * b);
                let [bb, bc, cc] = [bb, bc, cc].map(|value| value / determinant);
                [[aa, ab, ac], [ab, bb, bc], [ac, bc, cc]]
            }
            Self::Low => {
                let [own, cross, cut] = two(a, b, d);
                [[own, cross, 0.0], [cross, cut, 0.0], [0.0; 3]]
            }
            Self::High => {
                let [own, cross, cut] = two(a, c, f);
                [[own, 0.0, cross], [0.0; 3], [cross, 0.0, cut]]
            }
            Self::Joined => {
                let [own, cross, cut] = two(a, b + c, d + f + 2.0 * e);
                [[own, cross, cross], [cross, cut, cut], [cross, cut, cut]]
            }
        }
    }
}

/// Inverse of a symmetric matrix of two: its first variance, covariance, second variance.
fn two(first: f64, mixed: f64, second: f64) -> [f64; 3] {
    let determinant = first * second - mixed * mixed;
    [second / determinant, -mixed / determinant, first / determinant]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_covariance_inverts_the_information() {
        let information = [[3.0, 0.4, -0.3], [0.4, 5.0, -1.0], [-0.3, -1.0, 4.0]];
        let covariance = Cuts::Both.covariance(&information);
        for (i, row) in information.iter().enumerate() {
            for j in 0..3 {
                let product: f64 = row.iter().zip(&covariance).map(|(a, column)| a * column[j]).sum();
                assert!((product - f64::from(u8::from(i == j))).abs() < 1e-12);
            }
        }
    }
}
