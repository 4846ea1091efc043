//! Rows of GDELT that are not between wanted states, told by two of their sixty fields.
//!
//! Nine rows in ten are of no concern to a study of one region. What decides it stands in the first
//! third of a row; the rest of such a row is never looked at, but for the day on which it was
//! published, which tells what the file covers.

use std::collections::BTreeSet;

use suasion_actors::{CodeScheme, Crosswalk, StateId};

use super::coded::{THREE_LETTERS, three_letters};

/// What is known of a code of three letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    /// No code of the scheme.
    Not,
    /// A code of other states, or of none.
    Other,
    /// A code that at some time named a wanted state.
    Wanted,
}

/// Codes of three letters, by their number in base 26.
#[derive(Debug)]
pub(super) struct Wanted {
    codes: Vec<Known>,
}

impl Wanted {
    /// The codes of a scheme under which rows between these states can stand.
    pub(super) fn new(scheme: CodeScheme, states: &BTreeSet<StateId>) -> Self {
        let mut codes = vec![Known::Not; THREE_LETTERS];
        for (code, state) in Crosswalk::built_in().codes(scheme) {
            let Some(place) = three_letters(code.to_uppercase().as_bytes()) else { continue };
            let wanted = state.is_some_and(|state| states.contains(&state));
            if wanted {
                codes[place] = Known::Wanted;
            } else if codes[place] == Known::Not {
                codes[place] = Known::Other;
            }
        }
        Self { codes }
    }

    /// Whether a field surely names no wanted state: it is empty, or a code of others. A field that
    /// is no known code is for the reader to refuse.
    fn rules_out(&self, field: &[u8]) -> bool {
        field.is_empty() || three_letters(field).is_some_and(|place| self.codes[place] == Known::Other)
    }

    /// Whether a row surely is not between wanted states. Fields are counted from 0; rows of a
    /// state with itself are wanted or not.
    pub(super) fn leaves_out(&self, line: &[u8], first: usize, second: usize, itself: bool) -> bool {
        let Some((one, rest)) = field_after(line, first) else { return false };
        if self.rules_out(one) {
            return true;
        }
        match field_after(rest, second - first - 1) {
            Some((other, _)) => {
                self.rules_out(other) || (!itself && one == other && three_letters(one).is_some())
            }
            None => false,
        }
    }
}

/// The field after so many others, and what follows its tab.
fn field_after(line: &[u8], fields: usize) -> Option<(&[u8], &[u8])> {
    let begin = if fields == 0 { 0 } else { nth_tab(line, fields - 1)? + 1 };
    let rest = &line[begin..];
    let end = nth_tab(rest, 0)?;
    Some((&rest[..end], &rest[end + 1..]))
}

/// Where the n-th tab is, from 0. Fields are so short that a search for each tab would cost more
/// than looking at eight bytes at a time and counting the tabs among them.
fn nth_tab(bytes: &[u8], mut n: usize) -> Option<usize> {
    let (words, rest) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let mut tabs = tabs_of(u64::from_le_bytes(*word));
        let count = tabs.count_ones() as usize;
        if n < count {
            for _ in 0..n {
                tabs &= tabs - 1;
            }
            return Some(index * 8 + tabs.trailing_zeros() as usize / 8);
        }
        n -= count;
    }
    let begin = bytes.len() - rest.len();
    rest.iter().enumerate().filter(|(_, byte)| **byte == b'\t').nth(n).map(|(index, _)| begin + index)
}

/// The highest bit of every byte that is a tab (Warren, Hacker's Delight, 6-1: bytes that are 0).
fn tabs_of(word: u64) -> u64 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let differs = word ^ 0x0909_0909_0909_0909;
    !(((differs & LOW) + LOW) | differs | LOW)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted() -> Wanted {
        let states = ["RUS", "KAZ"].map(|id| StateId::new(id).unwrap());
        Wanted::new(CodeScheme::Cameo, &states.into())
    }

    #[test]
    fn only_rows_that_surely_do_not_matter_are_ruled_out() {
        let wanted = wanted();
        let cases = [
            ("1\tRUS\tx\tKAZ\ty", false),
            ("1\tRUS\tx\tUSA\ty", true),
            ("1\tUSA\tx\tKAZ\ty", true),
            ("1\t\tx\tKAZ\ty", true),
            ("1\tRUS\tx\t\ty", true),
            ("1\tAFR\tx\tKAZ\ty", true),
            // Unknown codes, and rows that end too early, are the reader's to refuse.
            ("1\tRUS\tx\tZZZ\ty", false),
            ("1\tZZZ\tx\tKAZ\ty", false),
            ("1\tRUS\tx", false),
            ("1", false),
            ("", false),
        ];
        for (line, expected) in cases {
            assert_eq!(wanted.leaves_out(line.as_bytes(), 1, 3, true), expected, "{line}");
        }
        assert!(!wanted.leaves_out(b"1\tRUS\tx\tRUS\ty", 1, 3, true));
        assert!(wanted.leaves_out(b"1\tRUS\tx\tRUS\ty", 1, 3, false));
    }

    proptest::proptest! {
        #[test]
        fn tabs_are_found_where_they_are(bytes in proptest::collection::vec(0_u8..20, 0..70), n in 0_usize..12) {
            let expected = memchr::memchr_iter(b'\t', &bytes).nth(n);
            proptest::prop_assert_eq!(nth_tab(&bytes, n), expected);
        }
    }
}
