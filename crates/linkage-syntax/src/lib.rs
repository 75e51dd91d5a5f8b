//! From text to a syntax tree and back: grammar, keywords, tree, parser, formatter.
//!
//! Everything in a rule file is a [`Clause`]: a keyword, what follows it, and perhaps a block of further
//! clauses. So one builder reads and one printer writes every declaration, and the grammar alone says
//! which clause may stand where.
//!
//! Parsing never fails: it answers a [`File`] and the [`SyntaxError`]s of it.
//!
//! # Example
//! ```
//! use linkage_syntax::{Keywords, format, parse};
//! use linkage_text::SourceId;
//!
//! let parsed = parse(SourceId::default(), "body police { kind police }\nbody { }");
//! assert_eq!(parsed.file.declarations.len(), 1, "what can be read is read");
//! assert_eq!(parsed.errors.len(), 1);
//! assert_eq!(format("body  police{kind police}", Keywords::Kept)?, "body police {\n  kind police\n}\n");
//! # Ok::<(), linkage_syntax::FormatError>(())
//! ```

mod error;
mod format;
mod grammar;
mod handbook;
pub mod keywords;
mod parse;
mod same;
mod tree;

pub use error::{Expectation, SyntaxError};
pub use format::{FormatError, Keywords, format, one_line};
pub use handbook::{Usage, keywords_spelled, usages};
pub use keywords::Keyword;
pub use parse::{Parsed, article_in_zh, article_number, parse, recognise};
pub use same::same;
pub use tree::{
    Block, Clause, Comment, Comparison, Expr, File, Name, Operator, Part, Spelling, Symbol, Word,
};
