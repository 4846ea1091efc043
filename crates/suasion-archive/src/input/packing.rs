//! Plain, gzip, zstd and zip files, told by their first bytes; bombs are refused.

use std::cell::RefCell;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use super::Input;
use crate::problem::Problem;

/// Unpacked bytes for each packed one beyond which a file is taken for a bomb; published tables
/// shrink to a tenth or so, deflate cannot do better than a thousandth.
const LARGEST_RATIO: u64 = 200;
/// Unpacked bytes that are always allowed.
const ALWAYS_ALLOWED: u64 = 64 << 20;
/// Bytes by which a file is recognised.
const BEGINNING: usize = 4096;
/// Most files in an archive.
const MOST_PARTS: usize = 10_000;

/// Largest member of an archive that is inflated in one piece, which is a fifth faster than in a
/// stream; a larger one is read through a buffer.
const LARGEST_WHOLE: u64 = 96 << 20;

thread_local! {
    /// Packed and unpacked bytes of a member: memory that is used again costs no page faults.
    static MEMBER: RefCell<(Vec<u8>, Vec<u8>)> = const { RefCell::new((Vec::new(), Vec::new())) };
}

/// Learns how many bytes were read from disk.
pub type Seen<'a> = &'a (dyn Fn(u64) + Sync);

/// A file that tells how much of it was read.
struct Watched<'a> {
    file: File,
    seen: Seen<'a>,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.file.read(buffer)?;
        (self.seen)(read as u64);
        Ok(read)
    }
}

impl Seek for Watched<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.file.seek(to)
    }
}

/// Calls `each` with the name and the unpacked bytes of every file that `path` holds: itself, or
/// the members of a zip. Names in an archive are shown, never used as paths.
pub fn each_part(
    path: &Path,
    seen: Seen<'_>,
    mut each: impl FnMut(&str, Input<'_>) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let mut file = File::open(path).map_err(|error| Problem::file("open", path, &error))?;
    let failed = |error: std::io::Error| Problem::file("read", path, &error);
    let packed = file.metadata().map_err(failed)?.len();
    let mut magic = Vec::with_capacity(4);
    (&mut file).take(4).read_to_end(&mut magic).map_err(failed)?;
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    let mut file = Watched { file, seen };
    let limit = (packed.saturating_mul(LARGEST_RATIO)).max(ALWAYS_ALLOWED);
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match magic.as_slice() {
        [b'P', b'K', 3 | 5, 4 | 6] => zip_members(path, file, limit, each),
        [0x1f, 0x8b, ..] => {
            let unpacked = flate2::read::MultiGzDecoder::new(BufReader::with_capacity(1 << 16, file));
            each(&name, Input::Stream(&mut Bounded { input: unpacked, left: limit }))
        }
        [0x28, 0xb5, 0x2f, 0xfd] => {
            let unpacked = zstd::Decoder::new(file).map_err(failed)?;
            each(&name, Input::Stream(&mut Bounded { input: unpacked, left: limit }))
        }
        _ => each(&name, Input::Stream(&mut file)),
    }
}

/// Calls `each` with the name and the beginning of every file that `path` holds, and unpacks no
/// more than that.
pub fn each_beginning(path: &Path, mut each: impl FnMut(&str, &[u8])) -> Result<(), Problem> {
    let mut taken = |name: &str, input: &mut dyn Read| -> Result<(), Problem> {
        let mut start = Vec::with_capacity(BEGINNING);
        // What cannot be read is told by those who read all of it.
        let _ = input.take(BEGINNING as u64).read_to_end(&mut start);
        each(name, &start);
        Ok(())
    };
    let file = File::open(path).map_err(|error| Problem::file("open", path, &error))?;
    let Ok(mut archive) = zip::ZipArchive::new(BufReader::new(file)) else {
        return each_part(path, &|_| (), |name, input| match input {
            Input::Whole(mut bytes) => taken(name, &mut bytes),
            Input::Stream(input) => taken(name, input),
        });
    };
    for index in 0..archive.len().min(MOST_PARTS) {
        let Ok(mut member) = archive.by_index(index) else { continue };
        let name = member.name().map(std::borrow::Cow::into_owned).unwrap_or_default();
        taken(&name, &mut member)?;
    }
    Ok(())
}

fn zip_members(
    path: &Path,
    file: Watched<'_>,
    limit: u64,
    mut each: impl FnMut(&str, Input<'_>) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let broken = |error: &dyn std::fmt::Display| {
        Problem::new(format!("{} is not a zip archive that can be read: {error}", path.display()))
    };
    let mut archive =
        zip::ZipArchive::new(BufReader::with_capacity(1 << 16, file)).map_err(|error| broken(&error))?;
    if archive.has_duplicate_names() {
        return Err(broken(&"two members have one name"));
    }
    if archive.len() > MOST_PARTS {
        let message =
            format!("{} holds {} files, at most {MOST_PARTS} are read", path.display(), archive.len());
        return Err(Problem::new(message));
    }
    // The limit is for all members together, so that overlapping members cannot multiply it.
    let mut left = limit;
    for index in 0..archive.len() {
        let raw = archive.by_index_raw(index).map_err(|error| broken(&error))?;
        if raw.is_dir() {
            continue;
        }
        let name = raw.name().map_err(|error| broken(&error))?.into_owned();
        let deflated = raw.compression() == zip::CompressionMethod::Deflated && !raw.encrypted();
        if deflated && raw.size() <= LARGEST_WHOLE.min(left) && raw.compressed_size() <= LARGEST_WHOLE {
            left -= raw.size();
            let mut buffers = MEMBER.take();
            let done = match inflate(raw, &mut buffers) {
                Ok(whole) => each(&name, Input::Whole(whole)),
                Err(error) => Err(broken(&format!("{name}: {error}"))),
            };
            MEMBER.set(buffers);
            done?;
            continue;
        }
        drop(raw);
        let member = archive.by_index(index).map_err(|error| broken(&error))?;
        let mut bounded = Bounded { input: member, left };
        each(&name, Input::Stream(&mut bounded))?;
        left = bounded.left;
    }
    Ok(())
}

/// The bytes of a deflated member, checked against its length and checksum.
fn inflate<'a, R: Read>(
    mut raw: zip::read::ZipFile<'_, R>,
    (packed, unpacked): &'a mut (Vec<u8>, Vec<u8>),
) -> std::io::Result<&'a [u8]> {
    let damaged = |what: &str| std::io::Error::new(std::io::ErrorKind::InvalidData, what.to_owned());
    let (size, checksum) = (raw.size() as usize, raw.crc32());
    packed.clear();
    raw.read_to_end(packed)?;
    if unpacked.len() < size {
        unpacked.resize(size, 0);
    }
    let whole = &mut unpacked[..size];
    let written = libdeflater::Decompressor::new()
        .deflate_decompress(packed, whole)
        .map_err(|error| damaged(&format!("its bytes are damaged ({error})")))?;
    if written != size || libdeflater::crc32(whole) != checksum {
        return Err(damaged("its checksum does not fit"));
    }
    Ok(whole)
}

