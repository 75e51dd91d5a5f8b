//! Pictures of the rules: what is to be seen as nodes, edges and lanes; how it is laid out; three writers.
//!
//! ```text
//!   institution ── procedure, nets ──► Picture ──┬── layout ──► SVG
//!                                                ├─────────────► DOT
//!                                                └─────────────► Mermaid
//! ```
//!
//! A picture knows no coordinates, and a layout no words: it sees boxes of so many pixels. The layout is the
//! layered one of Sugiyama, Tagawa and Toda (1981): circles are cut, nodes are put into layers, long edges and
//! labels become items of the layers that they cross, layers are ordered so that few edges cross, and items
//! come as near to their neighbours as the order allows. Labels are items, so nothing can lie on them.

mod card;
mod clauses;
mod dot;
mod layers;
mod layout;
mod mermaid;
mod nets;
mod order;
mod place;
mod procedure;
mod svg;

#[cfg(test)]
mod tests;

pub(super) use dot::dot;
pub(super) use mermaid::mermaid;
pub(super) use nets::owed;
pub(super) use procedure::performer;
pub(super) use svg::{STYLE, svg};

use super::words::{Spoken, Words};
use linkage_model::{Institution, ProcedureId};
use linkage_text::{Language, Severity, Span};

/// What a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// One procedure, with a lane for each body.
    Procedure(ProcedureId),
    /// Who stands above whom.
    Bodies,
    /// Who passes which powers on to whom.
    Delegations,
    /// What reaches whom by which channel.
    Channels,
    /// Who owes what to whom.
    Obligations,
    /// The tree of matters, with who leads them.
    Matters,
}

/// Which way a picture runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the top down.
    Down,
    /// From left to right.
    Right,
}

/// Something to be drawn.
#[derive(Debug, Clone)]
pub struct Picture {
    /// What it is.
    pub title: Words,
    /// What it shows, for those who can't see it.
    pub about: Words,
    /// Which way it runs.
    pub direction: Direction,
    /// The lanes; none where nodes stand free.
    pub lanes: Vec<Words>,
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The edges between them.
    pub edges: Vec<Edge>,
}

/// Something that a picture shows.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is called.
    pub title: Words,
    /// What is to be said of it.
    pub lines: Vec<Line>,
    /// How it is drawn.
    pub shape: Shape,
    /// In which lane it stands.
    pub lane: usize,
    /// Where it is written.
    pub span: Option<Span>,
}

/// A line below the title of a node.
#[derive(Debug, Clone)]
pub struct Line {
    /// What it says.
    pub words: Words,
    /// Of what it speaks.
    pub kind: LineKind,
    /// Where it is written.
    pub span: Option<Span>,
    /// Where it leads, inside the document that shows the picture.
    pub link: Option<String>,
}

/// Of what a line speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// Of nothing in particular.
    Plain,
    /// Of time.
    Deadline,
    /// Of a rung of a ladder.
    Rung,
    /// Of what is owed.
    Owed,
    /// Of a finding.
    Finding(Severity),
}

/// How a node is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// A body, a step.
    Card,
    /// What begins or ends.
    End,
    /// Where a case goes one of several ways.
    Choice,
    /// Where ways part and come together.
    Bar,
    /// What connects bodies: a channel, an act that passes powers on.
    Link,
    /// What is yet to be filled.
    Open,
}

/// From one node to another.
#[derive(Debug, Clone)]
pub struct Edge {
    /// The index of the one.
    pub from: usize,
    /// The index of the other.
    pub to: usize,
    /// What is said of it, one a line.
    pub label: Vec<Words>,
    /// How it is drawn.
    pub stroke: Stroke,
}

/// How an edge is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    /// As it should be.
    Solid,
    /// Where something went wrong, or is only lent.
    Dashed,
}

impl Node {
    /// A node with a title only.
    pub fn new(title: Words, shape: Shape) -> Self {
        Self { title, lines: Vec::new(), shape, lane: 0, span: None }
    }

    /// Adds a line.
    pub fn say(&mut self, words: Words, kind: LineKind, span: Option<Span>) {
        self.lines.push(Line { words, kind, span, link: None });
    }
}

/// How a picture is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    /// As a drawing of its own.
    Svg,
    /// For Graphviz.
    Dot,
    /// For pages that draw it themselves.
    Mermaid,
}

/// The picture of something, written.
pub fn drawn(
    institution: &Institution,
    subject: Subject,
    format: PictureFormat,
    language: Language,
) -> String {
    let picture = picture(institution, subject);
    match format {
        PictureFormat::Svg => svg(&picture, Spoken::One(language), None).into_string() + "\n",
        PictureFormat::Dot => dot(&picture, language),
        PictureFormat::Mermaid => mermaid(&picture, language),
    }
}

/// The picture of something.
pub(super) fn picture(institution: &Institution, subject: Subject) -> Picture {
    match subject {
        Subject::Procedure(procedure) => procedure::procedure(institution, procedure),
        Subject::Bodies => nets::bodies(institution),
        Subject::Delegations => nets::delegations(institution),
        Subject::Channels => nets::channels(institution),
        Subject::Obligations => nets::obligations(institution),
        Subject::Matters => nets::matters(institution),
    }
}
