//! A journal that others changed, that is locked, full, torn, of another version, or no journal at all.

use std::io::Cursor;
use std::path::Path;
use std::time::Duration;

use linkage::case::{CaseId, Fact, Order};
use linkage::engine::{Engine, Failure};
use linkage::store::{
    EVENT_VERSION, Flaw, Hash, Journal, Memory, Sqlite, StoreFault, export, import, verify,
};
use rusqlite::Connection;

use super::{at, order};

/// A package small enough to be read at every command.
pub const SMALL: &str = "
area town { n1 n2 }
matter hazard { fire noise }
attribute severity : 1..5
scope { over hazard fallback centre forum { first_receiver } }
law rules { rank statute issuer npc from 2009-05-01 article 1 }
body centre { kind platform serves town }
body government { kind government serves town }
body police { kind police under government serves town }
body brigade { kind fire_rescue serves town }
mandate noise { lead police over hazard.noise basis rules art 1 }
mandate fire { lead brigade over hazard.fire basis rules art 1 }
procedure care {
  trigger report of hazard
  trigger event alarm
  lead by mandate
  suspend by centre
  within 3 days
  step register { by centre within 1 hour outcome ok -> handle outcome unfounded -> close unsolved }
  step handle { by lead within 4 hours outcome ok -> close solved outcome again -> register emit spread on again }
  escalate { after 2 hours to centre on timeout to police within 1 hour on timeout to centre }
  owe feedback reply from lead to reporter within 1 day upon close
}
procedure spreading {
  trigger event spread
  step look { by police within 1 day outcome seen -> close }
}
";

pub fn small() -> String {
    linkage::workspace::Package::of_text("small.linkage", SMALL).written()
}

fn open(matter: &str) -> Order {
    let facts = [("matter", matter), ("area", "n1")];
    let facts = facts.map(|(name, value)| (name.into(), Fact::Text(value.into()))).into();
    Order::Open { procedure: Some("care".into()), facts, reporter: Some("r1".into()) }
}

fn done(case: u64, outcome: &str) -> Order {
    Order::Done { case: CaseId(case), step: None, outcome: outcome.into() }
}

/// A journal of a few cases.
fn filled<J: Journal>(journal: J) -> Engine<J> {
    let mut engine = Engine::new(journal).expect("an engine");
    engine.keep(&small(), at("2026-11-23T09:00")).expect("kept");
    for case in 1..=4 {
        let matter = if case % 2 == 0 { "fire" } else { "noise" };
        order(&mut engine, "centre", open(matter), at("2026-11-23T09:00")).expect("opens");
    }
    for case in 1..=3 {
        order(&mut engine, "centre", done(case, "ok"), at("2026-11-23T09:10")).expect("is done");
    }
    order(&mut engine, "police", done(1, "ok"), at("2026-11-23T09:20")).expect("is done");
    engine.tick(at("2026-11-23T15:00"), usize::MAX).expect("ticks");
    engine
}

fn flaws(path: &Path, change: &str) -> Vec<Flaw> {
    let copy = path.with_extension("changed");
    drop(std::fs::remove_file(&copy));
    Sqlite::open(path).expect("opens").backup(&copy).expect("copies");
    Connection::open(&copy).expect("opens").execute_batch(change).expect("changes");
    verify(&Sqlite::open(&copy).expect("opens"), None).expect("reads").flaws
}

