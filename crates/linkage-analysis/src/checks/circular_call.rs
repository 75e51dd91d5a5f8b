//! P016: procedures that call each other: a case waits for a case like itself.

use super::courses::links;
use super::recurring::{Round, rounds};
use super::{Check, Context, Fact, Finding};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "P016",
    name: "circular-call",
    severity: Severity::Error,
    page: include_str!("circular_call.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let calls: Vec<_> = links(context).into_iter().filter(|link| link.event.is_none()).collect();
    if calls.is_empty() {
        return Vec::new();
    }
    let found = rounds(context, &calls);
    found.iter().map(|round| told(context, round)).collect()
}

fn told(context: &Context<'_>, round: &Round) -> Finding {
    let mut finding = Finding::new(&CHECK).fact("procedures", Fact::Procedures(round.procedures.clone()));
    for link in &round.links {
        finding = finding.place(link.span, "calls");
    }
    round.witnessed(context, finding)
}
