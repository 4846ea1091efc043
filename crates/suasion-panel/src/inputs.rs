//! What a panel is computed from: the actors of a study and the rows of its chosen sources.

use std::collections::BTreeMap;

use suasion_actors::{DirectedDyad, Organisations, StateId, Step};
use suasion_archive::schema::{Event, Flow, Party, Subset, Tie, VoteTally};
use suasion_archive::{Archive, Family, Problem, Table};

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

/// One source's rows with what the archive knows of its table.
#[derive(Debug, Clone)]
pub struct Chosen<Row> {
    /// Coverage, provenance and ledger.
    pub table: Table,
    /// The rows.
    pub rows: Vec<Row>,
}

/// The rows from which all measures are computed.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// Who is looked at.
    pub actors: Actors,
    /// Events of one source, if any.
    pub events: Option<Chosen<Event>>,
    /// Tallies of votes of one source, if any.
    pub votes: Option<Chosen<VoteTally>>,
    /// Ties of one source, if any.
    pub ties: Option<Chosen<Tie>>,
    /// Flows of one source, if any.
    pub flows: Option<Chosen<Flow>>,
    /// Organisations by identity.
    pub organisations: Organisations,
}

/// The names of the sources from which the inputs are taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceNames {
    /// Source of events.
    pub events: Option<String>,
    /// Source of votes.
    pub votes: Option<String>,
    /// Source of ties.
    pub ties: Option<String>,
    /// Source of flows.
    pub flows: Option<String>,
}

impl Inputs {
    /// Reads the rows of the named sources; a name that the archive does not hold leaves its
    /// family empty.
    pub fn read(archive: &Archive, actors: Actors, names: &SourceNames) -> Result<Self, Problem> {
        Ok(Self {
            actors,
            events: chosen(archive, Family::Event, names.events.as_deref(), |name| archive.events(name))?,
            votes: chosen(archive, Family::Vote, names.votes.as_deref(), |name| archive.votes(name))?,
            ties: chosen(archive, Family::Tie, names.ties.as_deref(), |name| archive.ties(name))?,
            flows: chosen(archive, Family::Flow, names.flows.as_deref(), |name| archive.flows(name))?,
            organisations: archive.organisations().clone(),
        })
    }

    /// The table of a family, if a source was chosen.
    pub fn table(&self, family: Family) -> Option<&Table> {
        match family {
            Family::Event => self.events.as_ref().map(|chosen| &chosen.table),
            Family::Vote => self.votes.as_ref().map(|chosen| &chosen.table),
            Family::Tie => self.ties.as_ref().map(|chosen| &chosen.table),
            Family::Flow => self.flows.as_ref().map(|chosen| &chosen.table),
        }
    }

    /// The events, or none.
    pub fn event_rows(&self) -> &[Event] {
        self.events.as_ref().map_or(&[], |chosen| &chosen.rows)
    }

    /// The ties, or none.
    pub fn tie_rows(&self) -> &[Tie] {
        self.ties.as_ref().map_or(&[], |chosen| &chosen.rows)
    }

    /// The flows, or none.
    pub fn flow_rows(&self) -> &[Flow] {
        self.flows.as_ref().map_or(&[], |chosen| &chosen.rows)
    }

    /// The tallies of votes, or none.
    pub fn vote_rows(&self) -> &[VoteTally] {
        self.votes.as_ref().map_or(&[], |chosen| &chosen.rows)
    }
}

fn chosen<Row>(
    archive: &Archive,
    family: Family,
    name: Option<&str>,
    read: impl FnOnce(&str) -> Result<Vec<Row>, Problem>,
) -> Result<Option<Chosen<Row>>, Problem> {
    let Some(table) = name.and_then(|name| archive.table(family, name)) else {
        return Ok(None);
    };
    let rows = read(&table.provenance.source)?;
    Ok(Some(Chosen { table: table.clone(), rows }))
}

/// Positions of rows by what they are about.
#[derive(Debug)]
pub struct Lookup {
    events: BTreeMap<(DirectedDyad, Step), Vec<u32>>,
    flows: BTreeMap<(String, Party, Party, i16), u32>,
    votes: BTreeMap<(StateId, StateId, i16, Subset), u32>,
}

impl Lookup {
    /// Indexes the inputs for steps of the unit of `like`.
    pub fn new(inputs: &Inputs, unit: suasion_actors::TimeUnit) -> Self {
        let mut events: BTreeMap<_, Vec<u32>> = BTreeMap::new();
        for (index, event) in inputs.event_rows().iter().enumerate() {
            if let Some(dyad) = event.dyad().filter(|_| event.date.fits(unit)) {
                let step = Step::containing(event.date.earliest(), unit);
                events.entry((dyad, step)).or_default().push(index as u32);
            }
        }
        let flows = inputs.flow_rows().iter().enumerate().map(|(index, flow)| {
            ((flow.indicator.clone(), flow.source, flow.target, flow.year), index as u32)
        });
        let votes = inputs
            .vote_rows()
            .iter()
            .enumerate()
            .map(|(index, tally)| ((tally.first, tally.second, tally.year, tally.subset), index as u32));
        Self { events, flows: flows.collect(), votes: votes.collect() }
    }

    /// Positions of the events of a dyad in a step.
    pub fn events(&self, dyad: DirectedDyad, step: Step) -> &[u32] {
        self.events.get(&(dyad, step)).map_or(&[], Vec::as_slice)
    }

    /// Position of an amount.
    pub fn flow(&self, indicator: &str, source: Party, target: Party, year: i16) -> Option<u32> {
        self.flows.get(&(indicator.to_owned(), source, target, year)).copied()
    }

    /// Position of the tally of a pair.
    pub fn votes(&self, a: StateId, b: StateId, year: i16, subset: Subset) -> Option<u32> {
        self.votes.get(&(a.min(b), a.max(b), year, subset)).copied()
    }
}
