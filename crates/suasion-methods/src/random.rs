//! Seeds that are derived by name, so that no result depends on the order of work.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// A seed from which further seeds are derived by label or number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seed(u64);

impl Seed {
    /// The seed that a study states.
    pub fn new(value: u64) -> Self {
        Self(value)
    }

    /// The seed of a named piece of work.
    #[must_use]
    pub fn named(self, label: &str) -> Self {
        // FNV-1a over the label, started from the parent seed.
        let hash = label.bytes().fold(0xcbf2_9ce4_8422_2325 ^ self.0, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self(mix(hash))
    }

    /// The seed of a numbered piece of work, such as one bootstrap draw.
    #[must_use]
    pub fn numbered(self, number: u64) -> Self {
        Self(mix(self.0.wrapping_add(number.wrapping_mul(0x9e37_79b9_7f4a_7c15))))
    }

    /// A generator started from this seed.
    pub fn generator(self) -> ChaCha8Rng {
        ChaCha8Rng::seed_from_u64(self.0)
    }
}

/// The finaliser of SplitMix64 (Steele, Lea & Flood 2014): spreads nearby seeds apart.
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::Seed;

    #[test]
    fn seeds_differ_by_label_and_number() {
        let seed = Seed::new(20_130_212);
        assert_ne!(seed.named("a"), seed.named("b"));
        assert_ne!(seed.numbered(0), seed.numbered(1));
        assert_eq!(seed.named("a").numbered(7), seed.named("a").numbered(7));
    }
}
