//! Draws from a standard normal between two bounds (Robert 1995, Statistics and Computing 5:121–125).

use rand::{Rng, RngExt};
use rand_distr::{Exp1, StandardNormal};

/// Accepting a normal draw below this bound takes at most about three tries.
const NEAR: f64 = -0.5;

/// A standard normal value between `low` and `high`, either of which may be infinite; `low`
/// itself unless it is below `high`.
pub(crate) fn truncated_normal(generator: &mut impl Rng, low: f64, high: f64) -> f64 {
    // Also where a bound is not a number: rejection would never end.
    if low.partial_cmp(&high) != Some(std::cmp::Ordering::Less) {
        return low;
    }
    if low == f64::NEG_INFINITY {
        below(generator, high)
    } else if high == f64::INFINITY {
        -below(generator, -low)
    } else if high < 0.0 {
        -between(generator, -high, -low)
    } else {
        between(generator, low, high)
    }
}

fn below(generator: &mut impl Rng, bound: f64) -> f64 {
    if bound < NEAR {
        return -tail(generator, -bound, f64::INFINITY);
    }
    loop {
        let value: f64 = generator.sample(StandardNormal);
        if value <= bound {
            return value;
        }
    }
}

/// `high` is not negative.
fn between(generator: &mut impl Rng, low: f64, high: f64) -> f64 {
    if low <= 0.0 && high - low > 2.5 {
        loop {
            let value: f64 = generator.sample(StandardNormal);
            if (low..=high).contains(&value) {
                return value;
            }
        }
    }
    if low > 0.0 && low * (high - low) > 2.0 {
        return tail(generator, low, high);
    }
    let mode = low.max(0.0);
    loop {
        let value = low + (high - low) * generator.random::<f64>();
        if generator.random::<f64>() <= (0.5 * (mode * mode - value * value)).exp() {
            return value;
        }
    }
}

/// Beyond `low > 0` and below `high`, by a shifted exponential.
fn tail(generator: &mut impl Rng, low: f64, high: f64) -> f64 {
    let rate = f64::midpoint(low, (low * low + 4.0).sqrt());
    loop {
        let step: f64 = generator.sample(Exp1);
        let value = low + step / rate;
        if value <= high && generator.random::<f64>() <= (-0.5 * (value - rate).powi(2)).exp() {
            return value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Seed;
    use crate::distribution::normal::{cumulative, density};

    #[test]
    fn means_and_bounds_are_those_of_the_distribution() {
        let mut generator = Seed::new(5).generator();
        for (low, high) in [
            (f64::NEG_INFINITY, 0.7),
            (f64::NEG_INFINITY, -3.0),
            (1.5, f64::INFINITY),
            (-0.3, 0.4),
            (-2.0, 3.0),
            (0.5, 1.0),
            (2.0, 6.0),
            (-5.0, -1.0),
        ] {
            let n = 40_000;
            let draws: Vec<f64> = (0..n).map(|_| truncated_normal(&mut generator, low, high)).collect();
            assert!(draws.iter().all(|value| (low..=high).contains(value)));
            let mass = cumulative(high) - cumulative(low);
            let expected = (density(low) - density(high)) / mass;
            let mean = draws.iter().sum::<f64>() / f64::from(n);
            // Five standard errors of a variance below one.
            assert!((mean - expected).abs() < 5.0 / f64::from(n).sqrt(), "{low} {high} {mean} {expected}");
        }
    }
}
