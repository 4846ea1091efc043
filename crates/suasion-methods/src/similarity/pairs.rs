//! All pairs of a matrix of positions at once, by counting bits.

use pulp::Arch;
use rayon::prelude::*;

use super::contingency::Contingency;

/// The positions of states on items (roll calls, or other states' alliance codes), one bit per
/// state, level and item. A missing position has no bit at any level, so that pairs are compared
/// on the items on which both stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PositionMatrix<const LEVELS: usize> {
    states: usize,
    items: usize,
    /// Words of one level of one state.
    words: usize,
    /// State by state, level by level.
    bits: Vec<u64>,
}

impl<const LEVELS: usize> PositionMatrix<LEVELS> {
    /// A matrix in which nobody has a position yet.
    pub fn new(states: usize, items: usize) -> Self {
        let words = items.div_ceil(64);
        Self { states, items, words, bits: vec![0; states * LEVELS * words] }
    }

    /// A matrix from rows of states; `None` where a position is missing. Shorter rows are missing
    /// at their end, and levels outside the set are missing.
    pub fn from_rows(rows: &[Vec<Option<usize>>]) -> Self {
        let items = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut matrix = Self::new(rows.len(), items);
        for (state, row) in rows.iter().enumerate() {
            for (item, level) in row.iter().enumerate() {
                if let Some(level) = level {
                    matrix.set(state, item, *level);
                }
            }
        }
        matrix
    }

    /// Sets a position, in place of the one there was; outside the matrix or the levels it does
    /// nothing.
    pub fn set(&mut self, state: usize, item: usize, level: usize) {
        if state >= self.states || item >= self.items || level >= LEVELS {
            return;
        }
        let bit = 1 << (item % 64);
        for other in 0..LEVELS {
            let word = &mut self.bits[(state * LEVELS + other) * self.words + item / 64];
            if other == level {
                *word |= bit;
            } else {
                *word &= !bit;
            }
        }
    }

    /// Number of states.
    pub fn states(&self) -> usize {
        self.states
    }

    /// The table of one pair; the first state's levels are its rows. Empty if there is no such
    /// state.
    pub fn pair(&self, first: usize, second: usize) -> Contingency<LEVELS> {
        if first >= self.states || second >= self.states {
            return Contingency::default();
        }
        Arch::new().dispatch(|| count(self.planes(first), self.planes(second), self.words))
    }

    /// The tables of all pairs with the first state before the second: (0, 1), (0, 2), …, (1, 2), …
    pub fn pairs(&self) -> Vec<Contingency<LEVELS>> {
        let arch = Arch::new();
        (0..self.states)
            .into_par_iter()
            .flat_map_iter(|first| {
                arch.dispatch(|| {
                    let planes = self.planes(first);
                    (first + 1..self.states)
                        .map(|second| count(planes, self.planes(second), self.words))
                        .collect::<Vec<_>>()
                })
            })
            .collect()
    }

    fn planes(&self, state: usize) -> &[u64] {
        let size = LEVELS * self.words;
        &self.bits[state * size..(state + 1) * size]
    }
}

/// Counts the items of each cell. Inlined into [`Arch::dispatch`], so that the processor's own
/// population count is used where it has one.
#[inline(always)]
#[expect(clippy::inline_always, reason = "only inlined code is compiled for the dispatched instructions")]
fn count<const LEVELS: usize>(first: &[u64], second: &[u64], words: usize) -> Contingency<LEVELS> {
    let mut counts = [[0_u32; LEVELS]; LEVELS];
    if words > 0 {
        for (i, a) in first.chunks_exact(words).enumerate().take(LEVELS) {
            for (j, b) in second.chunks_exact(words).enumerate().take(LEVELS) {
                counts[i][j] = a.iter().zip(b).map(|(x, y)| (x & y).count_ones()).sum();
            }
        }
    }
    Contingency::from_counts(counts.map(|row| row.map(f64::from)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn positions() -> impl Strategy<Value = Vec<Vec<Option<usize>>>> {
        let row = proptest::collection::vec(proptest::option::weighted(0.8, 0_usize..3), 130);
        proptest::collection::vec(row, 2..6)
    }

    #[test]
    fn a_position_is_replaced_and_outsiders_are_ignored() {
        let mut matrix = PositionMatrix::<3>::new(2, 70);
        matrix.set(0, 69, 2);
        matrix.set(0, 69, 1);
        matrix.set(1, 69, 0);
        matrix.set(1, 70, 0);
        matrix.set(1, 3, 3);
        let table = matrix.pair(0, 1);
        assert_eq!(table.total(), 1.0);
        assert_eq!(table.agreement(), Some(0.5));
        assert!(PositionMatrix::<3>::new(0, 0).pairs().is_empty());
        assert_eq!(PositionMatrix::<3>::new(2, 0).pairs()[0].agreement(), None);
    }

    proptest! {
        #[test]
        fn bits_count_what_pairs_count(rows in positions()) {
            let matrix = PositionMatrix::<3>::from_rows(&rows);
            let mut tables = matrix.pairs().into_iter();
            for first in 0..rows.len() {
                for second in first + 1..rows.len() {
                    let both = rows[first].iter().zip(&rows[second]);
                    let expected = Contingency::<3>::from_pairs(
                        both.filter_map(|(a, b)| Some(((*a)?, (*b)?, 1.0))));
                    prop_assert_eq!(tables.next().unwrap(), expected);
                    prop_assert_eq!(matrix.pair(first, second), expected);
                }
            }
            prop_assert!(tables.next().is_none());
        }

        #[test]
        fn relabelling_states_changes_nothing(rows in positions()) {
            let matrix = PositionMatrix::<3>::from_rows(&rows);
            let turned = PositionMatrix::<3>::from_rows(&rows.iter().rev().cloned().collect::<Vec<_>>());
            let last = rows.len() - 1;
            for distance in [crate::similarity::Distance::Absolute, crate::similarity::Distance::Squared] {
                let (a, b) = (matrix.pair(0, last), turned.pair(0, last));
                let near = |x: Option<f64>, y: Option<f64>| match (x, y) {
                    (Some(x), Some(y)) => (x - y).abs() < 1e-12,
                    (x, y) => x == y,
                };
                prop_assert!(near(a.s(distance), b.s(distance)));
                prop_assert!(near(a.kappa(distance), b.kappa(distance)));
                prop_assert!(near(a.pi(distance), b.pi(distance)));
                prop_assert!(near(a.tau_b(), b.tau_b()));
            }
        }
    }
}
