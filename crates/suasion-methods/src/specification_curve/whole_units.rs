//! Many least-squares specifications on many draws of whole units, from cross-products alone.
#![expect(clippy::inline_always, reason = "the functions must be compiled for the processor that is found")]

use std::collections::BTreeMap;

use pulp::Arch;
use rayon::prelude::*;

use super::weights::LANES;
use crate::estimate::InsufficientData;

type Lanes = [f64; LANES];

/// Rows of a panel: which unit each belongs to, and columns of values.
#[derive(Debug, Clone, Default)]
pub struct UnitPanel {
    /// Unit of each row, from 0.
    pub units: Vec<usize>,
    /// Columns of as many values.
    pub columns: Vec<Vec<f64>>,
}

/// A regression of one column on others and a constant; the coefficient of `focal` is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitSpecification {
    /// Column of the outcome.
    pub outcome: usize,
    /// Column of the regressor that is asked for.
    pub focal: usize,
    /// Columns of other regressors.
    pub controls: Vec<usize>,
}

/// Specifications that have their regressors in common: factored once for all of them.
struct Family {
    /// Regressors as positions among the cross-products, the constant first.
    regressors: Vec<usize>,
    /// Outcome, and for each specification its number and the focal regressor's place.
    outcomes: Outcomes,
}

type Outcomes = BTreeMap<usize, Vec<(usize, usize)>>;

/// The focal coefficient of every specification in every draw: draws by specifications. `counts`
/// says, draw by draw, how often each unit is drawn; rows of a unit come that often. Where the
/// regressors of a draw repeat each other the coefficient is NaN.
///
/// Each unit's cross-products are computed once, a draw's are their sum, and specifications with
/// the same regressors share one factorisation (Cholesky), whichever outcome they have and whichever
/// regressor they ask for.
pub fn coefficients_by_draw(
    panel: &UnitPanel,
    specifications: &[UnitSpecification],
    counts: &[Vec<f64>],
) -> Result<Vec<Vec<f64>>, InsufficientData> {
    check(panel, specifications)?;
    let products = unit_products(panel);
    let families = families(specifications);
    let size = panel.columns.len() + 1;
    let groups: Vec<Vec<Vec<f64>>> = counts
        .par_chunks(LANES)
        .map(|draws| {
            let mut found = vec![[f64::NAN; LANES]; specifications.len()];
            Arch::new().dispatch(
                #[inline(always)]
                || {
                    let sums = weighted_sums(&products, draws);
                    for family in &families {
                        solve_family(family, &sums, size, &mut found);
                    }
                },
            );
            (0..draws.len()).map(|lane| found.iter().map(|values| values[lane]).collect()).collect()
        })
        .collect();
    Ok(groups.into_iter().flatten().collect())
}

fn check(panel: &UnitPanel, specifications: &[UnitSpecification]) -> Result<(), InsufficientData> {
    let rows = panel.units.len();
    if panel.columns.iter().any(|column| column.len() != rows) {
        return Err(InsufficientData::new("columns are not of one length", rows));
    }
    let known = |column: &usize| *column < panel.columns.len();
    let sound =
        |one: &UnitSpecification| known(&one.outcome) && known(&one.focal) && one.controls.iter().all(known);
    if specifications.iter().all(sound) {
        return Ok(());
    }
    Err(InsufficientData::new("a specification names a column that the panel has not", rows))
}

/// Position of a pair among the packed lower triangle.
#[inline(always)]
fn packed(first: usize, second: usize) -> usize {
    let (high, low) = if first > second { (first, second) } else { (second, first) };
    high * (high + 1) / 2 + low
}

/// Cross-products of a constant and all columns, by unit.
fn unit_products(panel: &UnitPanel) -> Vec<Vec<f64>> {
    let units = panel.units.iter().max().map_or(0, |last| last + 1);
    let size = panel.columns.len() + 1;
    let mut products = vec![vec![0.0; size * (size + 1) / 2]; units];
    let mut row = vec![1.0; size];
    for (number, unit) in panel.units.iter().enumerate() {
        for (value, column) in row[1..].iter_mut().zip(&panel.columns) {
            *value = column[number];
        }
        let own = &mut products[*unit];
        for high in 0..size {
            for low in 0..=high {
                own[packed(high, low)] += row[high] * row[low];
            }
        }
    }
    products
}

fn families(specifications: &[UnitSpecification]) -> Vec<Family> {
    let mut by_set: BTreeMap<Vec<usize>, Outcomes> = BTreeMap::new();
    for (number, one) in specifications.iter().enumerate() {
        let mut set: Vec<usize> = one.controls.iter().map(|column| column + 1).collect();
        set.push(one.focal + 1);
        set.sort_unstable();
        set.dedup();
        set.insert(0, 0);
        let place = set.iter().position(|column| *column == one.focal + 1).unwrap_or(0);
        by_set.entry(set).or_default().entry(one.outcome + 1).or_default().push((number, place));
    }
    by_set.into_iter().map(|(regressors, outcomes)| Family { regressors, outcomes }).collect()
}

