//! One suite for all stores.

use linkage::case::CaseId;
use linkage::store::{
    CaseRow, Draft, Head, How, Journal, Memory, Person, Rows, Sqlite, StoreFault, Tiding, Work, link,
};

use super::at;

fn on_all(suite: impl Fn(&mut dyn Journal)) {
    suite(&mut Memory::default());
    let folder = tempfile::tempdir().expect("a folder");
    suite(&mut Sqlite::open_or_make(&folder.path().join("j")).expect("a journal"));
    // Tables that follow each commit.
    let mut close = Sqlite::open_or_make(&folder.path().join("k")).expect("a journal");
    close.lagging(0);
    suite(&mut close);
}

fn draft(dossier: u64, rev: u64, key: Option<&str>) -> Draft {
    let body = format!("{{\"at\":\"2026-11-23T01:00:00Z\",\"events\":[],\"n\":{rev}}}");
    Draft { dossier: CaseId(dossier), rev, key: key.map(Into::into), body }
}

fn rows(case: u64, timer: Option<&str>, work: &[(&str, Option<&str>)]) -> Rows {
    let (case, dossier, procedure) = (CaseId(case), CaseId(case), "p".into());
    let row =
        CaseRow { case, dossier, procedure, opened: at("2026-11-23T09:00"), closed: None, solved: None };
    let one = |(number, (body, due)): (usize, &(&str, Option<&str>))| Work {
        body: (*body).into(),
        due: due.map(at),
        case,
        number: number as u32,
        procedure: "p".into(),
        step: "s".into(),
        since: at("2026-11-23T09:00"),
        how: How::Charged,
    };
    let work = work.iter().enumerate().map(one).collect();
    Rows { case: row, timer: timer.map(at), work, owed: std::collections::BTreeSet::new() }
}

#[test]
fn records_are_chained_and_counted() {
    on_all(|it| {
        assert_eq!(it.head().expect("reads"), Head::EMPTY);
        it.begin().expect("begins");
        let first = it.append(draft(1, 1, Some("k")), 1).expect("appends");
        assert_eq!((first.seq, first.opened), (1, 1));
        assert_eq!(first.hash, link(&Head::EMPTY.hash, 1, &draft(1, 1, Some("k"))));
        let second = it.append(draft(2, 1, None), 2).expect("appends");
        assert_eq!(second.hash, link(&first.hash, 2, &draft(2, 1, None)));
        it.commit().expect("commits");
        assert_eq!(it.head().expect("reads"), second);
        it.begin().expect("begins");
        it.append(draft(1, 2, None), 2).expect("appends");
        it.commit().expect("commits");
        let seqs = |all: Vec<linkage::store::Record>| all.iter().map(|one| one.seq).collect::<Vec<_>>();
        assert_eq!(seqs(it.records(0, 10).expect("reads")), [1, 2, 3]);
        assert_eq!(seqs(it.records(1, 1).expect("reads")), [2]);
        assert_eq!(seqs(it.dossier(CaseId(1)).expect("reads")), [1, 3]);
        assert_eq!(it.record_of_key("k").expect("reads").expect("there").seq, 1);
        assert_eq!(it.record_of_key("other").expect("reads"), None);
    });
}

#[test]
fn what_is_not_committed_never_was() {
    on_all(|it| {
        it.begin().expect("begins");
        it.append(draft(1, 1, None), 1).expect("appends");
        it.index(None, rows(1, Some("2026-11-24T09:00"), &[("b", None)]).into()).expect("indexes");
        it.commit().expect("commits");
        let (head, counts) = (it.head().expect("reads"), it.counts().expect("reads"));
        it.begin().expect("begins");
        it.append(draft(1, 2, Some("k")), 5).expect("appends");
        it.append(draft(5, 1, None), 5).expect("appends");
        it.index(Some(rows(1, Some("2026-11-24T09:00"), &[("b", None)]).into()), rows(1, None, &[]).into())
            .expect("indexes");
        it.index(None, rows(5, Some("2026-11-25T09:00"), &[("c", None)]).into()).expect("indexes");
        let tiding = Tiding { case: CaseId(1), rung: "1/p1".into(), channel: "b".into() };
        it.tell(2, &[tiding]).expect("tells");
        it.keep("h", "n", "t").expect("keeps");
        let until = jiff::civil::date(2027, 1, 1);
        it.know(&Person { handle: "r1".into(), contact: "call".into(), until }).expect("knows");
        it.abort();
        assert_eq!(it.head().expect("reads"), head);
        assert_eq!(it.counts().expect("reads"), counts);
        assert_eq!(it.records(0, 10).expect("reads").len(), 1);
        assert_eq!(it.record_of_key("k").expect("reads"), None);
        assert_eq!(it.due(at("2030-01-01T00:00"), 10).expect("reads"), [(at("2026-11-24T09:00"), CaseId(1))]);
        assert_eq!(it.work(Some("b"), 10).expect("reads").len(), 1);
        assert!(it.outbox(10).expect("reads").is_empty());
        assert_eq!((it.rules("h").expect("reads"), it.person("r1").expect("reads")), (None, None));
    });
}

