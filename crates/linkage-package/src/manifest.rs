//! The manifest of a package: `linkage.yaml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use linkage_analysis::checks::Level;

/// What `linkage.yaml` says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The name of the package.
    pub name: String,
    /// Its title for people.
    #[serde(default)]
    pub title: Option<String>,
    /// The version of the language that it is written in.
    #[serde(default)]
    pub language: Option<u32>,
    /// The calendar file, relative to the manifest.
    #[serde(default)]
    pub calendar: Option<String>,
    /// How grave findings are here: by code, name, or letter of a family.
    #[serde(default)]
    pub levels: BTreeMap<String, Level>,
}
