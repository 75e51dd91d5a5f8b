//! A calendar from its file, with every fault in the file at once.
//!
//! ```yaml
//! zone: Asia/Shanghai
//! week:
//!   monday-friday: [08:30-12:00, 13:30-17:30]   # days not named are rest days
//! announced_until: 2026          # later years are provisional; without it, no year is
//! last_day_on_holiday: keep      # or next_workday
//! short_month: last_day          # or next_day: a month after 31 January; needed where months or years are counted
//! notices:                       # the source of that year's dates, unless they give their own
//!   2026: { source: State Council notice, version: 2025-11-04 }
//! holidays:
//!   - { date: 2026-02-15..2026-02-23, name: Spring Festival }
//! workdays:
//!   - { date: 2026-02-14, name: Spring Festival }
//! yearly:                        # assumed in years not announced
//!   - { day: 01-01, name: New Year }
//! ```

use std::collections::BTreeMap;

use ecow::EcoString;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_yaml::Value;

use super::calendar::{LastDay, ShortMonth};
use super::sheet::Sheets;
use super::{Calendar, CalendarFact as Fact, CalendarFault as Fault, DayKind, Hours, Special, Wanted};
use linkage_text::yaml::{KeyFault, KeyReader};

const TOP: [&str; 9] = [
    "zone",
    "week",
    "announced_until",
    "last_day_on_holiday",
    "short_month",
    "notices",
    "holidays",
    "workdays",
    "yearly",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const LAST_DAYS: [&str; 2] = ["keep", "next_workday"];
const SHORT_MONTHS: [&str; 2] = ["last_day", "next_day"];
const DATES_UP_TO: usize = 366;

impl Calendar {
    /// Reads a calendar, or says everything that is wrong with it.
    pub fn from_yaml(text: &str) -> Result<Self, Vec<Fault>> {
        let unreadable =
            |error: serde_yaml::Error| Fault { path: String::new(), fact: Fact::NotYaml(error.to_string()) };
        let value: Value = serde_yaml::from_str(text).map_err(|error| vec![unreadable(error)])?;
        let mut reader = Reader { faults: Vec::new(), notices: BTreeMap::new(), given: BTreeMap::new() };
        let calendar = reader.calendar(&value);
        match calendar {
            Some(calendar) if reader.faults.is_empty() => Ok(calendar),
            _ => Err(reader.faults),
        }
    }
}

struct Reader {
    faults: Vec<Fault>,
    notices: BTreeMap<i16, (EcoString, Option<EcoString>)>,
    /// Where each date was given first.
    given: BTreeMap<Date, (String, DayKind)>,
}

impl KeyReader for Reader {
    fn blame_key(&mut self, path: String, fault: KeyFault) {
        let fact = match fault {
            KeyFault::NotKeys => Fact::Shape(Wanted::Mapping),
            KeyFault::Unknown(near) => Fact::UnknownKey(near),
            KeyFault::Missing => Fact::Missing,
        };
        let whole = fault == KeyFault::NotKeys && path.is_empty();
        self.blame(if whole { "calendar" } else { &path }, fact);
    }
}

impl Reader {
    fn blame(&mut self, path: impl Into<String>, fact: Fact) {
        self.faults.push(Fault { path: path.into(), fact });
    }

    fn calendar(&mut self, value: &Value) -> Option<Calendar> {
        let keys = self.keys(value, "", &TOP)?;
        let zone = self.needed(&keys, "", "zone").and_then(|value| self.zone(value));
        let week = self.needed(&keys, "", "week").and_then(|value| self.week(value));
        let announced_until =
            keys.get("announced_until").and_then(|value| self.year(value, "announced_until"));
        let last_day_on_holiday = keys.get("last_day_on_holiday").and_then(|value| self.last_day(value));
        let short_month = keys.get("short_month").and_then(|value| self.short_month(value));
        if let Some(value) = keys.get("notices") {
            self.notices(value);
        }
        let mut special = BTreeMap::new();
        for (key, kind) in [("holidays", DayKind::Holiday), ("workdays", DayKind::Workday)] {
            for (at, entry) in self.list(keys.get(key).copied(), key).into_iter().enumerate() {
                self.dated(entry, &format!("{key}[{at}]"), kind, &mut special);
            }
        }
        let mut yearly = BTreeMap::new();
        for (at, entry) in self.list(keys.get("yearly").copied(), "yearly").into_iter().enumerate() {
            self.yearly(entry, &format!("yearly[{at}]"), &mut yearly);
        }
        let last_day_on_holiday = last_day_on_holiday.unwrap_or_default();
        let (zone, week) = (zone?, week?);
        let sheets = Sheets::default();
        Some(Calendar {
            zone,
            week,
            special,
            yearly,
            announced_until,
            last_day_on_holiday,
            short_month,
            sheets,
        })
    }

    fn zone(&mut self, value: &Value) -> Option<TimeZone> {
        let name = self.text(value, "zone")?;
        let zone = TimeZone::get(name).ok();
        if zone.is_none() {
            self.blame("zone", Fact::Zone(name.into()));
        }
        zone
    }

    fn week(&mut self, value: &Value) -> Option<[Vec<Hours>; 7]> {
        let mut week: [Option<Vec<Hours>>; 7] = Default::default();
        for (key, value) in self.entries(value, "week")? {
            let path = format!("week.{key}");
            let Some(days) = weekdays(&key) else {
                self.blame(path, Fact::Shape(Wanted::Weekdays));
                continue;
            };
            let hours = self.hours(value, &path);
            for day in days {
                if week[day].replace(hours.clone()).is_some() {
                    self.blame(&path, Fact::SameWeekday(WEEKDAYS[day]));
                }
            }
        }
        let week = week.map(Option::unwrap_or_default);
        if week.iter().all(Vec::is_empty) && self.faults.is_empty() {
            self.blame("week", Fact::NoWork);
        }
        Some(week)
    }

    /// A list of ranges of times; sorted, no two overlapping.
    fn hours(&mut self, value: &Value, path: &str) -> Vec<Hours> {
        let mut known: Vec<Hours> = Vec::new();
        for (at, entry) in self.list(Some(value), path).into_iter().enumerate() {
            let path = format!("{path}[{at}]");
            let Some(text) = self.text(entry, &path) else { continue };
            let text = text.to_owned();
            match Hours::read(&text) {
                None => self.blame(path, Fact::Hours(text)),
                Some(hours) if hours.from >= hours.to => self.blame(path, Fact::EmptyHours(text)),
                Some(hours) => {
                    if let Some(other) = known.iter().find(|own| own.from < hours.to && hours.from < own.to) {
                        let other = other.to_string();
                        self.blame(path, Fact::OverlappingHours(text, other));
                    }
                    known.push(hours);
                }
            }
        }
        known.sort_unstable();
        known
    }

    fn last_day(&mut self, value: &Value) -> Option<LastDay> {
        let path = "last_day_on_holiday";
        match self.text(value, path)? {
            "keep" => Some(LastDay::Keep),
            "next_workday" => Some(LastDay::NextWorkday),
            other => {
                let text = other.to_owned();
                self.blame(path, Fact::Choice(text, &LAST_DAYS));
                None
            }
        }
    }

    fn short_month(&mut self, value: &Value) -> Option<ShortMonth> {
        let path = "short_month";
        match self.text(value, path)? {
            "last_day" => Some(ShortMonth::LastDay),
            "next_day" => Some(ShortMonth::NextDay),
            other => {
                let text = other.to_owned();
                self.blame(path, Fact::Choice(text, &SHORT_MONTHS));
                None
            }
        }
    }

    fn notices(&mut self, value: &Value) {
        for (key, value) in self.entries(value, "notices").unwrap_or_default() {
            let path = format!("notices.{key}");
            let Ok(year) = key.parse() else {
                self.blame(path, Fact::Shape(Wanted::Year));
                continue;
            };
            let Some(keys) = self.keys(value, &path, &["source", "version"]) else { continue };
            let source =
                self.needed(&keys, &path, "source").and_then(|v| self.words(v, &format!("{path}.source")));
            let version = keys.get("version").and_then(|v| self.words(v, &format!("{path}.version")));
            // A notice with a faulty source still is one: its dates are not blamed as well.
            self.notices.insert(year, (source.unwrap_or_default(), version));
        }
    }

    fn dated(&mut self, value: &Value, path: &str, kind: DayKind, special: &mut BTreeMap<Date, Special>) {
        let allowed: &[&str] = match kind {
            DayKind::Workday => &["date", "name", "source", "version", "hours"],
            _ => &["date", "name", "source", "version"],
        };
        let Some(keys) = self.keys(value, path, allowed) else { return };
        let name = self.needed(&keys, path, "name").and_then(|v| self.words(v, &format!("{path}.name")));
        let source = keys.get("source").and_then(|v| self.words(v, &format!("{path}.source")));
        let version = keys.get("version").and_then(|v| self.words(v, &format!("{path}.version")));
        let hours = keys.get("hours").map(|v| self.hours(v, &format!("{path}.hours")));
        let Some(value) = self.needed(&keys, path, "date") else { return };
        let date_path = format!("{path}.date");
        let Some(text) = self.text(value, &date_path) else { return };
        let text = text.to_owned();
        for date in self.dates(&text, &date_path) {
            if let Some((first, known)) = self.given.get(&date).cloned() {
                let same = known == kind;
                self.blame(
                    &date_path,
                    if same { Fact::SameDate(date, first) } else { Fact::BothKinds(date, first) },
                );
                return;
            }
            self.given.insert(date, (path.to_owned(), kind));
            let notice = match &source {
                Some(source) => Some((source.clone(), version.clone())),
                None => self.notices.get(&date.year()).cloned(),
            };
            let Some((source, version)) = notice else {
                self.blame(path, Fact::NoSource(date.year()));
                return;
            };
            let name = name.clone().unwrap_or_default();
            special.insert(date, Special { kind, name, source, version, hours: hours.clone() });
        }
    }

    /// One date, or all from the first to the last of `first..last`.
    fn dates(&mut self, text: &str, path: &str) -> Vec<Date> {
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let (path, text) = (path.to_owned(), text.to_owned());
        let (Some(first), Some(last)) = (date(first.trim()), date(last.trim())) else {
            self.blame(path, Fact::Date(text));
            return Vec::new();
        };
        let days = std::iter::successors(Some(first), |date| date.tomorrow().ok());
        let dates: Vec<Date> = days.take_while(|date| *date <= last).take(DATES_UP_TO + 1).collect();
        if dates.is_empty() {
            self.blame(path, Fact::BackwardDates(text));
        } else if dates.len() > DATES_UP_TO {
            self.blame(path, Fact::LongDates(text));
            return Vec::new();
        }
        dates
    }

    fn yearly(&mut self, value: &Value, path: &str, known: &mut BTreeMap<(i8, i8), EcoString>) {
        let Some(keys) = self.keys(value, path, &["day", "name"]) else { return };
        let name = self.needed(&keys, path, "name").and_then(|v| self.words(v, &format!("{path}.name")));
        let Some(value) = self.needed(&keys, path, "day") else { return };
        let path = format!("{path}.day");
        let Some(text) = self.text(value, &path) else { return };
        // A leap year, so that 29 February is a day.
        let Some(date) = date(&format!("2024-{text}")) else {
            let text = text.to_owned();
            self.blame(path, Fact::DayOfYear(text));
            return;
        };
        known.insert((date.month(), date.day()), name.unwrap_or_default());
    }

    fn year(&mut self, value: &Value, path: &str) -> Option<i16> {
        let year =
            value.as_i64().and_then(|year| i16::try_from(year).ok()).filter(|year| (1..=9999).contains(year));
        if year.is_none() {
            self.blame(path, Fact::Shape(Wanted::Year));
        }
        year
    }

    fn text<'v>(&mut self, value: &'v Value, path: &str) -> Option<&'v str> {
        let text = value.as_str();
        if text.is_none() {
            self.blame(path, Fact::Shape(Wanted::Text));
        }
        text
    }

    fn words(&mut self, value: &Value, path: &str) -> Option<EcoString> {
        let words = self.text(value, path)?.trim();
        if words.is_empty() {
            self.blame(path, Fact::Shape(Wanted::Text));
        }
        Some(words.into())
    }

    fn list<'v>(&mut self, value: Option<&'v Value>, path: &str) -> Vec<&'v Value> {
        match value {
            None => Vec::new(),
            Some(Value::Sequence(entries)) => entries.iter().collect(),
            Some(_) => {
                self.blame(path, Fact::Shape(Wanted::List));
                Vec::new()
            }
        }
    }
}

/// Exactly `YYYY-MM-DD`.
fn date(text: &str) -> Option<Date> {
    let plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if plain { text.parse().ok() } else { None }
}

fn weekdays(key: &str) -> Option<std::ops::RangeInclusive<usize>> {
    let (first, last) = key.split_once('-').unwrap_or((key, key));
    let at = |name: &str| WEEKDAYS.iter().position(|own| *own == name);
    let days = at(first)?..=at(last)?;
    (!days.is_empty()).then_some(days)
}
