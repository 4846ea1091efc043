//! Reading a case's inputs and expected values, and comparing.

use std::collections::BTreeMap;
use std::path::Path;

use faer::Mat;

/// The inputs and expected values of a folder, by name.
pub(crate) struct Case {
    pub inputs: Table,
    pub expected: Table,
}

/// Vectors by name.
pub(crate) struct Table(BTreeMap<String, Vec<f64>>);

impl Case {
    pub(crate) fn read(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parity").join(name);
        let table = |file: &str| {
            let text = std::fs::read_to_string(folder.join(file)).unwrap();
            let line = |line: &str| {
                let mut fields = line.split(',');
                let name = fields.next().unwrap().to_owned();
                (name, fields.map(|value| value.parse().unwrap()).collect())
            };
            Table(text.lines().map(line).collect())
        };
        Self { inputs: table("inputs.csv"), expected: table("expected.csv") }
    }

    /// Holds a value to the expected one of this name, relative to its size.
    #[track_caller]
    pub(crate) fn near(&self, name: &str, actual: f64, tolerance: f64) {
        close(name, actual, self.expected.one(name), tolerance);
    }

    /// Holds values to the expected ones of this name, relative to the largest of them.
    #[track_caller]
    pub(crate) fn all_near(&self, name: &str, actual: &[f64], tolerance: f64) {
        let expected = self.expected.all(name);
        assert_eq!(actual.len(), expected.len(), "{name}");
        let scale = expected.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
        for (at, (actual, expected)) in actual.iter().zip(expected).enumerate() {
            let difference = (actual - expected).abs();
            assert!(difference <= tolerance * scale, "{name}[{at}]: {actual} against {expected}");
        }
    }

    /// The same for a matrix, by rows.
    #[track_caller]
    pub(crate) fn matrix_near(&self, name: &str, actual: &Mat<f64>, tolerance: f64) {
        let rows = (0..actual.nrows()).flat_map(|row| (0..actual.ncols()).map(move |column| (row, column)));
        let values: Vec<f64> = rows.map(|at| actual[at]).collect();
        self.all_near(name, &values, tolerance);
    }
}

impl Table {
    #[track_caller]
    pub(crate) fn all(&self, name: &str) -> &[f64] {
        self.0.get(name).unwrap_or_else(|| panic!("no {name}"))
    }

    #[track_caller]
    pub(crate) fn one(&self, name: &str) -> f64 {
        self.all(name)[0]
    }

    /// Names that are there.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Numbers of groups or positions.
    #[track_caller]
    pub(crate) fn positions(&self, name: &str) -> Vec<usize> {
        self.all(name).iter().map(|value| *value as usize).collect()
    }

    /// The rows of a matrix.
    #[track_caller]
    pub(crate) fn rows(&self, name: &str) -> Vec<Vec<f64>> {
        let columns = self.all(&format!("{name}_shape"))[1] as usize;
        self.all(name).chunks(columns).map(<[f64]>::to_vec).collect()
    }

    /// The columns of a matrix.
    #[track_caller]
    pub(crate) fn columns(&self, name: &str) -> Vec<Vec<f64>> {
        let rows = self.rows(name);
        (0..rows[0].len()).map(|column| rows.iter().map(|row| row[column]).collect()).collect()
    }
}

#[track_caller]
pub(crate) fn close(name: &str, actual: f64, expected: f64, tolerance: f64) {
    if expected.is_nan() {
        assert!(actual.is_nan(), "{name}: {actual} against missing");
        return;
    }
    let difference = (actual - expected).abs();
    assert!(difference <= tolerance * expected.abs().max(1e-300), "{name}: {actual} against {expected}");
}
