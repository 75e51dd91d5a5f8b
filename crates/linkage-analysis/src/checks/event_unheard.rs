//! P017: an event that is raised and starts nothing.

use std::collections::BTreeSet;

use super::courses::{at, awaited, raised, way_of_raising};
use super::graph::with_run_and;
use super::{Check, Context, Fact, Finding};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "P017",
    name: "event-unheard",
    severity: Severity::Warning,
    page: include_str!("event_unheard.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let awaited = awaited(context);
    let mut told = BTreeSet::new();
    let mut findings = Vec::new();
    for (event, id, node, outcome, span) in raised(context) {
        if awaited.contains_key(event) || !told.insert(event) {
            continue;
        }
        let finding =
            at(Finding::new(&CHECK), id, node).fact("event", Fact::Text(event.clone())).place(span, "raised");
        let way = way_of_raising(context, id, node, outcome);
        findings.push(with_run_and(context, finding, id, node, Some(way)));
    }
    findings
}
