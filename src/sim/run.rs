//! Playing a scenario: the clock is moved to each instant at which something falls due or is done.

use jiff::Timestamp;

use super::expect;
use super::scenario::{Scenario, When};
use super::story::{Moment, Story, Unmet};
use crate::case::{CaseId, Command, Order, REPORTER, Rules, World, apply, decide};
use crate::time::{Clock, ManualClock};

/// So much may happen in one scenario; a procedure that goes round for ever is cut off there.
const MOMENTS_UP_TO: usize = 20_000;

/// Plays a scenario by these rules.
pub fn run(rules: &Rules<'_>, scenario: &Scenario) -> Story {
    let zone = rules.calendar.zone();
    let instant = |when: When, from: Timestamp| match when {
        When::At(at) => zone.to_timestamp(at).unwrap_or(from),
        When::After(after) => from.checked_add(after).unwrap_or(Timestamp::MAX),
    };
    let from = zone.to_timestamp(scenario.start).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut play = Play {
        rules,
        clock: ManualClock::new(from),
        world: World::default(),
        moments: Vec::new(),
        unmet: Vec::new(),
        cut: false,
    };
    let open = Order::Open {
        procedure: scenario.procedure.clone(),
        facts: scenario.facts.clone(),
        reporter: scenario.reporter.clone(),
    };
    // Where nobody reports, the body opens it that takes what nobody leads.
    let fallback = rules.institution.scope.fallback.map(|(body, _)| rules.name(body));
    let by = fallback.filter(|_| scenario.reporter.is_none()).unwrap_or_else(|| REPORTER.into());
    play.order(None, Command::new(by, open), false);
    for (number, line) in scenario.script.iter().enumerate() {
        play.wait(instant(line.at, from));
        play.order(Some(number), Command::new(line.by.clone(), line.order.clone()), line.refused);
    }
    if let Some(until) = scenario.until {
        play.wait(instant(until, from));
    }
    play.end(scenario, from)
}

struct Play<'r> {
    rules: &'r Rules<'r>,
    clock: ManualClock,
    world: World,
    moments: Vec<Moment>,
    unmet: Vec<Unmet>,
    cut: bool,
}

impl Play<'_> {
    /// Lets time pass up to an instant; what falls due before fires at its own time.
    fn wait(&mut self, until: Timestamp) {
        while let Some(due) = self.world.next_due().filter(|due| *due <= until) {
            self.clock.set(due.max(self.clock.now()));
            let Ok(events) = decide(self.rules, &self.world, &Command::tick(), self.clock.now()) else { break };
            self.cut |= self.moments.len() + events.len() > MOMENTS_UP_TO;
            if events.is_empty() || self.cut {
                break;
            }
            for event in events {
                apply(&mut self.world, &event);
                self.moments.push(Moment::Event(Box::new(event)));
            }
        }
        self.clock.set(until.max(self.clock.now()));
    }

    fn order(&mut self, line: Option<usize>, command: Command, expected: bool) {
        let at = self.clock.now();
        let answer = decide(self.rules, &self.world, &command, at);
        let refused = answer.is_err();
        match answer {
            Ok(events) => {
                for event in events {
                    apply(&mut self.world, &event);
                    self.moments.push(Moment::Event(Box::new(event)));
                }
            }
            Err(refusal) => {
                let (command, refusal) = (Box::new(command), Box::new(refusal));
                self.moments.push(Moment::Refused { at, line, command, refusal, expected });
            }
        }
        if refused != expected {
            let word = |refused: bool| if refused { "refused" } else { "accepted" }.to_owned();
            let path = line.map_or_else(|| "start".into(), |line| format!("script[{line}]"));
            self.unmet.push(Unmet { path, expected: word(expected), actual: word(refused) });
        }
    }

    fn end(self, scenario: &Scenario, from: Timestamp) -> Story {
        let first = CaseId(1);
        let case = self.world.case(first).map(|case| case.id);
        let mut story = Story {
            title: scenario.title.clone(),
            case,
            from,
            until: self.clock.now(),
            moments: self.moments,
            cut: self.cut,
            unmet: self.unmet,
            world: self.world,
        };
        let unmet = expect::unmet(&story, &scenario.expect, first, self.rules.calendar.zone());
        story.unmet.extend(unmet);
        story
    }
}
