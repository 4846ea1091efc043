//! Closed formulas, block lengths and change points against scipy, arch and ruptures
//! (`first/generate.py`).

use std::collections::BTreeMap;

use suasion_methods::association::{pearson, spearman};
use suasion_methods::change_points::{LeastSquares, pelt};
use suasion_methods::diversity::{jensen_shannon, rarefied_hill_one, shannon};
use suasion_methods::resample::politis_white;
use suasion_methods::trend::theil_sen;

/// Closed formulas in double precision on both sides: only rounding may differ.
const ROUNDING: f64 = 1e-10;

fn expected() -> BTreeMap<String, Vec<f64>> {
    include_str!("first/expected.csv")
        .lines()
        .map(|line| {
            let mut fields = line.split(',');
            let name = fields.next().unwrap().to_owned();
            (name, fields.map(|value| value.parse().unwrap()).collect())
        })
        .collect()
}

/// The generator of `generate.py`.
fn series(n: usize, coefficient: f64, seed: u64) -> Vec<f64> {
    let (mut state, mut value) = (seed, 0.0);
    (0..n)
        .map(|_| {
            state = (1_103_515_245 * state + 12_345) % (1 << 31);
            value = coefficient * value + (state as f64 / f64::from(1_u32 << 31) - 0.5);
            value
        })
        .collect()
}

fn steps(seed: u64) -> Vec<f64> {
    let levels = [0.0, 1.5, -1.0];
    series(90, 0.0, seed).iter().enumerate().map(|(i, noise)| noise + levels[i / 30]).collect()
}

#[track_caller]
fn near(actual: Option<f64>, expected: f64) {
    let actual = actual.unwrap();
    assert!((actual - expected).abs() < ROUNDING * expected.abs().max(1.0), "{actual} {expected}");
}

#[test]
fn closed_formulas() {
    let table = expected();
    let (x, y) = ([1.0, 2.0, 2.0, 4.0, 5.0], [3.0, 1.0, 4.0, 4.0, 6.0]);
    near(pearson(&x, &y), table["pearson"][0]);
    near(spearman(&x, &y), table["spearman"][0]);
    let time = [0.0, 1.0, 2.0, 3.0, 4.0];
    near(theil_sen(&time, &[1.0, 3.0, 2.0, 5.0, 4.0]), table["theil_sen"][0]);
    near(jensen_shannon(&[vec![2, 2], vec![1, 3]]), table["jensen_shannon"][0]);
    near(shannon(&[4, 2, 1, 1]), table["entropy"][0]);
    near(rarefied_hill_one(&[5, 3, 2], 4), table["rarefied_5_3_2_to_4"][0]);
    near(rarefied_hill_one(&[6, 2, 1, 1], 6), table["rarefied_6_2_1_1_to_6"][0]);
}

#[test]
fn block_lengths_match_arch() {
    let table = expected();
    for coefficient in ["0.0", "0.3", "0.6", "0.9"] {
        for n in [60, 200, 400] {
            let values = series(n, coefficient.parse().unwrap(), 7 + n as u64);
            let reference = table[&format!("block_length_{coefficient}_{n}")][0];
            // suasion's floor of one observation is not in arch.
            near(Some(politis_white(&values)), reference.max(1.0));
        }
    }
}

#[test]
fn change_points_match_ruptures() {
    let cost = LeastSquares::new(&[steps(1), steps(2)], 3).unwrap();
    for (name, points) in expected().iter().filter(|(name, _)| name.starts_with("pelt_")) {
        let penalty: f64 = name["pelt_".len()..].parse().unwrap();
        let found: Vec<f64> = pelt(&cost, penalty).iter().map(|&point| point as f64).collect();
        assert_eq!(&found, points, "{name}");
    }
}
