//! Linkage: the rules by which public bodies act together, checked before a case falls into their faults.
//!
//! The work is done by crates, each useful to a program of its own; this one is the command line, and a face for them:
//!
//! ```text
//!   parallel text regions calendar certify → syntax → model → flow → analysis case → package journal → scenario
//!     → report → cli
//! ```
//!
//! A crate imports only crates to its left; cargo holds this.

pub mod cli;

pub use linkage_analysis::{checks, compare, network};
pub use linkage_calendar as time;
pub use linkage_case as case;
pub use linkage_certify as certify;
pub use linkage_flow as flow;
pub use linkage_import as import;
pub use linkage_journal::{cost, engine, store};
pub use linkage_model as model;
pub use linkage_package as workspace;
pub use linkage_parallel as cores;
pub use linkage_regions as space;
pub use linkage_report as report;
pub use linkage_scenario as sim;
pub use linkage_syntax as syntax;
pub use linkage_text as text;
