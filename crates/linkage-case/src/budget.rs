//! A deadline as a budget with a ledger: what was given, what was added, when the clock stood.
//!
//! ```text
//!   given 5 workdays      ──used──┤ stood (appraisal) ├──used──┤ +3 workdays ├──► due
//!                                 suspend        resume        extend
//!                                                              supersede: a new budget from that day on
//! ```
//!
//! What was used stays used: while the clock of a case stands nothing in it falls due, and when it runs again
//! the same time is left. What is owed to others, and the forums in which a lead is settled, run on.

use ecow::{EcoString, EcoVec};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::state::Case;
use super::{Alarm, Assignment, Cited, Due, Event, Happening, OpenRung, RungId};
use linkage_calendar::Pause;

/// The ledger of one deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Budget {
    /// Since when its time runs.
    pub from: Timestamp,
    /// What was added to what was given.
    pub added: EcoVec<Added>,
    /// What is asked for and not decided.
    pub asked: Option<Asked>,
    /// The deadlines that this one took the place of, the oldest first.
    pub replaced: EcoVec<Replaced>,
}

/// More time that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Added {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<EcoString>,
    /// How much, such as `3 workdays`.
    pub more: EcoString,
    /// Why.
    pub reason: EcoString,
}

/// More time that somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// Who.
    pub by: Option<EcoString>,
    /// How much.
    pub more: EcoString,
    /// Who may decide.
    pub deciders: Vec<EcoString>,
}

/// A deadline that another took the place of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Replaced {
    /// When.
    pub at: Timestamp,
    /// By whose order.
    pub by: Option<EcoString>,
    /// What was due until then.
    pub was: Due,
    /// Why.
    pub reason: EcoString,
}

/// A span in which the clock of a case stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stood {
    /// Since when.
    pub from: Timestamp,
    /// Until when; none while it stands.
    pub to: Option<Timestamp>,
    /// Who stopped it.
    pub by: Option<EcoString>,
    /// Why.
    pub reason: EcoString,
    /// On what it rests.
    pub basis: Vec<Cited>,
    /// When it runs again by itself; none where the rules set no bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// When what is open in a case is due from now on. What is not named stays as it was.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Clocks {
    /// The case as a whole.
    #[serde(default)]
    pub case: Option<Due>,
    /// Its open steps.
    #[serde(default)]
    pub steps: Vec<StepClock>,
    /// Its open blocks.
    #[serde(default)]
    pub blocks: Vec<BlockClock>,
    /// The calls that it waits for.
    #[serde(default)]
    pub calls: Vec<NumberedClock>,
    /// What is owed.
    #[serde(default)]
    pub owed: Vec<NumberedClock>,
    /// The rungs that were stepped on in the case, where they are counted anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stepped: Option<Vec<SteppedRung>>,
}

/// A rung that was stepped on in a case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SteppedRung {
    /// The step whose ladder it is; empty: the procedure's.
    pub step: EcoString,
    /// Its place on that ladder, counted from 1.
    pub number: u32,
}

/// When a step is due, and its rungs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepClock {
    /// Which assignment.
    pub number: u32,
    /// Its step.
    pub step: EcoString,
    /// When it is due; none where it has no deadline, or that has passed.
    #[serde(default)]
    pub due: Option<Due>,
    /// When its rungs are stepped on.
    #[serde(default)]
    pub alarms: EcoVec<Alarm>,
    /// The rungs that wait for a time of their own.
    #[serde(default)]
    pub rungs: Vec<OpenRung>,
    /// The rungs that were stepped on, where they are counted anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fired: Option<EcoVec<RungId>>,
}

/// When a block is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockClock {
    /// The block.
    pub block: EcoString,
    /// When.
    pub due: Due,
}

/// When a call, or something owed, is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberedClock {
    /// Which.
    pub number: u32,
    /// When.
    pub due: Due,
}

impl Clocks {
    /// Whether nothing is named.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Budget {
    pub(super) fn new(from: Timestamp) -> Self {
        Self { from, added: EcoVec::new(), asked: None, replaced: EcoVec::new() }
    }

