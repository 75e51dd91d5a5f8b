//! Tables lag behind records: whoever reads sees what the records say, whoever else writes, and whoever was killed.

use std::path::Path;

use jiff::SignedDuration;
use linkage::case::{CaseId, Command, Fact, Order};
use linkage::engine::{Engine, Failure, Request};
use linkage::store::{Flaw, Hash, Journal, Memory, Sqlite, StoreFault, verify};
use rusqlite::Connection;

use super::crash::Dice;
use super::faults::small;
use super::{at, order};

/// All that lists say.
fn lists(it: &dyn Journal) -> String {
    let far = at("2030-01-01T00:00");
    let bodies = ["centre", "police", "brigade"].map(|body| it.work(Some(body), 3).expect("reads"));
    let dossiers: Vec<u64> = it
        .cases(CaseId(0), 1000)
        .expect("reads")
        .iter()
        .map(|row| it.dossier(row.dossier).expect("reads").len() as u64)
        .collect();
    format!(
        "{:#?}",
        (
            it.head().expect("reads"),
            it.cases(CaseId(2), 5).expect("reads"),
            it.cases(CaseId(0), 1000).expect("reads"),
            [it.due(far, 4).expect("reads"), it.due(far, 1000).expect("reads")],
            (bodies, it.work(None, 1000).expect("reads")),
            it.owed().expect("reads"),
            it.outbox(1000).expect("reads"),
            (it.counts().expect("reads"), dossiers),
        )
    )
}

fn same(it: &dyn Journal, wanted: &str, of: &str) {
    let found = lists(it);
    let lines = || found.lines().zip(wanted.lines());
    if let Some(at) = lines().position(|(one, other)| one != other) {
        let near: Vec<_> = lines().skip(at.saturating_sub(12)).take(20).collect();
        panic!("{of}: line {at}: {near:#?}");
    }
    assert_eq!(found.len(), wanted.len(), "{of}");
}

fn open_it(path: &Path, lag: u64) -> Engine<Sqlite> {
    let mut store = Sqlite::open_or_make(path).expect("a journal");
    store.lagging(lag);
    Engine::new(store).expect("an engine")
}

fn drawn(dice: &mut Dice) -> (&'static str, Order) {
    let by = ["centre", "police", "brigade", "centre"][dice.roll(4) as usize];
    let case = CaseId(1 + dice.roll(12));
    let outcome = ["ok", "unfounded", "again", "seen"][dice.roll(4) as usize].into();
    match dice.roll(7) {
        0 => {
            let matter = ["fire", "noise"][dice.roll(2) as usize];
            let facts = [("matter", matter), ("area", "n1")];
            let facts = facts.map(|(name, value)| (name.into(), Fact::Text(value.into()))).into();
            ("centre", Order::Open { procedure: Some("care".into()), facts, reporter: Some("r1".into()) })
        }
        1 => (by, Order::Ack { case, step: None }),
        2 => (by, Order::Refuse { case, step: None, reason: "x".into() }),
        3 => (by, Order::Note { case, text: "x".into() }),
        _ => (by, Order::Done { case, step: None, outcome }),
    }
}

