//! One case as its events tell it: what was known of it, where it went, and what it cost.

use std::collections::{BTreeMap, BTreeSet};

use ecow::EcoString;
use jiff::Timestamp;

use linkage_analysis::checks::Spent;
use linkage_calendar::{Calendar, working_time_between};
use linkage_case::{CaseId, Event, Facts, Happening, Timed};

/// One case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Course {
    /// Its number.
    pub case: CaseId,
    /// What was run.
    pub procedure: EcoString,
    /// The rules that it is under, by their hash.
    pub rules: EcoString,
    /// When it was opened.
    pub opened: Timestamp,
    /// What was known of it: at the opening, and each time that facts changed.
    pub situations: Vec<Facts>,
    /// The nodes that it came to.
    pub nodes: BTreeSet<EcoString>,
    /// The channels that it drew on.
    pub channels: BTreeSet<EcoString>,
    /// The resources that it used, or lacked.
    pub resources: BTreeSet<EcoString>,
    /// In which of its situations nobody led it.
    pub gaps: BTreeSet<usize>,
    /// In which of its situations several claimed it.
    pub overlaps: BTreeSet<usize>,
    marks: Vec<Mark>,
    running: Vec<(Clock, Timestamp)>,
}

/// Something that it cost, and at which node.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    node: Option<EcoString>,
    what: Toll,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Toll {
    Late(Timestamp, Timestamp),
    Escalated,
    HandedBack,
}

/// What can be late.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Clock {
    Case,
    /// A step, be it by its own deadline or by that of a rung.
    Step(u32, EcoString),
    Block(EcoString),
    Call(u32, EcoString),
}

impl Clock {
    fn node(&self) -> Option<EcoString> {
        match self {
            Self::Case => None,
            Self::Step(_, node) | Self::Block(node) | Self::Call(_, node) => Some(node.clone()),
        }
    }
}

impl Course {
    /// A case of which nothing has been heard yet.
    pub(super) fn of(case: CaseId) -> Self {
        Self { case, ..Self::default() }
    }

    /// Takes in what happened to it next.
    pub fn take(&mut self, event: &Event) {
        match &event.what {
            Happening::Opened { procedure, facts, .. } => {
                self.procedure = procedure.clone();
                self.opened = event.at;
                self.situations.push(facts.clone());
            }
            Happening::FactsChanged { facts, .. } => {
                let mut known = self.situations.last().cloned().unwrap_or_default();
                known.extend(facts.clone());
                self.situations.push(known);
            }
            Happening::GapMet { .. } => drop(self.gaps.insert(self.situations.len().saturating_sub(1))),
            Happening::OverlapMet { .. } => {
                self.overlaps.insert(self.situations.len().saturating_sub(1));
            }
            Happening::Assigned { step: node, .. }
            | Happening::Chose { node, .. }
            | Happening::BlockEntered { block: node, .. }
            | Happening::Called { node, .. } => drop(self.nodes.insert(node.clone())),
            Happening::Drawn { channel, resource, .. } => {
                self.channels.insert(channel.clone());
                self.resources.insert(resource.clone());
            }
            Happening::NoChannel { resource, .. } => drop(self.resources.insert(resource.clone())),
            Happening::Refused { step, .. } | Happening::HandedOver { step, .. } => {
                self.mark(Some(step.clone()), Toll::HandedBack);
            }
            Happening::Escalated { step, .. } => self.mark(step.clone(), Toll::Escalated),
            _ => self.take_time(event),
        }
    }

    /// Lateness begins at the deadline that passed and ends with what was late: whatever moved the deadline
    /// before, the executor found when it had passed.
    fn take_time(&mut self, event: &Event) {
        match &event.what {
            Happening::TimedOut { what, due } => {
                let clock = match what {
                    Timed::Case => Clock::Case,
                    Timed::Step { number, step } | Timed::Rung { number, step, .. } => {
                        Clock::Step(*number, step.clone())
                    }
                    Timed::Block { block } => Clock::Block(block.clone()),
                    Timed::Call { number, node } => Clock::Call(*number, node.clone()),
                };
                if self.running.iter().all(|(own, _)| *own != clock) {
                    self.running.push((clock, *due));
                }
            }
            Happening::Completed { number, .. } | Happening::Withdrawn { number, .. } => {
                self.stop(event.at, |clock| matches!(clock, Clock::Step(own, _) if own == number));
            }
            Happening::BlockEnded { block, .. } => {
                self.stop(event.at, |clock| matches!(clock, Clock::Block(own) if own == block));
            }
            Happening::Returned { number, .. } | Happening::CallLeft { number, .. } => {
                self.stop(event.at, |clock| matches!(clock, Clock::Call(own, _) if own == number));
            }
            Happening::Closed { .. } => self.end(event.at),
            _ => {}
        }
    }

    /// What is still late is late until now.
    pub fn end(&mut self, now: Timestamp) {
        self.stop(now, |_| true);
    }

    fn stop(&mut self, now: Timestamp, ends: impl Fn(&Clock) -> bool) {
        let running = std::mem::take(&mut self.running);
        for (clock, since) in running {
            if ends(&clock) {
                self.mark(clock.node(), Toll::Late(since, now));
            } else {
                self.running.push((clock, since));
            }
        }
    }

    fn mark(&mut self, node: Option<EcoString>, what: Toll) {
        self.marks.push(Mark { node, what });
    }

    /// What the case cost, or what it cost at some of its nodes. A minute in which several things are late is one.
    pub fn spent(&self, at: Option<&BTreeSet<EcoString>>, calendar: &Calendar) -> Spent {
        let here =
            |mark: &&Mark| at.is_none_or(|nodes| mark.node.as_ref().is_some_and(|node| nodes.contains(node)));
        let mut spent = Spent::default();
        let mut late: BTreeMap<Timestamp, Timestamp> = BTreeMap::new();
        for mark in self.marks.iter().filter(here) {
            match mark.what {
                Toll::Late(from, to) => {
                    let own = late.entry(from).or_insert(to);
                    *own = to.max(*own);
                }
                Toll::Escalated => spent.escalations += 1,
                Toll::HandedBack => spent.hand_backs += 1,
            }
        }
        let mut counted = Timestamp::MIN;
        for (from, to) in late {
            let from = from.max(counted);
            if from < to {
                spent.late += u64::try_from(to.duration_since(from).as_mins()).unwrap_or(0);
                spent.late_working += working_time_between(from, to, calendar);
                counted = to;
            }
        }
        spent
    }
}
