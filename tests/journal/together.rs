//! Many at once: one wins, the others are told what changed and by whom; nothing is lost.

use std::sync::Barrier;

use linkage::case::{CaseId, Command, Fact, Order, Refusal};
use linkage::engine::{Desk, Engine, Failure, Request};
use linkage::store::{Journal, Memory, Sqlite, verify};

use super::faults::small;
use super::{at, order};

fn open() -> Order {
    let facts = [("matter".into(), Fact::Text("noise".into()))].into();
    Order::Open { procedure: Some("care".into()), facts, reporter: Some("r1".into()) }
}

fn register(case: u64) -> Order {
    Order::Done { case: CaseId(case), step: Some("register".into()), outcome: "ok".into() }
}

#[test]
fn fifty_operators_on_one_case() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("j");
    let mut engine = Engine::new(Sqlite::open_or_make(&path).expect("a journal")).expect("an engine");
    engine.keep(&small(), at("2026-11-23T09:00")).expect("kept");
    order(&mut engine, "centre", open(), at("2026-11-23T09:00")).expect("opens");
    let start = Barrier::new(50);
    let answers: Vec<Result<_, Failure>> = std::thread::scope(|scope| {
        let operator = |number: usize| {
            let (path, start) = (&path, &start);
            scope.spawn(move || {
                let mut engine = Engine::new(Sqlite::open(path).expect("opens")).expect("an engine");
                start.wait();
                let note = Order::Note { case: CaseId(1), text: format!("{number}").into() };
                order(&mut engine, "police", note, at("2026-11-23T09:05")).expect("is written");
                order(&mut engine, "centre", register(1), at("2026-11-23T09:10"))
            })
        };
        let all: Vec<_> = (0..50).map(operator).collect();
        all.into_iter().map(|one| one.join().expect("ends")).collect()
    });
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    for failure in answers.into_iter().filter_map(Result::err) {
        let Failure::Refused { refusal, last } = failure else { panic!("{failure:?}") };
        assert!(matches!(*refusal, Refusal::NotThere { .. }), "{refusal:?}");
        assert!(last.expect("the last record is told").rev > 1);
    }
    let store = Sqlite::open(&path).expect("opens");
    assert_eq!(store.dossier(CaseId(1)).expect("reads").len(), 52);
    assert_eq!(verify(&store, None).expect("reads").flaws, []);
}

#[test]
fn a_journal_that_others_write_is_verified_as_it_stands() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("j");
    let mut engine = Engine::new(Sqlite::open_or_make(&path).expect("a journal")).expect("an engine");
    engine.keep(&small(), at("2026-11-23T09:00")).expect("kept");
    let stop = std::sync::atomic::AtomicBool::new(false);
    let (seen, flaws) = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(std::sync::atomic::Ordering::SeqCst) {
                let case = order(&mut engine, "centre", open(), at("2026-11-23T09:00")).expect("opens").case;
                let case = case.expect("a case").0;
                order(&mut engine, "centre", register(case), at("2026-11-23T09:10")).expect("is done");
            }
        });
        let store = Sqlite::open(&path).expect("opens");
        let mut seen = std::collections::BTreeSet::new();
        let begun = std::time::Instant::now();
        let mut flaws = Vec::new();
        while seen.len() < 20 && flaws.is_empty() && begun.elapsed().as_secs() < 20 {
            let health = verify(&store, None).expect("reads");
            seen.insert(health.head.expect("an end").seq);
            flaws = health.flaws;
        }
        stop.store(true, std::sync::atomic::Ordering::SeqCst);
        (seen, flaws)
    });
    assert_eq!(flaws, []);
    assert!(seen.len() > 1, "it was written meanwhile: {seen:?}");
}

#[test]
fn whoever_has_seen_too_little_is_told_what_changed_and_by_whom() {
    let mut engine = Engine::new(Memory::default()).expect("an engine");
    engine.keep(&small(), at("2026-11-23T09:00")).expect("kept");
    let seen = order(&mut engine, "centre", open(), at("2026-11-23T09:00")).expect("opens").rev;
    let note = Order::Note { case: CaseId(1), text: "wait".into() };
    order(&mut engine, "police", note, at("2026-11-23T09:05")).expect("is written");
    let command = Command::new("centre", register(1));
    let mut request = Request { seen: Some(seen), ..Request::new(command, at("2026-11-23T09:10")) };
    let answer = engine.execute(std::slice::from_ref(&request)).pop().expect("an answer");
    let Err(Failure::Stale { rev, since, .. }) = answer else { panic!("{answer:?}") };
    assert_eq!((rev, since.len()), (2, 1));
    assert!(since[0].body.contains("\"by\":\"police\""));
    request.seen = Some(rev);
    engine.execute(&[request]).pop().expect("an answer").expect("is done");
}

