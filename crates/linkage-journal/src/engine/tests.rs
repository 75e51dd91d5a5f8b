//! Random commands through the engine and through the pure executor: the same happens, to the letter.

mod occasions;

use std::ops::ControlFlow;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::{Dossier, Engine, Request, Ticked};
use crate::store::{Journal, Memory, verify};
use linkage_case::tests::replay::{able, commands, facts, rules, text_of_rules};
use linkage_case::tests::{CALENDAR, Play, TOWN, calendar};
use linkage_case::{CaseId, Command, Event, Fact, Facts, Order};
use linkage_package::Package;

fn text() -> String {
    written(&text_of_rules())
}

fn written(rules: &str) -> String {
    let mut package = Package::of_text("town.linkage", rules);
    package.calendar_text = Some(CALENDAR.into());
    package.written()
}

/// The facts that leave nothing open, where those that were drawn leave too much.
fn full() -> Facts {
    let word = |text: &str| Fact::Text(text.into());
    [
        ("area", word("n1")),
        ("matter", word("shop")),
        ("severity", Fact::Number(2)),
        ("indoors", Fact::Truth(true)),
    ]
    .map(|(name, fact)| (name.into(), fact))
    .into()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    /// Before each command the pure executor fires what is due in all cases, as a tick does for the engine. Where
    /// several cases that don't call each other fire at one instant, the pure executor may tell them in turns:
    /// so what happened is compared case by case.
    #[test]
    fn the_engine_does_what_the_pure_executor_does(stated in facts(), commands in commands()) {
        let (town, calendar) = (rules(), calendar());
        let mut play = Play::new(&town, &calendar, "2026-11-27T09:00");
        let mut engine = Engine::new(Memory::default()).expect("an engine");
        engine.keep(&text(), play.now).expect("is kept");
        let open = |facts| {
            let order = Order::Open { procedure: Some("p".into()), facts, reporter: Some("r".into()) };
            Command::new("centre", order)
        };
        let mut all: Vec<Event> = Vec::new();
        let mut both = |play: &mut Play<'_>, command: &Command| -> bool {
            let ticked = play.command(&Command::tick()).expect("ticks");
            let fired = engine.tick(play.now, usize::MAX).expect("ticks");
            assert_eq!(ticked.len(), fired.events.len());
            all.extend(fired.events);
            let pure = play.command(command);
            let answer = engine.execute(&[Request::new(command.clone(), play.now)]).pop().expect("an answer");
            assert_eq!(pure.is_ok(), answer.is_ok(), "{pure:?} {answer:?}");
            all.extend(answer.into_iter().flat_map(|answer| answer.events));
            pure.is_ok()
        };
        if !both(&mut play, &open(stated)) {
            assert!(both(&mut play, &open(full())));
        }
        for (number, (minutes, seed, by, order)) in commands.into_iter().enumerate() {
            play.now = play.now.checked_add(SignedDuration::from_mins(minutes.abs())).expect("in range");
            let (by, order) = able(&play, seed, by, order);
            let mut command = Command::new(by, order);
            command.key = Some(format!("{number}").into());
            both(&mut play, &command);
        }
        let of = |events: &[Event], case| -> Vec<Event> {
            events.iter().filter(|event| event.case == case).cloned().collect()
        };
        for case in play.world.cases() {
            prop_assert_eq!(of(&all, case.id), of(&play.events, case.id));
            let row = engine.journal().case(case.id).expect("reads").expect("is there");
            let dossier = Dossier::load(engine.journal(), row.dossier).expect("reads");
            prop_assert_eq!(dossier.world.case(case.id), Some(case));
        }
        prop_assert_eq!(verify(engine.journal(), None).expect("reads").flaws, vec![]);
    }

    /// What many cases come to is decided ahead while others fire: a late tick is the same as many that fire one case
    /// each, to the letter of the records.
    #[test]
    fn a_tick_decided_ahead_is_many_ticks_of_one_case(
        opened in prop::collection::vec((facts(), 0..300i64, 0..5usize), 20..70),
        late in prop::collection::vec(1..60i64, 1..5),
        enough in 1..200usize,
        busy in any::<bool>(),
    ) {
        let mut now = jiff::civil::date(2026, 11, 27).at(9, 0, 0, 0).in_tz("Asia/Shanghai").expect("is there").timestamp();
        let mut engines = [(); 2].map(|()| Engine::new(Memory::default()).expect("an engine"));
        for engine in &mut engines {
            engine.keep(&text(), now).expect("is kept");
        }
        let later = |now: Timestamp, minutes| now.checked_add(SignedDuration::from_mins(minutes)).expect("in range");
        let mut both = |by: &str, order: Order, now| {
            let request = Request::new(Command::new(by, order), now);
            let [one, other] = &mut engines;
            assert_eq!(one.execute(std::slice::from_ref(&request)), other.execute(&[request]));
        };
        let mut outcomes = ["ok", "bad", "ok", "up", "ok", "round"].into_iter().cycle();
        for (number, (stated, minutes, actors)) in (1..).zip(opened) {
            // Half of them come to a consultation, whose silence calls a procedure: time opens cases.
            let grave = || full().into_iter().chain([("severity".into(), Fact::Number(5))]).collect();
            let facts = if number % 2 == 0 { grave() } else { stated };
            let open = Order::Open { procedure: Some("p".into()), facts, reporter: Some("r".into()) };
            both("centre", open, later(now, minutes));
            for by in ["market", "police", "brigade"].into_iter().take(actors) {
                let outcome = outcomes.next().expect("goes round").into();
                both(by, Order::Done { case: CaseId(number), step: None, outcome }, later(now, minutes + 20));
            }
        }
        let [whole, single] = &mut engines;
        for hours in late {
            now = later(now, hours * 60);
            // Between transactions others write, to cases that may be under way too.
            let note = |case| Order::Note { case: CaseId(case), text: "seen".into() };
            let notes: Vec<Request> =
                (1..40).map(|case| Request::new(Command::new("centre", note(case)), now)).collect();
            let (mut fired, mut more, mut noted) = (0, false, Vec::new());
            let told = |engine: &mut Engine<Memory>, ticked: Ticked| {
                assert!(ticked.held.is_empty());
                (fired, more) = (fired + ticked.fired, ticked.more);
                if more && busy {
                    drop(engine.execute(&notes));
                    noted.push(fired);
                }
                ControlFlow::Continue(())
            };
            whole.ticks(now, enough, told).expect("ticks");
            let (mut noted, mut so_many) = (noted.into_iter().peekable(), 0);
            loop {
                let ticked = single.tick(now, 1).expect("ticks");
                so_many += ticked.fired;
                if noted.next_if_eq(&so_many).is_some() {
                    drop(single.execute(&notes));
                }
                if !ticked.more {
                    break;
                }
            }
            prop_assert!(!more && so_many == fired && noted.next().is_none());
            let records = |engine: &Engine<Memory>| engine.journal().records(0, usize::MAX).expect("reads");
            prop_assert_eq!(records(whole), records(single));
        }
        prop_assert_eq!(verify(whole.journal(), None).expect("reads").flaws, vec![]);
    }
}

