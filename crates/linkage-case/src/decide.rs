//! What a command leads to.
//!
//! What a case is in, and what may be ordered then (● by whom; everything else is refused, by name):
//!
//! ```text
//!                 ack/done   refuse     hand_over  take        designate       fact     discharge reopen
//!  offered        ● claimant ● claimant ● claimant ● claimant  ● forum's       ● part   ● debtor  NotClosed
//!   (overlap)     done takes declines   takes it               decider
//!  assigned       ● holder   ● holder   ● holder   ● takes     ● superior,     ● part   ● debtor  NotClosed
//!                                                    over        rung
//!  joint          ● holder   ● holder   ● holder   ● as above  DecidedTog…     ● part   ● debtor  NotClosed
//!                 voice      voice
//!  waiting        NotThere   NotThere   NotThere   NothingTo…  MayNot…         ● part   ● debtor  NotClosed
//!  (facts miss)
//!  stuck          NotThere   NotThere   NotThere   NothingTo…  MayNot…         ● part   ● debtor  ● part
//!  closed         Closed     Closed     Closed     Closed      Closed          Closed   ● debtor  ● part
//!  suspended      the acts above go on; nothing falls due but what is owed and what settles the lead
//! ```
//!
//! And about time, while a case is open (closed: Closed):
//!
//! ```text
//!                 suspend      resume        extend                 deny, supersede
//!  runs           ● superior,  NotSuspended  ● holder asks,         ● superior
//!                   named                      superior gives
//!  suspended      Already…     ● and lead    ClockStands            ClockStands
//!  overdue        ● as above   –             Expired                ● superior sets anew
//! ```
//!
//! And about others, while a case is open (closed: Closed):
//!
//! ```text
//!                 urge                      call_report               convene
//!  assigned       ● supervisor, superior    ● supervisor, superior    MayNotConvene
//!  joint          ● as above                ● as above                ● chair
//!  else           NotThere                  ● as above                NotThere
//! ```
//!
//! *part*: who has a step of the case, who leads it, whoever stands above them, and the fallback body; to reopen, see
//! `authority`, where it also stands to whom a step may be given. Anybody may open a case, raise an event, and write a
//! note on a case.
//!
//! Whatever the command, first everything fires that is due by now, in the order of time: so one late
//! tick and many timely ones come to the same. A command that comes at the very instant of a deadline is
//! too late. An instant before the latest event counts as that of the latest event.

use jiff::Timestamp;

use super::by_body::unknown_body;
use super::turn::Turn;
use super::{CaseId, Command, Event, Happening, Order, REPORTER, Refusal, Rules, World, WorldDraft};

/// What a command leads to.
#[derive(Debug)]
pub struct Decision {
    /// What happens, in order.
    pub events: Vec<Event>,
    /// The cases that the events change, as they are then: see [`World::take_in`].
    pub after: WorldDraft,
}

/// The events that follow from a command, or why it is refused; then nothing has happened.
pub fn decide(
    rules: &Rules<'_>,
    world: &World,
    command: &Command,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    decision(rules, world, command, now).map(|decision| decision.events)
}

/// The same with the cases as they are then: whoever has the world need not apply the events once more.
pub fn decision(
    rules: &Rules<'_>,
    world: &World,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let now = world.latest.map_or(now, |latest| latest.max(now));
    let mut turn = Turn::new(*rules, world, now);
    if command.key.as_ref().is_none_or(|key| !turn.key_is_known(key)) {
        let left = turn.fire_due(now);
        if let Some(due) = left.filter(|_| command.order != Order::Tick) {
            return Err(Refusal::StillDue { due });
        }
        turn.key.clone_from(&command.key);
        turn.order(command)?;
        turn.go_on_behind_calls()?;
    }
    Ok(turn.decision())
}

