//! What can be wrong with a scenario: facts, whose sentences are in `sentence`.

use linkage_text::Language;

/// Something wrong in a scenario.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence(Language::En))]
pub struct ScenarioFault {
    /// Where: `script[3].at`; empty for the file as a whole.
    pub path: String,
    /// What is wrong there.
    pub fact: Fact,
}

/// What can be wrong at a place of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// The text is not YAML, for this reason.
    NotYaml(String),
    /// A value of this kind is wanted.
    Shape(Wanted),
    /// No such key is known here; perhaps this one is meant.
    UnknownKey(Option<&'static str>),
    /// A key is needed that is not there.
    Missing,
    /// This is no time.
    Time(String),
    /// This is no time and no time after the start.
    Moment(String),
    /// This lies before the start.
    BeforeStart(String),
    /// This lies before what stands above it.
    OutOfOrder(String),
    /// Nothing can be done that is called so; perhaps this is meant.
    UnknownAct(String, Option<&'static str>),
    /// This is none of the words that are possible.
    Choice(String, &'static [&'static str]),
    /// This is not the number of a case.
    CaseNumber(String),
}

/// The kind of value that is wanted at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Keys with values.
    Mapping,
    /// A list.
    List,
    /// Text.
    Text,
    /// `true` or `false`.
    Truth,
    /// A name, a whole number, `true` or `false`.
    FactValue,
}
