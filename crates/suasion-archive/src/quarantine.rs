//! Rows that could not be read, kept with their reason, and the count that must add up.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One row that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quarantined {
    /// File as the user named it.
    pub file: String,
    /// Line of the row, from 1.
    pub line: u64,
    /// Column that was refused; empty if the whole row.
    pub column: String,
    /// The value as it stood.
    pub value: String,
    /// Why it was refused.
    pub reason: String,
    /// What might help; may be empty.
    pub hint: String,
}

impl fmt::Display for Quarantined {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.file, self.line)?;
        if !self.column.is_empty() {
            write!(formatter, ", {}", self.column)?;
        }
        write!(formatter, ": {}", self.reason)?;
        if !self.hint.is_empty() {
            write!(formatter, " ({})", self.hint)?;
        }
        Ok(())
    }
}

/// What became of the rows of one file: rows in = stored + quarantined + filtered.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Ledger {
    /// Data rows read.
    pub rows_in: u64,
    /// Rows that entered the table.
    pub stored: u64,
    /// Rows left out by request.
    pub filtered: u64,
    /// Rows refused.
    pub refused: u64,
    /// The refused rows; of more than [`Ledger::EXAMPLES`] the first ones, all others standing in
    /// the store's file of quarantined rows.
    pub quarantined: Vec<Quarantined>,
}

impl Ledger {
    /// Refused rows that a ledger itself keeps.
    pub const EXAMPLES: usize = 1000;

    /// Whether no row was lost.
    pub fn balances(&self) -> bool {
        self.rows_in == self.stored + self.filtered + self.refused
    }

    /// Counts a refused row.
    pub fn refuse(&mut self, row: Quarantined) {
        self.refused += 1;
        if self.quarantined.len() < Self::EXAMPLES {
            self.quarantined.push(row);
        }
    }

    /// Adds another file's ledger of the same source.
    pub fn add(&mut self, other: &Self) {
        self.rows_in += other.rows_in;
        self.stored += other.stored;
        self.filtered += other.filtered;
        self.refused += other.refused;
        let room = Self::EXAMPLES.saturating_sub(self.quarantined.len());
        self.quarantined.extend(other.quarantined.iter().take(room).cloned());
    }
}

/// Letters of a refused value that are kept.
const LONGEST_VALUE: usize = 200;

/// Why one field of a row was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Column refused; empty if the whole row.
    pub column: &'static str,
    /// The value as it stood.
    pub value: String,
    /// Why.
    pub reason: String,
    /// What might help.
    pub hint: Option<String>,
}

impl Refusal {
    /// A refusal of a column's value.
    pub fn new(column: &'static str, value: &str, reason: impl Into<String>) -> Self {
        // A hostile value can be a megabyte long; its beginning is enough to find it by.
        let value = match value.char_indices().nth(LONGEST_VALUE) {
            Some((end, _)) => format!("{}…", &value[..end]),
            None => value.to_owned(),
        };
        Self { column, value, reason: reason.into(), hint: None }
    }

    /// The same refusal with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The refusal as a quarantined row.
    pub fn into_quarantined(self, file: &str, line: u64) -> Quarantined {
        Quarantined {
            file: file.to_owned(),
            line,
            column: self.column.to_owned(),
            value: self.value,
            reason: self.reason,
            hint: self.hint.unwrap_or_default(),
        }
    }
}
