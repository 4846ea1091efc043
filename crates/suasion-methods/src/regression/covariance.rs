//! Sandwich covariances: bread, meat, bread.

use std::collections::BTreeMap;

use faer::Mat;

use super::Fit;

/// How heteroskedastic errors are weighted (MacKinnon & White 1985).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heteroskedastic {
    /// Squared residuals as they are (White 1980).
    Hc0,
    /// Times n / (n − k).
    Hc1,
    /// Residuals divided by one less their leverage.
    Hc3,
}

/// Which dependence between errors is allowed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Covariance<'a> {
    /// None, and equal variances (or a Poisson one).
    Classical,
    /// None, but unequal variances.
    Heteroskedastic(Heteroskedastic),
    /// Rows in order of time depend on rows up to so many before (Newey & West 1987; Bartlett
    /// weights, no prewhitening). `small_sample` multiplies by n / (n − k).
    NeweyWest {
        /// Rows back.
        lags: usize,
        /// Whether to correct for few rows.
        small_sample: bool,
    },
    /// Rows of the same group depend on each other in any way (Liang & Zeger 1986). `small_sample`
    /// multiplies by G / (G − 1) · (n − 1) / (n − k).
    Cluster {
        /// Group of each row.
        groups: &'a [usize],
        /// Whether to correct for few groups.
        small_sample: bool,
    },
    /// Rows that share a group on either side (Cameron, Gelbach & Miller 2011): the sum of both
    /// less that of their intersections, each with its own correction. It may have negative
    /// variances.
    TwoWay {
        /// First group of each row.
        first: &'a [usize],
        /// Second group of each row.
        second: &'a [usize],
        /// Whether to correct for few groups.
        small_sample: bool,
    },
    /// Rows are dyads, and rows that share a state depend on each other in any way (Aronow,
    /// Samii & Assenova 2015). Not corrected for few states; it may have negative variances.
    Dyadic {
        /// One state of each row.
        first: &'a [usize],
        /// The other.
        second: &'a [usize],
    },
}

impl Fit {
    /// The covariance of the coefficients, columns by columns. Not numbers where it cannot be had:
    /// where groups are not as many as rows, where there is one group only (its scores sum to zero
    /// whatever the errors), and for HC3 where a row has a column to itself.
    pub fn covariance(&self, kind: &Covariance<'_>) -> Mat<f64> {
        let (n, k) = (self.rows() as f64, self.coefficients.len() as f64);
        let rows_per_freedom = n / (n - k);
        let told = |groups: &[usize]| groups.len() == self.rows();
        let sound = match *kind {
            Covariance::Cluster { groups, .. } => told(groups),
            Covariance::TwoWay { first, second, .. } | Covariance::Dyadic { first, second } => {
                told(first) && told(second)
            }
            _ => true,
        };
        if !sound {
            return self.unknown();
        }
        match *kind {
            Covariance::Classical => scaled(&self.bread, self.dispersion),
            Covariance::Heteroskedastic(weights) => {
                let meat = match weights {
                    Heteroskedastic::Hc0 => self.outer(|_| 1.0),
                    Heteroskedastic::Hc1 => scaled(&self.outer(|_| 1.0), rows_per_freedom),
                    Heteroskedastic::Hc3 => self.outer(|row| match 1.0 - self.leverage[row] {
                        own if own < 1e-10 => f64::NAN,
                        own => own.powi(-2),
                    }),
                };
                self.sandwich(&meat)
            }
            Covariance::NeweyWest { lags, small_sample } => {
                let factor = if small_sample { rows_per_freedom } else { 1.0 };
                scaled(&self.sandwich(&self.newey_west(lags)), factor)
            }
            Covariance::Cluster { groups, small_sample } => {
                self.clustered(|row| (groups[row], 0), small_sample)
            }
            Covariance::TwoWay { first, second, small_sample } => {
                let one = self.clustered(|row| (first[row], 0), small_sample);
                let two = self.clustered(|row| (second[row], 0), small_sample);
                let both = |row: usize| (first[row], second[row]);
                one + two - self.clustered(both, small_sample)
            }
            Covariance::Dyadic { first, second } => self.dyadic(first, second),
        }
    }

