//! A table of paired ordinal positions, and the measures that it yields.

/// How far two levels are apart, as a share of the greatest distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distance {
    /// Nothing if equal, otherwise the greatest distance.
    Nominal,
    /// |x − y| / Δ.
    Absolute,
    /// The square of the absolute distance.
    Squared,
}

impl Distance {
    fn between(self, first: usize, second: usize, greatest: usize) -> f64 {
        let share = first.abs_diff(second) as f64 / greatest as f64;
        match self {
            Self::Nominal => f64::from(u8::from(first != second)),
            Self::Absolute => share,
            Self::Squared => share * share,
        }
    }
}

/// Weighted counts of paired positions on `LEVELS` ordered levels: `counts[i][j]` is the weight of
/// items on which the first state stands at level i and the second at level j.
///
/// The level set is fixed by the type, so the greatest distance never depends on what was
/// observed (the trap of `fpsim::srs()`).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contingency<const LEVELS: usize> {
    counts: [[f64; LEVELS]; LEVELS],
}

impl<const LEVELS: usize> Default for Contingency<LEVELS> {
    fn default() -> Self {
        Self { counts: [[0.0; LEVELS]; LEVELS] }
    }
}

impl<const LEVELS: usize> Contingency<LEVELS> {
    /// A table from its counts.
    pub fn from_counts(counts: [[f64; LEVELS]; LEVELS]) -> Self {
        Self { counts }
    }