/// Case and called case are one dossier. When what is due in the one is foreseen, time may come to the other before.
#[test]
fn what_is_foreseen_of_a_dossier_does_not_hold_when_something_else_fired_in_it() {
    let rules = "
      scope { over hazard, dispute fallback centre forum { first_receiver agree within 2 hours superior } }
      procedure p {
        trigger report of hazard
        lead by mandate
        all both {
          step own { by centre within 4 hours outcome ok -> join }
          call other { runs q outcome solved -> join outcome unsolved -> join }
          then close solved
        }
        escalate { after 10 minutes to government after 20 minutes to housing after 30 minutes to market }
      }
      procedure once {
        trigger report of hazard
        lead by mandate
        step only { by centre within 10 minutes outcome ok -> close solved }
        escalate { on timeout to government }
      }
      procedure q {
        trigger event quarrel
        step meet { by police within 47 minutes outcome ok -> close solved }
        escalate { on timeout to government }
      }";
    let mut now = "2026-11-27T01:00:00Z".parse::<Timestamp>().expect("an instant");
    let mut engines = [(); 2].map(|()| Engine::new(Memory::default()).expect("an engine"));
    for engine in &mut engines {
        engine.keep(&written(&format!("{TOWN}\n{rules}")), now).expect("is kept");
        for minute in 0..90 {
            let at = now.checked_add(SignedDuration::from_mins(minute)).expect("in range");
            let procedure = Some(if minute % 8 == 0 { "p" } else { "once" }.into());
            let order = Order::Open { procedure, facts: full(), reporter: Some("r".into()) };
            let opened = engine.execute(&[Request::new(Command::new("centre", order), at)]).pop();
            opened.expect("an answer").expect("opens");
        }
    }
    now = now.checked_add(SignedDuration::from_hours(6)).expect("in range");
    let [whole, single] = &mut engines;
    let ticked = whole.tick(now, usize::MAX).expect("ticks");
    assert!(ticked.fired > 100 && ticked.held.is_empty(), "{}", ticked.fired);
    while single.tick(now, 1).expect("ticks").more {}
    let records = |engine: &Engine<Memory>| engine.journal().records(0, usize::MAX).expect("reads");
    assert_eq!(records(whole), records(single));
}
