//! Reading the keys of YAML that people write: a calendar, a scenario. What is wrong is blamed with its path.

use std::collections::BTreeMap;

use serde_yaml::Value;

use super::{Language, did_you_mean};

/// Values by their known keys.
pub type Keys<'v> = BTreeMap<&'static str, &'v Value>;

/// What can be wrong with keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFault {
    /// Keys with values are wanted.
    NotKeys,
    /// No such key is known; perhaps this one is meant.
    Unknown(Option<&'static str>),
    /// A key is needed that is not there.
    Missing,
}

/// A reader of YAML that collects what is wrong.
pub trait KeyReader {
    /// Keeps a fault.
    fn blame_key(&mut self, path: String, fault: KeyFault);

    /// The entries of a mapping, with their keys as text.
    fn entries<'v>(&mut self, value: &'v Value, path: &str) -> Option<Vec<(String, &'v Value)>> {
        let Value::Mapping(mapping) = value else {
            self.blame_key(path.to_owned(), KeyFault::NotKeys);
            return None;
        };
        let name = |key: &Value| match key {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Bool(truth) => truth.to_string(),
            _ => "?".into(),
        };
        Some(mapping.iter().map(|(key, value)| (name(key), value)).collect())
    }

    /// The values by their keys; unknown keys are blamed.
    fn keys<'v>(&mut self, value: &'v Value, path: &str, known: &[&'static str]) -> Option<Keys<'v>> {
        let mut keys = Keys::new();
        for (key, value) in self.entries(value, path)? {
            if let Some(own) = known.iter().find(|own| **own == key) {
                keys.insert(own, value);
                continue;
            }
            let near = did_you_mean(&key, known.iter().copied());
            let near = known.iter().find(|own| Some(**own) == near).copied();
            self.blame_key(below(path, &key), KeyFault::Unknown(near));
        }
        Some(keys)
    }

    /// The value of a key that has to be there.
    fn needed<'v>(&mut self, keys: &Keys<'v>, path: &str, key: &'static str) -> Option<&'v Value> {
        let value = keys.get(key).copied();
        if value.is_none() {
            self.blame_key(below(path, key), KeyFault::Missing);
        }
        value
    }
}

/// The path of a key below a path.
pub fn below(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// What is wrong, with its path before it if it has one.
pub fn located(path: &str, what: String, language: Language) -> String {
    if path.is_empty() { what } else { format!("{path}{}{what}", language.pick(": ", "：")) }
}
