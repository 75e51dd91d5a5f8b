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
//!
//! # Checking rules and asking who leads
//! ```
//! use jiff::civil::date;
//! use linkage::{Facts, Language};
//!
//! let rules = "area town  matter fire { stairwell shop }
//!     body police { kind police }
//!     law fire_law { rank statute issuer parliament from 2010-01-01 article 1 }
//!     scope { over fire }
//!     mandate stairs { lead police over fire.stairwell basis fire_law art 1 }";
//! let analysis = linkage::check_text("rules.linkage", rules, date(2026, 11, 23));
//! let codes: Vec<&str> = analysis.findings.iter().map(|finding| finding.check.code).collect();
//! assert!(codes.contains(&"D001"), "nobody leads in shops");
//!
//! let facts = Facts::from([("matter".into(), "stairwell".into())]);
//! let answer = linkage::who(&analysis, &facts, Language::En)?;
//! assert_eq!(answer.parts[0].bodies, ["police"]);
//! # Ok::<(), linkage::WhoError>(())
//! ```
//! A package in a folder is checked by [`check()`]; an [`Engine`] on a journal runs cases. `examples/embed.rs` does all
//! three.

pub mod cli;
mod facade;

pub use facade::{WhoError, check, check_text, who};
pub use linkage_case::{Command, Fact, Facts, Order};
pub use linkage_journal::engine::{Engine, Request};
pub use linkage_journal::store::{Memory, Sqlite};
pub use linkage_package::{Analysis, LoadError, Package};
pub use linkage_report::Answer;
pub use linkage_text::Language;

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
