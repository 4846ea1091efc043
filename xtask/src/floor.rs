//! `cargo xtask floor`: what reading zipped files cannot cost less than. Members are inflated with
//! libdeflate into memory that is used again, and their newlines counted; nothing else is done.

use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

/// Lines of all members of all zips in a folder.
pub(crate) fn lines(folder: &Path) -> Result<usize, Box<dyn Error>> {
    let (mut packed, mut unpacked, mut lines) = (Vec::new(), Vec::new(), 0);
    let mut paths: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    paths.sort();
    for path in paths {
        let mut archive = zip::ZipArchive::new(BufReader::new(File::open(path)?))?;
        for index in 0..archive.len() {
            let mut member = archive.by_index_raw(index)?;
            packed.clear();
            member.read_to_end(&mut packed)?;
            unpacked.resize(unpacked.len().max(member.size() as usize), 0);
            let size = libdeflater::Decompressor::new()
                .deflate_decompress(&packed, &mut unpacked[..member.size() as usize])?;
            lines += memchr::memchr_iter(b'\n', &unpacked[..size]).count();
        }
    }
    Ok(lines)
}
