//! How grave findings are in a package: each check has its severity, `linkage.yaml` may set another by family or
//! by code, the command line another still. The nearest counts: command line, code, family, check.

use std::collections::BTreeMap;

use super::{CHECKS, Check, find};
use linkage_text::Severity;

/// What a package makes of a kind of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It is not told.
    Off,
    /// Told as a note.
    Note,
    /// Told as a warning.
    Warning,
    /// Told as an error.
    Error,
}

/// The levels that differ from those of the checks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels {
    /// By code, or by the letter of a family.
    by: BTreeMap<String, Level>,
}

impl Levels {
    /// Sets a level by code, name, or letter of a family; false where no check is called so.
    pub fn set(&mut self, key: &str, level: Level) -> bool {
        let family = || {
            let letter = key.to_ascii_uppercase();
            let known = letter.len() == 1 && CHECKS.iter().any(|check| check.code.starts_with(&letter));
            known.then_some(letter)
        };
        let Some(key) = find(key).map(|check| check.code.to_owned()).or_else(family) else { return false };
        self.by.insert(key, level);
        true
    }

    /// Lets others count before these.
    pub fn overridden_by(&mut self, others: &Self) {
        for (key, level) in &others.by {
            // A family set nearer counts before a code set farther.
            if key.len() == 1 {
                self.by.retain(|own, _| !own.starts_with(key.as_str()));
            }
            self.by.insert(key.clone(), *level);
        }
    }

    /// How grave a finding of this check is; none where it is not told.
    pub fn of(&self, check: &Check) -> Option<Severity> {
        // What was not decided stays as grave as it is: a lower level would pass for an answer.
        if check.tells_undecided() {
            return Some(check.severity);
        }
        let family = check.code.get(..1).unwrap_or_default();
        match self.by.get(check.code).or_else(|| self.by.get(family)) {
            None => Some(check.severity),
            Some(Level::Off) => None,
            Some(Level::Note) => Some(Severity::Note),
            Some(Level::Warning) => Some(Severity::Warning),
            Some(Level::Error) => Some(Severity::Error),
        }
    }
}
