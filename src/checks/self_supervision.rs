//! D015: a body supervises what it leads itself.

use std::collections::BTreeMap;

use super::{Check, Context, Fact, Finding};
use crate::model::{BodyId, MandateId, Standing};
use crate::text::{Severity, Span};

pub static CHECK: Check = Check {
    code: "D015",
    name: "self-supervision",
    severity: Severity::Warning,
    page: include_str!("self_supervision.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let (institution, day) = (context.institution(), context.division.day);
    let mut supervised: BTreeMap<BodyId, Vec<(MandateId, Span)>> = BTreeMap::new();
    let says_nothing = [Standing::OutOfTime, Standing::NoBasisInForce];
    let in_force =
        institution.mandates().filter(|(id, _)| !says_nothing.contains(context.division.standing(*id)));
    for (id, mandate) in in_force {
        for (named, span) in &mandate.supervisors {
            for body in institution.standing_in(*named, day) {
                supervised.entry(body).or_default().push((id, *span));
            }
        }
    }
    let mut findings = Vec::new();
    for (at, claim) in context.division.claims().iter().enumerate() {
        for body in &claim.bodies {
            for (by, span) in supervised.get(body).into_iter().flatten() {
                let region = &institution[*by].region;
                if claim.region.is_disjoint(region) {
                    continue;
                }
                let own = context.led(at).intersect(region);
                if own.is_empty() {
                    continue;
                }
                let mut finding = Finding::new(&CHECK)
                    .fact("body", Fact::Body(*body))
                    .fact("mandate", Fact::Mandate(claim.mandate))
                    .place(*span, "supervises");
                for (lead, span) in &context.division.mandate(at).leads {
                    if institution.standing_in(*lead, day).contains(body) {
                        finding = finding.place(*span, "leads");
                    }
                }
                findings.push(finding.on(own));
            }
        }
    }
    findings
}
