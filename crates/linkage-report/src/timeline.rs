//! When findings appear and vanish, and whose date did it, in words.

use std::fmt::Write;

use schemars::JsonSchema;
use serde::Serialize;

use super::fact::fact_words;
use super::finding::message;
use super::json::severity;
use linkage_analysis::checks::{Check, Fact};
use linkage_model::Institution;
use linkage_package::{Dated, Shift, Subject, Timeline};
use linkage_text::{Language, Severity};

/// What `check --as-of FROM..UNTIL --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TimelineReport {
    /// The version of this format.
    pub schema_version: u32,
    /// The name of the package.
    pub package: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// What is found on the first day.
    pub first: Vec<ShiftReport>,
    /// The days on which findings change.
    pub turns: Vec<TurnReport>,
}

/// A day on which findings change.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TurnReport {
    /// The day.
    pub day: String,
    /// What begins or has ended on it.
    pub dates: Vec<String>,
    /// What is no more.
    pub vanished: Vec<ShiftReport>,
    /// What is there since.
    pub appeared: Vec<ShiftReport>,
}

/// A finding that appears, vanishes or is there at first.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShiftReport {
    /// Its stable code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// One sentence.
    pub message: String,
    /// The dates that did it.
    pub by: Vec<String>,
}

/// The timeline for programs.
pub fn timeline_report(
    timeline: &Timeline,
    language: Language,
    wanted: impl Fn(&Check) -> bool,
) -> TimelineReport {
    let institution = timeline.first.institution();
    let finding = |finding: &linkage_analysis::checks::Finding, by: &[Dated]| ShiftReport {
        code: finding.check.code.into(),
        name: finding.check.name.into(),
        severity: severity(finding.severity),
        message: message(institution, finding, language),
        by: by.iter().map(|dated| dated_words(institution, *dated, language)).collect(),
    };
    let shifts = |shifts: &[Shift]| -> Vec<ShiftReport> {
        let shown = shifts.iter().filter(|shift| wanted(shift.finding.check));
        shown.map(|shift| finding(&shift.finding, &shift.by)).collect()
    };
    let turns = timeline.turns.iter().map(|turn| TurnReport {
        day: turn.day.to_string(),
        dates: turn.dated.iter().map(|dated| dated_words(institution, *dated, language)).collect(),
        vanished: shifts(&turn.vanished),
        appeared: shifts(&turn.appeared),
    });
    let first = timeline.first.findings.iter().filter(|it| wanted(it.check));
    TimelineReport {
        schema_version: 1,
        package: timeline.first.package.name.clone(),
        from: timeline.first.day.to_string(),
        until: timeline.until.to_string(),
        first: first.map(|it| finding(it, &[])).collect(),
        turns: turns.filter(|turn| !turn.vanished.is_empty() || !turn.appeared.is_empty()).collect(),
    }
}

/// The timeline for people: each day with what vanishes (`-`) and what appears (`+`).
pub fn timeline_text(report: &TimelineReport, language: Language) -> String {
    let mut out = String::new();
    let count = |word: &str| report.first.iter().filter(|it| it.severity == word).count();
    let (errors, warnings, notes) = (count("error"), count("warning"), count("note"));
    let _ = match language {
        Language::En => writeln!(
            out,
            "{} from {} to {}\non the first day: {errors} errors, {warnings} warnings, {notes} notes",
            report.package, report.from, report.until
        ),
        Language::Zh => writeln!(
            out,
            "{}：{}至{}\n首日：错误{errors}项，警告{warnings}项，提示{notes}项",
            report.package, report.from, report.until
        ),
    };
    for turn in &report.turns {
        let dates = turn.dates.join(language.pick("; ", "；"));
        let _ = writeln!(out, "\n{}  {dates}", turn.day);
        for (sign, shifts) in [('-', &turn.vanished), ('+', &turn.appeared)] {
            for shift in shifts {
                let _ = writeln!(out, "  {sign} {} {}", shift.code, shift.message);
                if !shift.by.is_empty() && turn.dates.len() > 1 {
                    let by = shift.by.join(language.pick("; ", "；"));
                    let _ = writeln!(out, "      {}{by}", language.pick("because ", "原因："));
                }
            }
        }
    }
    if report.turns.is_empty() {
        let _ = writeln!(out, "{}", language.pick("nothing changes in this time", "此期间没有变化"));
    }
    out
}

/// The gravest that is found on any day.
pub fn gravest(timeline: &Timeline, wanted: impl Fn(&Check) -> bool) -> Option<Severity> {
    let appeared = timeline.turns.iter().flat_map(|turn| &turn.appeared).map(|shift| shift.finding.check);
    let all = timeline.first.findings.iter().map(|finding| finding.check).chain(appeared);
    all.filter(|check| wanted(check)).map(|check| check.severity).max()
}

fn dated_words(institution: &Institution, dated: Dated, language: Language) -> String {
    let fact = match dated.of {
        Subject::Law(id) => Fact::Law(id),
        Subject::Mandate(id) => Fact::Mandate(id),
        Subject::Passing(id) => Fact::Text(match language {
            Language::En => institution[id].head.name.clone(),
            Language::Zh => institution[id].head.label().into(),
        }),
        Subject::Succession(id, _) => Fact::Body(id),
    };
    let name = fact_words(institution, &fact, language);
    match (dated.of, dated.begins, language) {
        (Subject::Succession(id, nth), _, _) => {
            let old = institution[id].succeeds[nth].of;
            let old = fact_words(institution, &Fact::Body(old), language);
            match language {
                Language::En => format!("{name} takes the place of {old}"),
                Language::Zh => format!("{name}承继{old}"),
            }
        }
        (_, true, Language::En) => format!("{name} begins"),
        (_, true, Language::Zh) => format!("{name}开始施行"),
        (_, false, Language::En) => format!("{name} has ended"),
        (_, false, Language::Zh) => format!("{name}已失效"),
    }
}
