//! Opening a study: its file, its own tables or the built-in ones, and the store.

use std::path::{Path, PathBuf};

use suasion_actors::{Organisations, Period};
use suasion_archive::archive::ArchiveBuilder;
use suasion_archive::provenance::sha256;
use suasion_archive::schema::Record;
use suasion_archive::schema::event::EventRecord;
use suasion_archive::schema::flow::FlowRecord;
use suasion_archive::schema::tie::TieRecord;
use suasion_archive::schema::vote::VoteRecord;
use suasion_archive::sources::{Parsed, chronicle, flows, organisations, registry, ties, votes};
use suasion_archive::store::Store;
use suasion_archive::{
    Archive, Bibliography, Coverage, Family, Location, Problem, Provenance, Quarantined, Table,
};
use suasion_panel::Inputs;
use suasion_panel::inputs::SourceNames;

use crate::claim::{self, Claim};
use crate::periodisation::{self, Periodisations};
use crate::study::{self, Override, Study};

/// The built-in study's files, compiled into the program.
const BUILT_IN_NAME: &str = "russia-central-asia";
macro_rules! built_in {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../../../studies/russia-central-asia/", $path)) as &[u8])),*]
    };
}
const BUILT_IN: &[(&str, &[u8])] = built_in![
    "study.toml",
    "chronicle.csv",
    "ties.csv",
    "organisations.csv",
    "figures/trade.csv",
    "figures/votes.csv",
    "claims.toml",
    "periodisations.toml",
    "sources.bib",
];

/// Names of the built-in studies.
pub fn built_in_names() -> [&'static str; 1] {
    [BUILT_IN_NAME]
}

/// Where a study's files are.
#[derive(Debug, Clone)]
pub enum StudyFiles {
    /// Compiled into the program.
    BuiltIn,
    /// In the folder of a study file.
    Folder(PathBuf),
}

impl StudyFiles {
    fn read(&self, path: &str) -> Result<Vec<u8>, Problem> {
        match self {
            Self::BuiltIn => BUILT_IN
                .iter()
                .find(|(name, _)| *name == path)
                .map(|(_, bytes)| bytes.to_vec())
                .ok_or_else(|| Problem::new(format!("the built-in study has no file `{path}`"))),
            Self::Folder(folder) => {
                let path = folder.join(path);
                std::fs::read(&path).map_err(|error| Problem::file("read", &path, &error))
            }
        }
    }

    fn text(&self, path: &str) -> Result<String, Problem> {
        String::from_utf8(self.read(path)?).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            Problem::new(format!("the file is not valid UTF-8 from byte {valid} on"))
                .at(Location::file(self.shown(path)))
        })
    }

    /// The path as shown to the user.
    fn shown(&self, path: &str) -> String {
        match self {
            Self::BuiltIn => format!("{BUILT_IN_NAME}/{path}"),
            Self::Folder(folder) => folder.join(path).display().to_string(),
        }
    }
}

/// A study with everything that it needs to run.
#[derive(Debug)]
pub struct OpenStudy {
    /// Name under which it was opened.
    pub name: String,
    /// The study.
    pub study: Study,
    /// Its tables and those of the store.
    pub archive: Archive,
    /// The rows of the chosen sources.
    pub inputs: Inputs,
    /// The claims.
    pub claims: Vec<Claim>,
    /// Periodisations and shocks.
    pub periodisations: Periodisations,
    /// Rows of the study's own files that were refused.
    pub quarantined: Vec<Quarantined>,
    /// What must be said at the top: sources that are not held, rows refused.
    pub notices: Vec<String>,
    /// Name, path and hash of every file read.
    pub hashes: Vec<(String, String)>,
}

/// Opens a built-in study by name, or a study file by path.
pub fn open(reference: &str, changes: &[Override], store: Option<&Store>) -> Result<OpenStudy, Problem> {
    let (files, study_file) = locate(reference)?;
    let text = files.text(&study_file)?;
    let study = study::read(&files.shown(&study_file), &text, changes)?;
    let mut loader = Loader::new(files, store);
    loader.hashes.push((study_file, sha256(text.as_bytes())));
    loader.load(reference, study)
}

fn locate(reference: &str) -> Result<(StudyFiles, String), Problem> {
    if built_in_names().contains(&reference) {
        return Ok((StudyFiles::BuiltIn, "study.toml".to_owned()));
    }
    let path = Path::new(reference);
    let path = if path.is_dir() { path.join("study.toml") } else { path.to_owned() };
    if !path.is_file() {
        let problem = Problem::new(format!("`{reference}` is neither a built-in study nor a study file"));
        let near = suasion_archive::problem::nearest(reference, built_in_names());
        return Err(match near {
            Some(near) => problem.hint(format!("did you mean `{near}`?")),
            None => problem.hint(format!(
                "built-in studies: {}; `suasion new NAME` writes a study file",
                built_in_names().join(", ")
            )),
        });
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    Ok((StudyFiles::Folder(folder.unwrap_or(Path::new(".")).to_owned()), name))
}

/// Reads files into the archive's builder and keeps what must be told.
struct Loader<'a> {
    files: StudyFiles,
    store: Option<&'a Store>,
    builder: ArchiveBuilder,
    organisations: Organisations,
    quarantined: Vec<Quarantined>,
    notices: Vec<String>,
    hashes: Vec<(String, String)>,
}

