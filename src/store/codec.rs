//! Records as text: JSON with stable names, and nothing in it that goes without saying.
//!
//! An event takes its instant and its case from the event before unless it says otherwise; what is empty or
//! missing is left out. Facts are kept as they were stated.

use ecow::EcoString;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Change, Entry, StoreFault};
use crate::case::{CaseId, Event, Happening};

/// The version of what records say. A later program reads earlier ones; an earlier one refuses later ones.
///
/// 1: the first. 2: time that is stopped, added and set anew.
pub const EVENT_VERSION: u32 = 2;

/// What is `false` unless it is said. Elsewhere `false` says something: `solved: false` is not `solved` unknown.
const UNLESS_SAID: [&str; 6] = ["late", "by_lead", "back", "holds", "provisional", "left"];

#[derive(Deserialize)]
struct Body {
    at: Timestamp,
    #[serde(default)]
    by: Option<EcoString>,
    #[serde(default)]
    rules: Option<EcoString>,
    #[serde(default)]
    command: Option<EcoString>,
    #[serde(default)]
    events: Option<Vec<Line>>,
    #[serde(default)]
    kept: Option<Kept>,
    #[serde(default)]
    migrated: Option<Migrated>,
    #[serde(default)]
    erased: Option<Vec<EcoString>>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    hash: EcoString,
    name: EcoString,
}

#[derive(Serialize, Deserialize)]
struct Migrated {
    from: EcoString,
    to: EcoString,
}

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    at: Option<Timestamp>,
    #[serde(default)]
    case: Option<CaseId>,
    #[serde(default)]
    by: Option<EcoString>,
    #[serde(default)]
    key: Option<EcoString>,
    #[serde(flatten)]
    what: Happening,
}

/// The text of an entry about a dossier.
///
/// # Errors
/// Something in it can't be written as JSON.
pub fn encode(dossier: CaseId, entry: &Entry) -> Result<String, StoreFault> {
    let mut body = Map::new();
    body.insert("at".into(), value(&entry.at)?);
    if let Some(by) = &entry.by {
        body.insert("by".into(), by.as_str().into());
    }
    match &entry.what {
        Change::Events { rules, command, events } => {
            body.extend(rules.as_ref().map(|rules| ("rules".into(), rules.as_str().into())));
            body.extend(command.as_ref().map(|command| ("command".into(), command.as_str().into())));
            let (mut at, mut case) = (entry.at, dossier);
            let mut lines = Vec::with_capacity(events.len());
            for event in events {
                lines.push(line(event, at, case)?);
                (at, case) = (event.at, event.case);
            }
            body.insert("events".into(), lines.into());
        }
        Change::Kept { hash, name } => {
            body.insert("kept".into(), value(&Kept { hash: hash.clone(), name: name.clone() })?);
        }
        Change::Migrated { from, to } => {
            body.insert("migrated".into(), value(&Migrated { from: from.clone(), to: to.clone() })?);
        }
        Change::Erased { handles } => drop(body.insert("erased".into(), value(handles)?)),
    }
    Ok(Value::Object(body).to_string())
}

/// The entry that a text says.
///
/// # Errors
/// The text is no entry.
pub fn decode(dossier: CaseId, seq: u64, text: &str) -> Result<Entry, StoreFault> {
    let unreadable = |reason: String| StoreFault::Unreadable { seq, reason };
    let body: Body = serde_json::from_str(text).map_err(|error| unreadable(error.to_string()))?;
    let what = match body {
        Body { events: Some(lines), rules, command, .. } => {
            let (mut at, mut case) = (body.at, dossier);
            let event = |line: Line| {
                (at, case) = (line.at.unwrap_or(at), line.case.unwrap_or(case));
                Event { at, case, by: line.by, key: line.key, what: line.what }
            };
            Change::Events { rules, command, events: lines.into_iter().map(event).collect() }
        }
        Body { kept: Some(Kept { hash, name }), .. } => Change::Kept { hash, name },
        Body { migrated: Some(Migrated { from, to }), .. } => Change::Migrated { from, to },
        Body { erased: Some(handles), .. } => Change::Erased { handles },
        _ => return Err(unreadable("it says nothing that is known".into())),
    };
    Ok(Entry { at: body.at, by: body.by, what })
}

fn line(event: &Event, at: Timestamp, case: CaseId) -> Result<Value, StoreFault> {
    let mut line = Map::new();
    if event.at != at {
        line.insert("at".into(), value(&event.at)?);
    }
    if event.case != case {
        line.insert("case".into(), value(&event.case)?);
    }
    line.extend(event.by.as_ref().map(|by| ("by".into(), by.as_str().into())));
    line.extend(event.key.as_ref().map(|key| ("key".into(), key.as_str().into())));
    if let Value::Object(what) = value(&event.what)? {
        line.extend(
            what.into_iter().filter_map(|(name, value)| told(&name, value).map(|value| (name, value))),
        );
    }
    Ok(Value::Object(line))
}

fn value(of: &impl Serialize) -> Result<Value, StoreFault> {
    serde_json::to_value(of).map_err(|error| StoreFault::Other { reason: error.to_string() })
}

/// A value without what goes without saying; none if nothing is left.
fn told(name: &str, value: Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::Bool(false) if UNLESS_SAID.contains(&name) => None,
        // What was stated is kept to the letter.
        Value::Object(facts) if name == "facts" => (!facts.is_empty()).then_some(Value::Object(facts)),
        Value::Array(missing) if name == "facts" => (!missing.is_empty()).then_some(Value::Array(missing)),
        Value::Array(all) => {
            let all: Vec<Value> = all.into_iter().map(inner).collect();
            (!all.is_empty()).then_some(Value::Array(all))
        }
        Value::Object(_) => Some(inner(value)),
        other => Some(other),
    }
}

fn inner(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.into_iter().filter_map(|(name, value)| Some((told(&name, value)?, name)));
            Value::Object(kept.map(|(value, name)| (name, value)).collect())
        }
        Value::Array(all) => Value::Array(all.into_iter().map(inner).collect()),
        other => other,
    }
}
