//! A scenario as read: who does what when, and what is expected of it.

use std::collections::BTreeMap;

use ecow::EcoString;
use jiff::SignedDuration;
use jiff::civil::DateTime;

use linkage_case::{Facts, Order, Status};

/// What happens in one case, and what should come of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// What it is called.
    pub title: Option<EcoString>,
    /// Where its rules are, as written.
    pub rules: Option<EcoString>,
    /// The procedure; none where the triggers tell.
    pub procedure: Option<EcoString>,
    /// When the case is opened, on the clock of the calendar's zone.
    pub start: DateTime,
    /// What is known then.
    pub facts: Facts,
    /// The handle of whoever reports.
    pub reporter: Option<EcoString>,
    /// What is done, in the order of time.
    pub script: Vec<Line>,
    /// How far the clock runs on.
    pub until: Option<When>,
    /// Whether the calendar opens cases meanwhile, as `tick` does; else the scenario is about its own cases alone.
    pub scheduled: bool,
    /// What should come of it.
    pub expect: Expectation,
}

/// One act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// When.
    pub at: When,
    /// Whose.
    pub by: EcoString,
    /// What.
    pub order: Order,
    /// Whether it should be refused.
    pub refused: bool,
}

/// A time of a scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// On the clock of the calendar's zone.
    At(DateTime),
    /// So long after the start.
    After(SignedDuration),
}

impl When {
    /// What the clock shows then, where no clock change lies between.
    pub(super) fn on_the_clock(self, start: DateTime) -> Option<DateTime> {
        match self {
            Self::At(at) => Some(at),
            Self::After(after) => start.checked_add(after).ok(),
        }
    }
}

/// What is expected; what is not said is not looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expectation {
    /// Whether a case is opened at all.
    pub opened: Option<bool>,
    /// Who leads in the end.
    pub lead: Option<Vec<EcoString>>,
    /// Why: `alone`, the reasons by which its mandate prevails (`rank`, `special`, …), or how it was settled
    /// (`first_receiver`, `designated`, `fallback`, …).
    pub reason: Option<EcoString>,
    /// The steps that are assigned, in order; `close` at the end means that the case is closed.
    pub steps: Option<Vec<EcoString>>,
    /// How it stands in the end.
    pub closed: Option<ClosedAs>,
    /// When steps are due, as last assigned.
    pub due: BTreeMap<EcoString, DateTime>,
    /// All escalations about steps, in order.
    pub escalations: Option<Vec<ExpectedEscalation>>,
    /// How obligations stand in the end.
    pub obligations: Vec<ExpectedObligation>,
    /// Whether it falls into a gap.
    pub gap: Option<bool>,
    /// Whether it falls into an overlap.
    pub overlap: Option<bool>,
}

/// How a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClosedAs {
    /// Closed, the problem gone.
    Solved,
    /// Closed, the problem not gone.
    Unsolved,
    /// Closed; whether the problem is gone the rules don't say.
    Closed,
    /// Not closed.
    Open,
}

impl ClosedAs {
    /// The words for it in a scenario.
    pub const WORDS: [&'static str; 4] = ["solved", "unsolved", "closed", "open"];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Solved => "solved",
            Self::Unsolved => "unsolved",
            Self::Closed => "closed",
            Self::Open => "open",
        }
    }

    /// What the word means.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Solved, Self::Unsolved, Self::Closed, Self::Open].into_iter().find(|own| own.word() == word)
    }
}

/// A step goes up the ladder to a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedEscalation {
    /// The step.
    pub step: EcoString,
    /// The body.
    pub to: EcoString,
}

/// An obligation stands so in the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedObligation {
    /// Its name.
    pub name: EcoString,
    /// How it stands.
    pub status: Status,
}
