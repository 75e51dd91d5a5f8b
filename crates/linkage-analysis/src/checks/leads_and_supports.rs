//! D022: by one mandate a body leads what it supports by another.

use std::collections::BTreeMap;

use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, Holder};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "D022",
    name: "leads-and-supports",
    severity: Severity::Note,
    page: include_str!("leads_and_supports.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let (division, institution) = (context.division, context.institution());
    let mut leading: BTreeMap<BodyId, Vec<usize>> = BTreeMap::new();
    for (at, claim) in division.claims().iter().enumerate() {
        for body in &claim.bodies {
            leading.entry(*body).or_default().push(at);
        }
    }
    let mut findings = Vec::new();
    for (id, mandate) in institution.mandates() {
        for (holder, span) in &mandate.supports {
            // A kind is named for all its bodies, whoever of them leads.
            let Holder::Body(named) = holder else { continue };
            for body in context.competence().standing_in(*named) {
                for claim in leading.get(body).map_or(&[][..], Vec::as_slice) {
                    let by = division.claims()[*claim].mandate;
                    if by == id || division.claims()[*claim].region.is_disjoint(&mandate.region) {
                        continue;
                    }
                    let region = context.led(*claim).intersect(&context.supporting(id));
                    if region.is_empty() {
                        continue;
                    }
                    findings.push(
                        Finding::new(&CHECK)
                            .fact("body", Fact::Body(*body))
                            .fact("mandate", Fact::Mandate(by))
                            .fact("other", Fact::Mandate(id))
                            .place(*span, "support")
                            .place_of(institution[by].head.span, "lead", "mandate", Fact::Mandate(by))
                            .on(region),
                    );
                }
            }
        }
    }
    findings
}
