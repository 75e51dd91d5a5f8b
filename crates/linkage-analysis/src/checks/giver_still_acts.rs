//! A004: a body has transferred a power and goes on using it.

use super::duty::{duties, witnessed};
use super::finding::DutyBy;
use super::{Check, Context, Fact, Finding};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "A004",
    name: "giver-still-acts",
    severity: Severity::Error,
    page: include_str!("giver_still_acts.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut findings = Vec::new();
    for duty in duties(context) {
        for gone in &context.competence().of(duty.power).divested {
            let giver = gone.link.giver;
            if !duty.bodies.contains(&giver) || !(duty.all || duty.bodies.len() == 1) {
                continue;
            }
            // By another chain it may hold the power still.
            let region =
                context.competence().lacking(giver, duty.power, &gone.region.intersect(&duty.region));
            if region.is_empty() {
                continue;
            }
            let by = match duty.by {
                DutyBy::Mandate(mandate) => Fact::Mandate(mandate),
                DutyBy::Step(procedure, node) => Fact::Node(procedure, node),
            };
            let finding = Finding::new(&CHECK)
                .fact("giver", Fact::Body(giver))
                .fact("receiver", Fact::Body(gone.link.receiver))
                .fact("power", Fact::Power(duty.power))
                .fact("passing", Fact::Passing(gone.link.passing))
                .fact("by", by)
                .place(duty.power_span, "needed")
                .place(duty.performer_span, "performer")
                .place(institution[gone.link.passing].head.span, "passing");
            findings.push(witnessed(context, finding, duty.by, &region));
        }
    }
    findings
}
