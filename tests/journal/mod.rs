//! The journal and the engine: what is written is what was decided, on every store, whatever happens.

mod acts;
mod clock;
mod conformance;
mod crash;
mod damage;
mod explorer;
mod faults;
mod governance;
mod histories;
mod lag;
mod oversight;
mod page;
mod program;
mod replay;
mod text;
mod together;
mod week;
mod witnesses;

use std::path::PathBuf;

use linkage::case::{Command, Event, Order, REPORTER, Rules, next_scheduled};
use linkage::engine::{Answer, Engine, Failure, Request};
use linkage::sim::{Moment, Scenario, When};
use linkage::store::Journal;
use linkage::workspace::load;

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The town's rules, as they are kept.
pub fn town() -> String {
    load(&root().join("rules/luzhi")).expect("readable").written()
}

pub fn at(text: &str) -> jiff::Timestamp {
    let wall: jiff::civil::DateTime = text.parse().expect("a time");
    jiff::tz::TimeZone::get("Asia/Shanghai").expect("a zone").to_timestamp(wall).expect("in range")
}

pub fn order<J: Journal>(
    engine: &mut Engine<J>,
    by: &str,
    order: Order,
    now: jiff::Timestamp,
) -> Result<Answer, Failure> {
    engine.execute(&[Request::new(Command::new(by, order), now)]).pop().expect("an answer")
}

/// Plays a scenario through an engine, tick by tick, one of them at each time of the calendar; what happened, in order.
pub fn through<J: Journal>(engine: &mut Engine<J>, rules: &Rules<'_>, scenario: &Scenario) -> Vec<Event> {
    let zone = jiff::tz::TimeZone::get("Asia/Shanghai").expect("a zone");
    let from = zone.to_timestamp(scenario.start).expect("in range");
    let instant = |when: When| match when {
        When::At(at) => zone.to_timestamp(at).expect("in range"),
        When::After(after) => from.checked_add(after).expect("in range"),
    };
    let mut events = Vec::new();
    let by = if scenario.reporter.is_some() { REPORTER } else { "governance_centre" };
    let open = Order::Open {
        procedure: scenario.procedure.clone(),
        facts: scenario.facts.clone(),
        reporter: scenario.reporter.clone(),
    };
    let mut last = from;
    let mut pass = |engine: &mut Engine<J>, now| {
        let mut events = Vec::new();
        while let Some(at) = next_scheduled(rules, last).filter(|at| *at < now) {
            events.extend(engine.tick(at, usize::MAX).expect("ticks").events);
            last = at;
        }
        events.extend(engine.tick(now, usize::MAX).expect("ticks").events);
        last = last.max(now);
        events
    };
    let mut act = |engine: &mut Engine<J>, by: &str, what: Order, now| {
        events.extend(pass(engine, now));
        if let Ok(answer) = order(engine, by, what, now) {
            events.extend(answer.events);
        }
    };
    act(engine, by, open, from);
    for line in &scenario.script {
        act(engine, &line.by, line.order.clone(), instant(line.at));
    }
    if let Some(until) = scenario.until {
        events.extend(pass(engine, instant(until)));
    }
    events
}

/// What happened when the pure executor played it.
pub fn purely(moments: &[Moment]) -> Vec<Event> {
    let event = |moment: &Moment| match moment {
        Moment::Event(event) => Some((**event).clone()),
        Moment::Refused { .. } => None,
    };
    moments.iter().filter_map(event).collect()
}
