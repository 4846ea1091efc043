//! Where the level of series changes: the exact sum over all ways to cut them into phases, eight
//! draws at a time.
#![expect(clippy::inline_always, reason = "the functions must be compiled for the processor that is found")]

use std::ops::Range;

use pulp::Arch;

use super::sieve::Lanes;
use super::weights::LANES;

/// Expected number of steps of a phase, before seeing the series, as a share of its length.
const PHASE_SHARE: f64 = 1.0 / 4.0;
/// Least noise variance, in variances of the whole series.
const LEAST_NOISE: f64 = 0.05;
/// Autocorrelation of the noise at most.
const MOST_PERSISTENT: f64 = 0.9;

/// Expected number of changes of level at the positions of the window, in every draw: normal noise
/// with an autoregression of one lag around levels that are drawn anew for each phase, phases of
/// geometric length, all series changing together (Barry & Hartigan 1993, JASA 88:309–319; the
/// recursion of Fearnhead 2006, Statistics and Computing 16:203–213). The noise's autocorrelation
/// is taken from medians of differences at one and two steps, which hardly see a change of level,
/// and the series are freed from it first (Chakar, Lebarbier, Lévy-Leduc & Robin 2017, Bernoulli
/// 23:1408–1447). NaN where a series does not vary.
pub(super) fn expected_changes(series: &[Vec<Lanes>], within: Range<usize>) -> Lanes {
    Arch::new().dispatch(
        #[inline(always)]
        || changes(series)[within].iter().fold([0.0; LANES], |sum, at| add(&sum, at)),
    )
}

/// Probability, for each position, that a new phase begins there.
#[inline(always)]
fn changes(series: &[Vec<Lanes>]) -> Vec<Lanes> {
    let n = series.first().map_or(0, Vec::len);
    let all: Vec<Freed> = series.iter().map(|values| Freed::of(values)).collect();
    let hazard = (1.0 / (PHASE_SHARE * n as f64)).min(0.5);
    let by_length = by_length(&all, n, hazard);
    // Log evidence of the first steps that end with a phase; and where that phase began, with which
    // probability, one triangle in a row.
    let mut forward = vec![[0.0; LANES]; n + 1];
    let mut began = vec![[0.0; LANES]; n * (n + 1) / 2];
    for to in 1..=n {
        let row = &mut began[to * (to - 1) / 2..to * (to + 1) / 2];
        for (from, term) in row.iter_mut().enumerate() {
            *term = add(&forward[from], &by_length[to - from]);
        }
        for one in &all {
            one.add_fits(to, row);
        }
        let evidence = normalise(row);
        let ends = if to < n { hazard.ln() } else { 0.0 };
        forward[to] = evidence.map(|value| value + ends);
    }
    // From the end: a phase ends at a step with some probability, and it began where it may.
    let mut ends = vec![[0.0; LANES]; n + 1];
    ends[n] = [1.0; LANES];
    for to in (1..=n).rev() {
        let here = ends[to];
        let row = &began[to * (to - 1) / 2..to * (to + 1) / 2];
        for (end, share) in ends.iter_mut().zip(row) {
            for lane in 0..LANES {
                end[lane] += here[lane] * share[lane];
            }
        }
    }
    ends.truncate(n);
    if let Some(start) = ends.first_mut() {
        *start = [0.0; LANES];
    }
    ends
}

/// What a phase pays by its length: for having levels of its own, and for lasting so long.
#[inline(always)]
fn by_length(all: &[Freed], n: usize, hazard: f64) -> Vec<Lanes> {
    let stays = (1.0 - hazard).ln();
    (0..=n)
        .map(|length| {
            let lasting = [(length as f64 - 1.0) * stays; LANES];
            all.iter().fold(lasting, |sum, one| add(&sum, &one.price(length)))
        })
        .collect()
}

/// Log terms to shares of their sum; gives the logarithm of the sum.
#[inline(always)]
fn normalise(terms: &mut [Lanes]) -> Lanes {
    let mut largest = [f64::NEG_INFINITY; LANES];
    for term in terms.iter() {
        for lane in 0..LANES {
            largest[lane] = if term[lane] > largest[lane] { term[lane] } else { largest[lane] };
        }
    }
    let mut sum = [0.0; LANES];
    for term in terms.iter_mut() {
        for lane in 0..LANES {
            term[lane] = exponential(term[lane] - largest[lane]);
            sum[lane] += term[lane];
        }
    }
    for term in terms.iter_mut() {
        for lane in 0..LANES {
            term[lane] /= sum[lane];
        }
    }
    std::array::from_fn(|lane| largest[lane] + sum[lane].ln())
}

