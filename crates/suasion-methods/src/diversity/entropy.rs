//! Entropy of counts and the effective number of kinds.

/// Shannon entropy in nats of counts, by plug-in shares; `None` of nothing.
pub fn shannon(counts: &[u64]) -> Option<f64> {
    let total: u64 = counts.iter().sum();
    if total == 0 {
        return None;
    }
    let entropy = counts
        .iter()
        .filter(|&&count| count > 0)
        .map(|&count| {
            let share = count as f64 / total as f64;
            -share * share.ln()
        })
        .sum();
    Some(entropy)
}

/// Entropy in nats, corrected for kinds not seen (Chao & Shen 2003): shares are shrunk by the
/// estimated coverage 1 − f₁/n and weighted by the chance to be seen at all. Where every act is
/// its own kind, f₁ is taken as n − 1, as the R package `entropy` does.
pub fn chao_shen(counts: &[u64]) -> Option<f64> {
    let total: u64 = counts.iter().sum();
    if total == 0 {
        return None;
    }
    let n = total as f64;
    let singletons = counts.iter().filter(|&&count| count == 1).count() as f64;
    let singletons = if singletons == n { n - 1.0 } else { singletons };
    let coverage = 1.0 - singletons / n;
    let entropy = counts
        .iter()
        .filter(|&&count| count > 0)
        .map(|&count| {
            let share = coverage * count as f64 / n;
            -share * share.ln() / (1.0 - (1.0 - share).powf(n))
        })
        .filter(|term| term.is_finite())
        .sum();
    Some(entropy)
}

/// Hill number of order q: the effective number of kinds (Hill 1973). Order 0 counts kinds,
/// order 1 is exp(entropy), order 2 the inverse Simpson concentration.
pub fn hill_number(counts: &[u64], order: f64) -> Option<f64> {
    if (order - 1.0).abs() < 1e-12 {
        return shannon(counts).map(f64::exp);
    }
    let total: u64 = counts.iter().sum();
    if total == 0 {
        return None;
    }
    let sum: f64 = counts
        .iter()
        .filter(|&&count| count > 0)
        .map(|&count| (count as f64 / total as f64).powf(order))
        .sum();
    Some(sum.powf(1.0 / (1.0 - order)))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Coverage of these counts is 1 − 2/8; the terms are written out from the paper's formula.
    #[test]
    fn chao_shen_by_hand() {
        let counts = [4, 2, 1, 1];
        let coverage: f64 = 0.75;
        let expected: f64 = [4.0, 2.0, 1.0, 1.0]
            .iter()
            .map(|count| {
                let share = coverage * count / 8.0;
                -share * f64::ln(share) / (1.0 - (1.0 - share).powi(8))
            })
            .sum();
        assert!((chao_shen(&counts).unwrap() - expected).abs() < 1e-12);
        assert!(chao_shen(&counts).unwrap() > shannon(&counts).unwrap());
    }

    #[test]
    fn equal_counts_give_the_number_of_kinds() {
        for order in [0.0, 1.0, 2.0] {
            assert!((hill_number(&[5, 5, 5, 5], order).unwrap() - 4.0).abs() < 1e-12);
        }
        assert_eq!(hill_number(&[0, 0], 1.0), None);
    }
}