#[test]
fn whatever_is_changed_is_found_and_located() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("j");
    let engine = filled(Sqlite::open_or_make(&path).expect("a journal"));
    let end = engine.journal().head().expect("reads").seq;
    drop(engine);
    let all = |change: &str| flaws(&path, change);
    assert_eq!(all(""), []);
    for seq in 1..=end {
        let altered =
            all(&format!("UPDATE record SET body = replace(body, '2026', '2025') WHERE seq = {seq}"));
        assert!(altered.contains(&Flaw::Altered { seq }), "{seq}: {altered:?}");
        let others = |flaw: &&Flaw| matches!(flaw, Flaw::Altered { seq: other } if *other != seq);
        assert_eq!(altered.iter().find(others), None);
        if seq < end {
            let gone = all(&format!("DELETE FROM record WHERE seq = {seq}"));
            assert!(gone.contains(&Flaw::Missing { from: seq, to: seq }), "{seq}: {gone:?}");
        }
    }
    let cut = all(&format!("DELETE FROM record WHERE seq = {end}"));
    assert!(cut.contains(&Flaw::Truncated { at: end - 1, ended: end }), "{cut:?}");
    let swapped = all("UPDATE record SET seq = -1 WHERE seq = 3; UPDATE record SET seq = 3 WHERE seq = 5;
         UPDATE record SET seq = 5 WHERE seq = -1;");
    assert!(swapped.contains(&Flaw::Swapped { seq: 3, was: 5 }), "{swapped:?}");
    assert!(swapped.contains(&Flaw::Swapped { seq: 5, was: 3 }), "{swapped:?}");
    assert!(!swapped.iter().any(|flaw| matches!(flaw, Flaw::Altered { .. })), "{swapped:?}");
    assert!(all("UPDATE cases SET timer = NULL").contains(&Flaw::Rows { case: CaseId(2) }));
    assert!(
        all("UPDATE work SET step = replace(step, 'handle', 'x')")
            .iter()
            .any(|flaw| matches!(flaw, Flaw::Rows { .. }))
    );
    assert_eq!(
        all("INSERT INTO work VALUES ('police', 1, 99, 1, 'care', 'handle', 1, 0, NULL)"),
        [Flaw::Unexplained { rows: 1 }]
    );
    assert!(matches!(all("UPDATE rules SET text = text || ' '")[..], [Flaw::Rules { .. }]));
    // Whoever writes the whole chain anew is found by the end that was noted.
    let health = verify(&Sqlite::open(&path).expect("opens"), Some((3, Hash::ZERO))).expect("reads");
    assert_eq!(health.flaws, [Flaw::OtherEnd { seq: 3 }]);
    let health = verify(&Sqlite::open(&path).expect("opens"), Some((end + 7, Hash::ZERO))).expect("reads");
    assert_eq!(health.flaws, [Flaw::Truncated { at: end, ended: end + 7 }]);
}

#[test]
fn what_is_no_journal_or_of_a_later_version_is_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name);
    let path = file("absent");
    assert!(matches!(Sqlite::open(&path).err(), Some(StoreFault::NotThere { .. })));
    assert!(!path.exists());
    assert!(matches!(Sqlite::open_or_make(folder.path()).err(), Some(StoreFault::Unopened { .. })));
    std::fs::write(file("text"), "no journal, but long enough to be taken for one ".repeat(100))
        .expect("a file");
    assert!(matches!(Sqlite::open(&file("text")).err(), Some(StoreFault::NoJournal { .. })));
    Connection::open(file("other")).expect("opens").execute_batch("CREATE TABLE t (x)").expect("changes");
    assert!(matches!(Sqlite::open_or_make(&file("other")).err(), Some(StoreFault::NoJournal { .. })));
    drop(filled(Sqlite::open_or_make(&file("j")).expect("a journal")));
    Connection::open(file("j")).expect("opens").execute_batch("PRAGMA user_version = 99").expect("changes");
    assert_eq!(
        Sqlite::open(&file("j")).err(),
        Some(StoreFault::Newer { found: 99, known: linkage::store::SCHEMA_VERSION })
    );
    let change =
        format!("PRAGMA user_version = {}; UPDATE version SET events = 7", linkage::store::SCHEMA_VERSION);
    Connection::open(file("j")).expect("opens").execute_batch(&change).expect("changes");
    assert_eq!(Sqlite::open(&file("j")).err(), Some(StoreFault::Newer { found: 7, known: EVENT_VERSION }));
}

