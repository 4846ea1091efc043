//! Published layouts go into the store whole, once, and with every row accounted for.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use suasion_actors::{DirectedDyad, StateId};
use suasion_archive::archive::{ArchiveBuilder, Reports};
use suasion_archive::ingest::{Filter, Ingested, Options, ingest, read_companions};
use suasion_archive::store::{Added, Store};

fn state(text: &str) -> StateId {
    StateId::new(text).unwrap()
}

fn take(store: &Store, path: &Path, filter: &Filter) -> Vec<Ingested> {
    let options = Options { filter: filter.clone(), ..Options::default() };
    let done = ingest(store, path, &options, &|_| ()).unwrap();
    assert!(done.iter().all(|part| part.table.ledger.balances()));
    done
}

/// A row of GDELT 1.0 as its codebook lays it out.
fn gdelt_row(id: u32, day: &str, source: &str, target: &str, code: &str, added: &str) -> String {
    let mut fields = vec![String::new(); 58];
    let set = [
        (0, id.to_string()),
        (1, day.to_owned()),
        (5, source.to_owned()),
        (7, source.to_owned()),
        (15, target.to_owned()),
        (17, target.to_owned()),
        (25, "1".to_owned()),
        (26, code.to_owned()),
        (29, "1".to_owned()),
        (30, "4.0".to_owned()),
        (31, "6".to_owned()),
        (56, added.to_owned()),
        (57, "https://example.org/news".to_owned()),
    ];
    for (column, text) in set {
        fields[column] = text;
    }
    fields.join("\t") + "\n"
}

fn gdelt_file(folder: &Path) -> PathBuf {
    let rows = [
        gdelt_row(1, "20150103", "RUS", "KAZ", "042", "20150103"),
        gdelt_row(2, "20150103", "KAZ", "RUS", "057", "20150103"),
        gdelt_row(3, "20150104", "RUS", "KAZ", "042", "20150104"),
        gdelt_row(4, "20150104", "AFR", "KAZ", "042", "20150104"),
        gdelt_row(5, "20150104", "", "KAZ", "010", "20150104"),
        gdelt_row(6, "20150104", "RUS", "ZZZ", "010", "20150104"),
        gdelt_row(7, "20151304", "RUS", "KAZ", "010", "20150104"),
        gdelt_row(8, "20150104", "RUS", "KAZ", "999", "20150104"),
        "too\tfew\n".to_owned(),
    ];
    let path = folder.join("20150104.export.CSV");
    fs::write(&path, rows.concat()).unwrap();
    path
}

#[test]
fn good_rows_are_stored_and_bad_ones_kept_with_their_reason() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().join("store"));
    let done = take(&store, &gdelt_file(folder.path()), &Filter::default());
    let ledger = &done[0].table.ledger;
    assert_eq!((ledger.rows_in, ledger.stored, ledger.refused), (9, 5, 4));
    let refused: Vec<(u64, &str)> =
        ledger.quarantined.iter().map(|row| (row.line, row.column.as_str())).collect();
    assert_eq!(refused, [(6, "Actor2CountryCode"), (7, "SQLDATE"), (8, "EventCode"), (9, "")]);
    let (source, path) = store.quarantines().unwrap().remove(0);
    assert_eq!(source, "gdelt");
    assert_eq!(fs::read_to_string(path).unwrap().lines().count(), 5);
    let table = &store.tables().unwrap()[0];
    assert_eq!(table.coverage.in_words(), "2015-01-03–2015-01-04");
}

#[test]
fn the_same_file_again_changes_nothing_and_a_revision_takes_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().join("store"));
    let path = gdelt_file(folder.path());
    assert_ne!(take(&store, &path, &Filter::default())[0].added, Added::HeldAlready);
    assert_eq!(take(&store, &path, &Filter::default())[0].added, Added::HeldAlready);
    let copy = folder.path().join("a-copy-under-another-name");
    fs::copy(&path, &copy).unwrap();
    assert_eq!(take(&store, &copy, &Filter::default())[0].added, Added::HeldAlready);
    let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
    file.write_all(gdelt_row(10, "20150104", "RUS", "UZB", "042", "20150104").as_bytes()).unwrap();
    drop(file);
    assert_eq!(take(&store, &path, &Filter::default())[0].added, Added::New { superseded: 1 });
    assert_eq!(store.tables().unwrap()[0].ledger.stored, 6);
    let pruned = store.prune().unwrap();
    assert_eq!((pruned.superseded, pruned.stray), (1, 0));
    assert_eq!(store.tables().unwrap()[0].ledger.stored, 6);
}