impl<'a> Loader<'a> {
    fn new(files: StudyFiles, store: Option<&'a Store>) -> Self {
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

    fn load(mut self, name: &str, study: Study) -> Result<OpenStudy, Problem> {
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
        self.load_tables(&own, &study.files, &study)?;
        let claims_text = optional_text(&own, study.files.claims.as_deref())?;
        let periodisations = match optional_text(&own, study.files.periodisations.as_deref())? {
            Some((file, text)) => periodisation::read(&file, &text)?,
            None => Periodisations::default(),
        };
        self.builder.organisations(self.organisations.clone());
        let archive = std::mem::take(&mut self.builder).open(self.store)?;
        let names = self.choose(&study, &archive);
        let inputs = Inputs::read(&archive, study.actors.clone(), &names)?;
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
            self.add::<EventRecord>(files, path, "chronicle", owner, read)?;
        }
        if let Some(path) = &paths.ties {
            let read = |file: &str, bytes: &[u8]| ties::read("chronicle", file, bytes, &known);
            self.add::<TieRecord>(files, path, "chronicle", owner, read)?;
        }
        for (source, path) in &paths.flows {
            self.add::<FlowRecord>(files, path, source, owner, |file, bytes| {
                flows::read(source, file, bytes)
            })?;
        }
        for (source, path) in &paths.votes {
            self.add::<VoteRecord>(files, path, source, owner, |file, bytes| {
                votes::read(source, file, bytes)
            })?;
        }
        Ok(())
    }

    fn add<R: Record>(
        &mut self,
        files: &StudyFiles,
        path: &str,
        source: &str,
        owner: &Study,
        read: impl FnOnce(&str, &[u8]) -> Result<Parsed<R::Row>, Problem>,
    ) -> Result<(), Problem> {
        let bytes = files.read(path)?;
        let shown = files.shown(path);
        let parsed = read(&shown, &bytes)?;
        if parsed.rows.is_empty() {
            let lost = parsed.ledger.quarantined.len();
            self.notices.push(format!("{shown} holds no usable row ({lost} refused)"));
        }
        let span = R::span(&parsed.rows);
        let table = table(R::FAMILY, source, path, &bytes, owner, span, parsed.ledger.clone());
        self.quarantined.extend(parsed.ledger.quarantined);
        self.hashes.push((path.to_owned(), table.provenance.sha256.clone()));
        self.builder.add::<R>(table, &parsed.rows)
    }

    /// The first source of each list that the archive holds; the others are named.
    fn choose(&mut self, study: &Study, archive: &Archive) -> SourceNames {
        let mut pick = |family: Family, wanted: &[String]| {
            let held = |name: &&String| archive.table(family, name).is_some();
            for name in wanted.iter().filter(|name| !held(name)) {
                self.notices.push(format!(
                    "source `{name}` ({}) is not in the archive; nothing was computed from it",
                    family.table_name()
                ));
            }
            let chosen: Vec<&String> = wanted.iter().filter(held).collect();
            if chosen.len() > 1 {
                let rest: Vec<&str> = chosen[1..].iter().map(|name| name.as_str()).collect();
                let message = format!(
                    "{} come from `{}`; also held: {}",
                    family.table_name(),
                    chosen[0],
                    rest.join(", ")
                );
                self.notices.push(message);
            }
            chosen.first().map(|name| (*name).clone())
        };
        SourceNames {
            events: pick(Family::Event, &study.sources.events),
            votes: pick(Family::Vote, &study.sources.votes),
            ties: pick(Family::Tie, &study.sources.ties),
            flows: pick(Family::Flow, &study.sources.flows),
        }
    }

    fn tell_quarantine(&mut self) {
        if let Some(first) = self.quarantined.first() {
            let count = self.quarantined.len();
            self.notices.push(format!("{count} rows were refused; the first: {first}"));
        }
    }
}

fn optional_text(files: &StudyFiles, path: Option<&str>) -> Result<Option<(String, String)>, Problem> {
    path.map(|path| Ok((files.shown(path), files.text(path)?))).transpose()
}

fn built_in_study() -> Result<Study, Problem> {
    study::read(&StudyFiles::BuiltIn.shown("study.toml"), &StudyFiles::BuiltIn.text("study.toml")?, &[])
}

fn table(
    family: Family,
    source: &str,
    path: &str,
    bytes: &[u8],
    owner: &Study,
    span: Option<Period>,
    ledger: suasion_archive::Ledger,
) -> Table {
    let known = registry::describe(source);
    // The chronicle begins with the states themselves, a year before most studies.
    let first = jiff::civil::date(1991, 1, 1).min(owner.period.begin());
    let period = span.or_else(|| Period::new(first, owner.period.end())).unwrap_or(owner.period);
    Table {
        family,
        coverage: Coverage {
            powers: owner.actors.powers().into_iter().collect(),
            states: owner.actors.region.iter().copied().collect(),
            period,
            note: known.map(|known| known.note.to_owned()).unwrap_or_default(),
        },
        provenance: Provenance {
            source: source.to_owned(),
            title: known.map_or_else(|| source.to_owned(), |known| known.title.to_owned()),
            version: known
                .map(|known| known.version)
                .filter(|version| !version.is_empty())
                .unwrap_or(&owner.version)
                .to_owned(),
            file: path.to_owned(),
            sha256: sha256(bytes),
            licence: known.map_or("as its owner says", |known| known.licence).to_owned(),
            citations: known
                .map(|known| known.citations.iter().map(|key| (*key).to_owned()).collect())
                .unwrap_or_default(),
        },
        ledger,
    }
}
