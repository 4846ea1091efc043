//! Reading a study's files into the archive, keeping what must be told.

use suasion_actors::Organisations;
use suasion_archive::archive::ArchiveBuilder;
use suasion_archive::schema::Record;
use suasion_archive::schema::event::EventRecord;
use suasion_archive::schema::flow::FlowRecord;
use suasion_archive::schema::tally::TallyRecord;
use suasion_archive::schema::tie::TieRecord;
use suasion_archive::sources::{Parsed, chronicle, flows, organisations, tallies, ties};
use suasion_archive::store::Store;
use suasion_archive::{Archive, Bibliography, Family, Problem, Quarantined, Table};
use suasion_panel::Inputs;
use suasion_panel::inputs::SourceNames;

use super::describe::{coverage, provenance};
use super::{OpenStudy, StudyFiles};
use crate::claim;
use crate::periodisation::{self, Periodisations};
use crate::study::{self, Study, TableFile};

/// Reads files into the archive's builder and keeps what must be told.
pub(super) struct Loader<'a> {
    files: StudyFiles,
    store: Option<&'a Store>,
    builder: ArchiveBuilder,
    organisations: Organisations,
    quarantined: Vec<Quarantined>,
    notices: Vec<String>,
    pub(super) hashes: Vec<(String, String)>,
}

impl<'a> Loader<'a> {
    pub(super) fn new(files: StudyFiles, store: Option<&'a Store>) -> Self {
        Self {
            files,
            store,
            builder: ArchiveBuilder::default(),
            organisations: Organisations::default(),
            quarantined: Vec::new(),
            notices: Vec::new(),
            hashes: Vec::new(),
        }
    }

    /// The study's tables, or the built-in ones, and those of the store.
    pub(super) fn archive(&mut self, study: &Study) -> Result<Archive, Problem> {
        // Tables that the study does not bring itself come from the built-in study, whose own
        // actors and period say what those tables cover.
        let built_in = built_in_study()?;
        let own = self.files.clone();
        let mut base = built_in.files.clone();
        self.load_bibliography(&StudyFiles::BuiltIn, base.bibliography.as_deref())?;
        self.load_bibliography(&own, study.files.bibliography.as_deref())?;
        self.load_organisations(&StudyFiles::BuiltIn, base.organisations.as_deref())?;
        self.load_organisations(&own, study.files.organisations.as_deref())?;
        for (path, own_path) in
            [(&mut base.chronicle, &study.files.chronicle), (&mut base.ties, &study.files.ties)]
        {
            if own_path.is_some() {
                *path = None;
            }
        }
        base.flows.retain(|(source, _)| study.files.flows.iter().all(|(own, _)| own != source));
        base.votes.retain(|(source, _)| study.files.votes.iter().all(|(own, _)| own != source));
        if !matches!(own, StudyFiles::BuiltIn) {
            self.load_tables(&StudyFiles::BuiltIn, &base, &built_in)?;
        }
        // What is compiled in speaks for whom and when it was compiled, whatever --set asks of it.
        let owner = if matches!(own, StudyFiles::BuiltIn) { &built_in } else { study };
        self.load_tables(&own, &study.files, owner)?;
        self.builder.organisations(self.organisations.clone());
        std::mem::take(&mut self.builder).open(self.store)
    }

    pub(super) fn load(mut self, name: &str, study: Study) -> Result<OpenStudy, Problem> {
        let archive = self.archive(&study)?;
        let own = self.files.clone();
        let claims_text = optional_text(&own, study.files.claims.as_deref())?;
        let periodisations = match optional_text(&own, study.files.periodisations.as_deref())? {
            Some((file, text)) => periodisation::read(&file, &text)?,
            None => Periodisations::default(),
        };
        let sources = self.choose(&study, &archive);
        let inputs = Inputs::read(
            &archive,
            study.actors.clone(),
            &read_at_once(&sources, &archive),
            study.capacity_weights,
        )?;
        let claims = match claims_text {
            Some((file, text)) => {
                claim::read(&file, &text, &study.actors, &study.period, &self.organisations, &periodisations)?
            }
            None => Vec::new(),
        };
        self.tell_quarantine();
        Ok(OpenStudy {
            name: name.to_owned(),
            study,
            archive,
            sources,
            inputs,
            claims,
            periodisations,
            quarantined: self.quarantined,
            notices: self.notices,
            hashes: self.hashes,
        })
    }

    fn load_bibliography(&mut self, files: &StudyFiles, path: Option<&str>) -> Result<(), Problem> {
        if let Some((file, text)) = optional_text(files, path)? {
            self.builder.bibliography(Bibliography::read(&file, &text)?);
        }
        Ok(())
    }

    fn load_organisations(&mut self, files: &StudyFiles, path: Option<&str>) -> Result<(), Problem> {
        let Some(path) = path else { return Ok(()) };
        let parsed = organisations::read(&files.shown(path), &files.read(path)?)?;
        for organisation in parsed.rows {
            self.organisations.insert(organisation);
        }
        self.quarantined.extend(parsed.ledger.quarantined);
        Ok(())
    }