/// Until version 5 each tiding told whether it was sent; until version 4 the end of a journal stood in a table, and places
/// in an index; until version 3 lists were texts. Opening makes the tables of today, from the records where it can.
#[test]
fn an_earlier_version_is_brought_up() {
    let before_4 = "
        CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, hash BLOB NOT NULL,
          opened INTEGER NOT NULL, events INTEGER NOT NULL) STRICT;
        INSERT INTO head SELECT 1, seq - 1, hash, dossier, (SELECT events FROM version) FROM record WHERE rev = 0;
        DELETE FROM record WHERE rev = 0; DROP TABLE version; DROP TABLE place;
        CREATE UNIQUE INDEX record_of_dossier ON record (dossier, rev);";
    let before_5 = "
        ALTER TABLE outbox RENAME TO outbox_5; DROP INDEX outbox_once;
        CREATE TABLE outbox (case_id INTEGER NOT NULL, rung TEXT NOT NULL, channel TEXT NOT NULL, seq INTEGER NOT NULL,
          sent INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (case_id, rung, channel)) STRICT, WITHOUT ROWID;
        CREATE INDEX outbox_to_send ON outbox (seq) WHERE sent = 0;
        INSERT INTO outbox SELECT case_id, rung, channel, id >> 20, id >> 20 <= (SELECT upto FROM sent) FROM outbox_5;
        DROP TABLE outbox_5; DROP TABLE sent;";
    let before_2 = "DROP TABLE work; DROP TABLE cases;
        CREATE TABLE cases (case_id INTEGER PRIMARY KEY, dossier INTEGER NOT NULL, timer INTEGER, row TEXT NOT NULL);
        CREATE TABLE timer (due INTEGER NOT NULL, case_id INTEGER NOT NULL); INSERT INTO timer VALUES (1, 99)";
    for (version, before_4, change) in [(4, "", ""), (3, before_4, ""), (1, before_4, before_2)] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("j");
        let mut store = filled(Sqlite::open_or_make(&path).expect("a journal")).into_journal();
        let told = store.outbox(1000).expect("reads");
        assert!(told.len() > 1 && told[0].0 < told[told.len() - 1].0);
        store.begin().expect("begins");
        store.sent(told[0].0).expect("notes");
        store.commit().expect("commits");
        let (head, told) = (store.head().expect("reads"), store.outbox(1000).expect("reads"));
        drop(store);
        let change = format!("PRAGMA user_version = {version}; {before_5} {before_4} {change}");
        Connection::open(&path).expect("opens").execute_batch(&change).expect("changes");
        let store = Sqlite::open(&path).expect("opens");
        assert_eq!(store.head().expect("reads"), head);
        assert_eq!(verify(&store, None).expect("reads").flaws, []);
        assert_eq!(store.outbox(1000).expect("reads"), told);
        assert!(!store.work(None, 10).expect("reads").is_empty());
        let mut engine = Engine::new(store).expect("an engine");
        order(&mut engine, "centre", open("noise"), at("2026-11-23T15:10")).expect("opens");
        assert_eq!(verify(engine.journal(), None).expect("reads").flaws, []);
    }
}

/// Records of version 1 are read as they are. Once this program has written, an earlier one is to refuse the file.
#[test]
fn records_of_an_earlier_version_are_read_and_the_file_is_marked_when_it_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("j");
    drop(filled(Sqlite::open_or_make(&path).expect("a journal")));
    let version = |path: &Path| -> u32 {
        let file = Connection::open(path).expect("opens");
        file.query_row("SELECT events FROM version", [], |row| row.get(0)).expect("reads")
    };
    Connection::open(&path).expect("opens").execute_batch("UPDATE version SET events = 1").expect("changes");
    let mut engine = Engine::new(Sqlite::open(&path).expect("opens")).expect("an engine");
    assert_eq!(verify(engine.journal(), None).expect("reads").flaws, []);
    assert_eq!(version(&path), 1, "who only reads changes nothing");
    let basis = vec![linkage::case::Cited::read("rules art 1")];
    let stop = Order::Suspend { case: CaseId(2), reason: "appraisal".into(), basis };
    order(&mut engine, "centre", stop, at("2026-11-23T15:10")).expect("stands");
    assert_eq!(version(&path), EVENT_VERSION);
    // What a record of version 1 says is the same today.
    let old = r#"{"at":"2026-11-23T01:00:00Z","by":"centre","events":[{"event":"acknowledged","number":1,"step":"a"}]}"#;
    let entry = linkage::store::decode(CaseId(1), 1, old).expect("reads");
    assert_eq!(linkage::store::encode(CaseId(1), &entry).expect("writes"), old);
}

#[test]
fn a_lock_is_waited_for_and_then_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("j");
    let mut engine = filled(Sqlite::open_or_make(&path).expect("a journal"));
    let before = engine.journal().head().expect("reads");
    engine.journal().patience(Duration::from_millis(50)).expect("set");
    let other = Connection::open(&path).expect("opens");
    other.execute_batch("BEGIN IMMEDIATE").expect("begins");
    let locked = order(&mut engine, "brigade", done(2, "ok"), at("2026-11-23T15:10")).expect_err("is locked");
    assert_eq!(locked, Failure::Store(StoreFault::Locked));
    // Reading goes on.
    assert_eq!(engine.journal().head().expect("reads"), before);
    assert!(!engine.journal().work(None, 10).expect("reads").is_empty());
    other.execute_batch("ROLLBACK").expect("ends");
    order(&mut engine, "brigade", done(2, "ok"), at("2026-11-23T15:10")).expect("is done");
    assert_eq!(verify(engine.journal(), None).expect("reads").flaws, []);
}