impl Turn<'_> {
    fn order(&mut self, command: &Command) -> Result<(), Refusal> {
        let by = &command.by;
        if !matches!(command.order, Order::Tick | Order::Begin { .. }) {
            if by != REPORTER && self.rules.can_act(by).is_none() {
                return Err(unknown_body(self.rules.institution, by));
            }
            self.by = Some(by.clone());
        }
        if let Some(case) = command.order.case() {
            if self.known(case).is_none() {
                return Err(Refusal::UnknownCase { case });
            }
            if self.procedure(case).is_none() {
                return Err(self.unknown_procedure(&self.case(case).procedure));
            }
            self.strict = Some(case);
        }
        match &command.order {
            Order::Open { procedure, facts, reporter } => {
                self.open(by, procedure.as_ref(), facts, reporter.clone())
            }
            // Nobody is there to answer: where facts are missing the case waits for them.
            Order::Begin { procedure, facts, because } => {
                self.begin(procedure, facts.clone(), because.clone())
            }
            Order::Ack { case, step } => self.acknowledge(*case, by, step.as_ref()),
            Order::Done { case, step, outcome } => self.done(*case, by, step.as_ref(), outcome),
            Order::Refuse { case, step, reason } => self.refuse(*case, by, step.as_ref(), reason),
            Order::HandOver { case, step, to, reason } => {
                self.hand_over(*case, by, step.as_ref(), to, reason)
            }
            Order::Note { case, text } => {
                self.emit(*case, Happening::Noted { text: text.clone() });
                Ok(())
            }
            Order::Fact { case, facts } => {
                if !self.case(*case).is_open() {
                    return Err(Refusal::Closed { case: *case });
                }
                self.speaks_for(*case, by)?;
                self.change_facts(*case, facts)
            }
            Order::Discharge { case, obligation } => self.discharge(*case, by, obligation),
            Order::Take { case, step } => self.take(*case, by, step.as_ref()),
            Order::Designate { case, step, to } => self.designate(*case, by, step.as_ref(), to),
            Order::Reopen { case, step } => self.reopen(*case, by, step.as_ref()),
            Order::Suspend { case, reason, basis } => self.suspend(*case, by, reason, basis),
            Order::Resume { case } => self.resume(*case, by),
            Order::Extend { case, step, more, reason, basis } => {
                self.extend(*case, by, step.as_ref(), more.as_ref(), (reason, basis))
            }
            Order::Deny { case, step, reason } => self.deny(*case, by, step.as_ref(), reason),
            Order::Supersede { case, step, within, reason, basis } => {
                self.supersede(*case, by, step.as_ref(), within, (reason, basis))
            }
            Order::Urge { case, step, reason } => self.urge(*case, by, step.as_ref(), reason),
            Order::CallReport { case, reason } => self.call_report(*case, by, reason),
            Order::Convene { case, step, text } => self.convene(*case, by, step.as_ref(), text),
            Order::Raise { event, case, facts } => self.raise(event, *case, facts),
            Order::Tick => Ok(()),
        }
    }
}

impl Order {
    /// The case that it is about, if it is about one.
    pub fn case(&self) -> Option<CaseId> {
        match self {
            Self::Ack { case, .. }
            | Self::Done { case, .. }
            | Self::Refuse { case, .. }
            | Self::HandOver { case, .. }
            | Self::Note { case, .. }
            | Self::Fact { case, .. }
            | Self::Discharge { case, .. }
            | Self::Take { case, .. }
            | Self::Designate { case, .. }
            | Self::Suspend { case, .. }
            | Self::Resume { case }
            | Self::Extend { case, .. }
            | Self::Deny { case, .. }
            | Self::Supersede { case, .. }
            | Self::Urge { case, .. }
            | Self::CallReport { case, .. }
            | Self::Convene { case, .. }
            | Self::Reopen { case, .. } => Some(*case),
            Self::Raise { case, .. } => *case,
            Self::Open { .. } | Self::Begin { .. } | Self::Tick => None,
        }
    }
}
