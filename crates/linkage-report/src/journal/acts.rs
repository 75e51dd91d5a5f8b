//! What happened, one thing after the other: the same sentences as of a scenario.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::super::happening;
use super::super::names::{Names, short};
use linkage_case::{CaseId, Event, Happening};
use linkage_journal::engine::Kept;
use linkage_journal::store::{Change, Entry};
use linkage_text::Language;

/// One thing that happened, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// When, on the clock of the rules.
    pub at: String,
    /// To which case.
    pub case: String,
    /// Who acted, by its name; empty if time did.
    pub by: String,
    /// What happened.
    pub what: String,
    /// Why, a line each.
    pub why: Vec<String>,
}

/// What happened, for people. `procedures` are those of the cases that were there before.
pub fn acted(
    kept: &Kept,
    procedures: &BTreeMap<CaseId, String>,
    events: &[Event],
    language: Language,
) -> String {
    let names = Names { institution: &kept.institution, zone: kept.calendar.zone(), language };
    acts_text(&acts(&names, &mut procedures.clone(), events))
}

/// What records of a dossier tell, to the cases that are looked at: what happened, and that it went on under other rules,
/// which is told as of `case`. `procedures` are those of the cases that were there before.
pub fn history(
    kept: &Kept,
    mut procedures: BTreeMap<CaseId, String>,
    entries: &[Entry],
    case: CaseId,
    looked_at: impl Fn(CaseId) -> bool,
    language: Language,
) -> Vec<Act> {
    let names = Names { institution: &kept.institution, zone: kept.calendar.zone(), language };
    let mut told = Vec::new();
    for Entry { at, by, what } in entries {
        match what {
            Change::Events { events, .. } => {
                let own: Vec<Event> = events.iter().filter(|event| looked_at(event.case)).cloned().collect();
                told.extend(acts(&names, &mut procedures, &own));
            }
            Change::Migrated { from, to } => {
                let by = by.as_deref().unwrap_or_default();
                let who = names.body(by);
                told.push(Act {
                    at: names.instant(*at),
                    case: case.to_string(),
                    by: by.to_owned(),
                    what: names.say(
                        format!("goes on under other rules, by {who}"),
                        format!("经{who}决定，改按另一规则办理"),
                    ),
                    why: vec![format!("{} → {}", short(from), short(to))],
                });
            }
            Change::Began { .. } | Change::Kept { .. } | Change::Erased { .. } => {}
        }
    }
    told
}

fn acts(names: &Names<'_>, procedures: &mut BTreeMap<CaseId, String>, events: &[Event]) -> Vec<Act> {
    let act = |event: &Event| {
        if let Happening::Opened { procedure, .. } = &event.what {
            procedures.insert(event.case, procedure.to_string());
        }
        let procedure = procedures.get(&event.case).map_or("", String::as_str);
        let told = happening::tell(names, procedure, event);
        Act {
            at: names.instant(event.at),
            case: event.case.to_string(),
            by: event.by.as_deref().unwrap_or_default().to_owned(),
            what: told.sentence,
            why: told.details,
        }
    };
    events.iter().map(act).collect()
}

/// Acts for people, with their reasons below.
pub fn acts_text(acts: &[Act]) -> String {
    let mut out = String::new();
    // What somebody wrote in several lines stays below its own head: no line of it passes for another event.
    let below = format!("\n{:18}      ", "");
    for Act { at, case, what, why, .. } in acts {
        let _ = writeln!(out, "{at}  {case:<3} {}", what.trim_end().replace('\n', &below));
        for reason in why {
            let _ = writeln!(out, "{:18}      {}", "", reason.replace('\n', &below));
        }
    }
    out
}
