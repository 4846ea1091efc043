//! One report of the press, from which several rows are coded.

use std::fmt::Write;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

use super::words::{COUNTRIES, Country, DOMAINS, SLUG};

/// A number below a bound.
pub(super) fn below(random: &mut ChaCha8Rng, bound: u32) -> u32 {
    ((u64::from(random.next_u32()) * u64::from(bound)) >> 32) as u32
}

/// Whether something happens that happens so many times in a thousand.
pub(super) fn in_thousand(random: &mut ChaCha8Rng, times: u32) -> bool {
    below(random, 1000) < times
}

/// One of several, by weight.
pub(super) fn weighted<'a, T>(random: &mut ChaCha8Rng, all: &'a [T], weight: impl Fn(&T) -> u32) -> &'a T {
    let total: u32 = all.iter().map(&weight).sum();
    let mut drawn = below(random, total);
    for one in all {
        if drawn < weight(one) {
            return one;
        }
        drawn -= weight(one);
    }
    &all[all.len() - 1]
}

/// A report: where it appeared and which states it is mostly about.
pub(super) struct Article {
    pub(super) url: String,
    pub(super) states: [&'static Country; 2],
    pub(super) tone: String,
    pub(super) mentions: u32,
    /// Rows still to come from it.
    pub(super) rows: u32,
}

impl Article {
    pub(super) fn new(random: &mut ChaCha8Rng) -> Self {
        let mut url = format!("https://{}/", DOMAINS[below(random, DOMAINS.len() as u32) as usize]);
        for _ in 0..5 + below(random, 6) {
            if in_thousand(random, 450) {
                // Names and rare words: what makes addresses hard to pack.
                (0..4 + below(random, 5)).for_each(|_| url.push(char::from(b'a' + below(random, 26) as u8)));
            } else {
                url += SLUG[below(random, SLUG.len() as u32) as usize];
            }
            url.push('-');
        }
        let _ = write!(url, "{:08x}", random.next_u32());
        let state = |random: &mut ChaCha8Rng| weighted(random, &COUNTRIES, |country| country.weight);
        let mut tone = format!("{}", f64::from(below(random, 16_000_000)) / 1e6 - 10.0);
        let _ = write!(tone, "{}", random.next_u32() % 10_000_000);
        let states = [state(random), state(random)];
        // Most reports give a few rows, some very many.
        let rows = 1 + below(random, 3) + if in_thousand(random, 250) { below(random, 12) } else { 0 };
        Self { url, states, tone, mentions: 1 + below(random, 12), rows }
    }
}
