//! What the archive is told of a study's own table.

use suasion_actors::Period;
use suasion_archive::Provenance;
use suasion_archive::coverage::{Coverage, Scope};
use suasion_archive::provenance::sha256;
use suasion_archive::sources::registry;

use crate::study::{Study, TableFile};

/// For whom and when the table speaks.
pub(super) fn coverage(owner: &Study, source: &str, described: &TableFile, span: Option<Period>) -> Coverage {
    // The chronicle begins with the states themselves, a year before most studies.
    let first = jiff::civil::date(1991, 1, 1).min(owner.period.begin());
    let known = registry::describe(source).map_or("", |known| known.note);
    Coverage {
        scope: Scope::Between {
            powers: owner.actors.powers().into_iter().collect(),
            states: owner.actors.region.iter().copied().collect(),
        },
        periods: vec![span.or_else(|| Period::new(first, owner.period.end())).unwrap_or(owner.period)],
        sees_all_instruments: true,
        note: if described.note.is_empty() { known.to_owned() } else { described.note.clone() },
    }
}

/// Where the table comes from.
pub(super) fn provenance(owner: &Study, source: &str, described: &TableFile, bytes: &[u8]) -> Provenance {
    let known = registry::describe(source);
    let title = if described.title.is_empty() { source } else { &described.title };
    Provenance {
        source: source.to_owned(),
        title: known.map_or(title, |known| known.title).to_owned(),
        version: known
            .map(|known| known.version)
            .filter(|version| !version.is_empty())
            .unwrap_or(&owner.version)
            .to_owned(),
        file: described.path.clone(),
        sha256: sha256(bytes),
        licence: licence(known.map(|known| known.licence), described),
        citations: known
            .map(|known| known.citations.iter().map(|key| (*key).to_owned()).collect())
            .unwrap_or_default(),
    }
}

fn licence(known: Option<&str>, described: &TableFile) -> String {
    let own = (!described.licence.is_empty()).then_some(described.licence.as_str());
    known.or(own).unwrap_or("as its owner says").to_owned()
}
