//! Records of a table with a header, in bounded memory.

use std::cell::Cell;
use std::io::{Error, ErrorKind, Read};
use std::rc::Rc;

use csv::ByteRecord;

use super::LONGEST_LINE;
use crate::problem::{Location, Problem};

/// Most columns of a table.
const MOST_COLUMNS: usize = 20_000;

/// Most lines of title above a header.
const MOST_TITLES: usize = 30;

/// Passes bytes on until a record has taken more than [`LONGEST_LINE`] of them: an open quote
/// would otherwise gather a whole file in memory.
struct Rationed<R> {
    input: R,
    since: Rc<Cell<usize>>,
}

impl<R: Read> Read for Rationed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.since.get() > LONGEST_LINE {
            let message = format!("a record is longer than {LONGEST_LINE} bytes; is a quote left open?");
            return Err(Error::new(ErrorKind::InvalidData, message));
        }
        let read = self.input.read(buffer)?;
        self.since.set(self.since.get() + read);
        Ok(read)
    }
}

/// Reads the records of a table one after the other.
pub struct Records<'a> {
    file: &'a str,
    reader: csv::Reader<Rationed<&'a mut dyn Read>>,
    since: Rc<Cell<usize>>,
    header: ByteRecord,
    record: ByteRecord,
}

impl std::fmt::Debug for Records<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Records").field("file", &self.file).finish_non_exhaustive()
    }
}

impl<'a> Records<'a> {
    /// Records whose first is the header.
    pub fn new(file: &'a str, input: &'a mut dyn Read, delimiter: u8) -> Result<Self, Problem> {
        let since = Rc::new(Cell::new(0));
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .delimiter(delimiter)
            .from_reader(Rationed { input, since: Rc::clone(&since) });
        let mut header = ByteRecord::new();
        reader.read_byte_record(&mut header).map_err(|error| broken(file, &error))?;
        // Some programs begin a file with a byte order mark.
        let first = header.get(0).and_then(|name| name.strip_prefix(b"\xef\xbb\xbf")).map(<[u8]>::to_vec);
        if let Some(first) = first {
            header = std::iter::once(first.as_slice()).chain(header.iter().skip(1)).collect();
        }
        check_columns(file, &header)?;
        Ok(Self { file, reader, since, header, record: ByteRecord::new() })
    }

    /// Passes over lines of title until one is the header; gives back what they say.
    pub fn pass_titles(&mut self, is_header: impl Fn(&ByteRecord) -> bool) -> Result<Vec<String>, Problem> {
        let mut titles = Vec::new();
        while !is_header(&self.header) {
            if titles.len() == MOST_TITLES {
                let message = format!("no header stands among the first {MOST_TITLES} lines");
                return Err(Problem::new(message).at(Location::file(self.file).at_line(1)));
            }
            let title = self.header.iter().collect::<Vec<_>>().join(&b',');
            titles.push(String::from_utf8_lossy(&title).trim().to_owned());
            let Some(record) = self.advance()?.map(|(_, record)| record.clone()) else {
                let problem = Problem::new(format!("{} has no header that is known", self.file));
                return Err(problem.hint("the file ends before any line that could be one"));
            };
            self.header = record;
        }
        check_columns(self.file, &self.header)?;
        Ok(titles)
    }

    /// The names of the columns.
    pub fn header(&self) -> &ByteRecord {
        &self.header
    }

    /// Position of a column by name; the case of its letters does not matter.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|found| found.trim_ascii().eq_ignore_ascii_case(name.as_bytes()))
    }

    /// Position of a column that the layout cannot do without.
    pub fn required(&self, name: &str) -> Result<usize, Problem> {
        self.column(name).ok_or_else(|| {
            Problem::new(format!("the table has no column `{name}`")).at(Location::file(self.file).at_line(1))
        })
    }

    /// The next record with its line; none at the end.
    pub fn advance(&mut self) -> Result<Option<(u64, &ByteRecord)>, Problem> {
        self.since.set(0);
        let more =
            self.reader.read_byte_record(&mut self.record).map_err(|error| broken(self.file, &error))?;
        if !more {
            return Ok(None);
        }
        Ok(Some((self.record.position().map_or(0, csv::Position::line), &self.record)))
    }
}

fn check_columns(file: &str, header: &ByteRecord) -> Result<(), Problem> {
    if header.len() <= MOST_COLUMNS {
        return Ok(());
    }
    let message = format!("{file} has {} columns, at most {MOST_COLUMNS} are read", header.len());
    Err(Problem::new(message).at(Location::file(file).at_line(1)))
}

fn broken(file: &str, error: &csv::Error) -> Problem {
    Problem::new(format!("cannot read {file}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_keep_their_lines() {
        let mut text = &b"\xef\xbb\xbfa,b\n1,\"two\nlines\"\n3,4\n"[..];
        let mut records = Records::new("t.csv", &mut text, b',').unwrap();
        assert_eq!(records.column("A"), Some(0));
        assert_eq!(records.required("b").unwrap(), 1);
        assert!(records.required("c").is_err());
        assert_eq!(records.advance().unwrap().unwrap().0, 2);
        assert_eq!(records.advance().unwrap().unwrap().0, 4);
        assert!(records.advance().unwrap().is_none());
    }

    #[test]
    fn an_open_quote_does_not_gather_the_file() {
        let mut text = b"a,b\n1,\"".to_vec();
        text.extend(b"x,y\n".repeat(LONGEST_LINE));
        let mut input = text.as_slice();
        let mut records = Records::new("t.csv", &mut input, b',').unwrap();
        let problem = records.advance().unwrap_err().to_string();
        assert!(problem.contains("quote left open"), "{problem}");
    }
}
