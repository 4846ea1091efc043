//! A null that keeps each series' own memory: one of them is shifted around in time.

/// Share of all non-trivial circular shifts of the second series whose statistic is at most
/// (`lower`) or at least (not `lower`) the observed one, with one added. The statistic gets both
/// series; the number of shifts is the series' length minus one. `None` if the observed statistic
/// is undefined or the series are shorter than 8.
pub fn circular_shift_test<T: Clone>(
    first: &[T],
    second: &[T],
    lower: bool,
    statistic: impl Fn(&[T], &[T]) -> Option<f64>,
) -> Option<(f64, f64)> {
    if first.len() != second.len() || first.len() < 8 {
        return None;
    }
    let observed = statistic(first, second).filter(|value| value.is_finite())?;
    let mut shifted = second.to_vec();
    let (mut reached, mut shifts) = (0_usize, 0_usize);
    for _ in 1..second.len() {
        shifted.rotate_left(1);
        let Some(value) = statistic(first, &shifted) else { continue };
        shifts += 1;
        let as_extreme = if lower { value <= observed + 1e-12 } else { value >= observed - 1e-12 };
        reached += usize::from(as_extreme);
    }
    Some((observed, (reached + 1) as f64 / (shifts + 1) as f64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::association::pearson;

    #[test]
    fn a_series_goes_best_with_itself_unshifted() {
        let values: Vec<f64> = (0..50).map(|i| f64::from(i * i % 17)).collect();
        let (observed, p) = circular_shift_test(&values, &values, false, pearson).unwrap();
        assert!((observed - 1.0).abs() < 1e-12);
        assert!(p <= 3.0 / 50.0);
        assert_eq!(circular_shift_test(&values[..4], &values[..4], true, pearson), None);
    }
}
