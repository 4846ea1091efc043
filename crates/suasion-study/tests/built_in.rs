//! The built-in study runs whole, and says what it must.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

use suasion_study::{Assessment, open};

#[test]
fn the_built_in_study_loses_nothing() {
    let study = open("russia-central-asia", &[], None).unwrap_or_else(|problem| panic!("{problem}"));
    for row in &study.quarantined { eprintln!("{row}"); }
    assert!(study.quarantined.is_empty());
    let assessment = Assessment::run(&study);
    for d in &assessment.diagnoses { eprintln!("{}: {} [{}]", d.kind.name(), d.sentence, d.verdict.word()); }
    for d in &assessment.phases.domains { eprintln!("PH {} {:?} {:?}", d.domain, (d.steps.first().map(|s|s.to_string()), d.steps.len()), d.boundaries.iter().map(|b|(b.step.to_string(),b.stability)).collect::<Vec<_>>()); }
    for c in &assessment.claims { eprintln!("{} = {}: {}", c.claim.id, c.verdict.word(), c.verdict.sentence()); }
}