#[test]
fn files_of_one_name_from_different_years_stand_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().join("store"));
    for (year, id) in [("2015", 1), ("2016", 2)] {
        let at = folder.path().join(year);
        fs::create_dir(&at).unwrap();
        let day = format!("{year}0104");
        fs::write(at.join("part-1.csv"), gdelt_row(id, &day, "RUS", "KAZ", "042", &day)).unwrap();
        take(&store, &at.join("part-1.csv"), &Filter::default());
    }
    let table = &store.tables().unwrap()[0];
    assert_eq!(table.ledger.stored, 2);
    assert_eq!(table.coverage.in_words(), "2015-01-04–2016-01-04, one gap");
}

#[test]
fn pruning_touches_nothing_that_is_not_the_stores() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().join("project"));
    fs::create_dir_all(folder.path().join("project/events")).unwrap();
    let own = folder.path().join("project/events/mine.csv");
    fs::write(&own, "x").unwrap();
    assert!(store.prune().unwrap_err().to_string().contains("no manifest"));
    take(&store, &gdelt_file(folder.path()), &Filter::default());
    fs::write(folder.path().join("project/events/.tmpLeft"), "x").unwrap();
    assert_eq!(store.prune().unwrap().stray, 1);
    assert!(own.exists());
}

#[test]
fn pruning_waits_for_those_who_write() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().join("store"));
    let filling = store.fill().unwrap();
    fs::write(folder.path().join("store/manifest.json"), r#"{"layout": 3, "entries": []}"#).unwrap();
    assert!(store.prune().unwrap_err().to_string().contains("another process"));
    drop(filling);
    assert!(store.prune().is_ok());
}

#[test]
fn filters_are_counted_and_bound_the_coverage() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().join("store"));
    let filter = Filter {
        states: [state("RUS"), state("KAZ")].into(),
        from: Some("2015-01-04".parse().unwrap()),
        to: None,
    };
    let done = take(&store, &gdelt_file(folder.path()), &filter);
    assert_eq!((done[0].table.ledger.stored, done[0].table.ledger.filtered), (1, 4));
    let coverage = &store.tables().unwrap()[0].coverage;
    let dyad = |a: &str, b: &str| DirectedDyad::new(state(a), state(b)).unwrap();
    let day = "2015-01-04".parse().unwrap();
    assert!(coverage.speaks_for(dyad("KAZ", "RUS"), &day));
    assert!(!coverage.speaks_for(dyad("USA", "RUS"), &day));
    assert_eq!(coverage.in_words(), "2015-01-04");
}

#[test]
fn an_unknown_layout_is_told_with_its_first_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    fs::write(&path, "Dear reader,\n").unwrap();
    let store = Store::at(folder.path().join("store"));
    let problem = ingest(&store, &path, &Options::default(), &|_| ()).unwrap_err();
    assert!(problem.to_string().contains("Dear reader"), "{problem}");
    assert!(problem.hint.unwrap().contains("GDELT"));
    assert!(store.tables().unwrap().is_empty());
}

#[test]
fn strictness_refuses_the_whole_file() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().join("store"));
    let options = Options { strict: true, ..Options::default() };
    let problem = ingest(&store, &gdelt_file(folder.path()), &options, &|_| ()).unwrap_err();
    assert!(problem.to_string().contains("4 rows were refused"), "{problem}");
    assert!(store.tables().unwrap().is_empty());
    assert_eq!(fs::read_dir(folder.path().join("store/events")).unwrap().count(), 0);
}

