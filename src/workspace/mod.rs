//! From a folder to an analysed package: the only room that reads files.

mod analysis;
mod load;
mod manifest;

pub use analysis::{Analysis, analyse};
pub use load::{LoadError, Package, load, read_text, rule_files};
pub use manifest::Manifest;
