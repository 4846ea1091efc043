//! Every published layout is recognised by its content and read to the rows that it holds, with
//! nothing lost. The samples hold a few rows written in each layout, good and bad.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write;
use std::path::PathBuf;

use arrow::array::RecordBatch;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use suasion_archive::archive::ArchiveBuilder;
use suasion_archive::ingest::{Options, count_in, read_companions, stage};
use suasion_archive::store::Store;

fn sample(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(name)
}

/// What a family's table shows of its rows.
fn query(family: &str) -> &'static str {
    match family {
        "events" => {
            "SELECT line, date, coalesce(source, '-') s, coalesce(target, '-') t, code, plover, mode, \
             quad_class, score, mentions FROM events ORDER BY line, s, t"
        }
        "votes" => {
            "SELECT line, roll_call, date, session, state, choice, important, issues FROM votes ORDER BY line"
        }
        "ties" => {
            "SELECT line, kind, state, counterpart, role, \"begin\", \"end\" FROM ties ORDER BY line, \"begin\""
        }
        _ => {
            "SELECT line, indicator, source, target, year, value, unit FROM flows \
             ORDER BY line, indicator, source, year"
        }
    }
}

fn lines(batches: &[RecordBatch]) -> String {
    let mut text = String::new();
    let options = FormatOptions::default();
    for batch in batches {
        let columns: Vec<ArrayFormatter<'_>> =
            batch.columns().iter().map(|column| ArrayFormatter::try_new(column, &options).unwrap()).collect();
        for row in 0..batch.num_rows() {
            let cells: Vec<String> = columns.iter().map(|column| column.value(row).to_string()).collect();
            writeln!(text, "  {}", cells.join(" | ")).unwrap();
        }
    }
    text
}

/// Reads files into a fresh store and tells everything that became of them.
fn told(names: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path());
    let paths: Vec<PathBuf> = names.iter().map(|name| sample(name)).collect();
    let mut options = Options::default();
    let (left, read) = read_companions(&paths, &mut options).unwrap();
    let mut text = String::new();
    for (path, rows) in read {
        writeln!(text, "beside: {} ({rows} rows)", path.file_name().unwrap().display()).unwrap();
    }
    let filling = store.fill().unwrap();
    for path in left {
        let staged = stage(&filling, path, &options, &|_| ()).unwrap();
        for part in count_in(&filling, staged).unwrap() {
            let table = part.table;
            let ledger = &table.ledger;
            assert!(ledger.balances());
            writeln!(
                text,
                "{} → {} ({}): {} read, {} stored, {} left out, {} refused; {}",
                table.provenance.file,
                table.provenance.source,
                table.family.table_name(),
                ledger.rows_in,
                ledger.stored,
                ledger.filtered,
                ledger.refused,
                table.coverage.in_words()
            )
            .unwrap();
            for row in &ledger.quarantined {
                writeln!(text, "  refused {row}").unwrap();
            }
            drop(table);
        }
    }
    let archive = ArchiveBuilder::default().open(Some(&store)).unwrap();
    for table in archive.tables() {
        let mut batches = Vec::new();
        archive
            .sql(query(table.family.table_name()), |batch| {
                batches.push(batch.clone());
                Ok(())
            })
            .unwrap();
        text += &lines(&batches);
    }
    text
}

#[test]
fn events() {
    let files = [
        "gdelt_back_file.csv",
        "gdelt_daily.export.CSV",
        "gdelt_2.export.CSV",
        "gdelt_2.translation.export.CSV",
        "icews.tab",
        "polecat.txt",
        "polecat_long_header.txt",
    ];
    insta::assert_snapshot!("events", files.map(|file| told(&[file])).join("\n"));
}

#[test]
fn votes() {
    let single = ["un_digital_library.csv", "voeten.csv"].map(|file| told(&[file]));
    let joined = told(&["unvotes.csv", "unvotes_issues.csv", "unvotes_roll_calls.csv"]);
    insta::assert_snapshot!("votes", [single.join("\n"), joined].join("\n"));
}

#[test]
fn votes_without_their_roll_calls_are_refused_with_a_hint() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path());
    let filling = store.fill().unwrap();
    let problem = stage(&filling, &sample("unvotes.csv"), &Options::default(), &|_| ()).unwrap_err();
    assert!(problem.hint.unwrap().contains("roll calls"));
}

#[test]
fn ties() {
    let files = [
        "atop_dyads.csv",
        "atop_dyad_years_of_the_publisher.csv",
        "atop_members.csv",
        "cow_states.csv",
        "cow_majors.csv",
        "cow_contiguity.csv",
    ];
    insta::assert_snapshot!("ties", files.map(|file| told(&[file])).join("\n"));
}

#[test]
fn flows() {
    let files = [
        "cow_trade_dyads.csv",
        "cow_trade_totals.csv",
        "cow_capabilities.csv",
        "cow_organisations.csv",
        "cow_memberships.csv",
        "cow_disputes.csv",
        "voeten_ideal_points.csv",
        "imf_trade.csv",
        "sipri.csv",
        "world_bank_bulk.csv",
        "world_bank_indicator.csv",
    ];
    insta::assert_snapshot!("flows", files.map(|file| told(&[file])).join("\n"));
}

#[test]
fn votes_of_every_layout_give_the_same_tallies() {
    let tallies = |files: &[&str], source: &str| {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path());
        let paths: Vec<PathBuf> = files.iter().map(|name| sample(name)).collect();
        let mut options = Options::default();
        let (left, _) = read_companions(&paths, &mut options).unwrap();
        let filling = store.fill().unwrap();
        for path in left {
            count_in(&filling, stage(&filling, path, &options, &|_| ()).unwrap()).unwrap();
        }
        let archive = ArchiveBuilder::default().open(Some(&store)).unwrap();
        let states = ["KAZ", "RUS", "TJK", "USA"].map(|id| suasion_actors::StateId::new(id).unwrap());
        let rows = archive.tallies(source, &states).unwrap();
        rows.into_iter()
            .filter(|row| row.subset == suasion_archive::schema::Subset::All)
            .map(|row| (row.first, row.second, row.year, row.counts))
            .collect::<Vec<_>>()
    };
    let library = tallies(&["un_digital_library.csv"], "un_digital_library");
    assert_eq!(library.len(), 6);
    assert_eq!(library, tallies(&["voeten.csv"], "voeten"));
    assert_eq!(library, tallies(&["unvotes.csv", "unvotes_roll_calls.csv"], "unvotes"));
}
