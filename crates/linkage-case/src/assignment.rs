//! A step in somebody's hands, and what events change about it.

use std::collections::BTreeMap;

use ecow::{EcoString, EcoVec};
use jiff::Timestamp;

use super::{
    Alarm, Budget, Charged, Due, Ended, Event, Fallback, Few, Happening, Mode, RungId, Timed, Together, Why,
};

/// A step in somebody's hands, or that was.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Assignment {
    /// Which of the case.
    pub number: u32,
    /// The step.
    pub step: EcoString,
    /// Who is charged with it.
    pub to: EcoVec<Charged>,
    /// Who takes part.
    pub with: EcoVec<EcoString>,
    /// Whether those charged are so because they lead.
    pub by_lead: bool,
    /// Whether escalation has since put others in charge, whoever leads.
    pub by_hand: bool,
    /// Who chairs it, where it is a joint step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chair: Option<EcoString>,
    /// How those charged finish it.
    pub mode: Mode,
    /// Who follows if those don't act.
    pub standby: EcoVec<Charged>,
    /// Those of them who come at once.
    #[serde(skip_serializing_if = "EcoVec::is_empty")]
    pub together: EcoVec<Together>,
    /// Since when.
    pub since: Timestamp,
    /// When it is due.
    pub due: Option<Due>,
    /// Whether that has passed.
    pub overdue: bool,
    /// The ledger of that deadline.
    pub budget: Budget,
    /// When rungs will be stepped on.
    pub alarms: EcoVec<Alarm>,
    /// The rungs that were.
    pub fired: Few<RungId>,
    /// The rungs whose bodies are to do something by a time.
    pub rungs: Vec<OpenRung>,
    /// Who has been told by escalation: these may take it or designate.
    pub escalated_to: Few<EcoString>,
    /// Who has acknowledged it.
    pub acknowledged: Few<EcoString>,
    /// Who has refused it.
    pub declined: Few<EcoString>,
    /// Who has ever had it.
    pub held_by: Few<EcoString>,
    /// The outcomes stated in a joint step.
    pub voices: BTreeMap<EcoString, EcoString>,
    /// The outcome, once it is done.
    pub outcome: Option<EcoString>,
    /// How it ended without one.
    pub ended: Option<Ended>,
}

/// A rung that was stepped on, with a time of its own.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct OpenRung {
    /// The rung.
    pub rung: RungId,
    /// Since when its time runs.
    pub since: Timestamp,
    /// The time that was given.
    pub within: EcoString,
    /// When the next follows.
    pub due: Timestamp,
}

impl Assignment {
    /// Whether it still waits for somebody.
    pub fn is_open(&self) -> bool {
        self.outcome.is_none() && self.ended.is_none()
    }

    /// The bodies that are charged with it.
    pub fn holders(&self) -> Vec<EcoString> {
        self.to.iter().map(|charged| charged.body.clone()).collect()
    }

    /// Whether this body is charged with it.
    pub fn is_held_by(&self, body: &str) -> bool {
        self.to.iter().any(|charged| charged.body == body)
    }
}

impl Assignment {
    pub(super) fn new(number: u32, step: EcoString, since: Timestamp) -> Self {
        Self {
            number,
            step,
            to: EcoVec::new(),
            with: EcoVec::new(),
            by_lead: false,
            by_hand: false,
            chair: None,
            mode: Mode::Any,
            standby: EcoVec::new(),
            together: EcoVec::new(),
            since,
            due: None,
            overdue: false,
            budget: Budget::new(since),
            alarms: EcoVec::new(),
            fired: Few::new(),
            rungs: Vec::new(),
            escalated_to: Few::new(),
            acknowledged: Few::new(),
            declined: Few::new(),
            held_by: Few::new(),
            voices: BTreeMap::new(),
            outcome: None,
            ended: None,
        }
    }

    pub(super) fn hold(&mut self, to: EcoVec<Charged>) {
        // Whoever has it only to send it on can't be given it back to do it.
        let sends_on = |why: &Why| *why == Why::Fallback { cause: Fallback::Refused };
        let holders = to.iter().filter(|charged| !sends_on(&charged.why));
        self.held_by.extend(holders.map(|charged| &charged.body));
        self.to = to;
    }

    /// Those who had it on other facts have no claim to get it back.
    pub(super) fn forget_former_holders(&mut self) {
        let holders = self.holders();
        self.held_by.retain(|body| holders.contains(body));
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match &event.what {
            Happening::Reassigned { to, mode, standby, together, .. } => {
                let aside = |why: &Why| matches!(why, Why::Took | Why::Fallback { cause: Fallback::Refused });
                self.by_hand = to.iter().any(|charged| aside(&charged.why));
                self.hold(to.clone());
                self.mode = *mode;
                self.standby = standby.clone();
                self.together = together.clone();
            }
            Happening::Acknowledged { .. } => self.acknowledged.extend(&event.by),
            Happening::Refused { .. } => {
                self.declined.extend(&event.by);
                if !matches!(self.mode, Mode::Joint { .. }) {
                    self.to.retain(|charged| Some(&charged.body) != event.by.as_ref());
                }
            }
            Happening::HandedOver { to, .. } => {
                let Some(by) = &event.by else { return };
                for charged in self.to.make_mut().iter_mut().filter(|charged| charged.body == *by) {
                    charged.body = to.clone();
                    charged.why = Why::HandedOver { by: by.clone() };
                }
                self.held_by.insert(to.clone());
                self.acknowledged.remove(to);
            }
            Happening::Voiced { outcome, .. } => {
                self.voices.extend(event.by.clone().map(|by| (by, outcome.clone())));
            }
            Happening::Completed { outcome, .. } => self.outcome = Some(outcome.clone()),
            Happening::Withdrawn { ended, .. } => self.ended = Some(*ended),
            Happening::TimedOut { what: Timed::Step { .. }, .. } => self.overdue = true,
            Happening::TimedOut { what: Timed::Rung { rung, .. }, .. } => {
                self.rungs.retain(|open| open.rung != *rung);
            }
            Happening::Escalated { rung, to, due, holds, .. } => {
                self.fired.insert(*rung);
                self.escalated_to.extend(to.iter().map(|charged| &charged.body));
                let open = |due: &Due| {
                    let (since, within) = (event.at, due.within.clone());
                    OpenRung { rung: *rung, since, within, due: due.at }
                };
                self.rungs.extend(due.as_ref().map(open));
                if *holds {
                    self.taken_over(to.clone());
                }
            }
            _ => self.apply_to_clock(event),
        }
    }

    /// A rung puts others in charge; what was said before does not bind them.
    fn taken_over(&mut self, to: EcoVec<Charged>) {
        self.hold(to);
        self.by_hand = true;
        self.mode = Mode::Any;
        self.standby.clear();
        self.together.clear();
        self.acknowledged.clear();
        self.voices.clear();
        self.outcome = None;
    }
}