#[test]
fn reports_are_counted_by_month_and_code_all_or_distinct() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().join("store"));
    take(&store, &gdelt_file(folder.path()), &Filter::default());
    let again = folder.path().join("again.export.CSV");
    fs::write(&again, gdelt_row(99, "20150104", "RUS", "KAZ", "042", "20150105")).unwrap();
    take(&store, &again, &Filter::default());
    let archive = ArchiveBuilder::default().open(Some(&store)).unwrap();
    let told = |reports| -> Vec<String> {
        let rows = archive.counted_events("gdelt", &[state("RUS"), state("KAZ")], reports).unwrap();
        rows.iter().map(|row| format!("{} × {}", row.act, row.count)).collect()
    };
    assert_eq!(told(Reports::All), ["2015-01 KAZ→RUS 057 × 1", "2015-01 RUS→KAZ 042 × 3"]);
    // Two of the three are of one day, of the same actors, at no place that is told.
    assert_eq!(told(Reports::Distinct), ["2015-01 KAZ→RUS 057 × 1", "2015-01 RUS→KAZ 042 × 2"]);
}

fn sample(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(name)
}

#[test]
fn a_later_release_of_a_whole_source_takes_the_earlier_ones_place_whatever_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().join("store"));
    let text = fs::read_to_string(sample("un_digital_library.csv")).unwrap();
    let first = folder.path().join("2024_02_26_ga_voting.csv");
    fs::write(&first, &text).unwrap();
    take(&store, &first, &Filter::default());
    let second = folder.path().join("2025_03_31_ga_voting.csv");
    let more = "4003,RUS,RUSSIAN FEDERATION,Y,2014-12-03,69,,,,,,,,,1,1,1,1,193,x\n";
    fs::write(&second, text + more).unwrap();
    let done = take(&store, &second, &Filter::default());
    assert_eq!(done[0].added, Added::New { superseded: 1 });
    assert_eq!(store.tables().unwrap()[0].ledger.rows_in, 10);
    // Tables that come in parts stand side by side.
    take(&store, &sample("cow_trade_dyads.csv"), &Filter::default());
    let done = take(&store, &sample("cow_trade_totals.csv"), &Filter::default());
    assert_eq!(done[0].added, Added::New { superseded: 0 });
}

#[test]
fn votes_and_their_roll_calls_may_come_in_one_archive() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("unvotes.zip");
    let mut archive = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    for name in ["unvotes.csv", "unvotes_roll_calls.csv", "unvotes_issues.csv"] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(&fs::read(sample(name)).unwrap()).unwrap();
    }
    archive.finish().unwrap();
    let paths = [path];
    let mut options = Options::default();
    let (left, beside) = read_companions(&paths, &mut options).unwrap();
    assert_eq!((left.len(), beside[0].1), (1, 4));
    let store = Store::at(folder.path().join("store"));
    let done = ingest(&store, left[0], &options, &|_| ()).unwrap();
    assert_eq!(done.len(), 1);
    assert_eq!(done[0].table.ledger.stored, 6);
    // Other roll calls make another table of the same votes.
    let mut fewer = Options::default();
    read_companions(&[sample("unvotes_roll_calls.csv")], &mut fewer).unwrap();
    let done = ingest(&store, left[0], &fewer, &|_| ()).unwrap();
    assert_eq!(done[0].added, Added::New { superseded: 1 });
}

#[test]
fn a_broken_table_of_roll_calls_is_told_and_not_half_used() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("roll_calls.csv");
    fs::write(&path, "rcid,session,importantvote,date,unres\n1,68,0,2014-03-27,R\n2,68,0,NA,R\n").unwrap();
    let problem = read_companions(&[path], &mut Options::default()).unwrap_err().to_string();
    assert!(problem.contains("date") && problem.contains(":3"), "{problem}");
}

/// Real files, where they are.
fn shared(path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("SUASION_TEST_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let path = root.join(path);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is not there", path.display());
    None
}

#[test]
fn a_real_file_of_gdelt_reads_whole() {
    let Some(path) = shared("gdelt/20190121220000.export.CSV.zip") else { return };
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().join("store"));
    let done = take(&store, &path, &Filter::default());
    let ledger = &done[0].table.ledger;
    let refused: Vec<String> = ledger.quarantined.iter().map(ToString::to_string).collect();
    assert_eq!((ledger.rows_in, ledger.stored), (1629, 1629), "{refused:?}");
    assert_eq!(store.tables().unwrap()[0].coverage.in_words(), "2019-01-21");
}

#[test]
fn a_real_file_of_icews_reads_whole() {
    let Some(path) = shared("icews/events.2018.sample.tab") else { return };
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().join("store"));
    let done = take(&store, &path, &Filter::default());
    let ledger = &done[0].table.ledger;
    let refused: Vec<String> = ledger.quarantined.iter().take(5).map(ToString::to_string).collect();
    assert_eq!((ledger.rows_in, ledger.stored), (3705, 3705), "{refused:?}");
}

