//! The calendar and counts, through the engine: once, late, after an outage, and by several writers.

use jiff::{SignedDuration, Timestamp};

use super::{Engine, Request, written};
use crate::store::{Journal, Memory, Sqlite};
use linkage_case::tests::{SCOPE, TOWN};
use linkage_case::{Cause, Command, Event, Fact, Happening, Order};

const PROCEDURES: &str = "
    procedure weekly { trigger schedule monday 09:00 step weigh { by centre outcome ok -> close } }
    procedure p { trigger report of hazard step look { by market outcome ok -> close } }
    procedure ponder { trigger count 3 of hazard within 7 days step weigh { by centre outcome ok -> close } }";

fn rules(procedures: &str) -> String {
    written(&format!("{TOWN}\n{SCOPE}\n{procedures}"))
}

fn at(text: &str) -> Timestamp {
    let civil: jiff::civil::DateTime = text.parse().expect("a time");
    linkage_case::tests::calendar().zone().to_timestamp(civil).expect("in range")
}

fn report(matter: &str, area: &str) -> Command {
    let facts = [("matter", matter), ("area", area)]
        .map(|(name, node)| (name.into(), Fact::Text(node.into())))
        .into();
    Command::new("reporter", Order::Open { procedure: None, facts, reporter: Some("reporter".into()) })
}

/// When each case of a procedure was due, and how many were skipped before it.
fn scheduled(events: &[Event]) -> Vec<(Timestamp, u32)> {
    let due = |event: &Event| match &event.what {
        Happening::Opened { because: Cause::Schedule { due, skipped, .. }, .. } => Some((*due, *skipped)),
        _ => None,
    };
    events.iter().filter_map(due).collect()
}

fn counted(events: &[Event]) -> Vec<String> {
    let cases = |event: &Event| match &event.what {
        Happening::Opened { because: Cause::Count { cases, .. }, .. } => {
            Some(format!("{} {cases:?}", event.case))
        }
        _ => None,
    };
    events.iter().filter_map(cases).collect()
}

fn ticked<J: Journal>(engine: &mut Engine<J>, now: &str) -> Vec<Event> {
    engine.tick(at(now), usize::MAX).expect("ticks").events
}

#[test]
fn the_calendar_opens_each_occurrence_once() {
    let mut engine = Engine::new(Memory::default()).expect("an engine");
    engine.keep(&rules(PROCEDURES), at("2026-11-20T12:00")).expect("is kept");
    assert_eq!(scheduled(&ticked(&mut engine, "2026-11-23T08:59")), []);
    let first = (at("2026-11-23T09:00"), 0);
    assert_eq!(scheduled(&ticked(&mut engine, "2026-11-23T09:00")), [first]);
    assert_eq!(scheduled(&ticked(&mut engine, "2026-11-23T09:00")), [], "again, nothing more");
    // Another process on the same journal, which remembers nothing.
    let mut engine = Engine::new(engine.into_journal()).expect("an engine");
    assert_eq!(scheduled(&ticked(&mut engine, "2026-11-24T09:00")), []);
    // After an outage of two weeks.
    let late = [(at("2026-11-30T09:00"), 0), (at("2026-12-07T09:00"), 0)];
    assert_eq!(scheduled(&ticked(&mut engine, "2026-12-08T10:00")), late);
}

#[test]
fn after_a_long_outage_the_oldest_are_skipped_and_told() {
    let daily = PROCEDURES.replace("monday 09:00", "daily 09:00");
    let mut engine = Engine::new(Memory::default()).expect("an engine");
    engine.keep(&rules(&daily), at("2026-01-01T12:00")).expect("is kept");
    let opened = scheduled(&ticked(&mut engine, "2026-04-11T12:00"));
    // A hundred days were missed; a month of them is made up for.
    assert_eq!(opened.len(), 31);
    assert_eq!(opened.first(), Some(&(at("2026-03-12T09:00"), 69)));
    assert_eq!(opened.last(), Some(&(at("2026-04-11T09:00"), 0)));
    assert_eq!(scheduled(&ticked(&mut engine, "2026-04-11T13:00")), []);
}

