//! Whether what happened is what was expected, for the case that the scenario opens.

use ecow::EcoString;
use jiff::tz::TimeZone;

use super::scenario::{ClosedAs, Expectation};
use super::story::{Story, Unmet};
use linkage_case::{Case, CaseId, Happening, Status, Why};

/// The expectations that are not met.
pub(super) fn unmet(story: &Story, expect: &Expectation, first: CaseId, zone: &TimeZone) -> Vec<Unmet> {
    let mut check = Check { unmet: Vec::new() };
    let case = story.world.case(first);
    let happened = || story.events().filter(|event| event.case == first).map(|event| &event.what);
    if let Some(opened) = expect.opened {
        check.same("opened", opened.to_string(), case.is_some().to_string());
    }
    if let Some(reason) = &expect.reason {
        let lead = case.and_then(|case| case.lead.as_ref());
        let own = lead.and_then(|lead| lead.to.first()).map_or_else(|| "-".into(), |to| because(&to.why));
        check.same("reason", reason.to_string(), own);
    }
    if let Some(lead) = &expect.lead {
        let own = case.and_then(|case| case.lead.as_ref());
        let own: Vec<EcoString> =
            own.map(|lead| lead.to.iter().map(|to| to.body.clone()).collect()).unwrap_or_default();
        check.same("lead", list(lead), list(&own));
    }
    if let Some(steps) = &expect.steps {
        let mut own: Vec<EcoString> = happened()
            .filter_map(|what| match what {
                Happening::Assigned { step, .. } => Some(step.clone()),
                _ => None,
            })
            .collect();
        if steps.last().is_some_and(|last| last == "close") && case.is_some_and(|case| !case.is_open()) {
            own.push("close".into());
        }
        check.same("steps", list(steps), list(&own));
    }
    if let Some(closed) = expect.closed {
        check.same("closed", closed.word().into(), case.map_or("-", |case| closed_as(case).word()).into());
    }
    for (step, due) in &expect.due {
        let last = happened().filter_map(|what| match what {
            Happening::Assigned { step: own, due, .. } if own == step => Some(due.as_ref().map(|due| due.at)),
            _ => None,
        });
        let own = last.last().flatten().map(|at| zone.to_datetime(at));
        let written = |at: jiff::civil::DateTime| at.strftime("%Y-%m-%dT%H:%M").to_string();
        check.same(&format!("due.{step}"), written(*due), own.map_or_else(|| "-".into(), written));
    }
    if let Some(escalations) = &expect.escalations {
        let expected: Vec<EcoString> =
            escalations.iter().map(|own| ecow::eco_format!("{} -> {}", own.step, own.to)).collect();
        let own: Vec<EcoString> = happened().flat_map(escalated).collect();
        check.same("escalations", list(&expected), list(&own));
    }
    for expected in &expect.obligations {
        let own = case.and_then(|case| case.obligations.iter().rev().find(|owed| owed.name == expected.name));
        let path = format!("obligations.{}", expected.name);
        check.same(
            &path,
            status(expected.status).into(),
            own.map_or("-", |owed| status(owed.status())).into(),
        );
    }
    for (key, expected, own) in [
        ("gap", expect.gap, happened().any(|what| matches!(what, Happening::GapMet { .. }))),
        ("overlap", expect.overlap, happened().any(|what| matches!(what, Happening::OverlapMet { .. }))),
    ] {
        if let Some(expected) = expected {
            check.same(key, expected.to_string(), own.to_string());
        }
    }
    check.unmet
}

/// Why somebody leads, in a word: how its mandate prevails, or the ground on which it was charged.
fn because(why: &Why) -> String {
    let word = |value: serde_json::Result<serde_json::Value>| {
        value.ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    };
    let Why::Mandate { overrides, .. } = why else {
        let ground = serde_json::to_value(why).map(|value| value["ground"].clone());
        return word(ground);
    };
    let mut reasons: Vec<String> =
        overrides.iter().map(|over| word(serde_json::to_value(over.reason))).collect();
    reasons.sort();
    reasons.dedup();
    if reasons.is_empty() { "alone".into() } else { reasons.join(", ") }
}

struct Check {
    unmet: Vec<Unmet>,
}

impl Check {
    fn same(&mut self, key: &str, expected: String, actual: String) {
        if expected != actual {
            self.unmet.push(Unmet { path: format!("expect.{key}"), expected, actual });
        }
    }
}

fn list(names: &[EcoString]) -> String {
    format!("[{}]", names.join(", "))
}

fn escalated(what: &Happening) -> Vec<EcoString> {
    match what {
        Happening::Escalated { step: Some(step), to, .. } => {
            to.iter().map(|charged| ecow::eco_format!("{step} -> {}", charged.body)).collect()
        }
        _ => Vec::new(),
    }
}

fn closed_as(case: &Case) -> ClosedAs {
    match case.ending.map(|ending| ending.solved) {
        None => ClosedAs::Open,
        Some(None) => ClosedAs::Closed,
        Some(Some(true)) => ClosedAs::Solved,
        Some(Some(false)) => ClosedAs::Unsolved,
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Discharged => "discharged",
        Status::Breached => "breached",
    }
}
