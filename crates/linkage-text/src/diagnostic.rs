//! What is wrong somewhere, ready to be shown: filled in at the border, where facts become sentences.

use super::Span;

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// To be known.
    Note,
    /// To be looked at.
    Warning,
    /// To be mended.
    Error,
}

/// A place with a few words about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is to be seen there.
    pub text: String,
    /// Whether the diagnostic is about this place (else it only helps to understand).
    pub primary: bool,
}

impl Label {
    /// The place that a diagnostic is about.
    pub fn primary(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into(), primary: true }
    }

    /// A place that helps to understand.
    pub fn secondary(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into(), primary: false }
    }
}

/// A message in one language: what, where, why, and what to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How grave.
    pub severity: Severity,
    /// A stable code, where it has one.
    pub code: Option<&'static str>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Where; the first primary label is the place to jump to.
    pub labels: Vec<Label>,
    /// Facts that help to judge it.
    pub notes: Vec<String>,
    /// What to do next.
    pub helps: Vec<String>,
}

impl Diagnostic {
    /// An error with its message, to be filled further.
    pub fn error(message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code: None,
            message: message.into(),
            labels: Vec::new(),
            notes: Vec::new(),
            helps: Vec::new(),
        }
    }

    /// A warning with its message, to be filled further.
    pub fn warning(message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(message) }
    }

    /// Adds a label.
    #[must_use]
    pub fn label(mut self, label: Label) -> Self {
        self.labels.push(label);
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds an advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.helps.push(help.into());
        self
    }

    /// The place to jump to.
    pub fn span(&self) -> Option<Span> {
        self.labels.iter().find(|label| label.primary).or(self.labels.first()).map(|label| label.span)
    }
}
