//! D005: a law leaves it to another act to name a body, and no act in force names one.

use super::finding::Fault;
use super::{Check, Context, Fact, Finding};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "D005",
    name: "open-slot",
    severity: Severity::Error,
    page: include_str!("open_slot.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut findings = Vec::new();
    for (slot, body) in institution.bodies().filter(|(_, body)| body.is_slot) {
        let waiting = || context.division.unfilled().iter().filter(|part| part.slots.contains(&slot));
        let filled = !institution.standing_in(slot, context.division.day).is_empty();
        if filled && waiting().next().is_none() {
            continue;
        }
        let mut finding = Finding::new(&CHECK)
            .told_by(if filled { "partly" } else { "main" })
            .telling(Fault::OpenSlot(slot))
            .fact("slot", Fact::Body(slot))
            .place(body.head.span, "slot");
        let mut region = linkage_regions::Region::empty(&institution.space);
        for part in waiting() {
            region = region.union(&part.region.intersect(&institution.scope.region));
            let leads = institution[part.mandate].leads.iter();
            for (_, span) in leads.filter(|(lead, _)| *lead == slot) {
                finding = finding.place_of(*span, "waits", "mandate", Fact::Mandate(part.mandate));
            }
        }
        for filling in &body.filled_by {
            let in_force = institution[filling.law].in_force(context.division.day);
            let label = if in_force { "only_there" } else { "not_in_force" };
            finding = finding.place_of(filling.span, label, "law", Fact::Law(filling.law));
        }
        findings.push(if region.is_empty() { finding } else { finding.on(region) });
    }
    findings
}