#[inline(always)]
fn add(first: &Lanes, second: &Lanes) -> Lanes {
    std::array::from_fn(|lane| first[lane] + second[lane])
}

/// The exponential of a number up to nought, to 10⁻¹² of itself; the library's own is a call for
/// each number, and this one is computed for all lanes at once.
#[inline(always)]
fn exponential(value: f64) -> f64 {
    /// Adding it leaves a number's whole part in the last bits, here with an exponent's offset.
    const SHIFT: f64 = 6_755_399_441_055_744.0 + 1023.0;
    const LN_2_HIGH: f64 = 0.693_147_180_369_123_8;
    const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    // Not the library's maximum: it drops NaN.
    let value = if value < -700.0 { -700.0 } else { value };
    let shifted = value * std::f64::consts::LOG2_E + SHIFT;
    let whole = shifted - SHIFT;
    let rest = (value - whole * LN_2_HIGH) - whole * LN_2_LOW;
    let mut power = 1.0 / 3_628_800.0;
    for factorial in [362_880.0, 40_320.0, 5_040.0, 720.0, 120.0, 24.0, 6.0, 2.0, 1.0, 1.0] {
        power = power * rest + 1.0 / factorial;
    }
    power * f64::from_bits(shifted.to_bits() << 52)
}

/// A standardised series freed from the autocorrelation of its noise.
struct Freed {
    /// Sums of the first values.
    sums: Vec<Lanes>,
    /// Variance of levels over that of the noise.
    ratio: Lanes,
    /// By length: what a phase's squared sum counts for.
    weights: Vec<Lanes>,
}

impl Freed {
    #[inline(always)]
    fn of(values: &[Lanes]) -> Self {
        let standard = standardised(values);
        let (one, two) = (variance_of_differences(&standard, 1), variance_of_differences(&standard, 2));
        let phi: Lanes =
            std::array::from_fn(|lane| (two[lane] / one[lane] - 1.0).clamp(0.0, MOST_PERSISTENT));
        let free: Vec<Lanes> = (0..standard.len())
            .map(|at| {
                let before = standard[at.saturating_sub(1)];
                std::array::from_fn(|lane| standard[at][lane] - phi[lane] * before[lane])
            })
            .collect();
        let left = phi.map(|phi| (1.0 - phi) * (1.0 - phi));
        let noise = variance_of_differences(&free, 1);
        let noise: Lanes = std::array::from_fn(|lane| noise[lane].max(LEAST_NOISE * left[lane]));
        let ratio: Lanes = std::array::from_fn(|lane| left[lane] / noise[lane]);
        let mut sums = vec![[0.0; LANES]];
        for value in &free {
            sums.push(add(&sums[sums.len() - 1], value));
        }
        let weight = |length: usize| {
            std::array::from_fn(|lane| {
                ratio[lane] / (2.0 * noise[lane] * (1.0 + length as f64 * ratio[lane]))
            })
        };
        Self { weights: (0..sums.len()).map(weight).collect(), sums, ratio }
    }

    /// Adds what phases that end at a step gain in log marginal likelihood by a level of their
    /// own, by the step at which they begin.
    #[inline(always)]
    fn add_fits(&self, to: usize, row: &mut [Lanes]) {
        let end = self.sums[to];
        let weights = self.weights[1..=to].iter().rev();
        for ((term, start), weight) in row.iter_mut().zip(&self.sums).zip(weights) {
            for lane in 0..LANES {
                let sum = end[lane] - start[lane];
                term[lane] += sum * sum * weight[lane];
            }
        }
    }

    /// What a phase of this length pays for having a level of its own.
    #[inline(always)]
    fn price(&self, length: usize) -> Lanes {
        self.ratio.map(|ratio| -0.5 * (1.0 + length as f64 * ratio).ln())
    }
}

