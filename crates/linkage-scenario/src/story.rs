//! What happened when a scenario was played: data, to be told by others.

use jiff::Timestamp;
use serde::Serialize;

use ecow::EcoString;

use linkage_case::{CaseId, Command, Event, Refusal, World};

/// A scenario as it was played.
#[derive(Debug, Clone)]
pub struct Story {
    /// What it is called.
    pub title: Option<EcoString>,
    /// The case that it opened; none if that was refused.
    pub case: Option<CaseId>,
    /// When it began.
    pub from: Timestamp,
    /// When it ended.
    pub until: Timestamp,
    /// What happened, in order.
    pub moments: Vec<Moment>,
    /// Whether it went on and on and was cut off.
    pub cut: bool,
    /// What was expected and is not so.
    pub unmet: Vec<Unmet>,
    /// How the world stands in the end.
    pub world: World,
}

/// Something that happened, or was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Moment {
    /// Something happened.
    Event(Box<Event>),
    /// A command was refused.
    Refused {
        /// When.
        at: Timestamp,
        /// Which line of the script, counted from 0; none is the opening.
        line: Option<usize>,
        /// What was ordered.
        command: Box<Command>,
        /// Why it was refused.
        refusal: Box<Refusal>,
        /// Whether the scenario says that it would be.
        expected: bool,
    },
}

/// An expectation that was not met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unmet {
    /// Where it is written: `expect.lead`, `script[3]`.
    pub path: String,
    /// What was expected, in the words of scenarios.
    pub expected: String,
    /// What is so.
    pub actual: String,
}

impl Story {
    /// Whether all is as expected.
    pub fn is_as_expected(&self) -> bool {
        self.unmet.is_empty()
    }

    /// The events.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.moments.iter().filter_map(|moment| match moment {
            Moment::Event(event) => Some(event.as_ref()),
            Moment::Refused { .. } => None,
        })
    }
}