#[inline(always)]
fn weighted_sums(products: &[Vec<f64>], draws: &[Vec<f64>]) -> Vec<Lanes> {
    let mut sums = vec![[0.0; LANES]; products.first().map_or(0, Vec::len)];
    for (unit, own) in products.iter().enumerate() {
        let mut times = [0.0; LANES];
        for (lane, draw) in draws.iter().enumerate() {
            times[lane] = draw.get(unit).copied().unwrap_or(0.0);
        }
        for (sum, product) in sums.iter_mut().zip(own) {
            for lane in 0..LANES {
                sum[lane] += times[lane] * product;
            }
        }
    }
    sums
}

/// A pivot below this share of its column's sum of squares repeats the columns before it.
const REPEATS: f64 = 1e-12;

#[inline(always)]
fn take_off(left: &mut Lanes, first: &Lanes, second: &Lanes) {
    for lane in 0..LANES {
        left[lane] -= first[lane] * second[lane];
    }
}

#[inline(always)]
fn times(first: &Lanes, second: &Lanes) -> Lanes {
    std::array::from_fn(|lane| first[lane] * second[lane])
}

#[inline(always)]
fn solve_family(family: &Family, sums: &[Lanes], size: usize, found: &mut [Lanes]) {
    let width = family.regressors.len();
    debug_assert!(width <= size);
    let mut factor = vec![[0.0; LANES]; width * (width + 1) / 2];
    for row in 0..width {
        for column in 0..=row {
            let mut left = sums[packed(family.regressors[row], family.regressors[column])];
            let whole = left;
            for at in 0..column {
                take_off(&mut left, &factor[packed(row, at)], &factor[packed(column, at)]);
            }
            let pivot = if row == column { [0.0; LANES] } else { factor[packed(column, column)] };
            for lane in 0..LANES {
                left[lane] = if row != column {
                    left[lane] * pivot[lane]
                } else if left[lane] > REPEATS * whole[lane] {
                    // The diagonal holds reciprocals: solving multiplies.
                    1.0 / left[lane].sqrt()
                } else {
                    f64::NAN
                };
            }
            factor[packed(row, column)] = left;
        }
    }
    let mut side = vec![[0.0; LANES]; width];
    for (outcome, wanted) in &family.outcomes {
        for row in 0..width {
            let mut left = sums[packed(family.regressors[row], *outcome)];
            for at in 0..row {
                take_off(&mut left, &factor[packed(row, at)], &side[at]);
            }
            side[row] = times(&left, &factor[packed(row, row)]);
        }
        for row in (0..width).rev() {
            let mut left = side[row];
            for at in row + 1..width {
                take_off(&mut left, &factor[packed(at, row)], &side[at]);
            }
            side[row] = times(&left, &factor[packed(row, row)]);
        }
        for (number, place) in wanted {
            found[*number] = side[*place];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Seed;
    use crate::regression::{Design, least_squares};
    use rand::RngExt;

    /// Rows repeated as drawn, regressed one by one.
    fn by_rows(panel: &UnitPanel, one: &UnitSpecification, counts: &[f64]) -> f64 {
        let rows: Vec<usize> = (0..panel.units.len())
            .flat_map(|row| std::iter::repeat_n(row, counts[panel.units[row]] as usize))
            .collect();
        let column = |number: usize| rows.iter().map(|row| panel.columns[number][*row]).collect();
        let mut columns = vec![vec![1.0; rows.len()], column(one.focal)];
        columns.extend(one.controls.iter().map(|control| column(*control)));
        let outcome: Vec<f64> = column(one.outcome);
        least_squares(&Design::new(&columns).unwrap(), &outcome).unwrap().coefficients[1]
    }

    #[test]
    fn cross_products_give_what_the_rows_give() {
        let mut generator = Seed::new(8).generator();
        let units: Vec<usize> = (0..60).map(|row| row / 10).collect();
        let columns = (0..5).map(|_| (0..60).map(|_| generator.random()).collect()).collect();
        let panel = UnitPanel { units, columns };
        let specifications = vec![
            UnitSpecification { outcome: 0, focal: 2, controls: vec![] },
            UnitSpecification { outcome: 1, focal: 4, controls: vec![2, 3] },
            UnitSpecification { outcome: 1, focal: 2, controls: vec![4, 3] },
        ];
        let counts: Vec<Vec<f64>> = (0..11)
            .map(|_| (0..6).map(|_| f64::from(generator.random_range(0..3_u32))).collect())
            .chain([vec![0.0; 6]])
            .collect();
        let found = coefficients_by_draw(&panel, &specifications, &counts).unwrap();
        for (draw, row) in found.iter().enumerate().take(11) {
            for (one, value) in specifications.iter().zip(row) {
                let expected = by_rows(&panel, one, &counts[draw]);
                assert!((value - expected).abs() < 1e-9 * expected.abs().max(1.0), "{value} {expected}");
            }
        }
        assert!(found[11].iter().all(|value| value.is_nan()));
        let wrong = UnitSpecification { outcome: 9, focal: 0, controls: vec![] };
        assert!(coefficients_by_draw(&panel, &[wrong], &counts).is_err());
    }
}