#[inline(always)]
fn standardised(values: &[Lanes]) -> Vec<Lanes> {
    let n = values.len() as f64;
    let mean = values.iter().fold([0.0; LANES], |sum, value| add(&sum, value)).map(|sum| sum / n);
    let mut squares = [0.0; LANES];
    for value in values {
        for lane in 0..LANES {
            squares[lane] += (value[lane] - mean[lane]).powi(2);
        }
    }
    // Nothing over nothing is NaN, and stays so to the end.
    let deviation = squares.map(|sum| (sum / (n - 1.0)).sqrt());
    let standard = |value: &Lanes| std::array::from_fn(|lane| (value[lane] - mean[lane]) / deviation[lane]);
    values.iter().map(standard).collect()
}

/// Variance of noise by the differences between values some positions apart: by their median,
/// which hardly sees a change of level, or by their mean square where most are nought.
#[inline(always)]
fn variance_of_differences(values: &[Lanes], apart: usize) -> Lanes {
    let mut sizes = vec![0.0; values.len().saturating_sub(apart)];
    let middle = sizes.len() / 2;
    std::array::from_fn(|lane| {
        for (at, size) in sizes.iter_mut().enumerate() {
            *size = (values[at + apart][lane] - values[at][lane]).abs();
        }
        if sizes.is_empty() {
            return f64::NAN;
        }
        let median = *sizes.select_nth_unstable_by(middle, f64::total_cmp).1;
        if median > 0.0 {
            // 1.4826 makes a median deviation a normal's standard deviation.
            (1.4826 * median).powi(2) / 2.0
        } else {
            sizes.iter().map(|size| size * size).sum::<f64>() / (2.0 * sizes.len() as f64)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_lanes(values: &[f64]) -> Vec<Lanes> {
        values.iter().map(|value| [*value; LANES]).collect()
    }

    /// All ways to cut a short series, one by one.
    fn by_enumeration(values: &[f64]) -> Vec<f64> {
        let one = Freed::of(&in_lanes(values));
        let n = values.len();
        let hazard: f64 = (1.0 / (PHASE_SHARE * n as f64)).min(0.5);
        let evidence = |from: usize, to: usize| {
            let sum = one.sums[to][0] - one.sums[from][0];
            (sum * sum * one.weights[to - from][0] + one.price(to - from)[0]).exp()
        };
        let (mut total, mut mass) = (0.0, vec![0.0; n]);
        for cuts in 0..1_u32 << (n - 1) {
            let mut bounds = vec![0];
            bounds.extend((1..n).filter(|at| cuts >> (at - 1) & 1 == 1));
            bounds.push(n);
            let weight: f64 = bounds
                .windows(2)
                .map(|pair| {
                    let prior = (1.0 - hazard).powi((pair[1] - pair[0] - 1) as i32);
                    evidence(pair[0], pair[1]) * prior * if pair[1] < n { hazard } else { 1.0 }
                })
                .product();
            total += weight;
            for at in &bounds[1..bounds.len() - 1] {
                mass[*at] += weight;
            }
        }
        mass.into_iter().map(|mass| mass / total).collect()
    }

    #[test]
    fn the_recursion_is_the_sum_over_all_partitions() {
        let values = [0.1, -0.2, 0.0, 0.15, 3.0, 3.2, 2.9, 3.1, 0.4, 0.2];
        let fast = changes(&[in_lanes(&values)]);
        for (own, expected) in fast.iter().zip(by_enumeration(&values)) {
            assert!((own[0] - expected).abs() < 1e-10 && own[0] == own[LANES - 1], "{fast:?}");
        }
    }

    #[test]
    fn a_shift_is_found_where_it_is() {
        let values: Vec<f64> =
            (0..40).map(|at| f64::from(u8::from(at >= 25)) * 4.0 + f64::from(at * 17 % 11) / 5.0).collect();
        let found = changes(&[in_lanes(&values)]);
        let elsewhere = found.iter().enumerate().filter(|(at, _)| *at != 25).map(|(_, share)| share[0]);
        assert!(found[25][0] > 0.95 && elsewhere.fold(0.0, f64::max) < 0.2, "{found:?}");
    }

    #[test]
    fn the_exponential_is_the_librarys() {
        for step in 0..7_000 {
            let value = -f64::from(step) * 0.0973;
            let (own, library) = (exponential(value), value.exp());
            assert!((own / library - 1.0).abs() < 1e-12, "{value}: {own} {library}");
        }
    }

    #[test]
    fn a_series_that_does_not_vary_says_nothing() {
        assert!(expected_changes(&[in_lanes(&[1.0; 8])], 3..5)[0].is_nan());
    }
}
