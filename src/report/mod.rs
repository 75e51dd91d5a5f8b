//! From facts to what people and programs read: sentences in both languages, text, JSON.
//!
//! Everything below this floor answers facts; here, and only here, they become sentences.

mod check;
mod diagnostic;
mod explain;
mod fact;
mod finding;
mod json;
mod load;
mod model;
mod region;
mod syntax;
mod terminal;
mod who;

pub use check::{summary, text};
pub use diagnostic::faults;
pub use explain::{catalogue, explain};
pub use finding::diagnose;
pub use json::{CheckReport, check_report, schema};
pub use load::sentence as load_sentence;
pub use region::{point_words, region_words};
pub use syntax::diagnose as syntax_words;
pub use terminal::Terminal;
pub use who::who;
