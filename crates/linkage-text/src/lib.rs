//! Where in which file something stands, and what is wrong there: data only, no sentences.
//!
//! ```
//! use linkage_text::did_you_mean;
//!
//! assert_eq!(did_you_mean("polcie", ["police", "brigade"]), Some("police"));
//! ```

mod diagnostic;
mod language;
mod source;
mod span;
mod suggest;
pub mod yaml;

pub use diagnostic::{Diagnostic, Label, Severity};
pub use language::Language;
pub use source::{Position, Source, SourceId, Sources};
pub use span::Span;
pub use suggest::did_you_mean;