#[test]
fn what_was_due_under_earlier_rules_that_had_the_schedule_is_made_up_for() {
    let mut engine = Engine::new(Memory::default()).expect("an engine");
    let without = PROCEDURES.replace("trigger schedule monday 09:00", "trigger event x");
    engine.keep(&rules(&without), at("2026-11-02T12:00")).expect("is kept");
    engine.keep(&rules(PROCEDURES), at("2026-11-10T12:00")).expect("is kept");
    let more = format!("{PROCEDURES} procedure q {{ step s {{ by centre outcome ok -> close }} }}");
    engine.keep(&rules(&more), at("2026-11-17T12:00")).expect("is kept");
    let opened = scheduled(&ticked(&mut engine, "2026-11-24T12:00"));
    // Not the 9th: the rules of that day did not ask for it.
    assert_eq!(opened, [(at("2026-11-16T09:00"), 0), (at("2026-11-23T09:00"), 0)]);
}

#[test]
fn a_count_is_crossed_once_whoever_writes() {
    let mut engine = Engine::new(Memory::default()).expect("an engine");
    engine.keep(&rules(PROCEDURES), at("2026-11-20T12:00")).expect("is kept");
    let mut now = at("2026-11-20T13:00");
    let mut begun = Vec::new();
    for number in 0..7 {
        // Each time another process, which remembers nothing.
        engine = Engine::new(engine.into_journal()).expect("an engine");
        now = now.checked_add(SignedDuration::from_mins(1)).expect("in range");
        let mut request = Request::new(report("water", if number == 3 { "n2" } else { "n1" }), now);
        request.command.key = Some(format!("{number}").into());
        for _ in 0..2 {
            let answer = engine.execute(std::slice::from_ref(&request)).pop().expect("an answer");
            begun.extend(counted(&answer.expect("is opened").events));
        }
    }
    // C4 begins by the first three; C5 lies elsewhere; C6, C7 and C8 come next.
    assert_eq!(begun, ["C4 [CaseId(1), CaseId(2), CaseId(3)]", "C9 [CaseId(6), CaseId(7), CaseId(8)]"]);
}

#[test]
fn a_stream_counts_as_single_commands_do() {
    let one_by_one = {
        let mut engine = Engine::new(Memory::default()).expect("an engine");
        engine.keep(&rules(PROCEDURES), at("2026-11-20T12:00")).expect("is kept");
        let ask = |engine: &mut Engine<Memory>| {
            let request = Request::new(report("water", "n1"), at("2026-11-20T13:00"));
            counted(&engine.execute(&[request]).pop().expect("an answer").expect("is opened").events)
        };
        (0..40).flat_map(|_| ask(&mut engine)).collect::<Vec<_>>()
    };
    let mut engine = Engine::new(Memory::default()).expect("an engine");
    engine.keep(&rules(PROCEDURES), at("2026-11-20T12:00")).expect("is kept");
    let mut streamed = Vec::new();
    let requests = (0..40).map(|_| Request::new(report("water", "n1"), at("2026-11-20T13:00")));
    let done: Result<(), ()> = engine.stream(requests, |answers| {
        for answer in answers {
            streamed.extend(counted(&answer.expect("is opened").events));
        }
        Ok(())
    });
    assert_eq!(done, Ok(()));
    assert_eq!(one_by_one.len(), 13);
    assert_eq!(streamed, one_by_one);
}

#[test]
fn two_processes_open_an_occurrence_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("town.journal");
    let mut one = Engine::new(Sqlite::open_or_make(&path).expect("a store")).expect("an engine");
    one.keep(&rules(PROCEDURES), at("2026-11-20T12:00")).expect("is kept");
    let mut other = Engine::new(Sqlite::open(&path).expect("a store")).expect("an engine");
    assert_eq!(scheduled(&ticked(&mut one, "2026-11-23T09:00")).len(), 1);
    assert_eq!(scheduled(&ticked(&mut other, "2026-11-23T09:00")), []);
    assert_eq!(scheduled(&ticked(&mut other, "2026-11-30T09:00")).len(), 1);
    assert_eq!(scheduled(&ticked(&mut one, "2026-11-30T09:00")), []);
}
