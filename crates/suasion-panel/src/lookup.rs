//! Where the rows about a dyad, a pair or an amount stand.

use std::collections::{BTreeMap, BTreeSet};

use suasion_actors::{DirectedDyad, StateId, Step};
use suasion_archive::ontology::EventCode;
use suasion_archive::schema::{Event, Party, Subset};

use crate::inputs::Inputs;

type FlowKey = (String, Party, Party, i16);

/// Which kinds of acts count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Codes {
    /// All.
    #[default]
    All,
    /// All but public statements (CAMEO root 01), which are neutral.
    WithoutStatements,
}

impl Codes {
    fn count(self, event: &Event) -> bool {
        self == Self::All || !matches!(event.code, EventCode::Cameo(code) if code.root() == 1)
    }
}

/// Positions of rows by what they are about.
#[derive(Debug)]
pub struct Lookup {
    events: BTreeMap<(DirectedDyad, Step), Vec<u32>>,
    flows: BTreeMap<FlowKey, u32>,
    votes: BTreeMap<(StateId, StateId, i16, Subset), u32>,
}

impl Lookup {
    /// Indexes the inputs for steps of the unit of `like`.
    pub fn new(inputs: &Inputs, unit: suasion_actors::TimeUnit, codes: Codes) -> Self {
        let mut events: BTreeMap<_, Vec<u32>> = BTreeMap::new();
        for (index, event) in inputs.event_rows().iter().enumerate().filter(|(_, event)| codes.count(event)) {
            if let Some(dyad) = event.dyad().filter(|_| event.date.fits(unit)) {
                let step = Step::containing(event.date.earliest(), unit);
                events.entry((dyad, step)).or_default().push(index as u32);
            }
        }
        let flows = flows(inputs);
        let votes = inputs
            .tally_rows()
            .iter()
            .enumerate()
            .map(|(index, tally)| ((tally.first, tally.second, tally.year, tally.subset), index as u32));
        Self { events, flows, votes: votes.collect() }
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

/// Each indicator from the first source that has it; of several figures for one year, the first
/// that has a value.
fn flows(inputs: &Inputs) -> BTreeMap<FlowKey, u32> {
    let (mut found, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (_, range) in &inputs.flows.tables {
        let mut here = BTreeSet::new();
        for index in range.clone() {
            let flow = &inputs.flow_rows()[index];
            if taken.contains(&flow.indicator) {
                continue;
            }
            here.insert(flow.indicator.clone());
            let key = (flow.indicator.clone(), flow.source, flow.target, flow.year);
            if flow.value.is_some() {
                found.entry(key).or_insert(index as u32);
            }
        }
        taken.extend(here);
    }
    found
}
