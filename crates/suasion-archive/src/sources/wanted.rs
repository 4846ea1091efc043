//! Rows of GDELT that are not between wanted states, told by two of their sixty fields.
//!
//! Nine rows in ten are of no concern to a study of one region. What decides it stands in the first
//! third of a row; the rest of such a row is never looked at, but for the day on which it was
//! published, which tells what the file covers.

use std::collections::BTreeSet;

use suasion_actors::{CodeScheme, Crosswalk, StateId};

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

const CODES: usize = 26 * 26 * 26;

fn number(code: &[u8]) -> Option<usize> {
    let [a, b, c] = code else { return None };
    let digit = |letter: &u8| letter.is_ascii_uppercase().then(|| usize::from(letter - b'A'));
    Some(digit(a)? * 676 + digit(b)? * 26 + digit(c)?)
}

impl Wanted {
    /// The codes of a scheme under which rows between these states can stand.
    pub(super) fn new(scheme: CodeScheme, states: &BTreeSet<StateId>) -> Self {
        let mut codes = vec![Known::Not; CODES];
        for (code, state) in Crosswalk::built_in().codes(scheme) {
            let Some(place) = number(code.to_uppercase().as_bytes()) else { continue };
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
        field.is_empty() || number(field).is_some_and(|place| self.codes[place] == Known::Other)
    }

    /// Whether a row surely is not between wanted states. Fields are counted from 0.
    pub(super) fn leaves_out(&self, line: &[u8], first: usize, second: usize) -> bool {
        let Some((field, rest)) = field_after(line, first) else { return false };
        if self.rules_out(field) {
            return true;
        }
        match field_after(rest, second - first - 1) {
            Some((field, _)) => self.rules_out(field),
            None => false,
        }
    }
}

/// The field after so many others, and what follows its tab.
fn field_after(line: &[u8], fields: usize) -> Option<(&[u8], &[u8])> {
    let mut tabs = memchr::memchr_iter(b'\t', line);
    let begin = if fields == 0 { 0 } else { tabs.nth(fields - 1)? + 1 };
    let end = tabs.next()?;
    Some((&line[begin..end], &line[end + 1..]))
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
            assert_eq!(wanted.leaves_out(line.as_bytes(), 1, 3), expected, "{line}");
        }
    }
}
