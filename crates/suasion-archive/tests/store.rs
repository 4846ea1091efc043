//! Rows survive the way through Arrow, Parquet and the query engine unchanged.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use suasion_actors::{Organisations, Period, StateId};
use suasion_archive::archive::ArchiveBuilder;
use suasion_archive::coverage::Scope;
use suasion_archive::provenance::sha256;
use suasion_archive::schema::event::EventRecord;
use suasion_archive::schema::flow::FlowRecord;
use suasion_archive::schema::{Event, Flow};
use suasion_archive::sources::{chronicle, flows};
use suasion_archive::store::Store;
use suasion_archive::{Archive, Coverage, Family, Ledger, Problem, Provenance, Table};

const CHRONICLE: &str = "id,date,source,target,mutual,initiator,instrument,cameo,sign,description,citation,url,second_citation,second_url
a,2005-11-14,RUS,UZB,yes,,organisation,057,cooperative,\"A treaty, with a comma.\",k1,https://x.org,k2,https://y.org
b,2006-01,UZB,RUS,no,UZB,trade,163,conflictual,A ban.,k1,,,
";
const FLOWS: &str = "indicator,source,target,year,value,unit,vintage,citation
goods_exports,RUS,KAZ,1992,,million,4.0,cow
goods_exports,RUS,WLD,1993,0.5,million,4.0,cow
";

fn state(text: &str) -> StateId {
    StateId::new(text).unwrap()
}

fn table(family: Family, source: &str, bytes: &[u8], ledger: Ledger) -> Table {
    Table {
        family,
        coverage: Coverage {
            scope: Scope::Between {
                powers: [state("RUS")].into(),
                states: [state("UZB"), state("KAZ")].into(),
            },
            periods: vec!["1991/2025".parse::<Period>().unwrap()],
            sees_all_instruments: true,
            note: "selected".to_owned(),
        },
        provenance: Provenance {
            source: source.to_owned(),
            title: "A test".to_owned(),
            version: "1".to_owned(),
            file: format!("{source}.csv"),
            sha256: sha256(bytes),
            licence: "none".to_owned(),
            citations: vec![],
        },
        ledger,
    }
}

fn events() -> (Table, Vec<Event>) {
    let parsed =
        chronicle::read("mine", "mine.csv", CHRONICLE.as_bytes(), &Organisations::default()).unwrap();
    (table(Family::Event, "mine", CHRONICLE.as_bytes(), parsed.ledger), parsed.rows)
}

fn amounts() -> (Table, Vec<Flow>) {
    let parsed = flows::read("amounts", "amounts.csv", FLOWS.as_bytes()).unwrap();
    (table(Family::Flow, "amounts", FLOWS.as_bytes(), parsed.ledger), parsed.rows)
}

#[test]
fn rows_survive_memory_and_disk() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().join("store"));
    let ((event_table, events), (flow_table, flows)) = (events(), amounts());
    assert!(store.add::<EventRecord>(&event_table, &events).unwrap());
    let mut builder = ArchiveBuilder::default();
    builder.add::<FlowRecord>(flow_table.clone(), &flows).unwrap();
    let archive = builder.open(Some(&store)).unwrap();
    assert_eq!(archive.events("mine").unwrap(), events);
    assert_eq!(archive.flows("amounts").unwrap(), flows);
    assert_eq!(archive.tables(), [flow_table, event_table]);
    assert!(archive.events("other").unwrap().is_empty());
}

#[test]
fn the_same_file_again_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path());
    let (table, events) = events();
    assert!(store.add::<EventRecord>(&table, &events).unwrap());
    assert!(!store.add::<EventRecord>(&table, &events).unwrap());
    assert_eq!(store.tables().unwrap().len(), 1);
}

#[test]
fn a_file_without_manifest_entry_does_not_count() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path());
    let (table, events) = events();
    store.add::<EventRecord>(&table, &events).unwrap();
    std::fs::remove_file(folder.path().join("manifest.json")).unwrap();
    assert!(store.tables().unwrap().is_empty());
    assert!(store.snapshot().unwrap().files.is_empty());
}

#[test]
fn a_broken_manifest_is_told() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("manifest.json"), "{").unwrap();
    let problem = Store::at(folder.path()).tables().unwrap_err();
    assert!(problem.to_string().contains("manifest"), "{problem}");
}

/// How many rows a query gives.
fn rows(archive: &Archive, query: &str) -> Result<usize, Problem> {
    let mut count = 0;
    archive.sql(query, |batch| {
        count += batch.num_rows();
        Ok(())
    })?;
    Ok(count)
}

#[test]
fn sql_sees_days_as_days() {
    let (table, events) = events();
    let mut builder = ArchiveBuilder::default();
    builder.add::<EventRecord>(table, &events).unwrap();
    let archive = builder.open(None).unwrap();
    let query = "SELECT act FROM events WHERE begin >= DATE '2006-01-01' AND target = 'RUS'";
    assert_eq!(rows(&archive, query).unwrap(), 1);
    assert!(rows(&archive, "SELECT nothing FROM events").is_err());
}
