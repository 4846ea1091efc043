//! What is wrong, where, with which value, and what might help: kept apart.

use std::fmt;

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Location {
    /// The file as the user named it.
    pub file: String,
    /// Line, from 1.
    pub line: Option<u64>,
    /// Character in the line, from 1.
    pub column: Option<u64>,
    /// Name of the table column or the key.
    pub field: Option<String>,
}

impl Location {
    /// A file as a whole.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), ..Self::default() }
    }

    /// The same file at a line.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// The line and character of a byte offset in the file's text.
    #[must_use]
    pub fn at_offset(mut self, text: &str, offset: usize) -> Self {
        let before = &text[..text.floor_char_boundary(offset)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        self.line = Some(before.matches('\n').count() as u64 + 1);
        self.column = Some(before[line_start..].chars().count() as u64 + 1);
        self
    }
}

impl fmt::Display for Location {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(formatter, ":{line}")?;
            if let Some(column) = self.column {
                write!(formatter, ":{column}")?;
            }
        }
        if let Some(field) = &self.field {
            write!(formatter, ", {field}")?;
        }
        Ok(())
    }
}

/// An error that stops the work, told so that the user can mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, value and bound included.
    pub message: String,
    /// Where it stands, if in a file.
    pub location: Option<Location>,
    /// What might help.
    pub hint: Option<String>,
}

impl Problem {
    /// A problem without a place.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), location: None, hint: None }
    }

    /// The same problem at a place.
    #[must_use]
    pub fn at(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }

    /// The same problem with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// A file that could not be read or written.
    pub fn file(action: &str, path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::new(format!("cannot {action} {}: {error}", path.display()))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)?;
        if let Some(location) = &self.location {
            write!(formatter, "\n  at {location}")?;
        }
        if let Some(hint) = &self.hint {
            write!(formatter, "\n  hint: {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}

/// The candidate nearest to what was written, if near enough to be meant.
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(written, candidate), candidate))
        .min()
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 3)
        .map(|(_, candidate)| candidate)
}

/// A hint for what was written: the candidate that may be meant, or else all of them, such as
/// "kinds are …".
pub fn nearest_or_all(written: &str, what: &str, candidates: &[&str]) -> String {
    nearest(written, candidates.iter().copied()).map_or_else(
        || format!("{what} are {}", candidates.join(", ")),
        |near| format!("did you mean `{near}`?"),
    )
}
