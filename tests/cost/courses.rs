//! What a case cost, out of events set by hand: every figure below is counted on paper.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use linkage::case::{CaseId, Cause, Ended, Event, Happening, LadderOf, RungId, Timed};
use linkage::checks::Spent;
use linkage::cost::Course;
use linkage::time::Calendar;

/// Monday 2026-11-23, so many minutes after 09:00 on the clock of the standard calendar.
fn minute(minutes: i64) -> Timestamp {
    let calendar = Calendar::standard();
    let nine = jiff::civil::date(2026, 11, 23).at(9, 0, 0, 0);
    let nine = calendar.zone().to_timestamp(nine).expect("in range");
    nine.checked_add(SignedDuration::from_mins(minutes)).expect("in range")
}

fn course(happenings: Vec<(i64, Happening)>, until: i64) -> Course {
    let mut course = Course::default();
    let opened = Happening::Opened {
        procedure: "care".into(),
        facts: linkage::case::Facts::new(),
        reporter: None,
        because: Cause::Report,
        due: None,
        rule_days: Vec::new(),
    };
    for (at, what) in std::iter::once((0, opened)).chain(happenings) {
        course.take(&Event { at: minute(at), case: CaseId(1), by: None, key: None, what });
    }
    course.end(minute(until));
    course
}

fn late(step: u32, due: i64) -> Happening {
    let what = Timed::Step { number: step, step: format!("s{step}").into() };
    Happening::TimedOut { what, due: minute(due) }
}

fn done(step: u32) -> Happening {
    let (outcome, basis) = ("ok".into(), Vec::new());
    Happening::Completed {
        number: step,
        step: format!("s{step}").into(),
        outcome,
        late: true,
        basis,
        silent: Vec::new(),
    }
}

fn whole(course: &Course) -> Spent {
    course.spent(None, &Calendar::standard())
}

fn spent(late: u64, late_working: u64, escalations: usize, hand_backs: usize) -> Spent {
    Spent { late, late_working, escalations, hand_backs }
}

#[test]
fn what_is_late_twice_is_late_once() {
    // s1 is late from 30 to 60, s2 from 40 to 90, s3 from 100 to 110: 60 and 10 minutes.
    let events = vec![(30, late(1, 30)), (40, late(2, 40)), (60, done(1)), (90, done(2))];
    let events = [events, vec![(100, late(3, 100)), (110, done(3))]].concat();
    let course = course(events, 500);
    assert_eq!(whole(&course), spent(70, 70, 0, 0));
    let at = |name: &str| course.spent(Some(&BTreeSet::from([name.into()])), &Calendar::standard());
    assert_eq!([at("s1").late, at("s2").late, at("s3").late, at("s4").late], [30, 50, 10, 0]);
}

#[test]
fn lateness_counts_from_the_deadline_however_late_it_was_found() {
    // Nobody ticked: the deadline at 30 is found at 200, by the act that ends the step.
    assert_eq!(whole(&course(vec![(200, late(1, 30)), (200, done(1))], 500)).late, 170);
}

#[test]
fn what_is_not_ended_is_late_until_the_last_event() {
    let timed = |what| Happening::TimedOut { what, due: minute(60) };
    let closed = Happening::Closed {
        solved: None,
        basis: Vec::new(),
        told: Vec::new(),
        obligations: Vec::new(),
        unmet: Vec::new(),
    };
    assert_eq!(whole(&course(vec![(60, timed(Timed::Case))], 100)).late, 40);
    assert_eq!(whole(&course(vec![(60, timed(Timed::Case)), (90, closed)], 1000)).late, 30);
    let block = || timed(Timed::Block { block: "b".into() });
    let ended = |block: &str| Happening::BlockEnded { block: block.into(), left: false };
    assert_eq!(whole(&course(vec![(60, block()), (70, ended("b"))], 100)).late, 10);
    assert_eq!(whole(&course(vec![(60, block()), (70, ended("c"))], 100)).late, 40);
    let call = timed(Timed::Call { number: 1, node: "n".into() });
    let back = Happening::CallLeft { number: 1, node: "n".into() };
    assert_eq!(whole(&course(vec![(60, call), (75, back)], 100)).late, 15);
}

#[test]
fn working_time_stands_beside_the_clock() {
    // Due on Monday at 17:00, done on Tuesday at 10:00: 17 hours on the clock; of these the standard calendar
    // works half an hour on Monday and from 08:30 on Tuesday.
    let course = course(vec![(480, late(1, 480)), (1500, done(1))], 2000);
    assert_eq!(whole(&course), spent(1020, 120, 0, 0));
}

#[test]
fn rungs_and_hand_backs_are_counted() {
    let step = || ecow::EcoString::from("s1");
    let rung = RungId { ladder: LadderOf::Procedure, number: 1 };
    let escalated = Happening::Escalated {
        number: Some(1),
        step: Some(step()),
        rung,
        to: ecow::EcoVec::new(),
        does: None,
        due: None,
        holds: false,
    };
    let refused = Happening::Refused { number: 1, step: step(), reason: "r".into() };
    let handed = |back| {
        let (to, reason) = ("office".into(), "r".into());
        Happening::HandedOver { number: 1, step: step(), to, reason, back }
    };
    let withdrawn = Happening::Withdrawn { number: 1, step: step(), ended: Ended::Refusal };
    let events = vec![(1, handed(false)), (2, handed(true)), (3, escalated), (4, refused), (5, withdrawn)];
    assert_eq!(whole(&course(events, 10)), spent(0, 0, 1, 3));
}
