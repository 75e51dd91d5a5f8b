//! What is asked of the engine, and what it answers.

use ecow::EcoString;
use jiff::Timestamp;

use super::{JournalRight, RulesFault};
use crate::store::{Person, Record, StoreFault};
use linkage_case::{CaseId, Command, Event, Refusal};

/// A command with all that is to be known of it.
#[derive(Debug, Clone)]
pub struct Request {
    /// Who wants what.
    pub command: Command,
    /// What time it is for whoever asks.
    pub now: Timestamp,
    /// Under which rules a case is opened, by their hash; none are those that the journal used last.
    pub rules: Option<EcoString>,
    /// How many records of the dossier whoever asks has seen: if there are more by now, nothing is done.
    pub seen: Option<u64>,
    /// Who reported, to be kept apart under the handle of the command.
    pub person: Option<Person>,
}

impl Request {
    /// A command at an instant.
    pub fn new(command: Command, now: Timestamp) -> Self {
        Self { command, now, rules: None, seen: None, person: None }
    }
}

/// What came of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What happened, in order.
    pub events: Vec<Event>,
    /// The case that it was about, or that it opened.
    pub case: Option<CaseId>,
    /// The last record that it wrote; 0 if it wrote none.
    pub seq: u64,
    /// How many records its dossier has now.
    pub rev: u64,
    /// Whether it was done before, under the same key, and not again.
    pub known: bool,
}

/// Why nothing was done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The rules refuse it. With what happened to the case last.
    #[error("{refusal}")]
    Refused {
        /// Why.
        refusal: Box<Refusal>,
        /// The record that moved the case last, if it is about one.
        last: Option<Box<Record>>,
    },
    /// The case has moved on since whoever asks has seen it.
    #[error("{case} has moved on")]
    Stale {
        /// The case.
        case: CaseId,
        /// How many records its dossier has.
        rev: u64,
        /// What was written since.
        since: Vec<Record>,
    },
    /// The key was used for another command.
    #[error("the key {key} was used for another command")]
    KeyReused {
        /// The key.
        key: EcoString,
        /// The record of the other command.
        seq: u64,
    },
    /// The journal holds no rules to open a case under.
    #[error("the journal holds no rules yet")]
    NoRules,
    /// The journal is to be begun and has records already.
    #[error("the journal is not empty")]
    NotEmpty,
    /// The rules in force do not give a body this right over the journal.
    #[error("{by} may not do this to the journal")]
    NoRight {
        /// Which right.
        right: JournalRight,
        /// Who asked.
        by: EcoString,
        /// Who has it; nobody where the rules do not say.
        may: Vec<EcoString>,
    },
    /// The rules of the dossier can't be used.
    #[error("{0}")]
    Rules(RulesFault),
    /// The store can't be read or written.
    #[error("{0}")]
    Store(StoreFault),
    /// The engine was shut down before it came to it.
    #[error("shut down")]
    Stopped,
}

impl From<StoreFault> for Failure {
    fn from(fault: StoreFault) -> Self {
        Self::Store(fault)
    }
}