/// Ends with an error once more bytes come out than may.
struct Bounded<R> {
    input: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.input.read(buffer)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => {
                self.left = left;
                Ok(read)
            }
            None => Err(std::io::Error::new(
                std::io::ErrorKind::InvalidData,
                format!("it unpacks to more than {LARGEST_RATIO} times its size, as a zip bomb does"),
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn parts(path: &Path) -> Result<Vec<(String, Vec<u8>)>, Problem> {
        let mut found = Vec::new();
        each_part(path, &|_| (), |name, input| {
            let mut bytes = Vec::new();
            super::super::Lines::new(input)
                .into_rest()
                .read_to_end(&mut bytes)
                .map_err(|error| Problem::file("read", path, &error))?;
            found.push((name.to_owned(), bytes));
            Ok(())
        })?;
        Ok(found)
    }

    fn zip(path: &Path, members: &[(&str, &[u8])]) {
        let mut writer = zip::ZipWriter::new(File::create(path).unwrap());
        for (name, bytes) in members {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap();
    }

    #[test]
    fn every_packing_gives_the_same_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let text = b"a,b\n1,2\n";
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("plain"), text).unwrap();
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(text).unwrap();
        std::fs::write(at("gzip"), gzip.finish().unwrap()).unwrap();
        std::fs::write(at("zstd"), zstd::encode_all(&text[..], 1).unwrap()).unwrap();
        zip(&at("zip"), &[("../../etc/passwd", text)]);
        for name in ["plain", "gzip", "zstd", "zip"] {
            let found = parts(&at(name)).unwrap();
            assert_eq!(found.len(), 1, "{name}");
            assert_eq!(found[0].1, text, "{name}");
        }
    }

    #[test]
    fn bombs_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bomb.zip");
        let zeros = vec![0_u8; 80 << 20];
        zip(&path, &[("a", &zeros)]);
        assert!(std::fs::metadata(&path).unwrap().len() < 200_000);
        let problem = parts(&path).unwrap_err().to_string();
        assert!(problem.contains("zip bomb"), "{problem}");
    }

    #[test]
    fn broken_archives_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("broken.zip");
        std::fs::write(&path, b"PK\x03\x04 and nothing more").unwrap();
        assert!(parts(&path).unwrap_err().to_string().contains("not a zip archive"));
    }
}
