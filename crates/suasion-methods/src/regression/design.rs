//! The matrix of regressors and its decomposition.

use faer::{Mat, MatRef};

/// Why a regression cannot be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DesignProblem {
    /// Columns or the outcome differ in length.
    Lengths,
    /// No more rows than columns.
    TooFewRows {
        /// Rows there are.
        rows: usize,
        /// Columns there are.
        columns: usize,
    },
    /// A column repeats what others say.
    Collinear {
        /// Its position.
        column: usize,
    },
    /// A value is not a number, or a count is negative.
    Value,
    /// The iterations did not settle.
    NoConvergence,
}

/// Regressors, rows by columns, of full rank.
#[derive(Debug, Clone)]
pub struct Design {
    pub(super) matrix: Mat<f64>,
}

/// A column whose part outside the others is smaller than this share of itself repeats them.
const COLLINEAR: f64 = 1e-10;

impl Design {
    /// A design from columns of equal length; a constant is a column like others.
    pub fn new(columns: &[Vec<f64>]) -> Result<Self, DesignProblem> {
        let rows = columns.first().map_or(0, Vec::len);
        if columns.iter().any(|column| column.len() != rows) {
            return Err(DesignProblem::Lengths);
        }
        if columns.iter().flatten().any(|value| !value.is_finite()) {
            return Err(DesignProblem::Value);
        }
        if rows <= columns.len() {
            return Err(DesignProblem::TooFewRows { rows, columns: columns.len() });
        }
        let matrix = Mat::from_fn(rows, columns.len(), |row, column| columns[column][row]);
        let design = Self { matrix };
        triangular(&design.matrix)?;
        Ok(design)
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.matrix.nrows()
    }

    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.matrix.ncols()
    }
}

/// The triangular factor R of a matrix, X = QR; an error where a column repeats others.
pub(super) fn triangular(matrix: &Mat<f64>) -> Result<Mat<f64>, DesignProblem> {
    let factor = matrix.qr().thin_R().to_owned();
    match repeating_column(factor.as_ref(), COLLINEAR) {
        Some(column) => Err(DesignProblem::Collinear { column }),
        None => Ok(factor),
    }
}

/// The first column of a triangular factor whose part outside of the columns before it is no more
/// than a share `bound` of itself.
pub(crate) fn repeating_column(factor: MatRef<'_, f64>, bound: f64) -> Option<usize> {
    (0..factor.ncols()).find(|column| {
        let whole = (0..=*column).map(|row| factor[(row, *column)].powi(2)).sum::<f64>().sqrt();
        let own = factor[(*column, *column)].abs();
        own.is_nan() || own <= bound * whole
    })
}

/// Inverse of X'X, and diagonal of the hat matrix, from X itself.
pub(crate) fn bread_and_leverage(matrix: &Mat<f64>) -> Result<(Mat<f64>, Vec<f64>), DesignProblem> {
    let factor = triangular(matrix)?;
    let size = factor.ncols();
    let mut inverse = Mat::<f64>::zeros(size, size);
    for column in 0..size {
        for row in (0..=column).rev() {
            let rest: f64 = (row + 1..=column).map(|k| factor[(row, k)] * inverse[(k, column)]).sum();
            let one = if row == column { 1.0 } else { 0.0 };
            inverse[(row, column)] = (one - rest) / factor[(row, row)];
        }
    }
    let orthogonal = matrix * &inverse;
    let leverage =
        (0..matrix.nrows()).map(|row| (0..size).map(|k| orthogonal[(row, k)].powi(2)).sum()).collect();
    Ok((&inverse * inverse.transpose(), leverage))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_told_apart() {
        let one = vec![1.0; 6];
        let time: Vec<f64> = (0..6).map(f64::from).collect();
        let both: Vec<f64> = time.iter().map(|t| 2.0 - 3.0 * t).collect();
        assert_eq!(
            Design::new(&[one.clone(), time.clone(), both]).unwrap_err(),
            DesignProblem::Collinear { column: 2 }
        );
        assert_eq!(Design::new(&[one.clone(), vec![1.0]]).unwrap_err(), DesignProblem::Lengths);
        assert_eq!(Design::new(&[vec![f64::NAN; 6]]).unwrap_err(), DesignProblem::Value);
        assert_eq!(Design::new(&[vec![1.0]]).unwrap_err(), DesignProblem::TooFewRows { rows: 1, columns: 1 });
        assert!(Design::new(&[one, time]).is_ok());
    }
}
