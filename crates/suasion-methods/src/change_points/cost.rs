//! Costs of fitting one segment (Killick, Fearnhead & Eckley 2012, section 2). All are twice the
//! negative log-likelihood up to a constant, or a sum of squares, so that cutting a segment never
//! raises its cost (but for the floor of variances in [`NormalMeanVariance`], far below what data
//! show).

use pulp::Arch;

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

    /// Adds to `totals` the costs of the observations `start..end` for a run of neighbouring starts,
    /// the first of which is `first`. (Worth writing apart where it can be done for several starts
    /// at a time.)
    fn add_run(&self, first: usize, end: usize, totals: &mut [f64]) {
        for (at, total) in totals.iter_mut().enumerate() {
            *total += self.of(first + at, end);
        }
    }
}

/// Running sums and running sums of squares; entry t covers the first t values.
#[derive(Debug, Clone)]
struct Sums {
    values: Vec<f64>,
    squares: Vec<f64>,
}

fn sums(values: impl Iterator<Item = f64>) -> Sums {
    let mut sums = Sums { values: vec![0.0], squares: vec![0.0] };
    let (mut total, mut squares) = (0.0, 0.0);
    for value in values {
        total += value;
        squares += value * value;
        sums.values.push(total);
        sums.squares.push(squares);
    }
    sums
}

/// Length shared by all series; `None` if they differ or nothing is there.
fn shared_length<T>(series: &[Vec<T>]) -> Option<usize> {
    let length = series.first()?.len();
    (length > 0 && series.iter().all(|values| values.len() == length)).then_some(length)
}

/// Squared distances from the mean of the values between two positions.
#[inline]
fn squares(sums: &Sums, start: usize, end: usize) -> f64 {
    let total = sums.values[end] - sums.values[start];
    (sums.squares[end] - sums.squares[start] - total * total / (end - start) as f64).max(0.0)
}

/// Sum of squared distances from the segment's mean, over all series at once.
#[derive(Debug, Clone)]
pub struct LeastSquares {
    length: usize,
    shortest: usize,
    sums: Vec<Sums>,
    /// One over `length` less the position: one over the length of a segment, in the order of its
    /// starts.
    shares: Vec<f64>,
}

impl LeastSquares {
    /// A cost over parallel series of equal length; `None` if the lengths differ, nothing is
    /// there or a value is not finite. `shortest` is the fewest observations of a segment, at least 1.
    pub fn new(series: &[Vec<f64>], shortest: usize) -> Option<Self> {
        let length = shared_length(series)?;
        if series.iter().flatten().any(|value| !value.is_finite()) {
            return None;
        }
        // Distances from a mean do not depend on the origin; a near one keeps digits.
        let sums = series.iter().map(|values| {
            let origin = values.iter().sum::<f64>() / length as f64;
            sums(values.iter().map(|value| value - origin))
        });
        let shares = (0..length).map(|at| 1.0 / (length - at) as f64).collect();
        Some(Self { length, shortest: shortest.max(1), sums: sums.collect(), shares })
    }
}

impl Cost for LeastSquares {
    fn len(&self) -> usize {
        self.length
    }

    fn shortest(&self) -> usize {
        self.shortest
    }

    #[inline]
    fn of(&self, start: usize, end: usize) -> f64 {
        self.sums.iter().map(|sums| squares(sums, start, end)).sum()
    }

    fn add_run(&self, first: usize, end: usize, totals: &mut [f64]) {
        let count = totals.len();
        let shares = &self.shares[self.length - end + first..][..count];
        for sums in &self.sums {
            let (values, squares) = (&sums.values[first..][..count], &sums.squares[first..][..count]);
            let (to, to_squares) = (sums.values[end], sums.squares[end]);
            Arch::new().dispatch(|| {
                for (((total, from), from_squares), share) in
                    totals.iter_mut().zip(values).zip(squares).zip(shares)
                {
                    let sum = to - from;
                    *total += (to_squares - from_squares - sum * sum * share).max(0.0);
                }
            });
        }
    }
}

/// Normal observations whose mean and variance both change: n log σ̂², summed over series that
/// are taken as independent of each other.
#[derive(Debug, Clone)]
pub struct NormalMeanVariance {
    squares: LeastSquares,
    /// Per series: least variance, so that equal neighbours do not make a segment of their own.
    floors: Vec<f64>,
}

/// Least variance of a segment as a share of the series' own.
const VARIANCE_FLOOR: f64 = 1e-9;

impl NormalMeanVariance {
    /// As [`LeastSquares::new`], with segments of at least 2 observations; `None` also where a
    /// series never varies.
    pub fn new(series: &[Vec<f64>], shortest: usize) -> Option<Self> {
        let squares = LeastSquares::new(series, shortest.max(2))?;
        let n = squares.length;
        let whole = squares.sums.iter().map(|sums| self::squares(sums, 0, n) / n as f64);
        let floors: Vec<f64> = whole.map(|variance| variance * VARIANCE_FLOOR).collect();
        floors.iter().all(|floor| *floor > 0.0).then_some(Self { squares, floors })
    }
}

impl Cost for NormalMeanVariance {
    fn len(&self) -> usize {
        self.squares.length
    }

    fn shortest(&self) -> usize {
        self.squares.shortest
    }

    fn of(&self, start: usize, end: usize) -> f64 {
        let n = (end - start) as f64;
        let one = |(sums, floor): (&Sums, &f64)| n * (squares(sums, start, end) / n).max(*floor).ln();
        self.squares.sums.iter().zip(&self.floors).map(one).sum()
    }
}

/// How counts spread around a segment's mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CountSpread {
    /// Variance equal to the mean.
    Poisson,
    /// Variance m + m²/r with a known size r.
    NegativeBinomial {
        /// The size r.
        size: f64,
    },
}

/// Counts whose mean changes: −2 log-likelihood without the terms that no segmentation changes.
#[derive(Debug, Clone)]
pub struct Counts {
    length: usize,
    shortest: usize,
    spread: CountSpread,
    sums: Vec<Vec<f64>>,
}

impl Counts {
    /// As [`LeastSquares::new`]; `None` also for a size that is not positive.
    pub fn new(series: &[Vec<u32>], spread: CountSpread, shortest: usize) -> Option<Self> {
        let length = shared_length(series)?;
        if matches!(spread, CountSpread::NegativeBinomial { size } if !size.is_finite() || size <= 0.0) {
            return None;
        }
        let running = |values: &Vec<u32>| {
            let later = values.iter().scan(0.0, |sum, value| {
                *sum += f64::from(*value);
                Some(*sum)
            });
            std::iter::once(0.0).chain(later).collect()
        };
        Some(Self { length, shortest: shortest.max(1), spread, sums: series.iter().map(running).collect() })
    }

    fn one(&self, total: f64, n: f64) -> f64 {
        let mean = total / n;
        let times_log = |factor: f64, of: f64| if factor > 0.0 { factor * of.ln() } else { 0.0 };
        match self.spread {
            CountSpread::Poisson => 2.0 * (total - times_log(total, mean)),
            CountSpread::NegativeBinomial { size } => {
                -2.0 * (n * size * (size / (size + mean)).ln() + times_log(total, mean / (size + mean)))
            }
        }
    }
}

impl Cost for Counts {
    fn len(&self) -> usize {
        self.length
    }

    fn shortest(&self) -> usize {
        self.shortest
    }

    fn of(&self, start: usize, end: usize) -> f64 {
        let n = (end - start) as f64;
        self.sums.iter().map(|sum| self.one(sum[end] - sum[start], n)).sum()
    }
}
