//! What somebody wants to be done.

use ecow::EcoString;

use super::{CaseId, Cause, Cited, Facts};

/// An order and who gives it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Command {
    /// The body that acts, or `reporter`; nobody for [`Order::Tick`] and [`Order::Begin`].
    pub by: EcoString,
    /// The same key twice is one command.
    pub key: Option<EcoString>,
    /// What is to be done.
    pub order: Order,
}

/// What can be ordered. Without a step, the only one that the body can mean is meant.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "do", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields are what the names say; the orders are told one by one")]
pub enum Order {
    /// Opens a case; without a procedure, the one whose trigger fits the situation.
    Open { procedure: Option<EcoString>, facts: Facts, reporter: Option<EcoString> },
    /// Opens a case that the calendar or a count begins; nobody's act.
    Begin { procedure: EcoString, facts: Facts, because: Cause },
    /// Takes notice of a step.
    Ack { case: CaseId, step: Option<EcoString> },
    /// States the outcome of a step.
    Done { case: CaseId, step: Option<EcoString>, outcome: EcoString },
    /// Won't do a step.
    Refuse { case: CaseId, step: Option<EcoString>, reason: EcoString },
    /// Hands a step to another body.
    HandOver { case: CaseId, step: Option<EcoString>, to: EcoString, reason: EcoString },
    /// Writes something down.
    Note { case: CaseId, text: EcoString },
    /// States facts anew.
    Fact { case: CaseId, facts: Facts },
    /// Has done what it owed, by the name of the obligation.
    Discharge { case: CaseId, obligation: EcoString },
    /// Takes a case that several claim, or a step that was escalated to it.
    Take { case: CaseId, step: Option<EcoString> },
    /// Says who is to have it.
    Designate { case: CaseId, step: Option<EcoString>, to: EcoString },
    /// Takes up a closed or stuck case again; without a step, from the start.
    Reopen { case: CaseId, step: Option<EcoString> },
    /// Stops the clock of a case.
    Suspend { case: CaseId, reason: EcoString, basis: Vec<Cited> },
    /// Lets it run again.
    Resume { case: CaseId },
    /// Asks for more time for a step, without one for the case; by whoever may decide, gives it: as much as is
    /// said, else as was asked for.
    Extend {
        case: CaseId,
        step: Option<EcoString>,
        more: Option<EcoString>,
        reason: EcoString,
        basis: Vec<Cited>,
    },
    /// Does not give the time that was asked for.
    Deny { case: CaseId, step: Option<EcoString>, reason: EcoString },
    /// Sets another deadline, from now on.
    Supersede {
        case: CaseId,
        step: Option<EcoString>,
        within: EcoString,
        reason: EcoString,
        basis: Vec<Cited>,
    },
    /// Urges those who have a step to act; of a supervisor or of whoever stands above them.
    Urge { case: CaseId, step: Option<EcoString>, reason: EcoString },
    /// Calls for a report on the case; of a supervisor or of whoever stands above who leads.
    CallReport { case: CaseId, reason: EcoString },
    /// Calls the members of a joint step together; of who chairs it.
    Convene { case: CaseId, step: Option<EcoString>, text: EcoString },
    /// Raises an event from outside, with the facts of a case or with its own.
    Raise { event: EcoString, case: Option<CaseId>, facts: Facts },
    /// Fires what is due.
    Tick,
}

impl Order {
    /// The step that it names, if it names one.
    pub fn step_mut(&mut self) -> Option<&mut EcoString> {
        match self {
            Self::Ack { step, .. }
            | Self::Done { step, .. }
            | Self::Refuse { step, .. }
            | Self::HandOver { step, .. }
            | Self::Take { step, .. }
            | Self::Designate { step, .. }
            | Self::Reopen { step, .. }
            | Self::Extend { step, .. }
            | Self::Deny { step, .. }
            | Self::Supersede { step, .. }
            | Self::Urge { step, .. }
            | Self::Convene { step, .. } => step.as_mut(),
            Self::Open { .. }
            | Self::Begin { .. }
            | Self::Note { .. }
            | Self::Fact { .. }
            | Self::Discharge { .. }
            | Self::Suspend { .. }
            | Self::Resume { .. }
            | Self::CallReport { .. }
            | Self::Raise { .. }
            | Self::Tick => None,
        }
    }
}

impl Command {
    /// An order of a body, without a key.
    pub fn new(by: impl Into<EcoString>, order: Order) -> Self {
        Self { by: by.into(), key: None, order }
    }

    /// Fires what is due.
    pub fn tick() -> Self {
        Self::new("", Order::Tick)
    }
}
