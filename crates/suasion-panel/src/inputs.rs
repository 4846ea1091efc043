//! What a panel is computed from: the actors of a study and the rows of its chosen sources.

use std::ops::Range;

use suasion_actors::{DirectedDyad, Organisations, StateId};
use suasion_archive::schema::{Event, Flow, Tie, VoteTally};
use suasion_archive::{Archive, Family, Problem, Reports, Table};
use suasion_methods::composite::CapacityWeights;

use crate::column::RowRef;
use crate::measures::Needs;

/// Families that tell how states voted.
const VOTES: [Family; 2] = [Family::Tally, Family::Vote];

/// The outside power, its rivals and the states of the region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actors {
    /// The power whose policy is measured.
    pub power: StateId,
    /// The powers beside it.
    pub rivals: Vec<StateId>,
    /// The states of the region.
    pub region: Vec<StateId>,
}

impl Actors {
    /// The power, then its rivals.
    pub fn powers(&self) -> Vec<StateId> {
        std::iter::once(self.power).chain(self.rivals.iter().copied()).collect()
    }

    /// Every power toward every state, then every state toward every power.
    pub fn dyads(&self) -> Vec<DirectedDyad> {
        let outward: Vec<DirectedDyad> = self
            .powers()
            .into_iter()
            .flat_map(|power| self.region.iter().filter_map(move |state| DirectedDyad::new(power, *state)))
            .collect();
        let inward = outward.iter().map(DirectedDyad::reversed);
        outward.iter().copied().chain(inward).collect()
    }
}

/// The rows of the chosen sources of one family, one source after the other.
#[derive(Debug, Clone)]
pub struct Chosen<Row> {
    /// Coverage, provenance and ledger of each source, with the positions of its rows.
    pub tables: Vec<(Table, Range<usize>)>,
    /// The rows.
    pub rows: Vec<Row>,
}

impl<Row> Chosen<Row> {
    fn read(
        archive: &Archive,
        families: &[Family],
        names: &[String],
        read: impl Fn(&str) -> Result<Vec<Row>, Problem>,
    ) -> Result<Self, Problem> {
        let mut chosen = Self { tables: Vec::new(), rows: Vec::new() };
        let held = |name: &String| families.iter().find_map(|family| archive.table(*family, name));
        for table in names.iter().filter_map(held) {
            let first = chosen.rows.len();
            chosen.rows.extend(read(&table.provenance.source)?);
            chosen.tables.push((table.clone(), first..chosen.rows.len()));
        }
        Ok(chosen)
    }

    /// The rows of the preferred source.
    fn preferred(&self) -> &[Row] {
        self.tables.first().map_or(&[], |(_, rows)| &self.rows[rows.clone()])
    }

    /// Number of the table that holds a row, from 0.
    fn number_of(&self, index: usize) -> usize {
        self.tables.iter().position(|(_, rows)| rows.contains(&index)).unwrap_or(0)
    }
}

/// The rows from which all measures are computed.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// Who is looked at.
    pub actors: Actors,
    /// Events.
    pub events: Chosen<Event>,
    /// Tallies of votes.
    pub votes: Chosen<VoteTally>,
    /// Ties.
    pub ties: Chosen<Tie>,
    /// Flows.
    pub flows: Chosen<Flow>,
    /// Organisations by identity.
    pub organisations: Organisations,
    /// How the parts of influence capacity weigh.
    pub capacity_weights: CapacityWeights,
}

/// The names of the sources from which the inputs are taken, in order of preference.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceNames {
    /// Sources of events.
    pub events: Vec<String>,
    /// Which reports of machine-coded sources count.
    pub reports: Reports,
    /// Sources of votes.
    pub votes: Vec<String>,
    /// Sources of ties.
    pub ties: Vec<String>,
    /// Sources of flows.
    pub flows: Vec<String>,
}

impl SourceNames {
    /// Of events, votes and ties the first source: they are never mixed in one measure.
    #[must_use]
    pub fn first_of_each(&self) -> Self {
        let first = |names: &[String]| names.first().cloned().into_iter().collect();
        Self {
            events: first(&self.events),
            votes: first(&self.votes),
            ties: first(&self.ties),
            ..self.clone()
        }
    }
}

