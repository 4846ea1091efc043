//! Regions as named sets of states.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::state::StateId;

#[derive(Deserialize)]
struct RegionFile {
    regions: BTreeMap<String, Vec<String>>,
}

/// Region names and their states, as compiled into the program (`data/regions.toml`).
pub fn built_in() -> &'static BTreeMap<String, Vec<StateId>> {
    static REGIONS: LazyLock<BTreeMap<String, Vec<StateId>>> =
        LazyLock::new(|| read(include_str!("../data/regions.toml")));
    &REGIONS
}

/// The states of a named region.
pub fn named(name: &str) -> Option<&'static [StateId]> {
    built_in().get(name).map(Vec::as_slice)
}

fn read(text: &str) -> BTreeMap<String, Vec<StateId>> {
    let Ok(file) = toml::from_str::<RegionFile>(text) else {
        return BTreeMap::new();
    };
    file.regions
        .into_iter()
        .map(|(name, states)| {
            let states = states.iter().filter_map(|state| StateId::new(state)).collect();
            (name, states)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crosswalk::Crosswalk;

    #[test]
    fn every_region_holds_known_states() {
        assert!(built_in().len() >= 8);
        for (name, states) in built_in() {
            assert!(states.len() > 1, "{name}");
            for state in states {
                assert!(Crosswalk::built_in().get(*state).is_some(), "{name}: {state}");
            }
        }
    }
}