#[test]
fn a_key_makes_two_commands_one_and_belongs_to_one_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("j");
    let mut engine = Engine::new(Sqlite::open_or_make(&path).expect("a journal")).expect("an engine");
    engine.keep(&small(), at("2026-11-23T09:00")).expect("kept");
    let keyed = |order: Order| {
        let mut command = Command::new("centre", order);
        command.key = Some("k".into());
        Request::new(command, at("2026-11-23T09:00"))
    };
    let first = engine.execute(&[keyed(open()), keyed(open())]);
    let [Ok(done), Ok(known)] = &first[..] else { panic!("{first:?}") };
    assert!(!done.known && known.known);
    assert_eq!((&done.events, done.case, done.seq), (&known.events, known.case, known.seq));
    // A restart forgets nothing.
    drop(engine);
    let mut engine = Engine::new(Sqlite::open(&path).expect("opens")).expect("an engine");
    let again = engine.execute(&[keyed(open())]).pop().expect("an answer").expect("is known");
    assert!(again.known && again.events == done.events);
    let other = engine.execute(&[keyed(register(1))]).pop().expect("an answer");
    assert!(matches!(other, Err(Failure::KeyReused { .. })), "{other:?}");
    assert_eq!(engine.journal().head().expect("reads").opened, 1);
}

#[test]
fn many_clients_share_commits_and_each_gets_its_own_answer() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("j");
    let mut engine = Engine::new(Sqlite::open_or_make(&path).expect("a journal")).expect("an engine");
    engine.keep(&small(), at("2026-11-23T09:00")).expect("kept");
    let (desk, closed) = Desk::open(engine);
    std::thread::scope(|scope| {
        for _ in 0..32 {
            let desk = desk.clone();
            scope.spawn(move || {
                for _ in 0..10 {
                    let ask = |by: &str, order| {
                        desk.ask(Request::new(Command::new(by, order), at("2026-11-23T09:00")))
                    };
                    let case = ask("centre", open()).expect("opens").case.expect("a case").0;
                    ask("centre", register(case)).expect("is done");
                    assert!(ask("centre", register(case)).is_err(), "is done already");
                    let handle = Order::Done { case: CaseId(case), step: None, outcome: "ok".into() };
                    ask("police", handle).expect("is done");
                }
            });
        }
    });
    drop(desk);
    let engine = closed.wait().expect("ends");
    let cases = engine.journal().cases(CaseId(0), usize::MAX).expect("reads");
    assert_eq!(cases.len(), 320);
    assert!(cases.iter().all(|case| case.solved == Some(true)));
    assert_eq!(verify(engine.journal(), None).expect("reads").flaws, []);
}

#[test]
fn who_reported_is_erased_and_the_chain_stays_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("j");
    let mut engine = Engine::new(Sqlite::open_or_make(&path).expect("a journal")).expect("an engine");
    engine.keep(&small(), at("2026-11-23T09:00")).expect("kept");
    let person = linkage::store::Person {
        handle: "r7f".into(),
        contact: "telephone-of-a-neighbour".into(),
        until: jiff::civil::date(2026, 12, 1),
    };
    let request = Request {
        person: Some(person),
        ..Request::new(Command::new("centre", open()), at("2026-11-23T09:00"))
    };
    engine.execute(&[request]).pop().expect("an answer").expect("opens");
    let held = |path: &std::path::Path| {
        let mut bytes = std::fs::read(path).expect("reads");
        bytes.extend(std::fs::read(path.with_file_name("j-wal")).unwrap_or_default());
        String::from_utf8_lossy(&bytes).contains("telephone-of-a-neighbour")
    };
    assert!(held(&path));
    let now = at("2026-12-01T12:00");
    assert!(engine.purge(&[], jiff::civil::date(2026, 12, 1), None, now, false).expect("purges").is_empty());
    let gone = engine.purge(&[], jiff::civil::date(2026, 12, 2), None, now, false).expect("purges");
    assert_eq!(gone, ["r7f"]);
    assert!(!held(&path), "nothing is left in the files");
    assert_eq!(verify(engine.journal(), None).expect("reads").flaws, []);
}
