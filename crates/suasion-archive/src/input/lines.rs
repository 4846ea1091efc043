//! Lines of a file of any size in bounded memory.

use std::io::Read;

/// Longest line that is read, in bytes; a longer one is refused and passed over.
pub const LONGEST_LINE: usize = 1 << 20;

/// Bytes of a file's beginning by which its layout is recognised.
const BEGINNING: usize = 4096;

/// A line without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// Number of the line, from 1.
    pub number: u64,
    /// Its bytes; empty where it was too long.
    pub bytes: &'a [u8],
    /// Whether it was longer than [`LONGEST_LINE`].
    pub too_long: bool,
}

/// Reads lines through one buffer that is never larger than the longest line.
pub struct Lines<R> {
    input: R,
    buffer: Vec<u8>,
    begin: usize,
    end: usize,
    number: u64,
    finished: bool,
}

impl<R> std::fmt::Debug for Lines<R> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Lines").field("number", &self.number).finish_non_exhaustive()
    }
}

impl<R: Read> Lines<R> {
    /// Lines of an input.
    pub fn new(input: R) -> Self {
        Self { input, buffer: vec![0; LONGEST_LINE], begin: 0, end: 0, number: 0, finished: false }
    }

    /// Everything that was not taken yet, as bytes.
    pub fn into_rest(self) -> impl Read {
        let kept = self.buffer[self.begin..self.end].to_vec();
        std::io::Cursor::new(kept).chain(self.input)
    }

    /// The beginning of the file, without taking it: the first line, and more where it is short.
    pub fn peek(&mut self) -> std::io::Result<&[u8]> {
        let enough = |lines: &Self| lines.end - lines.begin >= BEGINNING && lines.line_end().is_some();
        while !enough(self) && !self.finished && self.end - self.begin < self.buffer.len() {
            self.fill()?;
        }
        Ok(&self.buffer[self.begin..self.end])
    }

    /// The next line; none at the end.
    pub fn advance(&mut self) -> std::io::Result<Option<Line<'_>>> {
        let mut too_long = false;
        let found = loop {
            if let Some(end) = self.line_end() {
                break Some(end);
            }
            if self.finished {
                break None;
            }
            if self.end - self.begin == self.buffer.len() {
                // What stands in the buffer belongs to a line that is too long: pass over it.
                too_long = true;
                self.begin = self.end;
            }
            self.fill()?;
        };
        let begin = self.begin;
        let end = match found {
            Some(end) => {
                self.begin = end + 1;
                end
            }
            None if begin == self.end && !too_long => return Ok(None),
            None => {
                self.begin = self.end;
                self.end
            }
        };
        self.number += 1;
        let bytes = if too_long { &[] } else { without_return(&self.buffer[begin..end]) };
        Ok(Some(Line { number: self.number, bytes, too_long }))
    }

    fn line_end(&self) -> Option<usize> {
        memchr::memchr(b'\n', &self.buffer[self.begin..self.end]).map(|offset| self.begin + offset)
    }

    fn fill(&mut self) -> std::io::Result<()> {
        if self.begin > 0 {
            self.buffer.copy_within(self.begin..self.end, 0);
            self.end -= self.begin;
            self.begin = 0;
        }
        let read = self.input.read(&mut self.buffer[self.end..])?;
        self.finished = read == 0;
        self.end += read;
        Ok(())
    }
}

fn without_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives its bytes in small pieces, as an inflating reader does.
    struct Drip<'a>(&'a [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn all(text: &[u8], piece: usize) -> Vec<(u64, Vec<u8>, bool)> {
        let mut lines = Lines::new(Drip(text, piece));
        let mut found = Vec::new();
        while let Some(line) = lines.advance().unwrap() {
            found.push((line.number, line.bytes.to_vec(), line.too_long));
        }
        found
    }

    #[test]
    fn every_piece_size_gives_the_same_lines() {
        let text = b"one\r\ntwo\n\nfour without end";
        let expected: Vec<(u64, Vec<u8>, bool)> = [&b"one"[..], b"two", b"", b"four without end"]
            .iter()
            .zip(1..)
            .map(|(line, number)| (number, line.to_vec(), false))
            .collect();
        for piece in 1..30 {
            assert_eq!(all(text, piece), expected, "{piece}");
        }
        assert!(all(b"", 8).is_empty());
    }

    #[test]
    fn endless_lines_are_passed_over() {
        let mut text = vec![b'x'; 3 * LONGEST_LINE];
        text.extend(b"\nshort\n");
        let found = all(&text, 100_000);
        assert_eq!(found.len(), 2);
        assert!(found[0].2 && found[0].1.is_empty());
        assert_eq!(found[1], (2, b"short".to_vec(), false));
    }

    #[test]
    fn peeking_takes_nothing() {
        let mut lines = Lines::new(Drip(b"head\nrow\n", 2));
        assert_eq!(lines.peek().unwrap(), b"head\nrow\n");
        assert_eq!(lines.advance().unwrap().unwrap().bytes, b"head");
    }
}
