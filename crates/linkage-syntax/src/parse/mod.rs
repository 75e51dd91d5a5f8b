//! From text to tree and errors: cut into pieces, recognise each with the grammar, build its clauses.
//!
//! The pieces end where a brace closes at the top of the file, so that the memory that pest needs
//! is that of a piece and not of a file, and that all cores can read. What the grammar could not read it hands over as
//! `broken_clause` or `broken_declaration`; [`explain`] reads only those again to say what is wrong.

mod atom;
mod build;
mod condition;
mod explain;
mod split;

use pest::Parser;

pub use self::atom::{article_in_zh, article_number};
use self::build::Builder;
use super::grammar::{Grammar, Rule};
use super::{File, SyntaxError};
pub(crate) use explain::clauses_of_clause;
use linkage_parallel::in_order;
use linkage_text::{SourceId, Span};

/// A file as far as it can be read, and everything that is wrong with it, in the order of the text.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// The tree.
    pub file: File,
    /// The errors.
    pub errors: Vec<SyntaxError>,
}

/// Reads a whole text; never fails. The pieces are read beside each other, on all cores.
pub fn parse(source: SourceId, text: &str) -> Parsed {
    let mut whole = Parsed::default();
    match split::split(text) {
        Ok(pieces) => {
            for piece in in_order(&pieces, |piece| Builder::new(source, text).read(piece.clone())) {
                whole.append(piece);
            }
        }
        Err(at) => {
            let span = Span::of(source, at..at + 1);
            whole.errors.push(SyntaxError::TooDeep { limit: split::DEEPEST, span });
        }
    }
    explain::hidden_characters(source, text, &mut whole.errors);
    whole.errors.sort_by_key(SyntaxError::span);
    whole
}

impl Parsed {
    /// Adds the piece that follows: comments that were left over belong to its first declaration.
    fn append(&mut self, mut piece: Self) {
        self.errors.append(&mut piece.errors);
        let mut left_over = std::mem::take(&mut self.file.trailing);
        if let (false, Some(first)) = (left_over.is_empty(), piece.file.declarations.first_mut()) {
            left_over.extend(std::mem::take(&mut first.comments));
            first.comments = std::mem::take(&mut left_over).into_boxed_slice();
        }
        self.file.declarations.append(&mut piece.file.declarations);
        left_over.append(&mut piece.file.trailing);
        self.file.trailing = left_over;
    }
}

/// Whether the bare grammar takes the whole text: the yardstick for the speed of [`parse`].
pub fn recognise(text: &str) -> bool {
    Grammar::parse(Rule::file, text).is_ok()
}
