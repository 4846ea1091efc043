//! What a study cites.

use std::collections::BTreeSet;

use crate::OpenStudy;

impl OpenStudy {
    /// Keys of the works that claims, tables, periodisations, shocks, flows and votes cite.
    pub fn works_cited(&self) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        keys.extend(self.claims.iter().flat_map(|claim| claim.by.iter().map(|(key, _)| key.clone())));
        keys.extend(self.archive.tables().iter().flat_map(|table| table.provenance.citations.clone()));
        keys.extend(self.periodisations.periodisations.iter().flat_map(|known| known.citations.clone()));
        keys.extend(self.periodisations.shocks.iter().flat_map(|shock| shock.citations.clone()));
        keys.extend(self.inputs.flow_rows().iter().map(|flow| flow.citation.clone()));
        keys.extend(self.inputs.tally_rows().iter().map(|tally| tally.citation.clone()));
        keys
    }

    /// Keys of the works that single acts and ties were checked against.
    pub fn sources_of_facts(&self) -> BTreeSet<String> {
        let acts = self.inputs.events.rows.iter().map(|event| &event.sources);
        let ties = self.inputs.ties.rows.iter().map(|tie| &tie.sources);
        acts.chain(ties).flat_map(|sources| sources.iter().map(|(key, _)| key.clone())).collect()
    }
}