    /// A table from paired levels (0-based) with weights; pairs with a level outside the set are
    /// left out.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (usize, usize, f64)>) -> Self {
        let mut table = Self::default();
        for (first, second, weight) in pairs {
            if first < LEVELS && second < LEVELS {
                table.counts[first][second] += weight;
            }
        }
        table
    }

    /// Adds another table's items, cell by cell.
    pub fn add(&mut self, other: &Self) {
        for (row, more) in self.counts.iter_mut().zip(&other.counts) {
            for (count, extra) in row.iter_mut().zip(more) {
                *count += extra;
            }
        }
    }

    /// The same table with decisions that were taken without a vote, as items on which both stand
    /// at `level`. For votes it is the level of yes: states that let a resolution pass without a
    /// vote agree on it (after Häge & Hug 2016; pooling before observed and expected disagreement
    /// are computed is our formalisation). A level outside the set adds nothing.
    #[must_use]
    pub fn with_consensus(mut self, decisions: f64, level: usize) -> Self {
        if level < LEVELS {
            self.counts[level][level] += decisions;
        }
        self
    }

    /// The sum of all weights.
    pub fn total(&self) -> f64 {
        self.counts.iter().flatten().sum()
    }

    /// Share of items on which both stand at the same level; `None` of an empty table.
    pub fn identical(&self) -> Option<f64> {
        let total = self.total();
        let same: f64 = (0..LEVELS).map(|level| self.counts[level][level]).sum();
        (total > 0.0).then(|| same / total)
    }

    /// Voeten's agreement: the mean of 1 − |x − y| / Δ, so that an abstention against a yes
    /// counts one half.
    pub fn agreement(&self) -> Option<f64> {
        self.observed(Distance::Absolute).map(|observed| 1.0 - observed)
    }

    /// Signorino and Ritter's S = 1 − 2 D_o, between −1 and 1.
    pub fn s(&self, distance: Distance) -> Option<f64> {
        self.observed(distance).map(|observed| 1.0 - 2.0 * observed)
    }

    /// Cohen's weighted κ: chance by each state's own margin. `None` where chance disagreement is
    /// zero, since both are constant and equal and nothing can be said.
    pub fn kappa(&self, distance: Distance) -> Option<f64> {
        let (first, second) = self.margins()?;
        self.corrected(distance, &first, &second)
    }

    /// Scott's weighted π: chance by the mean of both margins. `None` as for κ.
    pub fn pi(&self, distance: Distance) -> Option<f64> {
        let (first, second) = self.margins()?;
        let mut shared = [0.0; LEVELS];
        for (level, share) in shared.iter_mut().enumerate() {
            *share = f64::midpoint(first[level], second[level]);
        }
        self.corrected(distance, &shared, &shared)
    }

    /// Kendall's τ-b (1945): concordant less discordant pairs of items over the geometric mean of
    /// the pairs that either state does not tie. `None` where one of them is constant. Weights
    /// count as items.
    pub fn tau_b(&self) -> Option<f64> {
        let total = self.total();
        let (mut concordant, mut discordant) = (0.0, 0.0);
        for i in 0..LEVELS {
            for j in 0..LEVELS {
                for later in &self.counts[i + 1..] {
                    concordant += self.counts[i][j] * later[j + 1..].iter().sum::<f64>();
                    discordant += self.counts[i][j] * later[..j].iter().sum::<f64>();
                }
            }
        }
        let (first, second) = self.margins()?;
        let untied = |margin: &[f64; LEVELS]| {
            total * total * (1.0 - margin.iter().map(|share| share * share).sum::<f64>()) / 2.0
        };
        let product = untied(&first) * untied(&second);
        // Sums of shares leave rounding dust where the exact value is zero.
        (product > 1e-12 * total.powi(4)).then(|| (concordant - discordant) / product.sqrt())
    }

    /// Agreement, S, κ and π at once.
    pub fn similarity(&self, distance: Distance) -> Similarity {
        let Some((first, second)) = self.margins() else { return Similarity::default() };
        let mut shared = [0.0; LEVELS];
        for (level, share) in shared.iter_mut().enumerate() {
            *share = f64::midpoint(first[level], second[level]);
        }
        Similarity {
            agreement: self.agreement(),
            s: self.s(distance),
            kappa: self.corrected(distance, &first, &second),
            pi: self.corrected(distance, &shared, &shared),
        }
    }

    fn observed(&self, distance: Distance) -> Option<f64> {
        let total = self.total();
        if total <= 0.0 || LEVELS < 2 {
            return None;
        }
        let mut sum = 0.0;
        for (i, row) in self.counts.iter().enumerate() {
            for (j, count) in row.iter().enumerate() {
                sum += count * distance.between(i, j, LEVELS - 1);
            }
        }
        Some(sum / total)
    }

    fn margins(&self) -> Option<([f64; LEVELS], [f64; LEVELS])> {
        let total = self.total();
        if total <= 0.0 {
            return None;
        }
        let (mut first, mut second) = ([0.0; LEVELS], [0.0; LEVELS]);
        for (i, row) in self.counts.iter().enumerate() {
            for (j, count) in row.iter().enumerate() {
                first[i] += count / total;
                second[j] += count / total;
            }
        }
        Some((first, second))
    }

    fn corrected(&self, distance: Distance, first: &[f64; LEVELS], second: &[f64; LEVELS]) -> Option<f64> {
        let mut expected = 0.0;
        for (i, p) in first.iter().enumerate() {
            for (j, q) in second.iter().enumerate() {
                expected += p * q * distance.between(i, j, LEVELS - 1);
            }
        }
        // Sums of shares leave rounding dust where the exact value is zero.
        (expected > 1e-12).then_some(())?;
        self.observed(distance).map(|observed| 1.0 - observed / expected)
    }
}

