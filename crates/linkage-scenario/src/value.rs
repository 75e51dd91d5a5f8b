//! Reading values of a scenario, and blaming what is wrong with them.

use ecow::EcoString;
use jiff::SignedDuration;
use jiff::civil::DateTime;
use serde_yaml::Value;

use super::fault::{Fact, ScenarioFault, Wanted};
use super::scenario::When;
use linkage_case::{CaseId, Facts};
use linkage_text::yaml::{KeyFault, KeyReader, Keys, below};

/// Collects what is wrong while a scenario is read.
#[derive(Default)]
pub(super) struct Reader {
    pub faults: Vec<ScenarioFault>,
}

impl KeyReader for Reader {
    fn blame_key(&mut self, path: String, fault: KeyFault) {
        let fact = match fault {
            KeyFault::NotKeys => Fact::Shape(Wanted::Mapping),
            KeyFault::Unknown(near) => Fact::UnknownKey(near),
            KeyFault::Missing => Fact::Missing,
        };
        self.blame(path, fact);
    }
}

impl Reader {
    pub fn blame(&mut self, path: impl Into<String>, fact: Fact) {
        self.faults.push(ScenarioFault { path: path.into(), fact });
    }

    pub fn text(&mut self, value: &Value, path: &str) -> Option<EcoString> {
        let text = value.as_str().map(str::trim).filter(|text| !text.is_empty());
        if text.is_none() {
            self.blame(path, Fact::Shape(Wanted::Text));
        }
        text.map(Into::into)
    }

    pub fn needed_text(&mut self, keys: &Keys<'_>, path: &str, key: &'static str) -> Option<EcoString> {
        let value = self.needed(keys, path, key)?;
        self.text(value, &below(path, key))
    }

    pub fn optional_text(&mut self, keys: &Keys<'_>, path: &str, key: &'static str) -> Option<EcoString> {
        let value = keys.get(key).copied()?;
        self.text(value, &below(path, key))
    }

    pub fn truth(&mut self, keys: &Keys<'_>, path: &str, key: &'static str) -> Option<bool> {
        let value = keys.get(key)?;
        let truth = value.as_bool();
        if truth.is_none() {
            self.blame(below(path, key), Fact::Shape(Wanted::Truth));
        }
        truth
    }

    pub fn list<'v>(&mut self, value: Option<&'v Value>, path: &str) -> Vec<&'v Value> {
        match value {
            None => Vec::new(),
            Some(Value::Sequence(entries)) => entries.iter().collect(),
            Some(_) => {
                self.blame(path, Fact::Shape(Wanted::List));
                Vec::new()
            }
        }
    }

    /// A list of names.
    pub fn names(&mut self, value: &Value, path: &str) -> Vec<EcoString> {
        let entries = self.list(Some(value), path);
        let named = entries.into_iter().enumerate();
        named.filter_map(|(at, entry)| self.text(entry, &format!("{path}[{at}]"))).collect()
    }

    pub fn facts(&mut self, value: &Value, path: &str) -> Facts {
        let mut facts = Facts::new();
        for (key, value) in self.entries(value, path).unwrap_or_default() {
            let fact = match value {
                Value::Bool(truth) => Some(linkage_case::Fact::Truth(*truth)),
                Value::Number(number) => number.as_i64().map(linkage_case::Fact::Number),
                Value::String(text) => Some(linkage_case::Fact::Text(text.trim().into())),
                _ => None,
            };
            match fact {
                Some(fact) => drop(facts.insert(key.into(), fact)),
                None => self.blame(below(path, &key), Fact::Shape(Wanted::FactValue)),
            }
        }
        facts
    }

    pub fn time(&mut self, value: &Value, path: &str) -> Option<DateTime> {
        let text = self.text(value, path)?;
        let time = time(&text);
        if time.is_none() {
            self.blame(path, Fact::Time(text.into()));
        }
        time
    }

    pub fn when(&mut self, value: &Value, path: &str) -> Option<When> {
        let text = self.text(value, path)?;
        let when = match text.strip_prefix('+') {
            Some(after) => elapsed(after).map(When::After),
            None => time(&text).map(When::At),
        };
        if when.is_none() {
            self.blame(path, Fact::Moment(text.into()));
        }
        when
    }

    pub fn case(&mut self, keys: &Keys<'_>, path: &str) -> Option<CaseId> {
        let text = self.optional_text(keys, path, "case")?;
        let case = text.parse().ok();
        if case.is_none() {
            self.blame(below(path, "case"), Fact::CaseNumber(text.into()));
        }
        case
    }
}

/// Exactly `YYYY-MM-DDTHH:MM`, or with a blank for the `T`, or with seconds.
fn time(text: &str) -> Option<DateTime> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"-:T ".contains(&byte));
    if plain && (text.len() == 16 || text.len() == 19) { text.parse().ok() } else { None }
}

/// `20m`, `3h`, `2d`, or several of them: `1d12h`.
fn elapsed(text: &str) -> Option<SignedDuration> {
    let mut total = SignedDuration::ZERO;
    let mut rest = text;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit())?;
        let amount: i64 = rest[..digits].parse().ok()?;
        let unit = rest[digits..].chars().next()?;
        let minutes = match unit {
            'm' => amount,
            'h' => amount.checked_mul(60)?,
            'd' => amount.checked_mul(24 * 60)?,
            _ => return None,
        };
        total = total.checked_add(SignedDuration::from_secs(minutes.checked_mul(60)?))?;
        rest = &rest[digits + 1..];
    }
    Some(total)
}
