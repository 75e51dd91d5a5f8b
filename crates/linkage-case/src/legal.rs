//! What can't have happened: an event that the state before it does not allow, whatever the rules say.
//!
//! Records whose hashes agree were not altered since they were chained. That they say something that can have
//! happened is another question: whoever writes a journal anew, or a program with a fault, may chain anything.

use ecow::EcoString;
use serde::Serialize;

use super::{Case, CaseId, Cause, Event, Happening, Timed, World};

/// Why an event can't have happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "illegal", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields are what the names say")]
pub enum Illegal {
    /// The case was never opened.
    NeverOpened { case: CaseId },
    /// The case is there already.
    OpenedTwice { case: CaseId },
    /// The case was closed before.
    Closed { case: CaseId },
    /// The case was neither closed nor stuck: there is nothing to take up again.
    NotClosed { case: CaseId },
    /// Something happened later, and is told before it.
    BackInTime { case: CaseId },
    /// The command of this key was answered before.
    AnsweredTwice { key: EcoString },
    /// The step is not assigned under this number.
    NotAssigned { case: CaseId, number: u32 },
    /// The number was given to an assignment, a call or a debt before, or one before it was left out.
    Miscounted { case: CaseId, number: u32 },
    /// No branch of the block is open.
    NotEntered { case: CaseId, block: EcoString },
    /// The case does not wait for this call.
    NotCalled { case: CaseId, number: u32 },
    /// The case does not wait at the node.
    NotWaiting { case: CaseId, node: EcoString },
    /// Nothing of this number is owed.
    NotOwed { case: CaseId, number: u32 },
    /// The clock of the case stands already, or runs already.
    Clock { case: CaseId },
}

/// Why an event can't have happened after all that made the world; none if it can.
pub fn illegal(world: &World, event: &Event) -> Option<Illegal> {
    let case = event.case;
    if let Some(key) = event.key.as_ref().filter(|key| world.keys.contains(*key)) {
        return Some(Illegal::AnsweredTwice { key: key.clone() });
    }
    let own = world.case(case);
    if let Happening::Opened { because, .. } = &event.what {
        // A called case is in the world of the case that called it.
        let called =
            if let Cause::Call { from, number, .. } = because { Some((*from, *number)) } else { None };
        let waits = |(from, number): (CaseId, u32)| {
            world.case(from).is_some_and(|own| own.calls.iter().any(|call| call.number == number))
        };
        return match (own, called) {
            (Some(_), _) => Some(Illegal::OpenedTwice { case }),
            (None, Some((from, number))) if !waits((from, number)) => {
                Some(Illegal::NotCalled { case: from, number })
            }
            _ => None,
        };
    }
    let Some(own) = own else { return Some(Illegal::NeverOpened { case }) };
    if world.latest().is_some_and(|latest| event.at < latest) {
        return Some(Illegal::BackInTime { case });
    }
    if !own.is_open() && !stays_possible(&event.what) {
        return Some(Illegal::Closed { case });
    }
    own.forbids(event)
}

/// What can still happen to a case that is closed.
fn stays_possible(what: &Happening) -> bool {
    matches!(
        what,
        Happening::ObligationDischarged { .. }
            | Happening::ObligationBreached { .. }
            | Happening::Escalated { number: None, .. }
            | Happening::Told { .. }
            | Happening::NobodyTold { .. }
            | Happening::Noted { .. }
            | Happening::Recounted { .. }
            | Happening::Reopened { .. }
    )
}

impl Case {
    fn forbids(&self, event: &Event) -> Option<Illegal> {
        let case = self.id;
        let what = &event.what;
        let counted = |number: u32, before: u32| {
            (number != before.saturating_add(1)).then_some(Illegal::Miscounted { case, number })
        };
        let entered = |block: &EcoString| {
            let open = self.blocks.iter().any(|open| open.block == *block);
            (!open).then(|| Illegal::NotEntered { case, block: block.clone() })
        };
        let called = |number: u32| {
            let waits = self.calls.iter().any(|call| call.number == number);
            (!waits).then_some(Illegal::NotCalled { case, number })
        };
        let owed = |number: u32| {
            let open = self.obligations.iter().any(|owed| owed.number == number && owed.discharged.is_none());
            (!open).then_some(Illegal::NotOwed { case, number })
        };
        match what {
            Happening::Assigned { number, .. } => counted(*number, self.assigned),
            Happening::Called { number, .. } => counted(*number, self.called),
            Happening::ObligationArisen { number, .. } => {
                counted(*number, self.obligations.iter().map(|owed| owed.number).max().unwrap_or(0))
            }
            Happening::ObligationDischarged { number, .. } | Happening::ObligationBreached { number, .. } => {
                owed(*number)
            }
            Happening::BlockEnded { block, .. }
            | Happening::TimedOut { what: Timed::Block { block }, .. } => entered(block),
            Happening::Returned { number, .. }
            | Happening::CallLeft { number, .. }
            | Happening::TimedOut { what: Timed::Call { number, .. }, .. } => called(*number),
            Happening::Resumed { node } if !self.waiting.contains(node) => {
                Some(Illegal::NotWaiting { case, node: node.clone() })
            }
            Happening::Reopened { .. } if self.is_open() && self.stuck.is_empty() => {
                Some(Illegal::NotClosed { case })
            }
            Happening::Suspended { .. } if self.suspended().is_some() => Some(Illegal::Clock { case }),
            Happening::Continued { .. } if self.suspended().is_none() => Some(Illegal::Clock { case }),
            _ => {
                let number = what.assignment()?;
                let own = self.assignment(number);
                // An outcome may lead up the ladder: then the step is not left.
                let goes_on = matches!(what, Happening::Escalated { .. } | Happening::LadderRanOut { .. });
                let possible = own.is_some_and(|own| own.is_open() || goes_on && own.ended.is_none());
                (!possible).then_some(Illegal::NotAssigned { case, number })
            }
        }
    }
}
