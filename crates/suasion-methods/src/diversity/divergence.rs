//! How differently several groups are treated: generalised Jensen–Shannon divergence (Lin 1991),
//! judged against relabelling.

use rand::seq::SliceRandom;
use rayon::prelude::*;

use crate::quantile::{mean, standard_deviation};
use crate::random::Seed;

/// Generalised Jensen–Shannon divergence of the groups' distributions with equal weights, in
/// bits, divided by log₂ of the number of groups: 0 if all groups have the same mix, 1 if no two
/// share a kind. `counts[group][kind]`; empty groups are left out; `None` below two groups.
pub fn jensen_shannon(counts: &[Vec<u64>]) -> Option<f64> {
    let shares: Vec<Vec<f64>> = counts
        .iter()
        .filter_map(|group| {
            let total: u64 = group.iter().sum();
            (total > 0).then(|| group.iter().map(|&count| count as f64 / total as f64).collect())
        })
        .collect();
    if shares.len() < 2 {
        return None;
    }
    let weight = 1.0 / shares.len() as f64;
    let kinds = shares.iter().map(Vec::len).max()?;
    let mixture: Vec<f64> = (0..kinds)
        .map(|kind| shares.iter().map(|group| weight * group.get(kind).unwrap_or(&0.0)).sum())
        .collect();
    let within: f64 = shares.iter().map(|group| weight * entropy_bits(group)).sum();
    let divergence = (entropy_bits(&mixture) - within) / (shares.len() as f64).log2();
    Some(divergence.clamp(0.0, 1.0))
}

fn entropy_bits(shares: &[f64]) -> f64 {
    shares.iter().filter(|&&share| share > 0.0).map(|share| -share * share.log2()).sum()
}

/// Acts as labels: which group each act concerned, of which kind it was, and in which time block.
#[derive(Debug, Clone, Default)]
pub struct GroupedLabels {
    /// Group of each act, below `groups`.
    pub group: Vec<usize>,
    /// Kind of each act, below `kinds`.
    pub kind: Vec<usize>,
    /// Time block of each act; labels are exchanged within blocks only.
    pub block: Vec<i32>,
    /// Number of groups.
    pub groups: usize,
    /// Number of kinds.
    pub kinds: usize,
}

/// A divergence beside what relabelling alone would give.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Divergence {
    /// Observed normalised divergence.
    pub observed: f64,
    /// Mean over relabellings: what small samples inflate it to.
    pub null_mean: f64,
    /// Standard deviation over relabellings.
    pub null_deviation: f64,
    /// (observed − null mean) / null deviation.
    pub excess: f64,
    /// Share of relabellings at least as divergent, with one added.
    pub p_value: f64,
    /// Acts used.
    pub n: usize,
}

impl GroupedLabels {
    /// The divergence of the acts that `chosen` lists (with repetition, as a resample does).
    pub fn divergence_of(&self, chosen: &[usize]) -> Option<f64> {
        jensen_shannon(&self.table(chosen.iter().map(|&act| (self.group[act], self.kind[act]))))
    }

    /// Tests against `draws` relabellings of the groups within time blocks.
    pub fn permutation_test(&self, draws: usize, seed: Seed) -> Option<Divergence> {
        let acts: Vec<usize> = (0..self.group.len()).collect();
        let observed = self.divergence_of(&acts)?;
        let null: Vec<f64> = (0..draws)
            .into_par_iter()
            .filter_map(|draw| self.relabelled(seed.numbered(draw as u64)))
            .collect();
        let null_mean = mean(&null)?;
        let null_deviation = standard_deviation(&null)?;
        let reached = null.iter().filter(|&&value| value >= observed - 1e-12).count();
        Some(Divergence {
            observed,
            null_mean,
            null_deviation,
            excess: if null_deviation > 0.0 { (observed - null_mean) / null_deviation } else { 0.0 },
            p_value: (reached + 1) as f64 / (null.len() + 1) as f64,
            n: self.group.len(),
        })
    }

    fn relabelled(&self, seed: Seed) -> Option<f64> {
        let mut generator = seed.generator();
        let mut group = self.group.clone();
        for members in self.blocks() {
            let mut labels: Vec<usize> = members.iter().map(|&act| self.group[act]).collect();
            labels.shuffle(&mut generator);
            for (&act, label) in members.iter().zip(labels) {
                group[act] = label;
            }
        }
        jensen_shannon(&self.table(group.into_iter().zip(self.kind.iter().copied())))
    }

    fn blocks(&self) -> Vec<Vec<usize>> {
        let mut order: Vec<usize> = (0..self.block.len()).collect();
        order.sort_by_key(|&act| self.block[act]);
        order.chunk_by(|&a, &b| self.block[a] == self.block[b]).map(<[usize]>::to_vec).collect()
    }

    fn table(&self, acts: impl Iterator<Item = (usize, usize)>) -> Vec<Vec<u64>> {
        let mut table = vec![vec![0; self.kinds]; self.groups];
        for (group, kind) in acts {
            table[group][kind] += 1;
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn same_mix_is_zero_and_disjoint_is_one() {
        assert!(jensen_shannon(&[vec![2, 4], vec![1, 2]]).unwrap() < 1e-12);
        assert!(
            (jensen_shannon(&[vec![3, 0, 0], vec![0, 5, 0], vec![0, 0, 2]]).unwrap() - 1.0).abs() < 1e-12
        );
        assert_eq!(jensen_shannon(&[vec![1, 2], vec![0, 0]]), None);
    }

    #[test]
    fn planted_difference_is_found_and_noise_is_not() {
        let labels = |kind: &dyn Fn(usize) -> usize| GroupedLabels {
            group: (0..200).map(|act| act % 2).collect(),
            kind: (0..200).map(kind).collect(),
            block: (0..200).map(|act| act / 50).collect(),
            groups: 2,
            kinds: 3,
        };
        let planted = labels(&|act| if act % 2 == 0 { (act / 2) % 2 } else { 2 });
        let test = planted.permutation_test(199, Seed::new(1)).unwrap();
        assert!(test.p_value <= 0.005 + 1e-12 && test.excess > 5.0);
        let same = labels(&|act| (act / 2) % 3);
        assert!(same.permutation_test(199, Seed::new(1)).unwrap().p_value > 0.2);
    }

    proptest! {
        #[test]
        fn within_unit_interval_and_blind_to_group_order(
            counts in proptest::collection::vec(proptest::collection::vec(0u64..20, 4), 2..6)
        ) {
            if let Some(value) = jensen_shannon(&counts) {
                prop_assert!((0.0..=1.0).contains(&value));
                let mut turned = counts.clone();
                turned.reverse();
                prop_assert!((jensen_shannon(&turned).unwrap() - value).abs() < 1e-9);
            }
        }
    }
}