impl Inputs {
    /// Reads the rows of the named sources; a name that the archive does not hold adds none.
    pub fn read(
        archive: &Archive,
        actors: Actors,
        names: &SourceNames,
        capacity_weights: CapacityWeights,
    ) -> Result<Self, Problem> {
        let states: Vec<StateId> = actors.powers().into_iter().chain(actors.region.iter().copied()).collect();
        let events = |name: &str| {
            let single =
                archive.table(Family::Event, name).is_some_and(|table| table.coverage.sees_all_instruments);
            // Reports of machine coding number in the millions; they are read as monthly counts.
            if single { archive.events(name) } else { archive.counted_events(name, &states, names.reports) }
        };
        Ok(Self {
            events: Chosen::read(archive, &[Family::Event], &names.events, events)?,
            votes: Chosen::read(archive, &VOTES, &names.votes, |name| archive.tallies(name, &states))?,
            ties: Chosen::read(archive, &[Family::Tie], &names.ties, |name| archive.ties(name))?,
            flows: Chosen::read(archive, &[Family::Flow], &names.flows, |name| archive.flows(name))?,
            organisations: archive.organisations().clone(),
            capacity_weights,
            actors,
        })
    }

    /// The preferred table of a family, if a source was chosen.
    pub fn table(&self, family: Family) -> Option<&Table> {
        self.tables(family).first().map(|(table, _)| table)
    }

    fn tables(&self, family: Family) -> &[(Table, Range<usize>)] {
        match family {
            Family::Event => &self.events.tables,
            Family::Vote | Family::Tally => &self.votes.tables,
            Family::Tie => &self.ties.tables,
            Family::Flow => &self.flows.tables,
        }
    }

    /// The table that holds a row.
    pub fn table_of(&self, row: RowRef) -> Option<&Table> {
        self.tables(row.family).get(self.table_number(row)).map(|(table, _)| table)
    }

    /// Number of the table that holds a row, among those of its family, from 0.
    pub fn table_number(&self, row: RowRef) -> usize {
        let index = row.index as usize;
        match row.family {
            Family::Event => self.events.number_of(index),
            Family::Vote | Family::Tally => self.votes.number_of(index),
            Family::Tie => self.ties.number_of(index),
            Family::Flow => self.flows.number_of(index),
        }
    }

    /// The table that a measure is computed from.
    pub fn table_for(&self, needs: Needs) -> Option<&Table> {
        let (Needs::Flows(indicators) | Needs::TiesAndFlows(indicators)) = needs else {
            return self.table(needs.family());
        };
        indicators.first().and_then(|indicator| self.flow_table(indicator))
    }

    /// The first table that has an indicator: figures of different sources are never mixed.
    pub fn flow_table(&self, indicator: &str) -> Option<&Table> {
        let rows = &self.flows.rows;
        let has = |range: &Range<usize>| rows[range.clone()].iter().any(|flow| flow.indicator == indicator);
        self.flows.tables.iter().find(|(_, range)| has(range)).map(|(table, _)| table)
    }

    /// Whether a source of flows has an indicator.
    pub fn flow_source_has(&self, source: &str, indicator: &str) -> bool {
        self.flows.tables.iter().any(|(table, range)| {
            table.provenance.source == source
                && self.flows.rows[range.clone()].iter().any(|flow| flow.indicator == indicator)
        })
    }

    /// The events of the preferred source, from which measures are computed.
    pub fn event_rows(&self) -> &[Event] {
        self.events.preferred()
    }

    /// Every report with its position: a row that stands for several comes as often.
    pub fn reports(&self) -> impl Iterator<Item = (u32, &Event)> {
        let rows = self.event_rows().iter().zip(0_u32..);
        rows.flat_map(|(event, index)| std::iter::repeat_n((index, event), event.count as usize))
    }

    /// The ties of the preferred source, from which measures are computed.
    pub fn tie_rows(&self) -> &[Tie] {
        self.ties.preferred()
    }

    /// The flows, or none.
    pub fn flow_rows(&self) -> &[Flow] {
        &self.flows.rows
    }

    /// The tallies of votes, or none.
    pub fn tally_rows(&self) -> &[VoteTally] {
        &self.votes.rows
    }
}