    fn apply(&mut self, event: &Event, due: &mut Option<Due>) {
        match &event.what {
            Happening::ExtensionAsked { more, deciders, .. } => {
                let (by, more, deciders) = (event.by.clone(), more.clone(), deciders.clone());
                self.asked = Some(Asked { by, more, deciders });
            }
            Happening::ExtensionDenied { .. } => self.asked = None,
            Happening::Extended { more, reason, due: new, .. } => {
                let (by, more, reason) = (event.by.clone(), more.clone(), reason.clone());
                self.added.push(Added { at: event.at, by, more, reason });
                self.asked = None;
                *due = Some(new.clone());
            }
            Happening::Superseded { reason, due: new, .. } => {
                let (by, reason) = (event.by.clone(), reason.clone());
                let was = due.replace(new.clone());
                self.replaced.extend(was.map(|was| Replaced { at: event.at, by, was, reason }));
                (self.from, self.asked) = (event.at, None);
                self.added.clear();
            }
            _ => {}
        }
    }
}

impl Case {
    /// Since when, and why, its clock stands; none while it runs.
    pub fn suspended(&self) -> Option<&Stood> {
        self.stood.last().filter(|stood| stood.to.is_none())
    }

    /// When its clock stood, as far as that is over by an instant.
    pub fn pauses(&self, now: Timestamp) -> Vec<Pause> {
        self.stood.iter().map(|stood| Pause { from: stood.from, to: stood.to.unwrap_or(now) }).collect()
    }

    pub(super) fn apply_to_clock(&mut self, event: &Event) {
        match &event.what {
            Happening::Suspended { reason, basis, until } => {
                let (by, reason, basis) = (event.by.clone(), reason.clone(), basis.clone());
                let until = until.as_ref().map(|until| until.at);
                self.stood.push(Stood { from: event.at, to: None, by, reason, basis, until });
            }
            Happening::Continued { clocks } => {
                self.let_run(event.at);
                self.set(clocks);
            }
            Happening::Recounted { clocks } => self.set(clocks),
            Happening::ExtensionAsked { number: None, .. }
            | Happening::ExtensionDenied { number: None, .. }
            | Happening::Extended { number: None, .. } => self.budget.apply(event, &mut self.due),
            Happening::Superseded { number: None, .. } => {
                self.budget.apply(event, &mut self.due);
                self.overdue = false;
            }
            _ => {}
        }
    }

    /// Its clock stands no longer, if it did.
    pub(super) fn let_run(&mut self, at: Timestamp) {
        if let Some(stood) = self.stood.make_mut().last_mut() {
            stood.to.get_or_insert(at);
        }
    }

    fn set(&mut self, clocks: &Clocks) {
        if let Some(due) = &clocks.case {
            self.due = Some(due.clone());
        }
        if let Some(stepped) = &clocks.stepped {
            self.stepped.clear();
            self.stepped.extend(stepped.iter().map(|rung| (rung.step.clone(), rung.number)));
        }
        for clock in &clocks.steps {
            if let Some(own) = self.assignment_mut(clock.number) {
                if let Some(due) = &clock.due {
                    own.due = Some(due.clone());
                }
                own.alarms = clock.alarms.clone();
                own.rungs.clone_from(&clock.rungs);
                if let Some(fired) = &clock.fired {
                    own.fired.clear();
                    own.fired.extend(fired);
                }
            }
        }
        for clock in &clocks.blocks {
            let open = self.blocks.make_mut().iter_mut().filter(|open| open.block == clock.block);
            open.for_each(|open| open.due = Some(clock.due.clone()));
        }
        for clock in &clocks.calls {
            let open = self.calls.make_mut().iter_mut().filter(|open| open.number == clock.number);
            open.for_each(|open| open.due = Some(clock.due.clone()));
        }
        for clock in &clocks.owed {
            let open = self.obligations.make_mut().iter_mut().filter(|open| open.number == clock.number);
            open.for_each(|open| open.due = Some(clock.due.clone()));
        }
    }
}

impl Assignment {
    pub(super) fn apply_to_clock(&mut self, event: &Event) {
        self.budget.apply(event, &mut self.due);
        match &event.what {
            Happening::Extended { alarms, .. } => self.alarms = alarms.clone(),
            Happening::Superseded { alarms, .. } => {
                self.alarms = alarms.clone();
                self.overdue = false;
                // What a rung asked for gives way to the order of the superior.
                self.rungs.clear();
            }
            _ => {}
        }
    }
}
