//! What falls due by itself, and what then happens: in the order of time, then of the cases.
//!
//! At one instant the rules of the day come first (they say who leads from now on), then rungs, then
//! deadlines from the inside out, then what is owed. A timer is not kept: it is read off the state, so
//! what is done or withdrawn has none.

use jiff::Timestamp;

use super::escalation::Wanted;
use super::state::Case;
use super::turn::Turn;
use super::{CaseId, Ended, Happening, RuleDay, RungId, Timed};
use linkage_model::{NodeKind, Target};

/// This many timers fire in one command. Time alone (`tick`) fires the rest in its next rounds; an act that would come
/// before them is refused.
const FIRINGS_UP_TO: usize = 10_000;

/// Something that falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer<'c> {
    /// A rule begins or ends.
    Rule(&'c RuleDay),
    /// A rung is stepped on.
    Alarm(u32, RungId),
    /// A step should be done.
    Step(u32),
    /// What a rung asked for should be done.
    Rung(u32, RungId),
    /// A called procedure should have come back; which call.
    Call(u32),
    /// A block should be done with; which of the open ones.
    Block(usize),
    /// The case should be closed.
    Case,
    /// The time of a forum ends.
    Forum,
    /// Something owed should be done.
    Obligation(u32),
    /// The time is over for which the clock may stand.
    Stop,
}

impl Case {
    /// What falls due next, and when.
    pub fn next_timer(&self) -> Option<(Timestamp, Timer<'_>)> {
        let mut first = None;
        self.each_timer(|at, timer| first = Some(first.map_or((at, timer), |first| (at, timer).min(first))));
        first
    }

    /// When something falls due next.
    pub(super) fn next_at(&self) -> Option<Timestamp> {
        let mut first: Option<Timestamp> = None;
        self.each_timer(|at, _| first = Some(first.map_or(at, |first| first.min(at))));
        first
    }

    /// All that falls due unless something happens before.
    fn each_timer<'c>(&'c self, mut falls_due: impl FnMut(Timestamp, Timer<'c>)) {
        for owed in
            self.obligations.iter().filter(|owed| owed.discharged.is_none() && owed.breached.is_none())
        {
            owed.due.iter().for_each(|due| falls_due(due.at, Timer::Obligation(owed.number)));
        }
        if !self.is_open() {
            return;
        }
        for day in &self.rule_days {
            falls_due(day.at, Timer::Rule(day));
        }
        if let Some(until) = self.lead.as_ref().and_then(|lead| lead.dispute.as_ref()?.until) {
            falls_due(until, Timer::Forum);
        }
        // While the clock of the case stands, only what is not its own time goes on.
        if let Some(stood) = self.suspended() {
            stood.until.iter().for_each(|until| falls_due(*until, Timer::Stop));
            return;
        }
        for own in self.open_assignments() {
            for alarm in own.alarms.iter().filter(|alarm| !own.fired.contains(&alarm.rung)) {
                falls_due(alarm.at, Timer::Alarm(own.number, alarm.rung));
            }
            for open in &own.rungs {
                falls_due(open.due, Timer::Rung(own.number, open.rung));
            }
            if let Some(due) = own.due.as_ref().filter(|_| !own.overdue) {
                falls_due(due.at, Timer::Step(own.number));
            }
        }
        for call in self.calls.iter().filter(|call| !call.overdue) {
            call.due.iter().for_each(|due| falls_due(due.at, Timer::Call(call.number)));
        }
        for (at, block) in self.blocks.iter().enumerate().filter(|(_, block)| !block.overdue) {
            block.due.iter().for_each(|due| falls_due(due.at, Timer::Block(at)));
        }
        if let Some(due) = self.due.as_ref().filter(|_| !self.overdue) {
            falls_due(due.at, Timer::Case);
        }
    }
}

