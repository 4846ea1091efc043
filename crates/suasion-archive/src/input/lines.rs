//! Lines of a file of any size in bounded memory.

use std::io::Read;

use super::Input;

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

/// Where lines come from.
enum Source<'a> {
    /// Bytes that stand in memory already.
    Whole(&'a [u8]),
    /// Bytes that are read through a buffer which is never larger than the longest line.
    Stream { input: &'a mut dyn Read, buffer: Vec<u8> },
}

/// Reads lines in bounded memory.
pub struct Lines<'a> {
    source: Source<'a>,
    begin: usize,
    end: usize,
    number: u64,
    finished: bool,
}

impl std::fmt::Debug for Lines<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Lines").field("number", &self.number).finish_non_exhaustive()
    }
}

impl<'a> Lines<'a> {
    /// Lines of an input.
    pub fn new(input: Input<'a>) -> Self {
        match input {
            Input::Whole(bytes) => {
                Self { source: Source::Whole(bytes), begin: 0, end: bytes.len(), number: 0, finished: true }
            }
            Input::Stream(input) => {
                let source = Source::Stream { input, buffer: vec![0; LONGEST_LINE] };
                Self { source, begin: 0, end: 0, number: 0, finished: false }
            }
        }
    }

    /// Everything that was not taken yet, as bytes.
    pub fn into_rest(self) -> Box<dyn Read + 'a> {
        match self.source {
            Source::Whole(bytes) => Box::new(&bytes[self.begin..]),
            Source::Stream { input, mut buffer } => {
                buffer.truncate(self.end);
                buffer.drain(..self.begin);
                Box::new(std::io::Cursor::new(buffer).chain(input))
            }
        }
    }

    /// The beginning of the file, without taking it: the first line, and more where it is short.
    pub fn peek(&mut self) -> std::io::Result<&[u8]> {
        let enough = |lines: &Self| lines.end - lines.begin >= BEGINNING && lines.line_end().is_some();
        while !enough(self) && !self.finished && self.end - self.begin < LONGEST_LINE {
            self.fill()?;
        }
        let end = self.end.min(self.begin + LONGEST_LINE);
        Ok(&self.held()[self.begin..end])
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
            if self.end - self.begin == LONGEST_LINE {
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
        let too_long = too_long || end - begin > LONGEST_LINE;
        let bytes = if too_long { &[] } else { without_return(&self.held()[begin..end]) };
        Ok(Some(Line { number: self.number, bytes, too_long }))
    }

    fn held(&self) -> &[u8] {
        match &self.source {
            Source::Whole(bytes) => bytes,
            Source::Stream { buffer, .. } => buffer,
        }
    }

    fn line_end(&self) -> Option<usize> {
        memchr::memchr(b'\n', &self.held()[self.begin..self.end]).map(|offset| self.begin + offset)
    }

    fn fill(&mut self) -> std::io::Result<()> {
        let Source::Stream { input, buffer } = &mut self.source else { return Ok(()) };
        if self.begin > 0 {
            buffer.copy_within(self.begin..self.end, 0);
            self.end -= self.begin;
            self.begin = 0;
        }
        let read = input.read(&mut buffer[self.end..])?;
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
        let mut drip = Drip(text, piece);
        let streamed = read_all(Lines::new(Input::Stream(&mut drip)));
        assert_eq!(read_all(Lines::new(Input::Whole(text))), streamed);
        streamed
    }

    fn read_all(mut lines: Lines<'_>) -> Vec<(u64, Vec<u8>, bool)> {
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
        let mut drip = Drip(b"head\nrow\n", 2);
        let mut lines = Lines::new(Input::Stream(&mut drip));
        assert_eq!(lines.peek().unwrap(), b"head\nrow\n");
        assert_eq!(lines.advance().unwrap().unwrap().bytes, b"head");
    }
}
