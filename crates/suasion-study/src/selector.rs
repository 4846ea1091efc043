//! Selectors: sets of directed dyads written as `power>KAZ`, `region>power`, `CHN>region`.

use suasion_actors::{Crosswalk, DirectedDyad, StateId};
use suasion_panel::Actors;

/// A set of directed dyads whose cells are averaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    sources: Vec<StateId>,
    targets: Vec<StateId>,
    text: String,
}

impl Selector {
    /// Reads a selector; the words `power`, `rivals`, `powers` and `region` stand for the study's.
    pub fn read(text: &str, actors: &Actors) -> Result<Self, String> {
        let (source, target) = text
            .split_once('>')
            .ok_or_else(|| format!("`{text}` is not of the form source>target, such as power>region"))?;
        Ok(Self {
            sources: side(source.trim(), actors)?,
            targets: side(target.trim(), actors)?,
            text: text.to_owned(),
        })
    }

    /// The selector as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The dyads.
    pub fn dyads(&self) -> Vec<DirectedDyad> {
        let all = self
            .sources
            .iter()
            .flat_map(|source| self.targets.iter().filter_map(|target| DirectedDyad::new(*source, *target)));
        all.collect()
    }

    /// The selector in words, such as "Russia toward Kazakhstan".
    pub fn label(&self, actors: &Actors) -> String {
        format!(
            "{} toward {}",
            self.side_label(&self.sources, actors),
            self.side_label(&self.targets, actors)
        )
    }

    fn side_label(&self, states: &[StateId], actors: &Actors) -> String {
        let crosswalk = Crosswalk::built_in();
        if states == actors.region.as_slice() && states.len() > 1 {
            return "the region".to_owned();
        }
        if states == actors.rivals.as_slice() && states.len() > 1 {
            return "the rivals".to_owned();
        }
        match states {
            [] => self.text.clone(),
            [one] => crosswalk.name(*one),
            [first @ .., last] => {
                let names: Vec<String> = first.iter().map(|state| crosswalk.name(*state)).collect();
                format!("{} and {}", names.join(", "), crosswalk.name(*last))
            }
        }
    }
}

fn side(text: &str, actors: &Actors) -> Result<Vec<StateId>, String> {
    match text {
        "power" => Ok(vec![actors.power]),
        "rivals" => Ok(actors.rivals.clone()),
        "powers" => Ok(actors.powers()),
        "region" => Ok(actors.region.clone()),
        _ => text
            .split('+')
            .map(|code| {
                let id = Crosswalk::built_in().identify(code.trim()).map_err(|error| error.to_string())?;
                let known = actors.powers().contains(&id) || actors.region.contains(&id);
                if known { Ok(id) } else { Err(format!("{id} is neither a power nor a state of the study")) }
            })
            .collect(),
    }
}
