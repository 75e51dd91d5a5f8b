//! Random commands through the engine and through the pure executor: the same happens, to the letter.

use jiff::SignedDuration;
use proptest::prelude::*;

use super::{Dossier, Engine, Request};
use crate::case::tests::replay::{able, commands, facts, rules, text_of_rules};
use crate::case::tests::{CALENDAR, Play, calendar};
use crate::case::{Command, Event, Fact, Facts, Order};
use crate::store::{Journal, Memory, verify};
use crate::workspace::Package;

fn text() -> String {
    let mut package = Package::of_text("town.linkage", &text_of_rules());
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
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

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
}
