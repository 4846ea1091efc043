//! One file from a server to a folder: resumed where it broke off, renamed only when it is verified.

use std::fs::{self, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use md5::Md5;
use ureq::Body;
use ureq::http::{Response, StatusCode};

use super::Remote;
use super::client::{Client, Trouble};
use crate::problem::Problem;
use crate::provenance::hash_of_file;

/// What became of a download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The file is there, as the publisher describes it.
    Here(PathBuf),
    /// The publisher lists it, but its server does not have it.
    Missing,
}

/// Downloads a file into a folder, and gives back where it is; what is there already and fits is
/// not fetched again, what broke off goes on.
pub fn download(
    client: &mut Client,
    remote: &Remote,
    folder: &Path,
    seen: &dyn Fn(u64),
) -> Result<Outcome, Problem> {
    fs::create_dir_all(folder).map_err(|error| Problem::file("create", folder, &error))?;
    let path = folder.join(remote.file_name());
    if remote.md5.is_some() && path.is_file() && verify(remote, &path)?.is_ok() {
        return Ok(Outcome::Here(path));
    }
    let part = path.with_added_extension("part");
    // All of it came, but the process ended before it was named.
    if remote.md5.is_some() && remote.size == Some(length(&part)) && verify(remote, &part)?.is_ok() {
        return named(&part, path);
    }
    let mut tried = 0;
    loop {
        // Without a checksum two releases could be joined unnoticed: such a file comes in one go.
        let before = if remote.md5.is_some() { length(&part) } else { 0 };
        let trouble = match client.ask(&remote.url, before) {
            Ok(response) => match append(response, &part, before, seen)? {
                // Without a size from anyone, an end without an error is the end.
                Ending::Whole => match verify(remote, &part)? {
                    Ok(()) => return named(&part, path),
                    Err(reason) => {
                        remove(&part)?;
                        Trouble::Passing { reason, after: None }
                    }
                },
                Ending::Broken(reason) => Trouble::Passing { reason, after: None },
            },
            Err(Trouble::Missing) => return Ok(Outcome::Missing),
            Err(trouble) => {
                if matches!(&trouble, Trouble::Passing { reason, .. } if reason == "status 416") {
                    remove(&part)?;
                }
                trouble
            }
        };
        // What brought bytes was no vain try.
        tried = if length(&part) > before { 1 } else { tried + 1 };
        client.endure(&remote.url, &trouble, tried)?;
    }
}

/// Gives a verified file its name.
fn named(part: &Path, path: PathBuf) -> Result<Outcome, Problem> {
    fs::rename(part, &path).map_err(|error| Problem::file("rename", part, &error))?;
    Ok(Outcome::Here(path))
}

/// How an answer ended.
enum Ending {
    Whole,
    Broken(String),
}

/// Adds an answer's bytes to what is there; a server that knows no ranges begins anew.
fn append(
    mut response: Response<Body>,
    part: &Path,
    before: u64,
    seen: &dyn Fn(u64),
) -> Result<Ending, Problem> {
    let goes_on = before > 0 && continues_at(&response, before);
    let promised =
        response.headers().get("Content-Length").and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let failed = |error: std::io::Error| Problem::file("write", part, &error);
    let mut file = OpenOptions::new()
        .create(true)
        .append(goes_on)
        .write(true)
        .truncate(!goes_on)
        .open(part)
        .map_err(failed)?;
    let mut body = response.body_mut().as_reader();
    let mut buffer = vec![0; 1 << 16];
    let mut come = 0;
    loop {
        match body.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => {
                file.write_all(&buffer[..read]).map_err(failed)?;
                come += read as u64;
                seen(read as u64);
            }
            Err(error) => return Ok(Ending::Broken(error.to_string())),
        }
    }
    file.sync_all().map_err(failed)?;
    match promised.filter(|promised| *promised != come) {
        Some(promised) => Ok(Ending::Broken(format!("{come} of {promised} bytes came"))),
        None => Ok(Ending::Whole),
    }
}

/// Whether an answer holds the bytes from this one on.
fn continues_at(response: &Response<Body>, byte: u64) -> bool {
    let range = response.headers().get("Content-Range").and_then(|value| value.to_str().ok());
    response.status() == StatusCode::PARTIAL_CONTENT
        && range.is_none_or(|range| range.trim_start_matches("bytes ").starts_with(&format!("{byte}-")))
}

/// Whether a file is what the publisher describes, or why not.
fn verify(remote: &Remote, path: &Path) -> Result<Result<(), String>, Problem> {
    let size = length(path);
    if let Some(expected) = remote.size.filter(|expected| *expected != size) {
        return Ok(Err(format!("it has {size} bytes, the publisher says {expected}")));
    }
    let Some(expected) = &remote.md5 else { return Ok(Ok(())) };
    let found = hash_of_file::<Md5>(path)?;
    if found.eq_ignore_ascii_case(expected) {
        return Ok(Ok(()));
    }
    Ok(Err(format!("its MD5 checksum is {found}, the publisher says {expected}")))
}

fn length(path: &Path) -> u64 {
    path.metadata().map_or(0, |known| known.len())
}

fn remove(path: &Path) -> Result<(), Problem> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Problem::file("remove", path, &error))
        }
        _ => Ok(()),
    }
}
