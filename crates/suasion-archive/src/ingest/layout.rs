//! Which layout a file has, told by its beginning, and its way from there into a table.

use std::path::Path;

use super::Options;
use super::events::EventSink;
use super::rows::RowSink;
use super::table::Described;
use crate::archive::Table;
use crate::input::Lines;
use crate::problem::{Problem, nearest};
use crate::schema::flow::FlowRecord;
use crate::schema::tie::TieRecord;
use crate::schema::vote::VoteRecord;
use crate::sources::layout::{self, LAYOUTS, Published, Reader};
use crate::sources::mapping::{self, Mapping};
use crate::sources::registry;
use crate::store::{Filling, Staged};

/// A layout that is recognised.
#[derive(Debug, Clone)]
pub(super) enum Layout {
    /// One that a file of code reads.
    Known(&'static layout::Layout),
    /// A yearly table that a mapping describes.
    Mapped(Box<Mapping>),
}

impl Layout {
    fn all() -> impl Iterator<Item = Self> {
        let mapped = Mapping::built_in().into_iter().map(|mapping| Self::Mapped(Box::new(mapping)));
        LAYOUTS.iter().map(Self::Known).chain(mapped)
    }

    fn recognises(&self, start: &[u8], name: &str) -> bool {
        match self {
            Self::Known(layout) => name.contains(layout.in_name) && (layout.recognises)(start),
            Self::Mapped(mapping) => mapping.fits(layout::first_line(start)),
        }
    }

    /// The layout of a file that begins so, or the one that the user names or describes.
    pub(super) fn of(start: &[u8], name: &str, options: &Options) -> Result<Option<Self>, Problem> {
        if let Some(mapping) = &options.mapping {
            mapping.check(layout::first_line(start))?;
            return Ok(Some(Self::Mapped(Box::new(mapping.clone()))));
        }
        let found = Self::all().find(|layout| layout.recognises(start, name));
        let Some(name) = options.source.as_deref() else { return Ok(found) };
        let all: Vec<Self> = Self::all().collect();
        if !all.iter().any(|layout| layout.source() == name) {
            let problem = Problem::new(format!("`{name}` is not a source whose layout is known"));
            return Err(match nearest(name, all.iter().map(Self::source)) {
                Some(near) => problem.hint(format!("did you mean `{near}`?")),
                None => problem,
            });
        }
        Ok(found.filter(|found| found.source() == name))
    }

    /// The layout and its reader, if the file holds events.
    pub(super) fn of_events(&self) -> Option<(&'static layout::Layout, layout::ReadLines)> {
        let Self::Known(layout) = self else { return None };
        let Reader::Events(read) = layout.reader else { return None };
        Some((layout, read))
    }

    pub(super) fn unknown(path: &Path, name: &str, start: &[u8]) -> Problem {
        let first = layout::first_line(start);
        let begin = String::from_utf8_lossy(&first[..first.len().min(80)]).into_owned();
        let member = if path.ends_with(name) { String::new() } else { format!(" ({name})") };
        let mut known: Vec<String> = Self::all().map(|layout| layout.title()).collect();
        known.dedup();
        Problem::new(format!("{}{member} has no layout that is known; it begins `{begin}`", path.display()))
            .hint(format!("known layouts: {}; --mapping describes your own", known.join("; ")))
    }

    fn source(&self) -> &str {
        match self {
            Self::Known(layout) => layout.source,
            Self::Mapped(mapping) => &mapping.name,
        }
    }

    fn title(&self) -> String {
        match self {
            Self::Mapped(mapping) => mapping.title.clone(),
            Self::Known(layout) => {
                registry::describe(layout.source).map_or(layout.source, |known| known.title).to_owned()
            }
        }
    }

    fn described<'a>(&'a self, options: &'a Options, hash: &'a str) -> Described<'a> {
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
            Self::Known(layout) => {
                let known = registry::describe(layout.source);
                let citations = known.map(|known| known.citations).unwrap_or_default();
                Described {
                    source: layout.source,
                    title: known.map_or(layout.source, |known| known.title),
                    version: named.or(known.map(|known| known.version)).unwrap_or_default(),
                    licence: known.map_or("", |known| known.licence),
                    citations: citations.iter().map(|key| (*key).to_owned()).collect(),
                    note: known.map_or("", |known| known.note),
                    hash,
                }
            }
        }
    }

    /// Reads a file into a table that waits to be counted in.
    pub(super) fn read(
        &self,
        filling: &Filling<'_>,
        mut lines: Lines<'_>,
        file: &str,
        options: &Options,
        hash: &str,
    ) -> Result<(Staged, Table), Problem> {
        let described = self.described(options, hash);
        let filter = &options.filter;
        let of = Published {
            file,
            source: described.source,
            version: described.version,
            roll_calls: &options.roll_calls,
        };
        let reader = match self {
            Self::Mapped(mapping) => {
                let mut sink = RowSink::<FlowRecord>::new(filling, file, filter)?;
                let mapping = Mapping { version: of.version.to_owned(), ..Mapping::clone(mapping) };
                mapping::read(&mapping, &mut lines.into_rest(), file, &mut sink)?;
                return sink.finish(&described);
            }
            Self::Known(layout) => layout.reader,
        };
        match reader {
            Reader::Events(read) => {
                let mut sink = EventSink::new(filling, of.source, file, filter)?;
                read(&mut lines, file, &mut sink)?;
                sink.finish(&described)
            }
            Reader::Votes(read) => {
                let mut sink = RowSink::<VoteRecord>::new(filling, file, filter)?;
                read(&mut lines.into_rest(), &of, &mut sink)?;
                sink.finish(&described)
            }
            Reader::Ties(read) => {
                let mut sink = RowSink::<TieRecord>::new(filling, file, filter)?;
                read(&mut lines.into_rest(), &of, &mut sink)?;
                sink.finish(&described)
            }
            Reader::Flows(read) => {
                let mut sink = RowSink::<FlowRecord>::new(filling, file, filter)?;
                read(&mut lines.into_rest(), &of, &mut sink)?;
                sink.finish(&described)
            }
        }
    }
}
