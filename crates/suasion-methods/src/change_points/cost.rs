//! Costs of fitting one segment.

/// The cost of describing a stretch of a series by one set of parameters.
pub trait Cost {
    /// Number of observations.
    fn len(&self) -> usize;

    /// Whether there is nothing to segment.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Fewest observations that a segment may have.
    fn shortest(&self) -> usize {
        1
    }

    /// Cost of the observations `start..end`; `start < end`.
    fn of(&self, start: usize, end: usize) -> f64;
}

/// Sum of squared distances from the segment's mean, over all series at once.
#[derive(Debug, Clone)]
pub struct LeastSquares {
    length: usize,
    shortest: usize,
    /// Per series, running sums and running sums of squares; entry t covers the first t values.
    sums: Vec<(Vec<f64>, Vec<f64>)>,
}

impl LeastSquares {
    /// A cost over parallel series of equal length; `None` if the lengths differ or nothing is
    /// there. `shortest` is the fewest observations of a segment, at least 1.
    pub fn new(series: &[Vec<f64>], shortest: usize) -> Option<Self> {
        let length = series.first()?.len();
        if length == 0 || series.iter().any(|values| values.len() != length) {
            return None;
        }
        let running = |values: &[f64], power: i32| {
            std::iter::once(0.0)
                .chain(values.iter().scan(0.0, |sum, value| {
                    *sum += value.powi(power);
                    Some(*sum)
                }))
                .collect::<Vec<f64>>()
        };
        Some(Self {
            length,
            shortest: shortest.max(1),
            sums: series.iter().map(|values| (running(values, 1), running(values, 2))).collect(),
        })
    }
}

impl Cost for LeastSquares {
    fn len(&self) -> usize {
        self.length
    }

    fn shortest(&self) -> usize {
        self.shortest
    }

    fn of(&self, start: usize, end: usize) -> f64 {
        let n = (end - start) as f64;
        self.sums
            .iter()
            .map(|(sum, squares)| {
                let total = sum[end] - sum[start];
                (squares[end] - squares[start] - total * total / n).max(0.0)
            })
            .sum()
    }
}
