//! What happened, event by event: the same sentences as of a scenario.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::super::happening;
use super::super::names::Names;
use crate::case::{CaseId, Event, Happening};
use crate::engine::Kept;
use crate::text::Language;

/// What happened, for people. `procedures` are those of the cases that were there before.
pub fn acted(
    kept: &Kept,
    procedures: &BTreeMap<CaseId, String>,
    events: &[Event],
    language: Language,
) -> String {
    let mut out = String::new();
    for (time, case, sentence, details) in acts_table(kept, procedures, events, language) {
        // What somebody wrote in several lines stays below its own head: no line of it passes for another event.
        let below = format!("\n{:18}      ", "");
        let _ = writeln!(out, "{time}  {case:<3} {}", sentence.trim_end().replace('\n', &below));
        for detail in details {
            let _ = writeln!(out, "{:18}      {}", "", detail.replace('\n', &below));
        }
    }
    out
}

/// Time, case, sentence and reasons of each event.
pub fn acts_table(
    kept: &Kept,
    procedures: &BTreeMap<CaseId, String>,
    events: &[Event],
    language: Language,
) -> Vec<(String, String, String, Vec<String>)> {
    let names = Names { institution: &kept.institution, zone: kept.calendar.zone(), language };
    let mut procedures = procedures.clone();
    let mut rows = Vec::new();
    for event in events {
        if let Happening::Opened { procedure, .. } = &event.what {
            procedures.insert(event.case, procedure.to_string());
        }
        let procedure = procedures.get(&event.case).map_or("", String::as_str);
        let told = happening::tell(&names, procedure, event.by.as_deref(), &event.what);
        rows.push((names.instant(event.at), event.case.to_string(), told.sentence, told.details));
    }
    rows
}
