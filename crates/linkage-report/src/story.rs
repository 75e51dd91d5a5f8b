//! A scenario as it was played: time, case, what happened, why; then what was expected and is not so.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use super::names::Names;
use super::{happening, refusal};
use linkage_calendar::Calendar;
use linkage_case::{Balance, CaseId, Entry, Happening, Status, balances, ledger};
use linkage_model::Institution;
use linkage_scenario::{Moment, Story, Unmet};
use linkage_text::Language;

/// The story for people.
pub fn story(institution: &Institution, calendar: &Calendar, story: &Story, language: Language) -> String {
    let names = Names { institution, zone: calendar.zone(), language };
    let mut out = String::new();
    if let Some(title) = &story.title {
        let _ = writeln!(out, "{}\n", super::terminal::visible(title));
    }
    let mut procedures: BTreeMap<CaseId, String> = BTreeMap::new();
    let mut last = String::new();
    for moment in &story.moments {
        let (at, case, told) = match moment {
            Moment::Event(event) => {
                if let Happening::Opened { procedure, .. } = &event.what {
                    procedures.insert(event.case, procedure.to_string());
                }
                let procedure = procedures.get(&event.case).map_or("", String::as_str);
                let told = happening::tell(&names, procedure, event);
                (event.at, event.case.to_string(), told)
            }
            Moment::Refused { at, command, refusal: why, .. } => {
                let procedure = story.case.and_then(|case| procedures.get(&case)).map_or("", String::as_str);
                let (by, why) = (names.body(&command.by), refusal::tell(&names, procedure, why));
                let sentence =
                    names.say(format!("refused to {by}: {why}"), format!("不予受理{by}的操作：{why}"));
                (*at, "!".to_owned(), super::told::told(sentence))
            }
        };
        let time = names.instant(at);
        let shown = if time == last { " ".repeat(time.len()) } else { time.clone() };
        last = time;
        let _ = writeln!(out, "{shown}  {case:<3} {}", told.sentence);
        for detail in told.details {
            let _ = writeln!(out, "{:18}      {detail}", "");
        }
    }
    obligations(&names, story, &mut out);
    for sentence in unmet(story, language) {
        let _ = writeln!(out, "\n{sentence}");
    }
    if story.cut {
        let _ = writeln!(out, "\n{}", language.pick("cut off: it goes on and on", "已截断：没有尽头"));
    }
    out
}

/// What was expected and is not so, each in a sentence.
pub fn unmet(story: &Story, language: Language) -> Vec<String> {
    let say = |Unmet { path, expected, actual }: &Unmet| {
        language.pick(
            format!("{path}: expected {expected}, but it is {actual}"),
            format!("{path}：预期{expected}，实际{actual}"),
        )
    };
    story.unmet.iter().map(say).collect()
}

/// Who owes whom in the end.
fn obligations(names: &Names<'_>, story: &Story, out: &mut String) {
    let entries = ledger(&story.world);
    if entries.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", names.language.pick("who owes whom", "互惠义务"));
    for entry in entries {
        let Entry { name, debtor, creditor, status, due, .. } = &entry;
        let status = match status {
            Status::Open => names.language.pick("open", "待履行"),
            Status::Discharged => names.language.pick("done", "已履行"),
            Status::Breached => names.language.pick("breached", "逾期"),
        };
        let due = due.map_or_else(String::new, |due| names.end(due));
        let (debtor, creditor, name) = (names.body(debtor), names.body(creditor), names.owed(name));
        let colon = names.colon();
        let _ = writeln!(out, "  {status:<9} {debtor} → {creditor}{colon}{name}  {due}");
    }
}

/// The story for programs.
#[derive(Debug, Serialize)]
pub struct StoryReport<'s> {
    /// The version of this format.
    pub schema_version: u32,
    /// What it is called.
    pub title: Option<&'s str>,
    /// Whether all is as expected.
    pub as_expected: bool,
    /// What happened, in order.
    pub moments: &'s [Moment],
    /// Who owed whom what.
    pub ledger: Vec<Entry>,
    /// Net per pair of bodies.
    pub balances: Vec<Balance>,
    /// What was expected and is not so.
    pub unmet: &'s [Unmet],
}

/// The story for programs.
pub fn story_report(story: &Story) -> StoryReport<'_> {
    let ledger = ledger(&story.world);
    StoryReport {
        schema_version: 1,
        title: story.title.as_deref(),
        as_expected: story.is_as_expected(),
        moments: &story.moments,
        balances: balances(&ledger),
        ledger,
        unmet: &story.unmet,
    }
}
