//! From facts to what people and programs read: sentences in both languages, text, JSON.
//!
//! Every crate below answers facts; here, and only here, they become sentences. The feature `journal` (on by default) adds
//! what is said of a journal; without it the crate builds for browsers.
//!
//! # Example
//! ```
//! use jiff::civil::date;
//! use linkage_package::{Package, analyse_package};
//! use linkage_text::Language;
//!
//! let package = Package::of_text("rules.linkage", "area town  matter fire  scope { over fire }");
//! let analysis = analyse_package(package, date(2026, 11, 23));
//! let summary = linkage_report::summary(&analysis, Language::En);
//! assert!(summary.starts_with("rules.linkage as of 2026-11-23: 1 error"), "{summary}");
//! ```

mod certificate;
mod check;
mod cost;
mod diagnostic;
mod diff;
mod diff_procedures;
mod diff_text;
mod exchange;
mod explain;
mod fact;
mod finding;
mod formats;
mod habit;
mod happening;
mod held;
mod html;
mod import;
#[cfg(feature = "journal")]
mod journal;
mod json;
mod keyword;
mod leading;
mod load;
mod missing;
mod model;
mod names;
mod news;
mod occasion;
mod oversight;
mod picture;
mod portfolio;
mod refusal;
mod region;
mod story;
mod study;
mod suite;
mod syntax;
mod terminal;
mod time_given;
mod timeline;
mod told;
mod waiver;
mod who;
mod words;

use jiff::tz::TimeZone;

use linkage_case::FactFault;
use linkage_model::Institution;
use linkage_text::Language;

pub use certificate::{certificate, certified};
pub use check::{headline, messages, summary, text};
pub use diagnostic::faults;
pub use diff::{DiffReport, diff_report};
pub use diff_text::{diff_markdown, diff_text};
pub use explain::{catalogue, explain};
pub use finding::{diagnose, titled};
pub use formats::{csv, github, junit, markdown, sarif};
pub use held::{HoldingAnswer, PowerAnswer, who_holds, who_holds_text};
pub use html::html;
pub use import::{import_csv, import_text, mapping_fault, table_fault};
#[cfg(feature = "journal")]
pub use journal::{
    Act, CaseReport, DueReport, Inbox, Ledger, Load, LoadOf, acted, acts_text, case_history, case_report,
    case_text, cases_text, due_report, failure, history, inbox, inbox_text, ledger_of, ledger_text,
    line_fault, loads, loads_text, obstacle, prospect_text, store_fault, verified, why_due,
};
pub use json::{CheckReport, check_report, schema, without_known};
pub use keyword::{declarations, explain_keyword};
pub use load::sentence as load_sentence;
pub use missing::{lead_left_open, question};
pub use news::{Marked, looked, marked, news};
pub use picture::{PictureFormat, Subject, drawn};
pub use portfolio::{Portfolio, Task, portfolio, portfolio_text};
pub use region::{point_facts, point_words, region_words};
pub use story::{StoryReport, story, story_report, unmet};
pub use study::study_table;
pub use suite::{Covered, SuiteReport, TestCase, Went, covered, suite_junit, suite_text};
pub use syntax::diagnose as syntax_words;
pub use terminal::{Terminal, visible};
pub use timeline::{TimelineReport, gravest, timeline_report, timeline_text};
pub use who::{Answer, Part, who, who_text};

/// Why a stated fact makes no sense, in words.
pub fn fact_fault(institution: &Institution, fault: &FactFault, language: Language) -> String {
    refusal::fact_fault(&names::Names { institution, zone: &TimeZone::UTC, language }, fault)
}