#[test]
fn two_writers_of_one_record_and_keys_used_twice_are_refused() {
    on_all(|it| {
        it.begin().expect("begins");
        it.append(draft(1, 1, Some("k")), 1).expect("appends");
        let (dossier, found) = (CaseId(1), 1);
        let again = it.append(draft(1, 1, None), 1).expect_err("is taken");
        assert_eq!(again, StoreFault::Moved { dossier, expected: 0, found });
        let ahead = it.append(draft(1, 3, None), 1).expect_err("leaves one out");
        assert_eq!(ahead, StoreFault::Moved { dossier, expected: 2, found });
        let used = it.append(draft(1, 2, Some("k")), 1).expect_err("is used");
        assert_eq!(used, StoreFault::KeyUsed { key: "k".into() });
        it.append(draft(1, 2, Some("l")), 1).expect("appends");
        it.commit().expect("commits");
        assert_eq!(it.head().expect("reads").seq, 2);
    });
}

#[test]
fn lists_are_in_their_order() {
    on_all(|it| {
        it.begin().expect("begins");
        let (late, soon) = ("2026-11-25T09:00", "2026-11-24T09:00");
        it.index(None, rows(3, Some(soon), &[("b", Some(late)), ("c", None)]).into()).expect("indexes");
        it.index(None, rows(1, Some(late), &[("b", None)]).into()).expect("indexes");
        it.index(None, rows(2, Some(soon), &[("b", Some(soon))]).into()).expect("indexes");
        it.commit().expect("commits");
        let due = [(at(soon), CaseId(2)), (at(soon), CaseId(3)), (at(late), CaseId(1))];
        assert_eq!(it.due(at("2030-01-01T00:00"), 10).expect("reads"), due);
        assert_eq!(it.due(at(soon), 10).expect("reads"), due[..2]);
        assert_eq!(it.due(at("2030-01-01T00:00"), 1).expect("reads"), due[..1]);
        let cases = |work: Vec<Work>| work.iter().map(|one| one.case.0).collect::<Vec<_>>();
        assert_eq!(cases(it.work(Some("b"), 10).expect("reads")), [2, 3, 1]);
        assert_eq!(cases(it.work(None, 10).expect("reads")), [2, 3, 1, 3]);
        assert_eq!(it.counts().expect("reads"), [3, 3, 4, 0, 0]);
        assert!(it.holds(&rows(1, Some(late), &[("b", None)])).expect("reads"));
        assert!(!it.holds(&rows(1, Some(soon), &[("b", None)])).expect("reads"));
        it.begin().expect("begins");
        it.index(Some(rows(2, Some(soon), &[("b", Some(soon))]).into()), rows(2, None, &[]).into())
            .expect("indexes");
        it.commit().expect("commits");
        assert_eq!(it.due(at(soon), 10).expect("reads"), due[1..2]);
        assert_eq!(cases(it.work(Some("b"), 10).expect("reads")), [3, 1]);
    });
}

#[test]
fn nothing_is_told_twice_and_what_was_sent_is_not_listed() {
    on_all(|it| {
        let tiding =
            |case, channel: &str| Tiding { case: CaseId(case), rung: "1/p1".into(), channel: channel.into() };
        it.begin().expect("begins");
        it.tell(1, &[tiding(1, "b"), tiding(1, "c")]).expect("tells");
        it.tell(2, &[tiding(2, "b")]).expect("tells");
        let twice = it.tell(3, &[tiding(1, "b")]).expect_err("was told");
        assert!(matches!(twice, StoreFault::ToldTwice { case: CaseId(1), .. }));
        it.commit().expect("commits");
        assert_eq!(
            it.outbox(10).expect("reads"),
            [(1, tiding(1, "b")), (1, tiding(1, "c")), (2, tiding(2, "b"))]
        );
        it.begin().expect("begins");
        assert_eq!(it.sent(1).expect("marks"), 2);
        it.commit().expect("commits");
        assert_eq!(it.outbox(10).expect("reads"), [(2, tiding(2, "b"))]);
        it.begin().expect("begins");
        assert!(it.tell(4, &[tiding(1, "b")]).is_err(), "what was sent was told all the same");
        it.abort();
    });
}

#[test]
fn persons_stand_apart_and_can_be_erased() {
    on_all(|it| {
        let person = |handle: &str| Person {
            handle: handle.into(),
            contact: "call".into(),
            until: jiff::civil::date(2027, 1, 1),
        };
        it.begin().expect("begins");
        it.know(&person("r1")).expect("knows");
        it.know(&person("r2")).expect("knows");
        it.commit().expect("commits");
        assert_eq!(it.person("r1").expect("reads"), Some(person("r1")));
        it.begin().expect("begins");
        it.forget(&["r1".into()]).expect("forgets");
        it.abort();
        assert_eq!(it.persons().expect("reads").len(), 2);
        it.begin().expect("begins");
        it.forget(&["r1".into()]).expect("forgets");
        it.commit().expect("commits");
        assert_eq!(it.persons().expect("reads"), [person("r2")]);
    });
}
