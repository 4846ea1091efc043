//! The built-in study runs whole, says what it must, and stays the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::LazyLock;

use suasion_archive::Family;
use suasion_study::multiverse::Cache;
use suasion_study::{Assessment, OpenStudy, open};

static STUDY: LazyLock<OpenStudy> =
    LazyLock::new(|| open("russia-central-asia", &[], None).unwrap_or_else(|problem| panic!("{problem}")));

/// The same study with few draws: fast, and as deterministic.
static QUICK: LazyLock<OpenStudy> = LazyLock::new(|| {
    let changes = ["thresholds.draws=99".parse().unwrap()];
    open("russia-central-asia", &changes, None).unwrap_or_else(|problem| panic!("{problem}"))
});

fn assess(study: &OpenStudy) -> Assessment<'_> {
    Assessment::run(study, Cache::none(), &|_, _| {}).unwrap_or_else(|problem| panic!("{problem}"))
}

fn verdicts(study: &OpenStudy) -> Vec<String> {
    assess(study)
        .claims
        .iter()
        .map(|outcome| format!("{}: {}", outcome.claim.id, outcome.verdict.word()))
        .collect()
}

#[test]
fn no_row_of_its_own_is_refused_and_every_row_is_counted() {
    let refused: Vec<String> = STUDY.quarantined.iter().map(ToString::to_string).collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    assert!(STUDY.archive.tables().iter().all(|table| table.ledger.balances()));
    let chronicle = STUDY.archive.table(Family::Event, "chronicle").unwrap();
    assert!(chronicle.ledger.stored >= 1000);
}

#[test]
fn every_citation_key_is_in_the_bibliography() {
    let bibliography = STUDY.archive.bibliography();
    let events = STUDY.inputs.event_rows().iter().map(|event| &event.sources);
    let ties = STUDY.inputs.tie_rows().iter().map(|tie| &tie.sources);
    for (key, _) in events.chain(ties).flat_map(suasion_archive::schema::Sources::iter) {
        assert!(bibliography.get(key).is_some(), "{key}");
    }
    for (key, _) in STUDY.claims.iter().flat_map(|claim| &claim.by) {
        assert!(bibliography.get(key).is_some(), "{key}");
    }
    for organisation in STUDY.archive.organisations().iter() {
        assert!(bibliography.get(&organisation.citation).is_some(), "{}", organisation.id);
    }
}

#[test]
fn the_two_known_facts_come_out() {
    let assessment = assess(&QUICK);
    let outcome = |id: &str| assessment.claims.iter().find(|outcome| outcome.claim.id == id).unwrap();
    let csto = outcome("both-joined-csto");
    assert_eq!(csto.verdict.word(), "contradicted");
    assert!(csto.verdict.sentence().contains("Turkmenistan was not a member"), "{}", csto.verdict.sentence());
    assert_eq!(csto.tests[0].verdict.word(), "supported");
    let alliance = outcome("alliance-2005");
    assert_eq!(alliance.verdict.word(), "supported");
    assert!(!alliance.verdict.finding().unwrap().rows.is_empty());
}

#[test]
fn verdicts_stay_as_they_are() {
    insta::assert_snapshot!(verdicts(&STUDY).join("\n"));
}

#[test]
fn diagnoses_stay_as_they_are() {
    let assessment = assess(&STUDY);
    let lines: Vec<String> = assessment
        .diagnoses
        .iter()
        .map(|diagnosis| {
            format!("{} ({}): {}", diagnosis.kind.name(), diagnosis.verdict.word(), diagnosis.sentence)
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn threads_change_nothing() {
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let assessment = assess(&QUICK);
            format!("{:?}{:?}{:?}", assessment.diagnoses, assessment.phases, assessment.claims)
        })
    };
    assert_eq!(run(1), run(3));
}

/// What one claim's curves say, in short.
fn curves(assessment: &Assessment<'_>) -> Vec<String> {
    let tests = assessment.claims.iter().flat_map(|outcome| {
        outcome.tests.iter().enumerate().map(move |(number, test)| (&outcome.claim.id, number + 1, test))
    });
    tests
        .filter_map(|(id, number, test)| {
            let curve = test.curve.as_ref()?;
            let joint = &curve.joint;
            Some(format!(
                "{id} {number}: {} of {} (+{} repeated, {} unable), median {:.3}, p {:.3} / {:.3}, hangs on {}",
                test.verdict.word(),
                curve.points.len(),
                curve.repeated,
                curve.unable.len(),
                joint.signs.median.value,
                joint.signs.median.toward,
                joint.signs.median.against,
                curve.flipping().map_or("nothing", |decision| decision.decision.name()),
            ))
        })
        .collect()
}

#[test]
fn curves_stay_as_they_are() {
    insta::assert_snapshot!(curves(&assess(&STUDY)).join("\n"));
}

#[test]
fn every_curve_is_sorted_and_its_band_lies_around_its_middle() {
    let assessment = assess(&QUICK);
    let all: Vec<_> = assessment
        .claims
        .iter()
        .flat_map(|outcome| &outcome.tests)
        .filter_map(|test| test.curve.as_ref())
        .collect();
    assert!(all.len() > 50, "{}", all.len());
    for curve in all {
        assert!(curve.points.windows(2).all(|pair| pair[0].effect <= pair[1].effect));
        assert_eq!(curve.points.len(), curve.joint.specifications);
        assert_eq!(curve.band.low.len(), curve.points.len());
        for ((low, middle), high) in curve.band.low.iter().zip(&curve.band.middle).zip(&curve.band.high) {
            assert!(low <= middle && middle <= high);
        }
        let mut hashes: Vec<&str> = curve.points.iter().map(|point| point.hash.as_str()).collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), curve.points.len(), "hashes are of one specification each");
    }
}

#[test]
fn the_cache_changes_nothing_and_is_not_trusted_when_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kept.estimates");
    let with = |cache| curves(&Assessment::run(&QUICK, cache, &|_, _| {}).unwrap());
    let fresh = with(Cache::none());
    assert_eq!(with(Cache::open(&path)), fresh);
    let kept = Cache::open(&path);
    assert!(kept.known() > 500, "{}", kept.known());
    assert_eq!(with(kept), fresh);
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(Cache::open(&path).known(), 0);
    assert_eq!(with(Cache::open(&path)), fresh);
}

#[test]
fn every_claim_of_the_articles_is_entered() {
    let ids: Vec<&str> = STUDY.claims.iter().map(|claim| claim.id.as_str()).collect();
    let wanted = "ally-legal no-counter-orgs tajik-settled pragmatic-profit future-market monolithic narrow-issues \
        incoherent never-both kaz-close-2013 no-influence low-2008-10 stans-initiate demand-fell sought-assistance \
        kaz-leading eaeu-needs-kaz uzb-below-kaz uzb-deaf uzb-economic uzb-labour tkm-distant kgz-tjk-cost \
        external-target china-political russia-first sovereignty no-policy-before-2000 eroded-then-reversed \
        yeltsin-west primakov-turn cis-first-1995 soft-after-2000 sticks-only language-pillar energy-lever \
        strongest-kgz-tjk-kaz both-joined-csto alliance-2005 kaz-key-ally georgia-2008-proof revolutions-shift \
        relatively-successful phases-sakwa phases-trenin phases-paramonov doctrine-soft-power three-schools";
    for id in wanted.split_whitespace() {
        assert!(ids.contains(&id), "{id}");
    }
}
