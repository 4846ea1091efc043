//! Diversity at a common number of acts.

/// Expected Hill number of order 1 in a sample of `size` acts drawn without replacement
/// (Chao et al. 2014, eq. 3c and 5): exp(−Σ_k (k/m) ln(k/m) E f_k(m)), where
/// E f_k(m) = Σ_i C(X_i, k) C(n − X_i, m − k) / C(n, m). `None` if fewer acts than `size`.
pub fn rarefied_hill_one(counts: &[u64], size: u64) -> Option<f64> {
    let total: u64 = counts.iter().sum();
    if size == 0 || total < size {
        return None;
    }
    let all = log_binomial(total, size);
    let mut entropy = 0.0;
    for k in 1..=size {
        let share = k as f64 / size as f64;
        let expected: f64 = counts
            .iter()
            .filter(|&&count| count >= k && total - count >= size - k)
            .map(|&count| (log_binomial(count, k) + log_binomial(total - count, size - k) - all).exp())
            .sum();
        entropy -= share * share.ln() * expected;
    }
    Some(entropy.exp())
}

fn log_binomial(n: u64, k: u64) -> f64 {
    log_factorial(n) - log_factorial(k) - log_factorial(n - k)
}

/// ln n!, summed exactly up to 256 and by Stirling's series beyond (error below 1e−13 there).
fn log_factorial(n: u64) -> f64 {
    if n <= 256 {
        return (2..=n).map(|factor| (factor as f64).ln()).sum();
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
