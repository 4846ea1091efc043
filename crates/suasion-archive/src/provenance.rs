//! Where a table comes from.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::problem::Problem;

/// Source, version, file and terms of one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// Short name by which studies call the source.
    pub source: String,
    /// What it is.
    pub title: String,
    /// The publisher's version or the date of compilation.
    pub version: String,
    /// The file that was read.
    pub file: String,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub sha256: String,
    /// Terms under which it may be used.
    pub licence: String,
    /// Citation keys of the table as a whole.
    pub citations: Vec<String>,
}

/// SHA-256 of bytes in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// A file's hash in hexadecimal, read piece by piece.
pub(crate) fn hash_of_file<Hasher: Digest>(path: &Path) -> Result<String, Problem> {
    let failed = |error: std::io::Error| Problem::file("read", path, &error);
    let mut file = File::open(path).map_err(failed)?;
    let (mut hasher, mut buffer) = (Hasher::new(), vec![0; 1 << 16]);
    loop {
        let read = file.read(&mut buffer).map_err(failed)?;
        if read == 0 {
            return Ok(hexadecimal(&hasher.finalize()));
        }
        hasher.update(&buffer[..read]);
    }
}

/// Bytes in hexadecimal.
fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        for half in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(half), 16));
        }
        text
    })
}

#[cfg(test)]
mod tests {
    // Expected: the test vector of FIPS 180-2 for "abc".
    #[test]
    fn known_hash() {
        let hash = super::sha256(b"abc");
        assert_eq!(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
