//! Diversity at a common number of acts.

use std::sync::LazyLock;

/// Expected Hill number of order 1 in a sample of `size` acts drawn without replacement
/// (Chao et al. 2014, eq. 3c and 5): exp(−Σ_k (k/m) ln(k/m) E f_k(m)), where
/// E f_k(m) = Σ_i C(X_i, k) C(n − X_i, m − k) / C(n, m). `None` if fewer acts than `size`.
pub fn rarefied_hill_one(counts: &[u64], size: u64) -> Option<f64> {
    let total: u64 = counts.iter().sum();
    if size == 0 || total < size {
        return None;
    }
    let terms: Vec<f64> = (0..=size)
        .map(|k| k as f64 / size as f64)
        .map(|share| if share > 0.0 { -share * share.ln() } else { 0.0 })
        .collect();
    let entropy: f64 = counts.iter().map(|&count| expected_term(count, total, size, &terms)).sum();
    Some(entropy.exp())
}

/// Σ_k term(k) P(k) for the hypergeometric number of acts of one kind among `size` drawn; from the
/// mode outwards by the ratio of neighbours, so that nothing underflows that matters.
fn expected_term(count: u64, total: u64, size: u64, terms: &[f64]) -> f64 {
    let others = total - count;
    let (least, most) = (size.saturating_sub(others), count.min(size));
    let mode = ((size + 1) * (count + 1) / (total + 2)).clamp(least, most);
    let peak =
        (log_binomial(count, mode) + log_binomial(others, size - mode) - log_binomial(total, size)).exp();
    // P(k + 1) / P(k).
    let ratio =
        |k: u64| (count - k) as f64 * (size - k) as f64 / ((k + 1) as f64 * (others + k + 1 - size) as f64);
    let mut sum = terms[mode as usize] * peak;
    let mut upward = peak;
    for k in mode..most {
        upward *= ratio(k);
        sum += terms[k as usize + 1] * upward;
    }
    let mut downward = peak;
    for k in (least..mode).rev() {
        downward /= ratio(k);
        sum += terms[k as usize] * downward;
    }
    sum
}

fn log_binomial(n: u64, k: u64) -> f64 {
    log_factorial(n) - log_factorial(k) - log_factorial(n - k)
}

/// ln n! for n up to 256, summed exactly.
static LOG_FACTORIALS: LazyLock<Vec<f64>> = LazyLock::new(|| {
    let logarithms = (0..=256_u32).map(|factor| f64::from(factor.max(1)).ln());
    logarithms
        .scan(0.0, |sum, logarithm| {
            *sum += logarithm;
            Some(*sum)
        })
        .collect()
});

/// ln n!, by Stirling's series beyond the table (error below 1e−13 there).
fn log_factorial(n: u64) -> f64 {
    if let Some(known) = usize::try_from(n).ok().and_then(|n| LOG_FACTORIALS.get(n)) {
        return *known;
    }
    let x = n as f64;
    x * x.ln() - x + 0.5 * (std::f64::consts::TAU * x).ln() + 1.0 / (12.0 * x) - 1.0 / (360.0 * x.powi(3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diversity::hill_number;

    #[test]
    fn whole_sample_gives_the_plain_number() {
        let counts = [10, 6, 3, 1];
        let rarefied = rarefied_hill_one(&counts, 20).unwrap();
        assert!((rarefied - hill_number(&counts, 1.0).unwrap()).abs() < 1e-9);
    }

    #[test]
    fn one_act_is_one_kind_and_more_acts_show_more() {
        let counts = [10, 6, 3, 1];
        assert!((rarefied_hill_one(&counts, 1).unwrap() - 1.0).abs() < 1e-12);
        let mut last = 0.0;
        for size in 1..=20 {
            let now = rarefied_hill_one(&counts, size).unwrap();
            assert!(now >= last);
            last = now;
        }
        assert_eq!(rarefied_hill_one(&counts, 21), None);
    }

    #[test]
    fn factorial_branches_meet() {
        let exact: f64 = (2..=300_u64).map(|factor| (factor as f64).ln()).sum();
        assert!((log_factorial(300) - exact).abs() < 1e-9);
    }
}