/// Two who write in turns, each with its own lag; one is killed now and then, and one who only reads looks on.
#[test]
fn whatever_lags_lists_say_what_the_records_say() {
    for seed in 1..=6_u64 {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("j");
        let mut dice = Dice(seed * 0x2545_F491_4F6C_DD1D);
        let lags = [[0, 3], [1, 7], [5, 512], [512, 512], [2, 40], [9, 9]][(seed - 1) as usize];
        let mut now = at("2026-11-23T09:00");
        let mut wanted = Engine::new(Memory::default()).expect("an engine");
        wanted.keep(&small(), now).expect("kept");
        let mut writers = [Some(open_it(&path, lags[0])), None];
        writers[0].as_mut().expect("is there").keep(&small(), now).expect("kept");
        let onlooker = Sqlite::open(&path).expect("opens");
        for step in 0..150 {
            let turn = dice.roll(2) as usize;
            let writer = writers[turn].get_or_insert_with(|| open_it(&path, lags[turn]));
            now = now.checked_add(SignedDuration::from_mins(dice.roll(60).cast_signed())).expect("in range");
            if dice.roll(4) == 0 {
                let fired = wanted.tick(now, usize::MAX).expect("ticks");
                assert_eq!(
                    writer.tick(now, usize::MAX).expect("ticks").events,
                    fired.events,
                    "{seed}/{step}"
                );
            } else {
                let requests: Vec<Request> = (0..=dice.roll(3))
                    .map(|_| {
                        let (by, order) = drawn(&mut dice);
                        Request::new(Command::new(by, order), now)
                    })
                    .collect();
                let told = |answers: Vec<Result<linkage::engine::Answer, Failure>>| {
                    answers
                        .into_iter()
                        .map(|one| one.map_err(|failure| failure.to_string()))
                        .collect::<Vec<_>>()
                };
                assert_eq!(told(writer.execute(&requests)), told(wanted.execute(&requests)), "{seed}/{step}");
            }
            let expected = lists(wanted.journal());
            same(writer.journal(), &expected, &format!("{seed}/{step}: who wrote"));
            if dice.roll(3) == 0 {
                same(&onlooker, &expected, &format!("{seed}/{step}: who looks on"));
            }
            match dice.roll(12) {
                // Killed: nothing is brought up any more.
                0 => std::mem::forget(writers[turn].take()),
                1 => drop(writers[turn].take()),
                2 => writers[turn].as_mut().expect("is there").level().expect("is brought up"),
                _ => {}
            }
        }
        assert_eq!(verify(&onlooker, None).expect("reads").flaws, []);
        drop(writers);
        let last = Sqlite::open(&path).expect("opens");
        same(&last, &lists(wanted.journal()), &format!("{seed}: at the end"));
        assert_eq!(verify(&last, None).expect("reads").flaws, []);
    }
}

/// A journal whose writer was killed, so that its tables lag behind its records.
fn lagging(path: &Path) -> u64 {
    let mut engine = open_it(path, 512);
    engine.keep(&small(), at("2026-11-23T09:00")).expect("kept");
    for matter in ["fire", "noise", "fire"] {
        let facts = [("matter", matter), ("area", "n1")];
        let facts = facts.map(|(name, value)| (name.into(), Fact::Text(value.into()))).into();
        let open = Order::Open { procedure: Some("care".into()), facts, reporter: None };
        order(&mut engine, "centre", open, at("2026-11-23T09:00")).expect("opens");
    }
    engine.level().expect("is brought up");
    let done = Order::Done { case: CaseId(2), step: None, outcome: "ok".into() };
    order(&mut engine, "centre", done, at("2026-11-23T09:10")).expect("is done");
    let end = engine.journal().head().expect("reads").seq;
    std::mem::forget(engine);
    end
}

#[test]
fn what_was_changed_is_found_where_tables_lag() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("j");
    let end = lagging(&path);
    let flaws = |change: &str| {
        let copy = folder.path().join("copy");
        drop(std::fs::remove_file(&copy));
        Sqlite::open(&path).expect("opens").backup(&copy).expect("copies");
        Connection::open(&copy).expect("opens").execute_batch(change).expect("changes");
        verify(&Sqlite::open(&copy).expect("opens"), None).expect("reads").flaws
    };
    assert_eq!(flaws(""), []);
    // Of the case that lags the tables hold what was, and that as well is held to.
    assert_eq!(flaws("UPDATE cases SET timer = 1 WHERE case_id = 2"), [Flaw::Rows { case: CaseId(2) }]);
    assert_eq!(flaws("UPDATE cases SET timer = 1 WHERE case_id = 3"), [Flaw::Rows { case: CaseId(3) }]);
    let more = "INSERT INTO work VALUES ('police', 1, 2, 9, 'care', 'handle', 1, 0, NULL)";
    assert_eq!(flaws(more), [Flaw::Unexplained { rows: 1 }]);
    let cut = flaws(&format!("DELETE FROM record WHERE seq = {end}"));
    assert!(cut.contains(&Flaw::Truncated { at: end - 1, ended: end }), "{cut:?}");
    let cut = flaws(&format!("DELETE FROM record WHERE seq >= {end}"));
    assert!(cut.contains(&Flaw::OtherEnd { seq: end - 1 }), "{cut:?}");
    let altered = flaws(&format!("UPDATE record SET body = replace(body, 'ok', 'no') WHERE seq = {end}"));
    assert!(altered.contains(&Flaw::Altered { seq: end }), "{altered:?}");
    let moved = flaws("DELETE FROM place WHERE dossier = 3");
    let dossier = CaseId(3);
    assert_eq!(moved, [Flaw::Broken { dossier, seq: 4 }, Flaw::Unexplained { rows: 3 }]);
}

