//! The layouts of published files, told by their first line.

use std::io::Read;
use std::path::Path;

use super::Options;
use super::events::EventSink;
use super::flows::FlowSink;
use super::table::Described;
use crate::archive::Table;
use crate::input::Lines;
use crate::problem::{Problem, nearest};
use crate::sources::mapping::{self, Mapping};
use crate::sources::{gdelt, icews, registry};
use crate::store::{Filling, Staged};

/// A layout that is recognised.
#[derive(Debug, Clone)]
pub(super) enum Layout {
    Gdelt(gdelt::Version),
    Icews,
    Mapped(Box<Mapping>),
}

impl Layout {
    fn all() -> Vec<Self> {
        let mapped = Mapping::built_in().into_iter().map(|mapping| Self::Mapped(Box::new(mapping)));
        let coded = [Self::Gdelt(gdelt::Version::One), Self::Gdelt(gdelt::Version::Two), Self::Icews];
        coded.into_iter().chain(mapped).collect()
    }

    /// The layout of a first line, or the one that the user names or describes.
    pub(super) fn of(first: &[u8], options: &Options) -> Result<Option<Self>, Problem> {
        if let Some(mapping) = &options.mapping {
            mapping.check(first)?;
            return Ok(Some(Self::Mapped(Box::new(mapping.clone()))));
        }
        let found = if icews::recognises(first) {
            Some(Self::Icews)
        } else if let Some(version) = gdelt::Version::of(first) {
            Some(Self::Gdelt(version))
        } else {
            let fits = |mapping: &Mapping| mapping.fits(first);
            Mapping::built_in().into_iter().find(fits).map(|mapping| Self::Mapped(Box::new(mapping)))
        };
        let Some(name) = options.source.as_deref() else { return Ok(found) };
        let all = Self::all();
        if !all.iter().any(|layout| layout.source() == name) {
            let problem = Problem::new(format!("`{name}` is not a source whose layout is known"));
            return Err(match nearest(name, all.iter().map(Self::source)) {
                Some(near) => problem.hint(format!("did you mean `{near}`?")),
                None => problem,
            });
        }
        Ok(found.filter(|found| found.source() == name))
    }

    pub(super) fn unknown(path: &Path, name: &str, first: &[u8]) -> Problem {
        let begin = String::from_utf8_lossy(&first[..first.len().min(80)]).into_owned();
        let member = if path.ends_with(name) { String::new() } else { format!(" ({name})") };
        let known: Vec<String> = Self::all().iter().map(Self::title).collect();
        Problem::new(format!("{}{member} has no layout that is known; it begins `{begin}`", path.display()))
            .hint(format!("known layouts: {}; --mapping describes your own", known.join("; ")))
    }

    fn source(&self) -> &str {
        match self {
            Self::Gdelt(gdelt::Version::Two) => "gdelt_2",
            Self::Gdelt(_) => "gdelt",
            Self::Icews => "icews",
            Self::Mapped(mapping) => &mapping.name,
        }
    }

    fn title(&self) -> String {
        match self {
            Self::Mapped(mapping) => mapping.title.clone(),
            coded => registry::describe(coded.source()).map_or("", |known| known.title).to_owned(),
        }
    }

    fn described<'a>(&'a self, options: &'a Options, hash: &'a str) -> Described<'a> {
        let known = registry::describe(self.source());
        let named = options.release.as_deref();
        match self {
            Self::Mapped(mapping) => Described {
                source: &mapping.name,
                title: &mapping.title,
                version: named.unwrap_or(&mapping.version),
                licence: &mapping.licence,
                citations: vec![mapping.citation.clone()],
                note: "Yearly amounts as published; missing stays missing.",
                hash,
            },
            coded => Described {
                source: coded.source(),
                title: known.map_or(coded.source(), |known| known.title),
                version: named.or(known.map(|known| known.version)).unwrap_or_default(),
                licence: known.map_or("", |known| known.licence),
                citations: known
                    .map(|known| known.citations.iter().map(|key| (*key).to_owned()).collect())
                    .unwrap_or_default(),
                note: known.map_or("", |known| known.note),
                hash,
            },
        }
    }

    /// Reads a file into a table that waits to be counted in.
    pub(super) fn read<R: Read>(
        &self,
        filling: &Filling<'_>,
        mut lines: Lines<R>,
        file: &str,
        options: &Options,
        hash: &str,
    ) -> Result<(Staged, Table), Problem> {
        let described = self.described(options, hash);
        if let Self::Mapped(mapping) = self {
            let mut sink = FlowSink::new(filling, file, &options.filter)?;
            let mapping = Mapping { version: described.version.to_owned(), ..Mapping::clone(mapping) };
            mapping::read(&mapping, &mut lines.into_rest(), file, |line, row| sink.row(line, row))?;
            return sink.finish(&described);
        }
        let mut sink = EventSink::new(filling, described.source, file, &options.filter)?;
        match self {
            Self::Gdelt(version) => gdelt::read(*version, &mut lines, file, &mut sink)?,
            _ => icews::read(&mut lines, file, &mut sink)?,
        }
        sink.finish(&described)
    }
}
