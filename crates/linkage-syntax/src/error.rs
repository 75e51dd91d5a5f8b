//! What can be wrong with a text, as facts; the sentences are made in `report`.

use ecow::EcoString;

use super::Keyword;
use linkage_text::Span;

/// What would have been right at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Expectation {
    /// This keyword.
    Keyword(Keyword),
    /// A declaration.
    Declaration,
    /// A name.
    Name,
    /// A text in quotes.
    Text,
    /// A whole number.
    Number,
    /// A range such as `1..5`.
    Range,
    /// A share such as `75%`.
    Percent,
    /// A duration with its unit.
    Duration,
    /// A day of the calendar.
    Date,
    /// A time of the day.
    Clock,
    /// From one time of the day to another.
    Hours,
    /// The number of an article.
    Article,
    /// A condition.
    Condition,
    /// A comparison sign.
    Operator,
    /// A body or a role.
    Performer,
    /// This mark.
    Mark(&'static str),
}

/// One thing that is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SyntaxError {
    /// A word where a clause should begin, and no clause of this block begins with it.
    #[error("unknown clause `{word}`")]
    UnknownClause {
        /// The word.
        word: EcoString,
        /// Where.
        span: Span,
        /// The block that it stands in; none at the top of the file.
        block: Option<Keyword>,
        /// The keywords that may begin a clause there.
        expected: Vec<Keyword>,
        /// The clause that ended just before, in the same line: a comma may be missing.
        follows: Option<Keyword>,
    },
    /// A clause that goes wrong after its keyword.
    #[error("unexpected `{found}`")]
    Unexpected {
        /// What stands there; nothing at the end.
        found: EcoString,
        /// Where.
        span: Span,
        /// The clause that is being read.
        clause: Option<Keyword>,
        /// Where that clause begins.
        clause_span: Span,
        /// What may stand there.
        expected: Vec<Expectation>,
    },
    /// A Chinese keyword written together with what follows it.
    #[error("`{}` is glued to `{rest}`", keyword.spelling(linkage_text::Language::Zh))]
    GluedKeyword {
        /// The keyword.
        keyword: Keyword,
        /// What follows.
        rest: EcoString,
        /// Of both.
        span: Span,
    },
    /// An opening brace without its closing one.
    #[error("`{{` is never closed")]
    UnclosedBlock {
        /// The clause whose block it is.
        keyword: Keyword,
        /// Its name, if it has one.
        name: Option<EcoString>,
        /// The opening brace.
        open: Span,
        /// Where the closing one was missed at the latest.
        missed: Span,
    },
    /// A closing brace without its opening one.
    #[error("`}}` closes nothing")]
    StrayBrace {
        /// Where.
        span: Span,
    },
    /// A text without its closing quotation mark.
    #[error("the text is never closed")]
    UnclosedText {
        /// From the mark to the end of the line.
        span: Span,
    },
    /// A comment without its end.
    #[error("the comment is never closed")]
    UnclosedComment {
        /// Where it begins.
        span: Span,
    },
    /// A keyword where a name should be.
    #[error("`{word}` is a keyword")]
    ReservedName {
        /// The word.
        word: EcoString,
        /// Where.
        span: Span,
    },
    /// A duration that does not say of what.
    #[error("`{amount}` of what?")]
    MissingUnit {
        /// The number.
        amount: EcoString,
        /// Where.
        span: Span,
    },
    /// A day that no calendar has.
    #[error("there is no day `{text}`")]
    NoSuchDate {
        /// As written.
        text: EcoString,
        /// Where.
        span: Span,
    },
    /// A time that no day has.
    #[error("there is no time `{text}`")]
    NoSuchTime {
        /// As written.
        text: EcoString,
        /// Where.
        span: Span,
    },
    /// A number too large to be meant.
    #[error("`{text}` is too large")]
    TooLarge {
        /// As written.
        text: EcoString,
        /// Where.
        span: Span,
    },
    /// A range whose end lies before its beginning.
    #[error("the range `{text}` is empty")]
    EmptyRange {
        /// As written.
        text: EcoString,
        /// Where.
        span: Span,
    },
    /// Blocks or brackets within each other deeper than anybody writes.
    #[error("nested deeper than {limit}")]
    TooDeep {
        /// How deep is allowed.
        limit: usize,
        /// Where the limit is passed.
        span: Span,
    },
    /// A character that can't be seen, or that turns the reading direction.
    #[error("hidden character U+{:04X}", *character as u32)]
    HiddenCharacter {
        /// Which.
        character: char,
        /// Where.
        span: Span,
    },
}

impl SyntaxError {
    /// Where it is to be shown.
    pub fn span(&self) -> Span {
        match self {
            Self::UnclosedBlock { open, .. } => *open,
            Self::UnknownClause { span, .. }
            | Self::Unexpected { span, .. }
            | Self::GluedKeyword { span, .. }
            | Self::StrayBrace { span }
            | Self::UnclosedText { span }
            | Self::UnclosedComment { span }
            | Self::ReservedName { span, .. }
            | Self::MissingUnit { span, .. }
            | Self::NoSuchDate { span, .. }
            | Self::NoSuchTime { span, .. }
            | Self::TooLarge { span, .. }
            | Self::EmptyRange { span, .. }
            | Self::TooDeep { span, .. }
            | Self::HiddenCharacter { span, .. } => *span,
        }
    }
}
