//! From stated facts to the region of situations that they leave open.
//!
//! `matter` and `area` may name an inner node of their tree, an attribute may be missing: then the case
//! is a region and not a point. `day` and `time` are those at which the case was opened, unless stated.

use std::collections::BTreeMap;

use ecow::{EcoString, eco_format};
use jiff::Timestamp;
use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize};

use super::Rules;
use linkage_calendar::DayKind;
use linkage_model::{Institution, Taxonomy};
use linkage_regions::{Cuboid, Kind, Region, Side};
use linkage_syntax::Keyword;
use linkage_text::{Language, did_you_mean};

/// Facts by the axis that they are about.
pub type Facts = BTreeMap<EcoString, Fact>;

/// What is stated of one axis.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum Fact {
    /// Yes or no.
    Truth(bool),
    /// A whole number.
    Number(i64),
    /// A name, or a time of day such as `22:30`.
    Text(EcoString),
}

impl From<&str> for Fact {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<i64> for Fact {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Fact {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

/// By what it is: trying one variant after the other would write down why each does not fit.
impl<'de> Deserialize<'de> for Fact {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Stated;

        impl Visitor<'_> for Stated {
            type Value = Fact;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("true, false, a whole number or a text")
            }

            fn visit_bool<E>(self, truth: bool) -> Result<Fact, E> {
                Ok(Fact::Truth(truth))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Fact, E> {
                Ok(Fact::Number(number))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Fact, E> {
                i64::try_from(number).map(Fact::Number).map_err(|_| E::custom("the number is too great"))
            }

            fn visit_str<E>(self, text: &str) -> Result<Fact, E> {
                Ok(Fact::Text(text.into()))
            }
        }

        from.deserialize_any(Stated)
    }
}

impl std::fmt::Display for Fact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Truth(truth) => truth.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

/// Why a fact makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "fault", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields are what the names say; `near` is the likely slip of the hand")]
pub enum FactFault {
    /// No axis of this name.
    #[error("nothing is called {fact}")]
    UnknownFact { fact: EcoString, near: Option<EcoString> },
    /// The axis has no such value.
    #[error("{fact} can't be {value}")]
    UnknownValue { fact: EcoString, value: EcoString, near: Option<EcoString> },
    /// Several nodes of the tree have this name.
    #[error("{fact} {value} is ambiguous")]
    Ambiguous { fact: EcoString, value: EcoString, nodes: Vec<EcoString> },
    /// The number lies outside the range.
    #[error("{fact} lies between {low} and {high}")]
    OutOfRange { fact: EcoString, value: i64, low: i64, high: i64 },
    /// Another type of value is wanted.
    #[error("{fact} is of another type")]
    WrongType { fact: EcoString, wanted: FactWanted },
}

/// The type of value that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FactWanted {
    /// A name.
    Name,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Truth,
    /// A time of day.
    Clock,
}

/// The facts in one spelling: axes by their names, nodes by their whole paths.
pub fn canonical(institution: &Institution, facts: &Facts) -> Result<Facts, Vec<FactFault>> {
    read(institution, facts).map(|(known, _)| known)
}

/// The situations that agree with the facts. Facts are read when they are stated; what a later reader can't read
/// narrows nothing.
pub fn region(institution: &Institution, facts: &Facts) -> Region {
    let mut cuboid = Cuboid::full(&institution.space);
    for (name, fact) in facts {
        if let Ok(axis) = axis_of(institution, name)
            && let Ok((.., side)) = value(institution, axis, name, fact)
        {
            cuboid.set(axis, side);
        }
    }
    Region::from_cuboid(&institution.space, cuboid)
}

/// What is stated at an instant: in one spelling, with the day and the time of day where the facts don't state them;
/// and the situations that agree with it.
pub(super) fn stated(
    rules: Rules<'_>,
    facts: &Facts,
    now: Timestamp,
) -> Result<(Facts, Region), Vec<FactFault>> {
    let institution = rules.institution;
    let (mut known, mut cuboid) = read(institution, facts)?;
    for (axis, fact) in moment(rules, now) {
        let name = &institution.space.dimensions[axis].name;
        if !known.contains_key(name) {
            if let Ok((.., side)) = value(institution, axis, name, &fact) {
                cuboid.set(axis, side);
            }
            known.insert(name.clone(), fact);
        }
    }
    Ok((known, Region::from_cuboid(&institution.space, cuboid)))
}

/// The facts of a case as another case that it leads to begins with them: the day and the time of day are those of
/// that opening.
pub(super) fn carried(rules: Rules<'_>, mut facts: Facts, now: Timestamp) -> Facts {
    for (axis, fact) in moment(rules, now) {
        facts.insert(rules.institution.space.dimensions[axis].name.clone(), fact);
    }
    facts
}

/// Adds the day and the time of day of an instant where the facts don't state them.
pub(super) fn dated(rules: Rules<'_>, mut facts: Facts, now: Timestamp) -> Facts {
    for (axis, fact) in moment(rules, now) {
        facts.entry(rules.institution.space.dimensions[axis].name.clone()).or_insert(fact);
    }
    facts
}

/// The day and the time of day of an instant, with their axes.
fn moment(rules: Rules<'_>, now: Timestamp) -> [(usize, Fact); 2] {
    let wall = rules.calendar.zone().to_datetime(now);
    let day = match rules.calendar.day_kind(wall.date()) {
        DayKind::Workday => "workday",
        DayKind::RestDay => "restday",
        DayKind::Holiday => "holiday",
    };
    let clock = eco_format!("{:02}:{:02}", wall.hour(), wall.minute());
    let institution = rules.institution;
    [(institution.day_axis(), Fact::Text(day.into())), (institution.time_axis(), Fact::Text(clock))]
}

/// The facts in one spelling, and the situations that agree with them; or what of them can't be read.
fn read(institution: &Institution, facts: &Facts) -> Result<(Facts, Cuboid), Vec<FactFault>> {
    let (mut known, mut cuboid) = (Facts::new(), Cuboid::full(&institution.space));
    let mut faults = Vec::new();
    for (name, fact) in facts {
        let read = axis_of(institution, name);
        match read.and_then(|axis| Ok((axis, value(institution, axis, name, fact)?))) {
            Ok((axis, (name, fact, side))) => {
                cuboid.set(axis, side);
                known.insert(name, fact);
            }
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok((known, cuboid)) } else { Err(faults) }
}

fn axis_of(institution: &Institution, name: &EcoString) -> Result<usize, FactFault> {
    let spelled = |keyword: Keyword| name == keyword.spelling(Language::Zh);
    let own = match () {
        () if spelled(Keyword::Matter) => Some(Institution::MATTER),
        () if spelled(Keyword::Area) => Some(Institution::AREA),
        () if spelled(Keyword::Day) => Some(institution.day_axis()),
        () if spelled(Keyword::Time) => Some(institution.time_axis()),
        () => institution.space.find(name),
    };
    own.ok_or_else(|| {
        let names = institution.space.dimensions.iter().map(|dimension| dimension.name.as_str());
        FactFault::UnknownFact { fact: name.clone(), near: did_you_mean(name, names).map(Into::into) }
    })
}

/// The axis' name, the fact as it is best written, and the values for which it holds.
fn value(
    institution: &Institution,
    axis: usize,
    name: &EcoString,
    fact: &Fact,
) -> Result<(EcoString, Fact, Side), FactFault> {
    let dimension = &institution.space.dimensions[axis];
    let own = dimension.name.clone();
    let wrong = |wanted| FactFault::WrongType { fact: name.clone(), wanted };
    let unknown = |value: &str, near: Option<&str>| FactFault::UnknownValue {
        fact: name.clone(),
        value: value.into(),
        near: near.map(Into::into),
    };
    match &dimension.kind {
        Kind::Tree(_) => {
            let taxonomy =
                if axis == Institution::MATTER { &institution.matters } else { &institution.areas };
            let Fact::Text(text) = fact else { return Err(wrong(FactWanted::Name)) };
            let (path, side) = node(taxonomy, name, text)?;
            Ok((own, Fact::Text(path), side))
        }
        Kind::Integer { lowest, highest } => {
            let Fact::Number(number) = fact else { return Err(wrong(FactWanted::Number)) };
            let (low, high) = (*lowest, *highest);
            let outside = FactFault::OutOfRange { fact: name.clone(), value: *number, low, high };
            let position = dimension.position(*number).ok_or(outside)?;
            Ok((own, fact.clone(), Side::value(position)))
        }
        Kind::Minutes => {
            let Fact::Text(text) = fact else { return Err(wrong(FactWanted::Clock)) };
            let minute = minute(text).ok_or_else(|| wrong(FactWanted::Clock))?;
            Ok((own, fact.clone(), Side::value(minute)))
        }
        Kind::List(names) => {
            let truth = names.len() == 2 && names[0] == "false" && names[1] == "true";
            let text: EcoString = match fact {
                Fact::Truth(value) if truth => eco_format!("{value}"),
                Fact::Text(text) if !truth => text.clone(),
                _ => return Err(wrong(if truth { FactWanted::Truth } else { FactWanted::Name })),
            };
            let text = if axis == institution.day_axis() { day_word(text) } else { text };
            let Some(position) = names.iter().position(|name| *name == text) else {
                return Err(unknown(&text, did_you_mean(&text, names.iter().map(EcoString::as_str))));
            };
            let side = u32::try_from(position).map_or_else(|_| Side::empty(), Side::value);
            let fact = if truth { fact.clone() } else { Fact::Text(text) };
            Ok((own, fact, side))
        }
    }
}

fn node(taxonomy: &Taxonomy, fact: &EcoString, text: &EcoString) -> Result<(EcoString, Side), FactFault> {
    match taxonomy.find(text).as_slice() {
        [node] => Ok((taxonomy.path(*node).into(), taxonomy.tree.side(*node))),
        [] => {
            let last = text.rsplit('.').next().unwrap_or(text);
            let near = did_you_mean(last, taxonomy.names().map(EcoString::as_str));
            let (fact, value) = (fact.clone(), text.clone());
            Err(FactFault::UnknownValue { fact, value, near: near.map(Into::into) })
        }
        several => {
            let nodes = several.iter().map(|node| taxonomy.path(*node).into()).collect();
            Err(FactFault::Ambiguous { fact: fact.clone(), value: text.clone(), nodes })
        }
    }
}

/// The English word for a kind of day.
fn day_word(text: EcoString) -> EcoString {
    let words = [Keyword::Workday, Keyword::Restday, Keyword::Holiday];
    let own = words.into_iter().find(|keyword| text == keyword.spelling(Language::Zh));
    own.map_or(text, |keyword| keyword.spelling(Language::En).into())
}

fn minute(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once([':', '：'])?;
    let two = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let (hour, minute): (u32, u32) =
        if two(hour) && two(minute) { (hour.parse().ok()?, minute.parse().ok()?) } else { return None };
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}
