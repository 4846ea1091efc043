//! Periodisations from the literature and dated shocks, as data.

use serde::Deserialize;
use suasion_actors::{FactDate, Period};
use suasion_archive::{Location, Problem};

use crate::study::problem_of_toml;

/// One phase of a periodisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phase {
    /// What the author calls it.
    pub label: String,
    /// When it begins.
    pub begin: FactDate,
    /// When it ends; none if it had not when it was written.
    pub end: Option<FactDate>,
}

/// How one author cuts the time into phases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Periodisation {
    /// Identity.
    pub id: String,
    /// Name for readers.
    pub title: String,
    /// Citation keys.
    pub citations: Vec<String>,
    /// How it was read, where the source leaves room.
    pub note: String,
    /// The phases, in time.
    pub phases: Vec<Phase>,
}

impl Periodisation {
    /// First days of phases that begin inside the period and not with it.
    pub fn boundaries(&self, period: &Period) -> Vec<jiff::civil::Date> {
        let mut days: Vec<_> = self
            .phases
            .iter()
            .map(|phase| phase.begin.earliest())
            .filter(|day| *day > period.begin() && *day <= period.end())
            .collect();
        days.sort_unstable();
        days.dedup();
        days
    }
}

/// A dated event that may have shaken relations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shock {
    /// Identity.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// Short mark for figures.
    pub mark: String,
    /// When it began.
    pub begin: FactDate,
    /// When it ended, if dated.
    pub end: Option<FactDate>,
    /// One sentence.
    pub description: String,
    /// Citation keys.
    pub citations: Vec<String>,
}

/// The contents of a file of periodisations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Periodisations {
    /// Periodisations, in the order of the file.
    pub periodisations: Vec<Periodisation>,
    /// Shocks, in time.
    pub shocks: Vec<Shock>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    periodisation: Vec<RawPeriodisation>,
    #[serde(default)]
    shock: Vec<RawShock>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPeriodisation {
    id: String,
    title: String,
    citations: Vec<String>,
    #[serde(default)]
    note: String,
    phase: Vec<RawPhase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPhase {
    label: String,
    begin: String,
    end: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawShock {
    id: String,
    name: String,
    mark: String,
    begin: String,
    end: Option<String>,
    description: String,
    citations: Vec<String>,
}

/// Reads a file of periodisations and shocks.
pub fn read(file: &str, text: &str) -> Result<Periodisations, Problem> {
    let raw: RawFile = toml::from_str(text).map_err(|error| problem_of_toml(file, text, &error))?;
    let date = |id: &str, text: &str| {
        text.parse::<FactDate>().map_err(|error| {
            Problem::new(format!("{error}, in `{id}`"))
                .at(Location::file(file))
                .hint(suasion_actors::date::DateError::HINT)
        })
    };
    let optional = |id: &str, text: Option<&String>| text.map(|text| date(id, text)).transpose();
    let mut periodisations = Vec::new();
    for raw in raw.periodisation {
        let mut phases = Vec::new();
        for phase in raw.phase {
            let (begin, end) = (date(&raw.id, &phase.begin)?, optional(&raw.id, phase.end.as_ref())?);
            if end.is_some_and(|end| end.latest() < begin.earliest()) {
                let message = format!("phase `{}` of `{}` ends before it begins", phase.label, raw.id);
                return Err(Problem::new(message).at(Location::file(file)));
            }
            phases.push(Phase { label: phase.label, begin, end });
        }
        periodisations.push(Periodisation {
            id: raw.id,
            title: raw.title,
            citations: raw.citations,
            note: raw.note,
            phases,
        });
    }
    let mut shocks = Vec::new();
    for raw in raw.shock {
        shocks.push(Shock {
            begin: date(&raw.id, &raw.begin)?,
            end: optional(&raw.id, raw.end.as_ref())?,
            id: raw.id,
            name: raw.name,
            mark: raw.mark,
            description: raw.description,
            citations: raw.citations,
        });
    }
    shocks.sort_by_key(|shock| shock.begin.earliest());
    Ok(Periodisations { periodisations, shocks })
}
