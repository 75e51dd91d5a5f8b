//! From a folder to an analysed package: the only room that reads files.

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