/// The measures that one table yields; a measure is `None` where it is undefined.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Similarity {
    /// [`Contingency::agreement`].
    pub agreement: Option<f64>,
    /// [`Contingency::s`].
    pub s: Option<f64>,
    /// [`Contingency::kappa`].
    pub kappa: Option<f64>,
    /// [`Contingency::pi`].
    pub pi: Option<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TOLERANCE: f64 = 5e-7; // golden values are printed with six decimals

    fn votes() -> Contingency<3> {
        let x = [1, 1, 1, 2, 3, 1, 2, 1, 3, 1];
        let y = [1, 2, 1, 2, 3, 1, 3, 1, 2, 1];
        Contingency::from_pairs(x.iter().zip(&y).map(|(&a, &b)| (a - 1, b - 1, 1.0)))
    }

    #[test]
    fn golden_values_of_votes() {
        let table = votes();
        let near = |value: Option<f64>, expected: f64| {
            assert!((value.unwrap() - expected).abs() < TOLERANCE, "{value:?} {expected}");
        };
        near(table.s(Distance::Absolute), 0.70);
        near(table.kappa(Distance::Absolute), 0.634_146);
        near(table.pi(Distance::Absolute), 0.631_902);
        near(table.s(Distance::Squared), 0.85);
        near(table.kappa(Distance::Squared), 0.761_905);
        near(table.pi(Distance::Squared), 0.760_956);
        near(table.agreement(), 0.85);
    }

    #[test]
    fn golden_values_of_weighted_alliances() {
        let pairs = [(3, 2, 0.5), (3, 2, 0.3), (2, 3, 0.1), (2, 3, 0.1)];
        let table = Contingency::<4>::from_pairs(pairs);
        assert!((table.s(Distance::Absolute).unwrap() - 0.333_333).abs() < TOLERANCE);
        assert!((table.s(Distance::Squared).unwrap() - 0.777_778).abs() < TOLERANCE);
    }

    #[test]
    fn rare_ties_look_similar_to_s_but_not_to_kappa() {
        // 180 states, five ties each, none shared.
        let table = Contingency::<2>::from_counts([[170.0, 5.0], [5.0, 0.0]]);
        assert!((table.s(Distance::Absolute).unwrap() - 0.888_889).abs() < TOLERANCE);
        assert!((table.kappa(Distance::Absolute).unwrap() + 0.028_571).abs() < TOLERANCE);
        assert!((table.pi(Distance::Absolute).unwrap() + 0.028_571).abs() < TOLERANCE);
    }

    #[test]
    fn consensus_raises_agreement_and_chance_alike() {
        let table = votes().with_consensus(10.0, 0);
        assert_eq!(table.total(), 20.0);
        assert!((table.agreement().unwrap() - (8.5 + 10.0) / 20.0).abs() < 1e-12);
        assert!(table.kappa(Distance::Absolute).unwrap() > votes().kappa(Distance::Absolute).unwrap());
        assert_eq!(votes().with_consensus(10.0, 3), votes());
    }

    #[test]
    fn all_measures_at_once_are_the_measures() {
        let at_once = votes().similarity(Distance::Squared);
        assert_eq!(at_once.agreement, votes().agreement());
        assert_eq!(at_once.s, votes().s(Distance::Squared));
        assert_eq!(at_once.kappa, votes().kappa(Distance::Squared));
        assert_eq!(at_once.pi, votes().pi(Distance::Squared));
        assert_eq!(Contingency::<3>::default().similarity(Distance::Squared), Similarity::default());
    }

    #[test]
    fn constant_and_equal_is_missing_not_one() {
        let table = Contingency::<3>::from_pairs([(0, 0, 1.0), (0, 0, 1.0)]);
        assert_eq!(table.kappa(Distance::Absolute), None);
        assert_eq!(table.pi(Distance::Squared), None);
        assert_eq!(Contingency::<3>::default().agreement(), None);
    }

    proptest! {
        #[test]
        fn laws(counts in proptest::array::uniform3(proptest::array::uniform3(0.0..50.0f64))) {
            let table = Contingency::<3>::from_counts(counts);
            let mut turned = [[0.0; 3]; 3];
            for (i, row) in counts.iter().enumerate() {
                for (j, count) in row.iter().enumerate() {
                    turned[j][i] = *count;
                }
            }
            let turned = Contingency::<3>::from_counts(turned);
            for distance in [Distance::Absolute, Distance::Squared] {
                if let (Some(a), Some(b)) = (table.s(distance), turned.s(distance)) {
                    prop_assert!((a - b).abs() < 1e-9);
                    prop_assert!((-1.0..=1.0).contains(&a));
                }
                if let Some(kappa) = table.kappa(distance) {
                    prop_assert!(kappa <= 1.0 + 1e-12);
                }
            }
        }
    }
}
