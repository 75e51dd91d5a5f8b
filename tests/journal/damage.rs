//! A file whose pages are torn: what is told of it, held against where each record really lies.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::Path;

use linkage::case::{CaseId, Fact, Order};
use linkage::engine::Engine;
use linkage::store::{Flaw, Journal, Memory, Sqlite, StoreFault, export, import, verify};
use rusqlite::Connection;

use super::faults::small;
use super::{at, order};

const PAGE: usize = 4096;

/// A journal of many pages, all of it in its one file.
fn filled(path: &Path) -> Vec<(u64, [u8; 32])> {
    let mut engine = Engine::new(Sqlite::open_or_make(path).expect("a journal")).expect("an engine");
    engine.keep(&small(), at("2026-11-23T09:00")).expect("kept");
    for case in 1..=40 {
        let facts = [("matter", "fire"), ("area", "n1")];
        let facts = facts.map(|(name, value)| (name.into(), Fact::Text(value.into()))).into();
        let opens = Order::Open { procedure: Some("care".into()), facts, reporter: Some("r1".into()) };
        order(&mut engine, "centre", opens, at("2026-11-23T09:00")).expect("opens");
        let done = Order::Done { case: CaseId(case), step: None, outcome: "ok".into() };
        order(&mut engine, "centre", done, at("2026-11-23T09:10")).expect("is done");
    }
    engine.tick(at("2026-11-23T15:00"), usize::MAX).expect("ticks");
    let records = engine.journal().records(0, usize::MAX).expect("reads");
    drop(engine);
    Connection::open(path)
        .expect("opens")
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .expect("done");
    records.into_iter().map(|record| (record.seq, record.hash.0)).collect()
}

/// The pages on which a row with this hash stands, counted from 0.
fn pages_of(file: &[u8], hash: &[u8; 32]) -> BTreeSet<usize> {
    let found = file.windows(hash.len()).enumerate().filter(|(_, window)| window == hash);
    found.map(|(at, _)| at / PAGE).collect()
}

#[test]
fn a_torn_page_is_told_with_the_records_on_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, torn) = (folder.path().join("j"), folder.path().join("torn"));
    let records = filled(&path);
    let file = std::fs::read(&path).expect("reads");
    let homes: Vec<(u64, BTreeSet<usize>)> =
        records.iter().map(|(seq, hash)| (*seq, pages_of(&file, hash))).collect();
    let last = records.len() as u64;
    let root = "SELECT rootpage - 1 FROM sqlite_schema WHERE name = 'record'";
    let root: u32 =
        Connection::open(&path).and_then(|file| file.query_row(root, [], |row| row.get(0))).expect("reads");
    let (mut with_records, mut beside, mut unopened) = (0, 0, 0);
    for page in 0..file.len() / PAGE {
        // A page that was never written, and one of which the disk wrote a part.
        for written in [0, 512] {
            let mut bytes = file.clone();
            bytes[page * PAGE + written..(page + 1) * PAGE].fill(0);
            std::fs::write(&torn, bytes).expect("writes");
            let told =
                Sqlite::open(&torn).and_then(|store| verify(&store, None).map(|health| (store, health)));
            let (store, health) = match told {
                Ok(told) => told,
                Err(StoreFault::NoJournal { .. } | StoreFault::Ruined { .. }) => {
                    assert!(homes.iter().all(|(_, pages)| !pages.contains(&page)), "page {page}");
                    unopened += 1;
                    continue;
                }
                Err(other) => panic!("page {page}: {other}"),
            };
            let ranges = health.flaws.iter().filter_map(|flaw| match flaw {
                Flaw::Damaged { from, to } => Some(*from..=to.unwrap_or(last)),
                _ => None,
            });
            let damaged: BTreeSet<u64> = ranges.flatten().collect();
            let others = health.flaws.iter().any(|flaw| !matches!(flaw, Flaw::Damaged { .. }));
            // Whoever has lost the root finds none of them.
            let all = written > 0 && others || damaged.len() == records.len();
            assert!(page != root as usize || all, "{:?}", health.flaws);
            for (seq, pages) in homes.iter().filter(|_| page != root as usize) {
                let told = damaged.contains(seq) || written > 0 && others;
                assert!(told || *pages != BTreeSet::from([page]), "page {page}: {seq} {:?}", health.flaws);
                assert!(
                    !damaged.contains(seq) || pages.contains(&page),
                    "page {page}: {seq} {:?}",
                    health.flaws
                );
            }
            if !damaged.is_empty() {
                with_records += 1;
                continue;
            }
            // What lies beside the records can be made again of them.
            beside += usize::from(others);
            let mut lines = Vec::new();
            export(&store, true, &mut lines).expect("exports");
            let mut again = Memory::default();
            if import(&mut again, &mut Cursor::new(&lines)).is_ok() {
                assert_eq!(Some(again.head().expect("reads")), health.head);
            } else {
                assert!(written > 0 && others, "page {page}");
            }
        }
    }
    assert!(with_records > 20 && beside > 10 && unopened < 10, "{with_records} {beside} {unopened}");
}

#[test]
fn a_page_in_the_place_of_another_is_told_and_leads_nowhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, torn) = (folder.path().join("j"), folder.path().join("torn"));
    let records = filled(&path);
    let file = std::fs::read(&path).expect("reads");
    let pages: BTreeSet<usize> = records.iter().flat_map(|(_, hash)| pages_of(&file, hash)).collect();
    assert!(pages.len() > 20, "{pages:?}");
    let (first, last) = (pages.first().copied().expect("one"), pages.last().copied().expect("one"));
    for (from, to) in
        pages.iter().flat_map(|page| [(first, *page), (last, *page), (*page, last), (*page, first)])
    {
        let mut bytes = file.clone();
        bytes.copy_within(from * PAGE..(from + 1) * PAGE, to * PAGE);
        std::fs::write(&torn, bytes).expect("writes");
        let health = verify(&Sqlite::open(&torn).expect("opens"), None).expect("reads");
        assert_eq!(health.flaws.is_empty(), from == to, "{from} {to}: {:?}", health.flaws);
        // Whatever is written of it, nobody takes it for a whole journal.
        let (store, mut lines) = (Sqlite::open(&torn).expect("opens"), Vec::new());
        let written = export(&store, true, &mut lines);
        let taken = written.and_then(|_| import(&mut Memory::default(), &mut Cursor::new(&lines)));
        assert_eq!(taken.is_ok(), from == to, "{from} {to}");
    }
}

#[test]
fn a_file_cut_off_in_the_middle_is_a_damaged_journal_and_not_something_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("j");
    filled(&path);
    let file = std::fs::read(&path).expect("reads");
    for length in [PAGE, file.len() / 2, file.len() - PAGE] {
        std::fs::write(&path, &file[..length]).expect("writes");
        let fault = Sqlite::open(&path).err();
        assert!(matches!(fault, Some(StoreFault::Ruined { .. })), "{length}: {fault:?}");
    }
}
