//! Where publishers keep their files, and how their lists are read.

use jiff::civil::Date;
use serde::Deserialize;
use suasion_actors::{FactDate, Period};

use super::Remote;
use super::client::Client;
use crate::problem::{Problem, nearest};

/// How a publisher tells what it has.
enum Listing {
    /// `md5sums` and `filesizes` beside the files.
    Sums(&'static str),
    /// One list of size, checksum and address a line.
    Master(&'static [&'static str]),
    /// A data set of a Dataverse.
    Dataverse {
        server: &'static str,
        identifier: &'static str,
        /// What the names of the wanted files have, in small letters.
        names: fn(&str) -> bool,
    },
    /// Single files.
    Fixed(&'static [&'static str]),
}

/// Sources that can be fetched.
pub const SOURCES: [&str; 9] = [
    "gdelt",
    "gdelt_2",
    "gdelt_2_translated",
    "icews",
    "polecat",
    "voeten",
    "atop",
    "correlates_of_war",
    "world_bank",
];

fn listing(source: &str) -> Option<Listing> {
    let dataverse = |identifier, names| Listing::Dataverse { server: HARVARD, identifier, names };
    Some(match source {
        "gdelt" => Listing::Sums("https://data.gdeltproject.org/events/"),
        "gdelt_2" => Listing::Master(&["https://data.gdeltproject.org/gdeltv2/masterfilelist.txt"]),
        "gdelt_2_translated" => {
            Listing::Master(&["https://data.gdeltproject.org/gdeltv2/masterfilelist-translation.txt"])
        }
        "icews" => dataverse("doi:10.7910/DVN/28075", |name| name.contains("events")),
        "polecat" => dataverse("doi:10.7910/DVN/AJGVIT", |name| {
            name.contains("ngec") && ends_in(name, &["zip", "txt", "tab"])
        }),
        "voeten" => dataverse("doi:10.7910/DVN/LEJUQZ", |name| {
            name.starts_with("unvotes") && ends_in(name, &["csv", "tab"])
        }),
        "atop" => Listing::Fixed(&["http://www.atopdata.org/uploads/6/9/1/3/69134503/atop_5.1__.csv_.zip"]),
        "correlates_of_war" => Listing::Fixed(&[
            "https://correlatesofwar.org/wp-content/uploads/COW_Trade_4.0.zip",
            "https://correlatesofwar.org/wp-content/uploads/NMCv7.zip",
        ]),
        "world_bank" => Listing::Fixed(&["https://databank.worldbank.org/data/download/WDI_CSV.zip"]),
        _ => return None,
    })
}

fn ends_in(name: &str, endings: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending))
}

const HARVARD: &str = "https://dataverse.harvard.edu";

/// Why a source that can be ingested cannot be fetched.
pub fn without_list(source: &str) -> Option<&'static str> {
    Some(match source {
        "sipri" => "SIPRI gives its tables through a form: export one as CSV at armstransfers.sipri.org",
        "imf_trade" => "the Fund answers queries, not files: ask its interface for IMTS as SDMX-CSV",
        "un_digital_library" => {
            "the library's file is behind a page: take it from digitallibrary.un.org/record/4060887"
        }
        "unvotes" => "unvotes is a package of R: write its three tables as CSV",
        _ => return None,
    })
}

/// Every file of a source.
pub(super) fn list(client: &mut Client, source: &str) -> Result<Vec<Remote>, Problem> {
    match listing(source) {
        Some(Listing::Sums(base)) => sums(client, base),
        Some(Listing::Master(lists)) => {
            let mut files = Vec::new();
            for url in lists {
                files.extend(client.text(url)?.lines().filter_map(master_line));
            }
            Ok(files)
        }
        Some(Listing::Dataverse { server, identifier, names }) => {
            dataverse(client, server, identifier, names, source != "voeten")
        }
        Some(Listing::Fixed(addresses)) => Ok(addresses.iter().map(|url| fixed(url)).collect()),
        None => Err(unknown(source)),
    }
}

fn unknown(source: &str) -> Problem {
    if let Some(way) = without_list(source) {
        return Problem::new(format!("`{source}` cannot be fetched")).hint(format!("{way}, then ingest it"));
    }
    let problem = Problem::new(format!("`{source}` is not a source that can be fetched"));
    match nearest(source, SOURCES) {
        Some(near) => problem.hint(format!("did you mean `{near}`?")),
        None => problem.hint(format!("sources are {}", SOURCES.join(", "))),
    }
}

fn fixed(url: &str) -> Remote {
    Remote { name: last_part(url).to_owned(), url: url.to_owned(), size: None, md5: None, period: None }
}

fn last_part(url: &str) -> &str {
    url.rsplit('/').next().unwrap_or(url)
}

