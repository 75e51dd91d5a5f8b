//! D014: a body leads where it does not serve.

use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, Institution};
use linkage_regions::{Cuboid, Region, Side};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "D014",
    name: "served-elsewhere",
    severity: Severity::Warning,
    page: include_str!("served_elsewhere.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut findings = Vec::new();
    for (at, claim) in context.division.claims().iter().enumerate() {
        for body in &claim.bodies {
            if institution[*body].serves.is_empty() {
                continue;
            }
            let served = served(institution, *body);
            if claim.region.is_subset(&served) {
                continue;
            }
            let elsewhere = context.led(at).minus(&served);
            if elsewhere.is_empty() {
                continue;
            }
            let mandate = context.division.mandate(at);
            let finding = Finding::new(&CHECK)
                .fact("body", Fact::Body(*body))
                .fact("mandate", Fact::Mandate(claim.mandate))
                .place(mandate.region_span, "region")
                .place(institution[*body].head.span, "body");
            findings.push(finding.on(elsewhere));
        }
    }
    findings
}

/// All situations in the areas that a body serves.
fn served(institution: &Institution, body: BodyId) -> Region {
    let tree = &institution.areas.tree;
    let areas = institution[body].serves.iter().map(|area| tree.side(*area));
    let side = areas.fold(Side::empty(), |all, side| all.union(&side));
    let space = &institution.space;
    Region::from_cuboid(space, Cuboid::full(space).with(Institution::AREA, side))
}
