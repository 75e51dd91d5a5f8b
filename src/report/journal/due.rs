//! Why something is due when it is: each day on the way, and what it counted.

use std::fmt::Write;

use jiff::Timestamp;
use serde::Serialize;

use super::super::names::Names;
use crate::case::{Case, Due};
use crate::engine::Kept;
use crate::text::Language;
use crate::time::{CountedIn, DayAccount, DayKind, Duration, Note, deadline};

/// One due date with its account.
#[derive(Debug, Serialize)]
pub struct DueReport {
    /// What is due: `case`, or a step.
    pub what: String,
    /// Since when time runs.
    pub from: Timestamp,
    /// The time that was given.
    pub within: String,
    /// When it is due.
    pub due: Timestamp,
    /// Whether it depends on holidays that are not announced yet.
    pub provisional: bool,
    /// Whether counting again gives the same: if not, the calendar has changed since.
    pub same: bool,
    /// What the numbers of the days count.
    pub counted_in: &'static str,
    /// The days.
    pub days: Vec<DueDay>,
}

/// One day of an account.
#[derive(Debug, Serialize)]
pub struct DueDay {
    /// The date.
    pub date: jiff::civil::Date,
    /// Workday, rest day or holiday.
    pub kind: &'static str,
    /// The name of a holiday.
    pub name: Option<String>,
    /// What the day counted.
    pub counted: u32,
    /// How much is counted by its end.
    pub total: u32,
    /// Why it counts as it does.
    pub note: Option<&'static str>,
}

/// The account of everything that is due in a case.
pub fn due_report(kept: &Kept, case: &Case, language: Language) -> Vec<DueReport> {
    let whole = case.due.iter().map(|due| ("case".to_owned(), case.opened, due));
    let steps = case.open_assignments().filter(|_| case.is_open());
    let steps = steps.filter_map(|own| Some((own.step.to_string(), own.since, own.due.as_ref()?)));
    whole.chain(steps).map(|(what, from, due)| one(kept, what, from, due, language)).collect()
}

fn one(kept: &Kept, what: String, from: Timestamp, due: &Due, language: Language) -> DueReport {
    let counted = Duration::read(&due.within).and_then(|within| deadline(from, within, &kept.calendar).ok());
    let counted_in = match counted.as_ref().map(|found| found.counted_in) {
        Some(CountedIn::Minutes) => language.pick("minutes", "分钟"),
        Some(CountedIn::Months) => language.pick("months", "月"),
        Some(CountedIn::Days) | None => language.pick("days", "日"),
    };
    let same = counted.as_ref().is_some_and(|found| found.due == due.at);
    let day = |day: DayAccount| DueDay {
        date: day.date,
        kind: match day.kind {
            DayKind::Workday => language.pick("workday", "工作日"),
            DayKind::RestDay => language.pick("rest day", "休息日"),
            DayKind::Holiday => language.pick("holiday", "节假日"),
        },
        name: day.name.map(|name| super::super::terminal::visible(&name)),
        counted: day.counted,
        total: day.total,
        note: day.note.map(|note| match note {
            Note::DayOfStart => language.pick("the day of the start is not counted", "起算当日不计"),
            Note::ShortMonth => language.pick("the month has no such day", "当月无此日"),
            Note::MovedOn => language.pick("moved on to the next workday", "顺延至下一工作日"),
        }),
    };
    DueReport {
        what,
        from,
        within: due.within.to_string(),
        due: due.at,
        provisional: due.provisional,
        same,
        counted_in,
        days: counted.map(|found| found.days.into_iter().map(day).collect()).unwrap_or_default(),
    }
}

/// The accounts for people.
pub fn why_due(kept: &Kept, case: &Case, language: Language) -> String {
    let names = Names { institution: &kept.institution, zone: kept.calendar.zone(), language };
    let mut out = String::new();
    for report in due_report(kept, case, language) {
        let what = if report.what == "case" {
            language.pick("the case", "案件").to_owned()
        } else {
            names.step(&case.procedure, &report.what)
        };
        let due =
            Due { at: report.due, within: report.within.as_str().into(), provisional: report.provisional };
        let (from, due) = (names.instant(report.from), names.due(&due));
        let _ = writeln!(
            out,
            "\n{}",
            names.say(format!("{what}: from {from}, {due}"), format!("{what}：自{from}起，{due}"))
        );
        for day in &report.days {
            let name = day.name.as_ref().map_or(String::new(), |name| format!(" {name}"));
            let note = day.note.map_or(String::new(), |note| format!("  {note}"));
            let _ = writeln!(
                out,
                "  {}  {:>5}  {:>5} {}  {}{name}{note}",
                day.date, day.counted, day.total, report.counted_in, day.kind
            );
        }
        if !report.same {
            let sentence = language.pick(
                "  counted again by the calendar of today's rules it would be due at another time; the time that was told stands",
                "  按现行日历重新计算结果不同；以当时告知的期限为准",
            );
            let _ = writeln!(out, "{sentence}");
        }
    }
    if out.is_empty() {
        out.push_str(language.pick("\nnothing is due\n", "\n没有期限\n"));
    }
    out
}
