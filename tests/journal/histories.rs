//! Journals whose every hash is right, and which tell what can't have happened: `verify` names the record and why.

use linkage::case::{Ended, Facts, Happening, Illegal, Order};
use linkage::engine::Engine;
use linkage::report::verified;
use linkage::store::{Change, Draft, Entry, Flaw, Journal, Memory, decode, encode, verify};
use linkage::text::Language;

use super::{at, order};

const RULES: &str = "
    area t matter m body a { kind police serves t } law act { rank statute issuer npc article 1 }
    scope { over m fallback a } mandate x { lead a over m basis act art 1 }
    procedure p { trigger report of m lead by mandate
        step s { by lead within 1 day outcome ok -> both }
        all both { step u { by lead outcome ok -> join } step v { by lead outcome ok -> join } then close solved }
        owe feedback reply from lead to reporter within 2 days upon s }";

/// A journal of one case, and a record more that says that these happened to it.
fn with(acts: &[&str], what: impl Fn() -> Vec<Happening>) -> Memory {
    let text = linkage::workspace::Package::of_text("p.linkage", RULES).written();
    let mut engine = Engine::new(Memory::default()).expect("an engine");
    let now = at("2026-11-23T09:00");
    engine.keep(&text, now).expect("kept");
    let open = Order::Open { procedure: None, facts: Facts::new(), reporter: Some("r".into()) };
    let case = order(&mut engine, "a", open, now).expect("opens").case.expect("a case");
    for step in acts {
        let done = Order::Done { case, step: Some((*step).into()), outcome: "ok".into() };
        order(&mut engine, "a", done, now).expect("is done");
    }
    let mut journal = engine.into_journal();
    let last = journal.dossier(case).expect("reads").pop().expect("a record");
    let Change::Events { events, .. } = decode(case, last.seq, &last.body).expect("reads").what else {
        panic!("events")
    };
    let like = events.last().expect("an event").clone();
    let events =
        what().into_iter().map(|what| linkage::case::Event { key: None, what, ..like.clone() }).collect();
    let entry = Entry { at: now, by: None, what: Change::Events { rules: None, command: None, events } };
    let body = encode(case, &entry).expect("writes");
    let opened = journal.begin().expect("begins").opened;
    journal.append(Draft { dossier: case, rev: last.rev + 1, key: None, body }, opened).expect("appends");
    journal.commit().expect("commits");
    journal
}

fn why(journal: &Memory) -> Vec<Illegal> {
    let health = verify(journal, None).expect("reads");
    let own = health.flaws.into_iter();
    own.filter_map(|flaw| if let Flaw::Illegal { why, .. } = flaw { Some(why) } else { None }).collect()
}

#[test]
fn histories_that_cannot_have_happened_are_named() {
    let case = linkage::case::CaseId(1);
    let step = |number: u32| Happening::Acknowledged { number, step: "s".into() };
    let closed = || Happening::Closed {
        solved: None,
        basis: vec![],
        told: vec![],
        obligations: vec![],
        unmet: vec![],
    };
    let withdrawn = || Happening::Withdrawn { number: 1, step: "s".into(), ended: Ended::Closed };
    assert_eq!(why(&with(&[], || vec![step(1)])), []);
    assert_eq!(why(&with(&[], || vec![step(2)])), [Illegal::NotAssigned { case, number: 2 }]);
    // What was done once can't be done again.
    assert_eq!(why(&with(&["s"], || vec![step(1)])), [Illegal::NotAssigned { case, number: 1 }]);
    assert_eq!(why(&with(&[], || vec![withdrawn(), closed(), step(1)])), [Illegal::Closed { case }]);
    let noted = || Happening::Noted { text: "x".into() };
    assert_eq!(why(&with(&[], || vec![withdrawn(), closed(), noted()])), []);
    let reopened = || Happening::Reopened { node: "s".into() };
    assert_eq!(why(&with(&[], || vec![reopened()])), [Illegal::NotClosed { case }]);
    let ended = || Happening::BlockEnded { block: "both".into(), left: false };
    assert_eq!(why(&with(&["s"], || vec![ended()])), []);
    let not_entered = || Illegal::NotEntered { case, block: "both".into() };
    assert_eq!(why(&with(&["s"], || vec![ended(), ended()])), [not_entered()]);
    assert_eq!(why(&with(&[], || vec![ended()])), [not_entered()]);
    let kept = || Happening::ObligationDischarged { number: 1, name: "reply".into(), late: false };
    assert_eq!(why(&with(&["s"], || vec![kept()])), []);
    assert_eq!(why(&with(&["s"], || vec![kept(), kept()])), [Illegal::NotOwed { case, number: 1 }]);
    let back = || Happening::Returned {
        number: 1,
        node: "s".into(),
        child: case,
        solved: true,
        unsaid: false,
        refused: false,
    };
    assert_eq!(why(&with(&[], || vec![back()])), [Illegal::NotCalled { case, number: 1 }]);
    let resumed = || Happening::Resumed { node: "s".into() };
    assert_eq!(why(&with(&[], || vec![resumed()])), [Illegal::NotWaiting { case, node: "s".into() }]);
    let suspended = || Happening::Suspended { reason: "x".into(), basis: vec![], until: None };
    assert_eq!(why(&with(&[], || vec![suspended()])), []);
    assert_eq!(why(&with(&[], || vec![suspended(), suspended()])), [Illegal::Clock { case }]);
}

#[test]
fn people_read_which_record_and_why() {
    let journal = with(&["s"], || vec![Happening::Acknowledged { number: 1, step: "s".into() }]);
    let health = verify(&journal, None).expect("reads");
    insta::assert_snapshot!(verified(&health, Language::En).lines().next().unwrap_or_default(), @"record 4: it can't have happened; C1: assignment 1 was not open");
    insta::assert_snapshot!(verified(&health, Language::Zh).lines().next().unwrap_or_default(), @"记录4：不可能发生；C1：第1号指派并未进行");
}
