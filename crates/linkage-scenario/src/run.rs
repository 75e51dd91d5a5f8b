//! Playing a scenario: the clock is moved to each instant at which something falls due or is done.

use std::convert::Infallible;

use ecow::EcoString;
use jiff::{SignedDuration, Timestamp};

use super::expect;
use super::scenario::{Scenario, When};
use super::story::{Moment, Story, Unmet};
use linkage_calendar::{Clock, ManualClock};
use linkage_case::{
    CaseId, Command, Counted, Counting, Event, Occasion, Opening, Order, REPORTER, Refusal, Rules, World,
    apply, decide, next_scheduled, schedules,
};

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
    let mut play = Play::new(rules, from);
    play.scheduled = scenario.scheduled;
    let open = Order::Open {
        procedure: scenario.procedure.clone(),
        facts: scenario.facts.clone(),
        reporter: scenario.reporter.clone(),
    };
    // Where nobody reports, the body opens it that takes what nobody leads.
    let fallback = rules.institution.scope.fallback.map(|(body, _)| rules.name(body));
    let by = fallback.filter(|_| scenario.reporter.is_none()).unwrap_or_else(|| REPORTER.into());
    let by = play.opener(by, &open);
    play.order(None, Command::new(by, open), false);
    for (number, line) in scenario.script.iter().enumerate() {
        play.wait(instant(line.at, from));
        play.order(Some(number), Command::new(line.by.clone(), line.order.clone()), line.refused);
    }
    if let Some(until) = scenario.until {
        play.wait(instant(until, from));
    }
    let mut story = play.story(scenario.title.clone(), from);
    let unmet = expect::unmet(&story, &scenario.expect, CaseId(1), zone);
    story.unmet.extend(unmet);
    story
}

/// A world, its clock, and what happened in it.
pub(super) struct Play<'r> {
    rules: &'r Rules<'r>,
    clock: ManualClock,
    pub(super) world: World,
    moments: Vec<Moment>,
    pub(super) unmet: Vec<Unmet>,
    cut: bool,
    /// Whether the calendar opens cases.
    scheduled: bool,
    counted: Counted,
}

impl<'r> Play<'r> {
    pub(super) fn new(rules: &'r Rules<'r>, from: Timestamp) -> Self {
        Self {
            rules,
            clock: ManualClock::new(from),
            world: World::default(),
            moments: Vec::new(),
            unmet: Vec::new(),
            cut: false,
            scheduled: false,
            counted: Counted::default(),
        }
    }

    /// Lets so much time pass.
    pub(super) fn pass(&mut self, time: SignedDuration) {
        self.wait(self.clock.now().checked_add(time).unwrap_or(Timestamp::MAX));
    }

    /// Lets time pass up to an instant; what falls due before fires at its own time.
    pub(super) fn wait(&mut self, until: Timestamp) {
        while self.scheduled
            && !self.cut
            && let Some(at) = next_scheduled(self.rules, self.clock.now()).filter(|at| *at <= until)
        {
            self.let_pass(at);
            for own in schedules(self.rules) {
                let before = at.checked_sub(SignedDuration::from_millis(1)).unwrap_or(Timestamp::MIN);
                let is_known = |key: &str| Ok::<_, Infallible>(self.world.knows_key(key));
                let Ok((missing, _)) = own.unopened(self.rules, (before, at), is_known);
                for occasion in own.occasions(self.rules, &missing) {
                    self.begin(occasion);
                }
            }
        }
        self.let_pass(until);
    }

    /// Who opens a case: this body, unless the rules let only others request it; then the first of those who may.
    pub(super) fn opener(&self, by: EcoString, open: &Order) -> EcoString {
        let may = |by: &EcoString| {
            let command = Command::new(by.clone(), open.clone());
            let answer = decide(self.rules, &self.world, &command, self.clock.now());
            !matches!(answer, Err(Refusal::MayNotRequest { .. }))
        };
        if may(&by) {
            return by;
        }
        let institution = self.rules.institution;
        let fallback = institution.scope.fallback.map(|(body, _)| self.rules.name(body));
        let bodies =
            institution.bodies.iter().filter(|body| !body.is_slot).map(|body| body.head.name.clone());
        fallback.into_iter().chain(bodies).find(may).unwrap_or(by)
    }

    /// Opens what the calendar or a count begins.
    fn begin(&mut self, occasion: Occasion) {
        // What can't be opened at all is not opened; the checker tells.
        if let Ok(events) = decide(self.rules, &self.world, &occasion.command(), self.clock.now()) {
            self.happen(events);
        }
    }

    /// Takes in what happened. What newly opened cases begin by their number happens at once.
    fn happen(&mut self, events: Vec<Event>) {
        let mut begun = Vec::new();
        for event in events {
            apply(&mut self.world, &event);
            if let Some(opening) = Opening::counted(self.rules, &event) {
                let nothing = |_: &Counting| Ok::<_, Infallible>(Vec::new());
                let Ok(occasions) = self.counted.take(self.rules, &opening, nothing);
                begun.extend(occasions);
            }
            self.moments.push(Moment::Event(Box::new(event)));
        }
        for occasion in begun {
            self.begin(occasion);
        }
    }

    fn let_pass(&mut self, until: Timestamp) {
        while let Some(due) = self.world.next_due().filter(|due| *due <= until) {
            self.clock.set(due.max(self.clock.now()));
            let Ok(events) = decide(self.rules, &self.world, &Command::tick(), self.clock.now()) else {
                break;
            };
            self.cut |= self.moments.len() + events.len() > MOMENTS_UP_TO;
            if events.is_empty() || self.cut {
                break;
            }
            self.happen(events);
        }
        self.clock.set(until.max(self.clock.now()));
    }

    pub(super) fn order(&mut self, line: Option<usize>, command: Command, expected: bool) {
        let at = self.clock.now();
        let answer = decide(self.rules, &self.world, &command, at);
        let refused = answer.is_err();
        match answer {
            Ok(events) => self.happen(events),
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

    /// What happened, with nothing expected of it yet.
    pub(super) fn story(self, title: Option<EcoString>, from: Timestamp) -> Story {
        Story {
            title,
            case: self.world.case(CaseId(1)).map(|case| case.id),
            from,
            until: self.clock.now(),
            moments: self.moments,
            cut: self.cut,
            unmet: self.unmet,
            world: self.world,
        }
    }
}
