//! From a publisher's server to a verified file: lists of files, downloads that go on where they
//! broke off, checksums, patience.

mod catalogue;
mod client;
mod download;

use jiff::civil::Date;
use suasion_actors::Period;

use crate::coverage::{gaps, joined};
use crate::problem::Problem;
pub use catalogue::{SOURCES, without_list};
pub use client::{Client, Manners};
pub use download::{Outcome, download};

/// A file on a publisher's server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remote {
    /// Name of the file.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// Bytes, if the publisher tells.
    pub size: Option<u64>,
    /// MD5 checksum in hexadecimal, if the publisher tells.
    pub md5: Option<String>,
    /// The days that its name says it is of.
    pub period: Option<Period>,
}

/// What there is to be fetched of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The files, in the publisher's order.
    pub files: Vec<Remote>,
    /// Periods between the publisher's files for which it lists none.
    pub missing: Vec<Period>,
}

impl Plan {
    /// Bytes of all files, as far as the publisher tells, and the number of files of which it does
    /// not.
    pub fn size(&self) -> (u64, usize) {
        let known = self.files.iter().filter_map(|file| file.size).sum();
        (known, self.files.iter().filter(|file| file.size.is_none()).count())
    }
}

/// The files of a source between two days.
pub fn plan(
    client: &mut Client,
    source: &str,
    from: Option<Date>,
    to: Option<Date>,
) -> Result<Plan, Problem> {
    let files = catalogue::list(client, source)?;
    let wanted = |period: &Period| {
        from.is_none_or(|from| from <= period.end()) && to.is_none_or(|to| period.begin() <= to)
    };
    // A file whose name tells no days may hold any.
    let files: Vec<Remote> =
        files.into_iter().filter(|file| file.period.as_ref().is_none_or(wanted)).collect();
    let missing = gaps(&joined(files.iter().filter_map(|file| file.period).collect()));
    Ok(Plan { files, missing })
}

impl Remote {
    /// Whether the publisher tells enough to know the file again without asking for it.
    pub fn is_known_by_checksum(&self) -> bool {
        self.md5.is_some()
    }

    /// The name under which a downloaded file stands in a folder, and in the store. Names are the
    /// publisher's: nothing in them leads out of the folder.
    pub fn file_name(&self) -> String {
        let safe = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
        let name: String = self.name.chars().map(|letter| if safe(letter) { letter } else { '_' }).collect();
        match name.trim_start_matches('.') {
            "" => "download".to_owned(),
            name => name.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn names_of_publishers_stay_in_the_folder() {
        let remote = |name: &str| Remote {
            name: name.to_owned(),
            url: String::new(),
            size: None,
            md5: None,
            period: None,
        };
        let folder = Path::new("/downloads");
        for name in ["../../etc/passwd", "/etc/passwd", "..", "a/b", "con\u{0}"] {
            let path = folder.join(remote(name).file_name());
            assert_eq!(path.parent(), Some(folder), "{name}");
        }
    }
}
