//! A file of claims to start from.

use crate::study::Study;

/// A commented file of claims about a study's power and region.
pub fn template(study: &Study) -> String {
    let state = study.actors.region.first().map(ToString::to_string).unwrap_or_default();
    let other = study.actors.region.get(1).map_or_else(|| state.clone(), ToString::to_string);
    format!(
        r#"# Claims to be tested. A claim needs an id, a sentence and a test; everything else has defaults.
# Kinds: fact, level, order, change, trend, extremum, break, association, response, initiative,
# diagnosis, periodisation, ledger. `docs/study-file.md` says what each needs.

[[claim]]
id = "closer-to-{first}"
says = "The power cooperates more with {state} than with {other}."
test = [{{ kind = "level", concept = "cooperation", of = "power>{state}", above = "power>{other}" }}]

[[claim]]
id = "orbit-falls"
says = "The region drifts out of the power's orbit."
# by = [{{ key = "smith-2020", place = "p. 12" }}]      # key in the study's bibliography
# group = "A heading"
# note = "What a reader must know of how it is tested."
# pass = "any"                                        # one test is enough; as a rule all must hold
test = [{{ kind = "trend", concept = "orbit", of = "power>region", direction = "falls" }}]
"#,
        first = state.to_lowercase(),
    )
}
