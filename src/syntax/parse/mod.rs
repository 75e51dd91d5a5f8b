//! From text to tree and errors: cut into pieces, recognise each with the grammar, build its clauses.
//!
//! The pieces end where a brace closes at the top of the file, so that the memory that pest needs
//! is that of a piece and not of a file. What the grammar could not read it hands over as
//! `broken_clause` or `broken_declaration`; [`explain`] reads only those again to say what is wrong.

mod atom;
mod build;
mod condition;
mod explain;
mod split;

use pest::Parser;

use super::grammar::{Grammar, Rule};
use super::{File, SyntaxError};
use crate::text::{SourceId, Span};

/// A file as far as it can be read, and everything that is wrong with it, in the order of the text.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// The tree.
    pub file: File,
    /// The errors.
    pub errors: Vec<SyntaxError>,
}

/// Reads a whole text; never fails.
pub fn parse(source: SourceId, text: &str) -> Parsed {
    let mut builder = build::Builder::new(source, text);
    match split::split(text) {
        Ok(pieces) => {
            for piece in pieces {
                builder.piece(piece);
            }
        }
        Err(at) => {
            builder
                .errors
                .push(SyntaxError::TooDeep { limit: split::DEEPEST, span: Span::of(source, at..at + 1) });
        }
    }
    builder.finish()
}

/// Whether the bare grammar takes the whole text: the yardstick for the speed of [`parse`].
pub fn recognise(text: &str) -> bool {
    Grammar::parse(Rule::file, text).is_ok()
}
