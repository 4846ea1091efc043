//! Which decision the estimates hang on.

use std::collections::BTreeMap;

use crate::quantile::{mean, median};

/// How much one decision has to do with the estimates.
#[derive(Debug, Clone, PartialEq)]
pub struct DecisionShare {
    /// Share of the variance of the effects that lies between the decision's options: η², the
    /// main effect in an analysis of variance with this decision alone.
    pub share: f64,
    /// Median effect by option, in the order of their numbers.
    pub medians: Vec<(usize, f64)>,
}

/// For each decision its share. `options` has one row for each specification and one number for
/// each decision: which option it took. A share is nought where nothing varies.
pub fn decision_shares(effects: &[f64], options: &[Vec<usize>]) -> Vec<DecisionShare> {
    let decisions = options.first().map_or(0, Vec::len);
    let centre = mean(effects).unwrap_or(0.0);
    let total: f64 = effects.iter().map(|effect| (effect - centre).powi(2)).sum();
    (0..decisions)
        .map(|decision| {
            let mut groups: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
            for (effect, row) in effects.iter().zip(options) {
                groups.entry(row[decision]).or_default().push(*effect);
            }
            let between: f64 = groups
                .values()
                .filter_map(|group| Some(group.len() as f64 * (mean(group)? - centre).powi(2)))
                .sum();
            let share = if total > 0.0 { (between / total).clamp(0.0, 1.0) } else { 0.0 };
            let medians =
                groups.iter().filter_map(|(option, group)| Some((*option, median(group)?))).collect();
            DecisionShare { share, medians }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::decision_shares;

    // Expected by hand: means 1 and 3 around 2, total sum of squares 4 + 4·0.25 = 5.
    #[test]
    fn the_share_is_eta_squared() {
        let effects = [0.5, 1.5, 2.5, 3.5];
        let options = [vec![0, 0], vec![0, 1], vec![1, 0], vec![1, 1]];
        let shares = decision_shares(&effects, &options);
        assert!((shares[0].share - 0.8).abs() < 1e-12);
        assert!((shares[1].share - 0.2).abs() < 1e-12);
        assert_eq!(shares[0].medians, [(0, 1.0), (1, 3.0)]);
        assert_eq!(decision_shares(&[1.0, 1.0], &[vec![0], vec![1]])[0].share, 0.0);
    }
}
