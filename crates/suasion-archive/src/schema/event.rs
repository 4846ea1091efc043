//! Events: who did what to whom, when.

use serde::{Deserialize, Serialize};
use suasion_actors::{DirectedDyad, FactDate, OrganisationId, StateId};

use super::Family;
use super::record::{Record, parse, parse_optional, state};
use crate::ontology::{EventCode, Instrument};

/// One or two sources of a fact: citation key and address (empty if not on the web).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sources {
    /// The first source.
    pub first: (String, String),
    /// A second, independent source.
    pub second: Option<(String, String)>,
}

impl Sources {
    /// Citation key and address of each source.
    pub fn iter(&self) -> impl Iterator<Item = &(String, String)> {
        std::iter::once(&self.first).chain(&self.second)
    }

    /// How many sources confirm the fact.
    pub fn confirmed(&self) -> u8 {
        1 + u8::from(self.second.is_some())
    }

    pub(super) fn from_columns(first: (String, String), second: (Option<String>, Option<String>)) -> Self {
        Self { first, second: second.0.map(|key| (key, second.1.unwrap_or_default())) }
    }

    pub(super) fn second_columns(&self) -> (Option<String>, Option<String>) {
        self.second.clone().unzip()
    }
}

/// One directed act. A joint act of two states stands twice, once in each direction, under the
/// same `act`; an act toward an organisation alone stands once and without a target.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The source's name in the archive.
    pub source_name: String,
    /// Identity of the act within the source.
    pub act: String,
    /// Line of the source file, from 1.
    pub line: u64,
    /// When, as precisely as known.
    pub date: FactDate,
    /// The acting state.
    pub source: StateId,
    /// The state acted upon.
    pub target: Option<StateId>,
    /// The organisation acted upon or within.
    pub organisation: Option<OrganisationId>,
    /// Whether the act is a joint one.
    pub mutual: bool,
    /// Whether this is the mirrored direction of a joint act.
    pub mirrored: bool,
    /// The state that proposed or asked, if known.
    pub initiator: Option<StateId>,
    /// The means of policy.
    pub instrument: Instrument,
    /// What kind of act, as published.
    pub code: EventCode,
    /// The code's score, as the source publishes it.
    pub score: f64,
    /// How many reports of machine coding the row stands for; 1 for a single act.
    pub count: u32,
    /// One sentence.
    pub description: String,
    /// Where it is written.
    pub sources: Sources,
}

impl Event {
    /// Source and target as a dyad, if the target is a state.
    pub fn dyad(&self) -> Option<DirectedDyad> {
        DirectedDyad::new(self.source, self.target?)
    }
}

/// The flat record of an [`Event`].
#[derive(Debug, Serialize, Deserialize)]
pub struct EventRecord {
    source_name: String,
    act: String,
    line: u64,
    date: String,
    begin: Option<String>,
    end: Option<String>,
    source: Option<String>,
    target: Option<String>,
    organisation: Option<String>,
    mutual: bool,
    mirrored: bool,
    initiator: Option<String>,
    instrument: String,
    instrument_group: String,
    ontology: String,
    code: String,
    plover: Option<String>,
    mode: Option<String>,
    contexts: Option<String>,
    place: Option<String>,
    quad_class: i32,
    score: f64,
    description: String,
    citation: String,
    url: String,
    second_citation: Option<String>,
    second_url: Option<String>,
    source_actor: Option<String>,
    target_actor: Option<String>,
    source_role: Option<String>,
    target_role: Option<String>,
    mentions: Option<i64>,
    root_event: Option<bool>,
    count: i64,
}

impl Record for EventRecord {
    type Row = Event;
    const FAMILY: Family = Family::Event;
    const DAYS: &'static [&'static str] = &["begin", "end"];

    fn from_row(row: &Event) -> Self {
        let (second_citation, second_url) = row.sources.second_columns();
        Self {
            source_name: row.source_name.clone(),
            act: row.act.clone(),
            line: row.line,
            date: row.date.to_string(),
            begin: Some(row.date.earliest().to_string()),
            end: Some(row.date.latest().to_string()),
            source: Some(row.source.to_string()),
            target: row.target.map(|target| target.to_string()),
            organisation: row.organisation.as_ref().map(ToString::to_string),
            mutual: row.mutual,
            mirrored: row.mirrored,
            initiator: row.initiator.map(|initiator| initiator.to_string()),
            instrument: row.instrument.to_string(),
            instrument_group: row.instrument.group().name().to_owned(),
            ontology: row.code.ontology().to_owned(),
            code: row.code.to_string(),
            plover: row.code.plover().map(|category| category.to_string()),
            mode: None,
            contexts: None,
            place: None,
            quad_class: row.code.quad_class() as i32,
            score: row.score,
            description: row.description.clone(),
            citation: row.sources.first.0.clone(),
            url: row.sources.first.1.clone(),
            second_citation,
            second_url,
            source_actor: None,
            target_actor: None,
            source_role: None,
            target_role: None,
            mentions: None,
            root_event: None,
            count: i64::from(row.count),
        }
    }

    fn into_row(self) -> Result<Event, String> {
        let optional_state = |field, text: Option<String>| text.map(|text| state(field, &text)).transpose();
        Ok(Event {
            date: parse("date", &self.date)?,
            source: state("source", &self.source.unwrap_or_default())?,
            target: optional_state("target", self.target)?,
            organisation: self
                .organisation
                .map(|text| OrganisationId::new(&text).ok_or(format!("organisation `{text}`")))
                .transpose()?,
            initiator: optional_state("initiator", self.initiator)?,
            instrument: parse("instrument", &self.instrument)?,
            code: EventCode::parse(&self.ontology, &self.code)?,
            score: self.score,
            count: u32::try_from(self.count).map_err(|_| format!("count `{}`", self.count))?,
            sources: Sources::from_columns(
                (self.citation, self.url),
                (self.second_citation, parse_optional("second_url", self.second_url)?),
            ),
            source_name: self.source_name,
            act: self.act,
            line: self.line,
            mutual: self.mutual,
            mirrored: self.mirrored,
            description: self.description,
        })
    }
}
