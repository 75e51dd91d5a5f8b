//! D005: a law leaves it to another act to name a body, and no act in force names one.

use super::finding::Fault;
use super::{Check, Context, Fact, Finding};
use crate::model::Standing;
use crate::text::Severity;

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
        if !institution.standing_in(slot, context.division.day).is_empty() {
            continue;
        }
        let mut finding = Finding::new(&CHECK)
            .telling(Fault::OpenSlot(slot))
            .fact("slot", Fact::Body(slot))
            .place(body.head.span, "slot");
        let mut region = crate::space::Region::empty(&institution.space);
        for (id, mandate) in institution.mandates() {
            if let Standing::OpenSlot(slots) = context.division.standing(id)
                && slots.contains(&slot)
            {
                region = region.union(&mandate.region.intersect(&institution.scope.region));
                for (_, span) in mandate.leads.iter().filter(|(lead, _)| *lead == slot) {
                    finding = finding.place_of(*span, "waits", "mandate", Fact::Mandate(id));
                }
            }
        }
        for filling in &body.filled_by {
            finding = finding.place_of(filling.span, "not_in_force", "law", Fact::Law(filling.law));
        }
        findings.push(if region.is_empty() { finding } else { finding.on(region) });
    }
    findings
}