    fn unknown(&self) -> Mat<f64> {
        let k = self.coefficients.len();
        Mat::from_fn(k, k, |_, _| f64::NAN)
    }

    fn outer(&self, weight: impl Fn(usize) -> f64) -> Mat<f64> {
        let weighted = Mat::from_fn(self.scores.nrows(), self.scores.ncols(), |row, column| {
            self.scores[(row, column)] * weight(row)
        });
        self.scores.transpose() * &weighted
    }

    fn sandwich(&self, meat: &Mat<f64>) -> Mat<f64> {
        &self.bread * meat * &self.bread
    }

    fn newey_west(&self, lags: usize) -> Mat<f64> {
        let n = self.scores.nrows();
        let mut meat = self.outer(|_| 1.0);
        for lag in 1..=lags.min(n.saturating_sub(1)) {
            let weight = 1.0 - lag as f64 / (lags as f64 + 1.0);
            let later = self.scores.submatrix(lag, 0, n - lag, self.scores.ncols());
            let earlier = self.scores.submatrix(0, 0, n - lag, self.scores.ncols());
            let cross = later.transpose() * earlier;
            meat += scaled(&(&cross + cross.transpose()), weight);
        }
        meat
    }

    /// Sums of scores by key.
    fn sums<Key: Ord>(&self, keys: impl Fn(usize) -> Vec<Key>) -> BTreeMap<Key, Vec<f64>> {
        let k = self.scores.ncols();
        let mut sums: BTreeMap<Key, Vec<f64>> = BTreeMap::new();
        for row in 0..self.scores.nrows() {
            for key in keys(row) {
                let sum = sums.entry(key).or_insert_with(|| vec![0.0; k]);
                for (column, total) in sum.iter_mut().enumerate() {
                    *total += self.scores[(row, column)];
                }
            }
        }
        sums
    }

    fn squares_of_sums<Key: Ord>(&self, sums: &BTreeMap<Key, Vec<f64>>) -> Mat<f64> {
        let k = self.scores.ncols();
        let mut meat = Mat::zeros(k, k);
        for sum in sums.values() {
            for i in 0..k {
                for j in 0..k {
                    meat[(i, j)] += sum[i] * sum[j];
                }
            }
        }
        meat
    }

    fn clustered(&self, group: impl Fn(usize) -> (usize, usize), small_sample: bool) -> Mat<f64> {
        let sums = self.sums(|row| vec![group(row)]);
        if sums.len() < 2 {
            return self.unknown();
        }
        let (n, k, groups) = (self.rows() as f64, self.coefficients.len() as f64, sums.len() as f64);
        let factor = if small_sample { groups / (groups - 1.0) * (n - 1.0) / (n - k) } else { 1.0 };
        scaled(&self.sandwich(&self.squares_of_sums(&sums)), factor)
    }

    /// Summing by state counts two rows of the same dyad twice, hence the sums by dyad.
    fn dyadic(&self, first: &[usize], second: &[usize]) -> Mat<f64> {
        let states = |row: usize| match (first[row], second[row]) {
            (a, b) if a != b => vec![a.min(b), a.max(b)],
            (a, _) => vec![a],
        };
        let by_state = self.squares_of_sums(&self.sums(states));
        let pairs = |row: usize| {
            let states = states(row);
            if states.len() == 2 { vec![(states[0], states[1])] } else { Vec::new() }
        };
        self.sandwich(&(by_state - self.squares_of_sums(&self.sums(pairs))))
    }
}

/// A matrix times a number.
pub(crate) fn scaled(matrix: &Mat<f64>, factor: f64) -> Mat<f64> {
    Mat::from_fn(matrix.nrows(), matrix.ncols(), |row, column| matrix[(row, column)] * factor)
}
