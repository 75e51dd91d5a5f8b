//! The source texts of a run, and where their lines begin.

use super::Span;

/// Which source text: an index into [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SourceId(pub u32);

/// A place as people count: lines and columns from one, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line, from one.
    pub line: usize,
    /// The character in the line, from one.
    pub column: usize,
}

/// One source text with its name and an index of its lines.
#[derive(Debug, Clone)]
pub struct Source {
    /// The name to show: a path relative to where the user stands.
    pub name: String,
    /// The whole text.
    pub text: String,
    line_starts: Vec<u32>,
}

impl Source {
    /// Indexes a text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let breaks = text.bytes().zip(1u32..).filter(|(byte, _)| *byte == b'\n').map(|(_, next)| next);
        let line_starts = std::iter::once(0).chain(breaks).collect();
        Self { name: name.into(), text, line_starts }
    }

    /// A line, counted from 0, without its break, and the byte at which it begins; none past the end.
    pub fn line(&self, at: usize) -> Option<(usize, &str)> {
        let start = *self.line_starts.get(at)? as usize;
        let end = self.line_starts.get(at + 1).map_or(self.text.len(), |next| *next as usize);
        let line = self.text.get(start..end).filter(|line| !line.is_empty())?;
        Some((start, line.trim_end_matches(['\n', '\r'])))
    }

    /// Line and column of a byte; past the end it is the end.
    pub fn position(&self, byte: u32) -> Position {
        let byte = (byte as usize).min(self.text.len());
        let line = self.line_starts.partition_point(|start| *start as usize <= byte);
        let start = self.line_starts[line - 1] as usize;
        let column = self.text.get(start..byte).map_or(1, |before| before.chars().count() + 1);
        Position { line, column }
    }
}

/// All source texts of a run; a [`SourceId`] counts them in the order of adding.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    all: Vec<Source>,
}

impl Sources {
    /// Adds a text and tells its id.
    pub fn add(&mut self, source: Source) -> SourceId {
        let id = SourceId(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        self.all.push(source);
        id
    }

    /// The source of an id that [`Sources::add`] gave.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.all[id.0 as usize]
    }

    /// The text that a span covers.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.source).text.get(span.range()).unwrap_or_default()
    }

    /// Gives all sources other names to show.
    pub fn rename(&mut self, shown: impl Fn(&str) -> String) {
        for source in &mut self.all {
            source.name = shown(&source.name);
        }
    }

    /// All sources in the order of adding.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        (0..).map(SourceId).zip(&self.all)
    }
}