#[test]
fn a_full_disk_takes_nothing_and_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("j");
    let mut engine = filled(Sqlite::open_or_make(&path).expect("a journal"));
    engine.journal().at_most(1).expect("set");
    let mut taken = engine.journal().head().expect("reads").seq;
    let mut full = false;
    for _ in 0..2000 {
        match order(&mut engine, "centre", open("noise"), at("2026-11-23T15:10")) {
            Ok(answer) => taken = answer.seq,
            Err(failure) => {
                assert_eq!(failure, Failure::Store(StoreFault::Full));
                full = true;
                break;
            }
        }
    }
    assert!(full);
    drop(engine);
    let store = Sqlite::open(&path).expect("opens");
    assert_eq!(store.head().expect("reads").seq, taken);
    assert_eq!(verify(&store, None).expect("reads").flaws, []);
    // There is room again.
    let mut engine = Engine::new(store).expect("an engine");
    assert_eq!(
        order(&mut engine, "centre", open("noise"), at("2026-11-23T15:10")).expect("opens").seq,
        taken + 1
    );
}

/// A write-ahead log that was cut off anywhere gives the journal after one of its commits.
#[test]
fn a_torn_write_leaves_whole_commits() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("j");
    let engine = filled(Sqlite::open_or_make(&path).expect("a journal"));
    let last = engine.journal().head().expect("reads").seq;
    let (main, log) =
        (std::fs::read(&path).expect("reads"), std::fs::read(folder.path().join("j-wal")).expect("reads"));
    let (torn, torn_log) = (folder.path().join("t"), folder.path().join("t-wal"));
    let (mut cut, mut seen) = (log.len(), std::collections::BTreeSet::new());
    while cut > 40_000 {
        drop(std::fs::remove_file(folder.path().join("t-shm")));
        std::fs::write(&torn, &main).expect("writes");
        std::fs::write(&torn_log, &log[..cut]).expect("writes");
        if let Ok(store) = Sqlite::open(&torn) {
            assert_eq!(verify(&store, None).expect("reads").flaws, [], "cut at {cut}");
            let head = store.head().expect("reads");
            assert!(head.seq <= last);
            seen.insert(head.seq);
        }
        cut -= 3001;
    }
    assert!(seen.len() > 3, "{seen:?}");
}

#[test]
fn lines_go_out_and_come_back_to_the_letter() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = filled(Sqlite::open_or_make(&folder.path().join("j")).expect("a journal"));
    let lines = |journal: &dyn Journal| {
        let mut out = Vec::new();
        export(journal, true, &mut out).expect("exports");
        String::from_utf8(out).expect("text")
    };
    let out = lines(engine.journal());
    let mut memory = Memory::default();
    import(&mut memory, &mut Cursor::new(&out)).expect("imports");
    let mut file = Sqlite::open_or_make(&folder.path().join("k")).expect("a journal");
    import(&mut file, &mut Cursor::new(&out)).expect("imports");
    for journal in [&memory as &dyn Journal, &file] {
        assert_eq!(lines(journal), out);
        assert_eq!(verify(journal, None).expect("reads").flaws, []);
        assert_eq!(journal.outbox(99).expect("reads"), engine.journal().outbox(99).expect("reads"));
    }
    assert!(import(&mut memory, &mut Cursor::new(&out)).is_err(), "there is something already");
    let wrong = [
        out.replacen("\\\"ok\\\"", "\\\"no\\\"", 1),
        out.lines().enumerate().filter(|(at, _)| *at != 4).map(|(_, line)| format!("{line}\n")).collect(),
        out.lines().take(5).map(|line| format!("{line}\n")).collect(),
        out.lines().skip(1).map(|line| format!("{line}\n")).collect(),
        format!("{out}{{"),
        out.replacen(
            &format!("\"linkage_journal\":{EVENT_VERSION}"),
            &format!("\"linkage_journal\":{}", EVENT_VERSION + 1),
            1,
        ),
        out.replacen("rank statute", "rank rule", 1),
    ];
    for text in wrong {
        assert_ne!(text, out);
        assert!(import(&mut Memory::default(), &mut Cursor::new(&text)).is_err(), "{text}");
    }
}
