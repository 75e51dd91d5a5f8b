//! Records as text: JSON with stable names, and nothing in it that goes without saying.
//!
//! An event takes its instant and its case from the event before unless it says otherwise; what is empty or
//! missing is left out. Facts are kept as they were stated. The field that tells what happened comes before what it says:
//! so it is read without a tree. Earlier programs wrote fields in the order of their names; any order is read.

use std::fmt;

use ecow::EcoString;
use jiff::Timestamp;
use serde::de::value::{CowStrDeserializer, MapAccessDeserializer};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::unfit::Unfit;
use super::writing::Writer;
use super::{Change, Entry, JournalClock, StoreFault};
use linkage_case::{CaseId, Event, Happening, Text};

/// The version of what records say. A later program reads earlier ones; an earlier one refuses later ones.
///
/// 1: the first. 2: time that is stopped, added and set anew. 3: what the calendar and counts begin, supervision,
/// chairs, why resources are out of reach, calls that are refused.
pub const EVENT_VERSION: u32 = 3;

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
    began: Option<JournalClock>,
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

/// What a record of events says besides them.
#[derive(Debug, Clone, Copy)]
pub struct Heading<'e> {
    /// When it is written, on the clock of the writer.
    pub at: Timestamp,
    /// Who acted; none if time did.
    pub by: Option<&'e EcoString>,
    /// The rules under which the dossier is opened, by their hash; only in its first record.
    pub rules: Option<&'e EcoString>,
    /// A fingerprint of the command, where it had a key.
    pub command: Option<&'e EcoString>,
}

/// The text of an entry about a dossier.
///
/// # Errors
/// Something in it can't be written as JSON.
pub fn encode(dossier: CaseId, entry: &Entry) -> Result<String, StoreFault> {
    let text = match &entry.what {
        Change::Events { rules, command, events } => {
            let (by, rules, command) = (entry.by.as_ref(), rules.as_ref(), command.as_ref());
            return encode_events(dossier, Heading { at: entry.at, by, rules, command }, events);
        }
        Change::Began { clock } => written(entry, "began", clock),
        Change::Kept { hash, name } => {
            let (hash, name) = (hash.clone(), name.clone());
            written(entry, "kept", &Kept { hash, name })
        }
        Change::Migrated { from, to } => {
            let (from, to) = (from.clone(), to.clone());
            written(entry, "migrated", &Migrated { from, to })
        }
        Change::Erased { handles } => written(entry, "erased", handles),
    };
    text.map_err(unwritten)
}

/// The same of events, wherever they stand.
///
/// # Errors
/// As above.
pub fn encode_events<'e>(
    dossier: CaseId,
    heading: Heading<'_>,
    events: impl IntoIterator<Item = &'e Event>,
) -> Result<String, StoreFault> {
    events_written(dossier, heading, events).map_err(unwritten)
}

#[expect(clippy::needless_pass_by_value, reason = "so `map_err` hands it over")]
fn unwritten(error: Unfit) -> StoreFault {
    StoreFault::Other { reason: error.to_string() }
}

fn begun(at: Timestamp, by: Option<&EcoString>) -> Result<Writer, Unfit> {
    let mut writer = Writer::default();
    writer.text.push_str("{\"at\":");
    writer.value(&at)?;
    writer.field("by", by);
    Ok(writer)
}

fn written(entry: &Entry, name: &str, says: &impl Serialize) -> Result<String, Unfit> {
    let mut writer = begun(entry.at, entry.by.as_ref())?;
    writer.text.push_str(",\"");
    writer.text.push_str(name);
    writer.text.push_str("\":");
    writer.value(says)?;
    writer.text.push('}');
    Ok(writer.text)
}

fn events_written<'e>(
    dossier: CaseId,
    heading: Heading<'_>,
    events: impl IntoIterator<Item = &'e Event>,
) -> Result<String, Unfit> {
    let mut writer = begun(heading.at, heading.by)?;
    writer.field("command", heading.command);
    writer.text.push_str(",\"events\":[");
    let (mut before, mut case) = (heading.at, dossier);
    for (number, event) in events.into_iter().enumerate() {
        if number > 0 {
            writer.text.push(',');
        }
        // Of what the event before said, nothing is said again.
        let mut own = writer.object();
        own.field("at", &Some(event.at).filter(|at| *at != before))?;
        own.field("case", &Some(event.case).filter(|own| *own != case))?;
        own.field("by", &event.by)?;
        own.field("key", &event.key)?;
        own.fields_of(&event.what)?;
        own.close();
        (before, case) = (event.at, event.case);
    }
    writer.text.push(']');
    writer.field("rules", heading.rules);
    writer.text.push('}');
    Ok(writer.text)
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
        Body { began: Some(clock), .. } => Change::Began { clock },
        Body { kept: Some(Kept { hash, name }), .. } => Change::Kept { hash, name },
        Body { migrated: Some(Migrated { from, to }), .. } => Change::Migrated { from, to },
        Body { erased: Some(handles), .. } => Change::Erased { handles },
        _ => return Err(unreadable("it says nothing that is known".into())),
    };
    Ok(Entry { at: body.at, by: body.by, what })
}

/// An event as it is read.
struct Line {
    at: Option<Timestamp>,
    case: Option<CaseId>,
    by: Option<EcoString>,
    key: Option<EcoString>,
    what: Happening,
}

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Written)
    }
}

struct Written;

impl<'de> Visitor<'de> for Written {
    type Value = Line;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an event")
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Line, A::Error> {
        let mut own = Own { fields, at: None, case: None, by: None, key: None };
        let what: Happening = Deserialize::deserialize(MapAccessDeserializer::new(&mut own))?;
        let Own { at, case, by, key, .. } = own;
        Ok(Line { at, case, by, key, what })
    }
}

/// The fields of an event: what every event may say is kept here, the others go to what happened.
struct Own<A> {
    fields: A,
    at: Option<Timestamp>,
    case: Option<CaseId>,
    by: Option<EcoString>,
    key: Option<EcoString>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for &mut Own<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(name) = self.fields.next_key_seed(Text)? {
            match &*name {
                "at" => self.at = self.fields.next_value()?,
                "case" => self.case = self.fields.next_value()?,
                "by" => self.by = self.fields.next_value()?,
                "key" => self.key = self.fields.next_value()?,
                _ => return seed.deserialize(CowStrDeserializer::new(name)).map(Some),
            }
        }
        Ok(None)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, A::Error> {
        self.fields.next_value_seed(seed)
    }
}