    fn load_tables(
        &mut self,
        files: &StudyFiles,
        paths: &study::Files,
        owner: &Study,
    ) -> Result<(), Problem> {
        let known = self.organisations.clone();
        if let Some(path) = &paths.chronicle {
            let read = |file: &str, bytes: &[u8]| chronicle::read("chronicle", file, bytes, &known);
            self.add::<EventRecord>(files, &TableFile::at(path), "chronicle", owner, read)?;
        }
        if let Some(path) = &paths.ties {
            let read = |file: &str, bytes: &[u8]| ties::read("chronicle", file, bytes, &known);
            self.add::<TieRecord>(files, &TableFile::at(path), "chronicle", owner, read)?;
        }
        for (source, table) in &paths.flows {
            let read = |file: &str, bytes: &[u8]| flows::read(source, file, bytes);
            self.add::<FlowRecord>(files, table, source, owner, read)?;
        }
        for (source, table) in &paths.votes {
            let read = |file: &str, bytes: &[u8]| tallies::read(source, file, bytes);
            self.add::<TallyRecord>(files, table, source, owner, read)?;
        }
        Ok(())
    }

    fn add<R: Record>(
        &mut self,
        files: &StudyFiles,
        described: &TableFile,
        source: &str,
        owner: &Study,
        read: impl FnOnce(&str, &[u8]) -> Result<Parsed<R::Row>, Problem>,
    ) -> Result<(), Problem> {
        let path = &described.path;
        let bytes = files.read(path)?;
        let shown = files.shown(path);
        let parsed = read(&shown, &bytes)?;
        if parsed.rows.is_empty() {
            let lost = parsed.ledger.refused;
            self.notices.push(format!("{shown} holds no usable row ({lost} refused)"));
        }
        let table = Table {
            family: R::FAMILY,
            coverage: coverage(owner, source, described, R::span(&parsed.rows)),
            provenance: provenance(owner, source, described, &bytes),
            ledger: parsed.ledger.clone(),
        };
        self.quarantined.extend(parsed.ledger.quarantined);
        self.hashes.push((path.clone(), table.provenance.sha256.clone()));
        self.builder.add::<R>(table, &parsed.rows)
    }

    /// The sources that the archive holds, of each list; those that it lacks are named.
    fn choose(&mut self, study: &Study, archive: &Archive) -> SourceNames {
        let wanted = &study.sources;
        SourceNames {
            reports: wanted.reports,
            events: self.held_side_by_side(archive, &[Family::Event], &wanted.events),
            votes: self.held_side_by_side(archive, &[Family::Vote, Family::Tally], &wanted.votes),
            ties: self.held_side_by_side(archive, &[Family::Tie], &wanted.ties),
            flows: self.held(archive, &[Family::Flow], &wanted.flows),
        }
    }

    fn held(&mut self, archive: &Archive, families: &[Family], wanted: &[String]) -> Vec<String> {
        let (held, missing): (Vec<&String>, Vec<&String>) = wanted
            .iter()
            .partition(|name| families.iter().any(|family| archive.table(*family, name).is_some()));
        let what = families.first().map_or("", |family| family.table_name());
        for name in missing {
            self.notices.push(format!(
                "source `{name}` ({what}) is not in the archive; nothing was computed from it"
            ));
        }
        held.into_iter().cloned().collect()
    }

    fn held_side_by_side(
        &mut self,
        archive: &Archive,
        families: &[Family],
        wanted: &[String],
    ) -> Vec<String> {
        let held = self.held(archive, families, wanted);
        if held.len() > 1 {
            let rest = held[1..].join(", ");
            let table = families.first().map_or("", |family| family.table_name());
            self.notices.push(format!(
                "{table} of figures and diagnoses come from `{}` alone; claims are tested on each of: {}, {rest}",
                held[0], held[0]
            ));
        }
        held
    }

    fn tell_quarantine(&mut self) {
        if let Some(first) = self.quarantined.first() {
            let count = self.quarantined.len();
            self.notices.push(format!("{count} rows were refused; the first: {first}"));
        }
    }
}

/// The first source of events, votes and ties, which measures are computed from, and with them
/// whatever tells single facts: each of those is asked for a fact.
fn read_at_once(sources: &SourceNames, archive: &Archive) -> SourceNames {
    let single = |name: &&String| {
        archive.table(Family::Event, name).is_some_and(|table| table.coverage.sees_all_instruments)
    };
    let mut names = sources.first_of_each();
    names.events.extend(sources.events.iter().skip(1).filter(single).cloned());
    names.ties.clone_from(&sources.ties);
    names
}

fn optional_text(files: &StudyFiles, path: Option<&str>) -> Result<Option<(String, String)>, Problem> {
    path.map(|path| Ok((files.shown(path), files.text(path)?))).transpose()
}

fn built_in_study() -> Result<Study, Problem> {
    study::read(&StudyFiles::BuiltIn.shown("study.toml"), &StudyFiles::BuiltIn.text("study.toml")?, &[])
}
