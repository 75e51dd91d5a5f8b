//! Facts from the command line: `matter=hazard.fire severity=3 at=2026-11-23T22:30`.

use ecow::{EcoString, eco_format};
use jiff::civil::{Date, DateTime};

use super::output::Output;
use super::titles;
use linkage_calendar::{Calendar, DayKind};
use linkage_case::{Fact, Facts, canonical};
use linkage_model::Institution;

/// What `--at` says.
pub(super) struct Stated {
    pub facts: Facts,
    /// The day of `at=`, if it is given.
    pub day: Option<Date>,
}

/// Reads the facts, each `name=value`; commas may stand for blanks.
pub(super) fn stated(
    words: &[String],
    institution: &Institution,
    calendar: &Calendar,
    output: &Output,
) -> Result<Stated, u8> {
    let mut stated = Stated { facts: Facts::new(), day: None };
    for word in words.iter().flat_map(|word| word.split(',')).filter(|word| !word.is_empty()) {
        let Some((name, value)) = word.split_once('=') else {
            return Err(output.refuse(
                &format!("`{word}` is no fact; write name=value, such as matter=hazard.fire"),
                &format!("“{word}”不是事实；请写作 名称=值，例如 matter=hazard.fire"),
            ));
        };
        if name == "at" {
            let at: DateTime = value.parse().map_err(|_| {
                output.refuse(
                    &format!("`{value}` is no time; write 2026-11-23T22:30"),
                    &format!("“{value}”不是时间；请写作 2026-11-23T22:30"),
                )
            })?;
            let day = match calendar.day_kind(at.date()) {
                DayKind::Workday => "workday",
                DayKind::RestDay => "restday",
                DayKind::Holiday => "holiday",
            };
            stated.day = Some(at.date());
            stated.facts.insert("day".into(), Fact::Text(day.into()));
            stated
                .facts
                .insert("time".into(), Fact::Text(eco_format!("{:02}:{:02}", at.hour(), at.minute())));
            continue;
        }
        stated.facts.insert(name.into(), fact(value));
    }
    stated.facts = canonical(institution, &titles::facts(stated.facts, institution)).map_err(|faults| {
        let mut status = 2;
        for fault in faults {
            let sentence = linkage_report::fact_fault(institution, &fault, output.language);
            status = output.refuse(&sentence, &sentence);
        }
        status
    })?;
    Ok(stated)
}

/// A value as it is written on the command line.
pub(super) fn fact(value: &str) -> Fact {
    match value {
        "true" => Fact::Truth(true),
        "false" => Fact::Truth(false),
        value => value.parse().map_or_else(|_| Fact::Text(EcoString::from(value)), Fact::Number),
    }
}
