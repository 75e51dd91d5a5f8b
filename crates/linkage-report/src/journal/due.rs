//! Why something is due when it is: each day on the way, and what it counted.

use std::fmt::Write;

use jiff::Timestamp;
use serde::Serialize;

use super::super::names::Names;
use linkage_calendar::{CountedIn, DayAccount, DayKind, Duration, Note, Pause, deadline_around};
use linkage_case::{Budget, Case, Due, Stood};
use linkage_journal::engine::Kept;
use linkage_text::Language;

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
    /// Whether its clock stands now: then it is not due before it runs again.
    pub stands: bool,
    /// What was stopped, added and replaced.
    pub ledger: Vec<DueEntry>,
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

/// One entry of the ledger of a deadline.
#[derive(Debug, Serialize)]
pub struct DueEntry {
    /// When.
    pub at: Timestamp,
    /// What: `suspended`, `resumed`, `extended`, `superseded`.
    pub what: &'static str,
    /// By whom.
    pub by: Option<String>,
    /// How much was added, or what was due until then.
    pub detail: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// A deadline that is asked about.
struct Asked<'c> {
    what: String,
    budget: &'c Budget,
    due: &'c Due,
}

/// The account of everything that is due in a case.
pub fn due_report(kept: &Kept, case: &Case, language: Language) -> Vec<DueReport> {
    let whole = case.due.iter().map(|due| Asked { what: "case".to_owned(), budget: &case.budget, due });
    let steps = case.open_assignments().filter(|_| case.is_open());
    let steps = steps.filter_map(|own| {
        Some(Asked { what: own.step.to_string(), budget: &own.budget, due: own.due.as_ref()? })
    });
    whole.chain(steps).map(|asked| one(kept, case, asked, language)).collect()
}

/// What happened to a deadline, in order.
fn ledger(case: &Case, budget: &Budget, due: &Due) -> Vec<DueEntry> {
    let name = |by: &Option<ecow::EcoString>| by.as_ref().map(ToString::to_string);
    let mut entries = Vec::new();
    for was in &budget.replaced {
        let (by, reason) = (name(&was.by), Some(was.reason.to_string()));
        let detail = Some(was.was.at.to_string());
        entries.push(DueEntry { at: was.at, what: "superseded", by, detail, reason });
    }
    // What stood before its time began, or after it was over, moved nothing.
    let own = |stood: &&Stood| stood.to.is_none_or(|to| to > budget.from) && stood.from < due.at;
    for stood in case.stood.iter().filter(own) {
        let (by, reason) = (name(&stood.by), Some(stood.reason.to_string()));
        entries.push(DueEntry { at: stood.from, what: "suspended", by, detail: None, reason });
        let resumed =
            stood.to.map(|at| DueEntry { at, what: "resumed", by: None, detail: None, reason: None });
        entries.extend(resumed);
    }
    for added in &budget.added {
        let (by, reason) = (name(&added.by), Some(added.reason.to_string()));
        let detail = Some(added.more.to_string());
        entries.push(DueEntry { at: added.at, what: "extended", by, detail, reason });
    }
    entries.sort_by_key(|entry| entry.at);
    entries
}

fn one(kept: &Kept, case: &Case, asked: Asked<'_>, language: Language) -> DueReport {
    let Asked { what, budget, due } = asked;
    let from = budget.from;
    // What stands now has moved nothing yet.
    let over = |stood: &&Stood| stood.to.is_some();
    let pauses: Vec<Pause> = case
        .stood
        .iter()
        .filter(over)
        .map(|stood| Pause { from: stood.from, to: stood.to.unwrap_or(stood.from) })
        .collect();
    let counted = Duration::read(&due.within)
        .and_then(|within| deadline_around(from, within, &pauses, &kept.calendar).ok());
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
            Note::ShortMonth => {
                language.pick("the month has no such day; this one stands for it", "当月无对应日，以此日为准")
            }
            Note::Stood if day.counted > 0 => {
                language.pick("the clock stood for a part of it", "其间中止计算")
            }
            Note::Stood => language.pick("the clock stood; not counted", "中止计算，不计入"),
            Note::MadeUp => language.pick("for a day on which the clock stood", "补足中止的一日"),
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
        stands: case.suspended().is_some(),
        ledger: ledger(case, budget, due),
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
        for entry in &report.ledger {
            let _ = writeln!(out, "  {}", entry_words(&names, entry));
        }
        if report.stands {
            let word = language.pick(
                "  the clock stands: it is not due before it runs again",
                "  现已中止计算：恢复之前不届满",
            );
            let _ = writeln!(out, "{word}");
        }
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

/// One entry of a ledger, for people.
fn entry_words(names: &Names<'_>, entry: &DueEntry) -> String {
    let at = names.instant(entry.at);
    let by = entry.by.as_ref().map_or(String::new(), |by| {
        let by = names.body(by);
        names.say(format!(", by {by}"), format!("（{by}）"))
    });
    let detail = entry.detail.as_deref().unwrap_or_default();
    let what = match entry.what {
        "suspended" => names.say("the clock was stopped".into(), "中止计算".into()),
        "resumed" => names.say("the clock ran again".into(), "恢复计算".into()),
        "extended" => {
            let more = names.within(detail);
            names.say(format!("extended by {more}"), format!("延长{more}"))
        }
        _ => {
            let was = detail.parse().map_or_else(|_| detail.to_owned(), |at| names.end(at));
            names.say(format!("replaced what was due {was}"), format!("取代原期限{was}"))
        }
    };
    let reason = entry.reason.as_ref().map_or(String::new(), |reason| {
        format!("{}{}", names.colon(), super::super::terminal::visible(reason))
    });
    format!("{at}  {what}{by}{reason}")
}