impl Turn<'_> {
    /// Fires what is due up to an instant, each thing at its own. Answers when the next timer is due if there were too
    /// many for one command.
    pub fn fire_due(&mut self, until: Timestamp) -> Option<Timestamp> {
        let mut fired = 0;
        let mut left = None;
        while let Some((at, case)) = self.next_due().filter(|(at, _)| *at <= until) {
            if fired == FIRINGS_UP_TO {
                left = Some(at);
                break;
            }
            fired += 1;
            self.now = self.draft.latest.map_or(at, |latest| latest.max(at));
            let before = self.events.len();
            self.fire(case);
            // Where time moves a case, nothing is refused.
            drop(self.go_on_behind_calls());
            if self.events.len() == before {
                break;
            }
        }
        self.now = until;
        left
    }

    fn fire(&mut self, id: CaseId) {
        let Some((due, timer)) = self.case(id).next_timer() else { return };
        let step = |number| self.case(id).assignment(number).map(|own| own.step.clone()).unwrap_or_default();
        match timer {
            Timer::Stop => {
                let clocks = self.clocks(id, |_| true);
                self.emit(id, Happening::Continued { clocks });
            }
            Timer::Rule(day) => {
                let day = day.clone();
                self.rule_day(id, day);
            }
            Timer::Alarm(number, rung) => self.step_on(id, number, rung, false),
            Timer::Step(number) => {
                let what = Timed::Step { number, step: step(number) };
                self.emit(id, Happening::TimedOut { what, due });
                self.step_late(id, number);
            }
            Timer::Rung(number, rung) => {
                let what = Timed::Rung { number, step: step(number), rung };
                self.emit(id, Happening::TimedOut { what, due });
                // Only the time of a rung on timeout leads to the next of them; of any other it is a due date, and
                // that it was missed is on record.
                if self.is_timeout_rung(id, number, rung) {
                    self.escalate_timeout(id, number, Some(rung.number));
                }
            }
            Timer::Call(number) => self.call_late(id, number, due),
            Timer::Block(at) => {
                let Some(open) = self.case(id).blocks.get(at) else { return };
                let block = open.block.clone();
                self.emit(id, Happening::TimedOut { what: Timed::Block { block: block.clone() }, due });
                self.escalate_whole(id, Some(block));
            }
            Timer::Case => {
                self.emit(id, Happening::TimedOut { what: Timed::Case, due });
                self.escalate_whole(id, None);
            }
            Timer::Forum => self.forum_ends(id),
            Timer::Obligation(number) => self.breach(id, number, due),
        }
    }

    fn step_late(&mut self, case: CaseId, number: u32) {
        let Some((procedure, node, step)) = self.step_of(case, number) else { return };
        if step.joint.is_some() && self.tally(case, number, true).unwrap_or(true) {
            return;
        }
        match step.on_timeout.map(|(target, _)| target) {
            Some(Target::Escalate) => self.escalate_step(case, number, Wanted::TimeoutOrAny),
            Some(target) => {
                let step = procedure.nodes[node.index()].head.name.clone();
                self.emit(case, Happening::Withdrawn { number, step, ended: Ended::Timeout });
                // Where time moves a case, what facts leave open makes it wait: nothing is refused.
                drop(self.go(case, procedure, node, Some(target)));
            }
            None => self.escalate_timeout(case, number, None),
        }
    }

    fn call_late(&mut self, case: CaseId, number: u32, due: Timestamp) {
        let open = self.case(case).calls.iter().find(|call| call.number == number);
        let Some(name) = open.map(|call| call.node.clone()) else { return };
        self.emit(case, Happening::TimedOut { what: Timed::Call { number, node: name.clone() }, due });
        let Some(procedure) = self.procedure(case) else { return };
        let found = super::rules::node_named(procedure, &name);
        let Some((node, NodeKind::Call(call))) = found.map(|(id, node)| (id, &node.kind)) else { return };
        match call.on_timeout.map(|(target, _)| target) {
            Some(target) if target != Target::Escalate => {
                self.emit(case, Happening::CallLeft { number, node: name });
                drop(self.go(case, procedure, node, Some(target)));
            }
            _ => self.escalate_whole(case, Some(name)),
        }
    }
}
