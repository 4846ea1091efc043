//! Citations by key, from BibTeX.

use std::collections::BTreeMap;

use biblatex::{ChunksExt, Entry};

use crate::problem::{Location, Problem};

/// One work, ready to be cited.
#[derive(Debug, Clone)]
pub struct Work {
    /// Citation key.
    pub key: String,
    /// Author or publishing body.
    pub author: String,
    /// Title.
    pub title: String,
    /// Year or date as given; may be empty.
    pub date: String,
    /// Journal, publisher or series; may be empty.
    pub container: String,
    /// Address; may be empty.
    pub url: String,
    entry: Entry,
}

impl Work {
    /// The entry as BibTeX.
    pub fn bibtex(&self) -> String {
        self.entry.to_biblatex_string()
    }
}

/// Works by citation key.
#[derive(Debug, Clone, Default)]
pub struct Bibliography(BTreeMap<String, Work>);

/// The works by which published sources ask to be cited.
const SOURCES: &str = include_str!("../data/sources.bib");

impl Bibliography {
    /// The works by which published sources ask to be cited.
    pub fn of_sources() -> Self {
        // The text is part of the program and read by a test.
        Self::read("sources.bib", SOURCES).unwrap_or_default()
    }

    /// Reads BibTeX.
    pub fn read(file: &str, text: &str) -> Result<Self, Problem> {
        let parsed = biblatex::Bibliography::parse(text).map_err(|error| {
            Problem::new(format!("not BibTeX: {}", error.kind))
                .at(Location::file(file).at_offset(text, error.span.start))
        })?;
        Ok(Self(parsed.into_iter().map(|entry| (entry.key.clone(), work(entry))).collect()))
    }

    /// A work by key.
    pub fn get(&self, key: &str) -> Option<&Work> {
        self.0.get(key)
    }

    /// All works, by key.
    pub fn iter(&self) -> impl Iterator<Item = &Work> {
        self.0.values()
    }

    /// Adds another bibliography's works; keys already there stay as they are.
    pub fn extend(&mut self, other: Self) {
        for (key, work) in other.0 {
            self.0.entry(key).or_insert(work);
        }
    }
}

fn work(entry: Entry) -> Work {
    let text = |field: &str| entry.get(field).map(ChunksExt::format_verbatim).unwrap_or_default();
    let first = |fields: &[&str]| {
        fields.iter().map(|field| text(field)).find(|value| !value.is_empty()).unwrap_or_default()
    };
    Work {
        key: entry.key.clone(),
        author: first(&["author", "editor", "organization", "institution", "publisher"]),
        title: text("title"),
        date: first(&["date", "year"]),
        container: first(&["journaltitle", "journal", "booktitle", "publisher", "howpublished"]),
        url: text("url"),
        entry,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_read() {
        let text = "@online{rferl-1, author = {{Radio Free Europe}}, title = {A title}, date = {2005-11-14}, url = {https://example.org/a_b%20c}}";
        let bibliography = Bibliography::read("sources.bib", text).unwrap();
        let work = bibliography.get("rferl-1").unwrap();
        assert_eq!((work.author.as_str(), work.title.as_str()), ("Radio Free Europe", "A title"));
        assert_eq!(work.url, "https://example.org/a_b%20c");
        assert!(work.bibtex().contains("rferl-1"));
    }

    #[test]
    fn broken_bibtex_names_its_line() {
        let problem =
            Bibliography::read("sources.bib", "@online{a, title = {x}}\n@online{b, title = {y").unwrap_err();
        assert!(problem.location.unwrap().line.unwrap() >= 2);
    }
}