/// Where the end mark is gone nobody knows what else is: nothing is written any more.
#[test]
fn without_its_end_mark_a_journal_is_only_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("j");
    let end = lagging(&path);
    Connection::open(&path)
        .expect("opens")
        .execute_batch("DELETE FROM record WHERE rev = 0")
        .expect("changes");
    let mut engine = Engine::new(Sqlite::open(&path).expect("opens")).expect("an engine");
    let head = engine.journal().head().expect("reads");
    assert_eq!((head.seq, head.hash), (end, Hash::ZERO));
    let done = Order::Done { case: CaseId(1), step: None, outcome: "ok".into() };
    let failure = order(&mut engine, "centre", done, at("2026-11-23T09:20")).expect_err("is not written");
    assert_eq!(failure, Failure::Store(StoreFault::Cut { at: end }));
    assert_eq!(engine.journal().records(0, 99).expect("reads").len() as u64, end);
}

/// Openings are decided ahead, under the numbers that the cases will have: one that is refused, one whose key
/// was used, and one that opens two cases change the numbers of those behind.
#[test]
fn openings_are_the_same_foreseen_or_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let now = at("2026-11-23T09:00");
    let mut foreseen = open_it(&folder.path().join("j"), 512);
    let mut one_by_one = Engine::new(Memory::default()).expect("an engine");
    foreseen.keep(&small(), now).expect("kept");
    one_by_one.keep(&small(), now).expect("kept");
    let request = |number: u64| {
        // Between them, whole transactions in which all is as foreseen.
        let odd = !(120..1100).contains(&number);
        let matter = if odd && number % 7 == 3 { "nonsense" } else { "fire" };
        let facts = [("matter", matter), ("area", "n1")];
        let facts = facts.map(|(name, value)| (name.into(), Fact::Text(value.into()))).into();
        let order = match number % 11 {
            _ if !odd => Order::Open { procedure: Some("care".into()), facts, reporter: None },
            5 => Order::Raise { event: "alarm".into(), case: None, facts },
            8 => Order::Note { case: CaseId(2), text: "x".into() },
            _ => Order::Open { procedure: Some("care".into()), facts, reporter: None },
        };
        let mut command = Command::new("centre", order);
        command.key = number.is_multiple_of(5).then(|| format!("{}", number / 10).into());
        Request::new(command, now)
    };
    let requests: Vec<Request> = (0..1200).map(request).collect();
    let told = |answers: Vec<Result<linkage::engine::Answer, Failure>>| {
        answers.into_iter().map(|one| one.map_err(|failure| failure.to_string())).collect::<Vec<_>>()
    };
    let mut answers = Vec::new();
    let taken = foreseen.stream(requests.iter().cloned(), |some| {
        answers.extend(told(some));
        Ok::<(), ()>(())
    });
    assert_eq!(taken, Ok(()));
    let mut wanted = Vec::new();
    for request in &requests {
        wanted.extend(told(one_by_one.execute(std::slice::from_ref(request))));
    }
    assert_eq!(answers, wanted);
    assert!(answers.iter().filter(|answer| answer.is_err()).count() > 5);
    let records = |it: &dyn Journal| it.records(0, 9999).expect("reads");
    assert_eq!(records(foreseen.journal()), records(one_by_one.journal()));
    same(foreseen.journal(), &lists(one_by_one.journal()), "foreseen");
}
