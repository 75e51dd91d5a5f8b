//! P018: an event that a procedure waits for and no step raises.

use std::collections::BTreeSet;

use super::courses::{awaited, raised};
use super::graph::first_case;
use super::{Check, Context, Fact, Finding, Witness};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "P018",
    name: "event-never-raised",
    severity: Severity::Note,
    page: include_str!("event_never_raised.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let raised: BTreeSet<_> = raised(context).into_iter().map(|(event, ..)| event).collect();
    let mut findings = Vec::new();
    for (event, listeners) in awaited(context).into_iter().filter(|(event, _)| !raised.contains(event)) {
        let ids = listeners.iter().map(|(id, _)| *id).collect();
        let mut finding = Finding::new(&CHECK)
            .fact("event", Fact::Text(event.clone()))
            .fact("procedures", Fact::Procedures(ids));
        for (_, span) in &listeners {
            finding = finding.place(*span, "awaited");
        }
        let first = listeners.first().and_then(|(id, _)| first_case(context, *id));
        finding.witness = first.map(Witness::Situation);
        findings.push(finding);
    }
    findings
}