/// Rows read, stored and refused of a real table, and the reasons for the refusals.
fn yearly(path: &str) -> Option<(u64, u64, u64, Vec<String>)> {
    let path = shared(path)?;
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().join("store"));
    let done = take(&store, &path, &Filter::default());
    let ledger = &done[0].table.ledger;
    let refused = ledger.quarantined.iter().take(8).map(ToString::to_string).collect();
    Some((ledger.rows_in, ledger.stored, ledger.refused, refused))
}

#[test]
fn real_tables_read_whole() {
    // Refused are years of territories that were not states then, of East Germany and Czechoslovakia
    // up to three years after their end, and South Sudan under an abbreviation of its own.
    let tables = [
        ("cow/trade_sy.csv.gz", 14_410, 753),
        ("cow/nmc.csv.gz", 17_121, 0),
        ("cow/igo_sy.csv.gz", 15_557, 0),
        ("cow/mid_dirdisps.csv.gz", 11_390, 0),
        ("cow/states.csv.gz", 243, 0),
        ("cow/majors.csv.gz", 14, 0),
        ("cow/contdir.csv.gz", 1_874, 20),
        ("un_general_assembly/ideal_points_1946_2012.csv.gz", 9_120, 142),
    ];
    for (path, rows, refused) in tables {
        let Some(found) = yearly(path) else { return };
        assert_eq!((found.0, found.2), (rows, refused), "{path}: {:#?}", found.3);
    }
}

#[test]
#[ignore = "a minute in the development profile: cargo test -p suasion-archive -- --ignored"]
fn real_tables_of_dyads_read_whole() {
    let tables = [
        ("cow/trade_dyad_year.csv.gz", 673_654, 0),
        ("cow/igo_dyad_year.csv.gz", 917_695, 0),
        ("atop/atop_directed_dyad_year.csv.gz", 273_296, 3_532),
    ];
    for (path, rows, refused) in tables {
        let Some(found) = yearly(path) else { return };
        assert_eq!((found.0, found.2), (rows, refused), "{path}: {:#?}", found.3);
    }
}

#[test]
#[ignore = "half a minute in the development profile: cargo test -p suasion-archive -- --ignored"]
fn real_votes_read_whole_and_give_the_published_agreements() {
    let folder = "un_general_assembly";
    let files = ["un_votes", "un_roll_calls", "un_roll_call_issues"];
    let paths: Option<Vec<PathBuf>> =
        files.iter().map(|name| shared(&format!("{folder}/{name}.csv.gz"))).collect();
    let Some(paths) = paths else { return };
    let place = tempfile::tempdir().unwrap();
    let store = Store::at(place.path());
    let mut options = Options::default();
    let (left, beside) = read_companions(&paths, &mut options).unwrap();
    assert_eq!(beside.iter().map(|(_, rows)| rows).sum::<u64>(), 6_203 + 5_745);
    let done = ingest(&store, left[0], &options, &|_| ()).unwrap();
    let ledger = &done[0].table.ledger;
    assert_eq!((ledger.rows_in, ledger.stored), (870_109, 870_109), "{:?}", ledger.quarantined.first());
    // The built-in table was made from the same files by another way.
    let archive = ArchiveBuilder::default().open(Some(&store)).unwrap();
    let states = ["CHN", "KAZ", "RUS", "USA"].map(state);
    let counted = archive.tallies("unvotes", &states).unwrap();
    let table = include_str!("../../../studies/russia-central-asia/figures/votes.csv");
    let expected = suasion_archive::sources::tallies::read("un", "votes.csv", table.as_bytes()).unwrap();
    let mut compared = 0;
    for tally in
        expected.rows.iter().filter(|row| states.contains(&row.first) && states.contains(&row.second))
    {
        let same = counted.iter().find(|row| {
            (row.first, row.second, row.year, row.subset)
                == (tally.first, tally.second, tally.year, tally.subset)
        });
        assert_eq!(same.map(|row| row.counts), Some(tally.counts), "{tally:?}");
        compared += 1;
    }
    assert!(compared > 1_000, "{compared}");
}
