//! From a folder to an analysed package: the only crate that reads files.
//!
//! # Example
//! ```
//! use jiff::civil::date;
//! use linkage_package::{Package, analyse_package};
//!
//! let package = Package::of_text("rules.linkage", "area town  matter fire  scope { over fire }");
//! let analysis = analyse_package(package, date(2026, 11, 23));
//! assert!(analysis.findings.iter().any(|finding| finding.check.name == "gap"));
//! ```

mod amended;
mod analysis;
mod kept;
mod load;
mod manifest;
mod reading;
mod revision;
mod timeline;
mod watched;
mod written;

pub use amended::UnknownAmendment;
pub use analysis::{Analysis, analyse, analyse_package, examine, understand};
pub use load::{LoadError, Package, load, read_bytes, read_text, rule_files, scenario_files};
pub use manifest::Manifest;
pub use reading::Trace;
pub use timeline::{Dated, Shift, Subject, Timeline, Turn, timeline};
pub use watched::Watched;