/// GDELT 1.0: `md5sums` names every file, `filesizes` their bytes.
fn sums(client: &mut Client, base: &str) -> Result<Vec<Remote>, Problem> {
    let sizes = client.text(&format!("{base}filesizes"))?;
    let size_of = |name: &str| {
        let line = sizes.lines().find(|line| line.split_whitespace().nth(1) == Some(name))?;
        line.split_whitespace().next()?.parse().ok()
    };
    let sums = client.text(&format!("{base}md5sums"))?;
    let files = sums.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        let (md5, name) = (words.next()?, words.next()?);
        // Beside the files stand reduced collections of them, whose names begin with no date.
        let period = Some(period_of(name)?);
        let url = format!("{base}{name}");
        Some(Remote { name: name.to_owned(), url, size: size_of(name), md5: Some(md5.to_owned()), period })
    });
    Ok(files.collect())
}

/// GDELT 2.0: `size checksum address`, of events, mentions and the knowledge graph.
fn master_line(line: &str) -> Option<Remote> {
    let mut words = line.split_whitespace();
    let (size, md5, url) = (words.next()?, words.next()?, words.next()?);
    let name = last_part(url);
    name.to_lowercase().ends_with(".export.csv.zip").then(|| Remote {
        name: name.to_owned(),
        url: url.replacen("http://", "https://", 1),
        size: size.parse().ok(),
        md5: Some(md5.to_owned()),
        period: period_of(name),
    })
}

/// The days that the digits at a name's beginning tell: a day, a month or a year.
fn period_of(name: &str) -> Option<Period> {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let part = |from: usize, to: usize| name.get(from..to)?.parse::<i8>().ok();
    let year: i16 = name.get(..4).filter(|_| digits >= 4)?.parse().ok()?;
    let date = match digits {
        4 => FactDate::Year(year),
        6 => FactDate::Month(year, part(4, 6).filter(|month| (1..=12).contains(month))?),
        8 | 14 => FactDate::Day(Date::new(year, part(4, 6)?, part(6, 8)?).ok()?),
        _ => return None,
    };
    Period::new(date.earliest(), date.latest())
}

#[derive(Deserialize)]
struct Answer {
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    #[serde(rename = "latestVersion")]
    latest: Version,
}

#[derive(Deserialize)]
struct Version {
    files: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "dataFile")]
    file: DataFile,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DataFile {
    id: u64,
    filename: String,
    filesize: Option<u64>,
    md5: Option<String>,
    original_file_name: Option<String>,
}

fn dataverse(
    client: &mut Client,
    server: &str,
    identifier: &str,
    names: fn(&str) -> bool,
    yearly: bool,
) -> Result<Vec<Remote>, Problem> {
    let text = client.text(&format!("{server}/api/datasets/:persistentId/?persistentId={identifier}"))?;
    let answer: Answer = serde_json::from_str(&text).map_err(|error| {
        Problem::new(format!("the Dataverse's answer about {identifier} cannot be read: {error}"))
    })?;
    let files = answer.data.latest.files.into_iter().map(|entry| entry.file);
    Ok(files
        .filter(|file| names(&file.filename.to_lowercase()))
        .map(|file| data_file(server, file, yearly))
        .collect())
}

fn data_file(server: &str, file: DataFile, yearly: bool) -> Remote {
    let url = format!("{server}/api/access/datafile/{}", file.id);
    // Only where a source comes in files by year does a year in a name tell the days within.
    let year = file.filename.split(|letter: char| !letter.is_ascii_digit()).find(|run| run.len() == 4);
    let period = year.filter(|_| yearly).and_then(period_of);
    // Tables that the Dataverse took apart come back as they were given; checksum and size are of
    // its own copy then.
    let taken_apart = file.original_file_name.is_some();
    Remote {
        url: if taken_apart { format!("{url}?format=original") } else { url },
        size: file.filesize.filter(|_| !taken_apart),
        md5: file.md5.filter(|_| !taken_apart),
        period,
        name: file.original_file_name.unwrap_or(file.filename),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_their_days() {
        let told = |name| period_of(name).map(|period| period.to_string());
        assert_eq!(told("1979.zip").as_deref(), Some("1979"));
        assert_eq!(told("200601.zip").as_deref(), Some("2006-01-01/2006-01-31"));
        assert_eq!(told("20130401.export.CSV.zip").as_deref(), Some("2013-04-01"));
        assert_eq!(told("20190121220000.export.CSV.zip").as_deref(), Some("2019-01-21"));
        for name in ["GDELT.MASTERREDUCEDV2.1979-2013.zip", "20131301.zip", "2013040.zip", ""] {
            assert_eq!(told(name), None, "{name}");
        }
    }

    #[test]
    fn a_line_of_the_master_list_names_events_only() {
        let line = "150383 297a16b493de7cf6ca809a7cc31d0b93 http://data.example/gdeltv2/20150218230000.export.CSV.zip";
        let remote = master_line(line).unwrap();
        assert_eq!((remote.size, remote.name.as_str()), (Some(150_383), "20150218230000.export.CSV.zip"));
        assert!(remote.url.starts_with("https://"));
        assert_eq!(master_line(&line.replace("export", "mentions")), None);
        assert_eq!(master_line("garbage"), None);
    }
}
