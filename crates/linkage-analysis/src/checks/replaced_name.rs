//! D007: a rule names a body whose place another has taken.

use super::{Check, Context, Fact, Finding};
use linkage_model::BodyId;
use linkage_regions::Region;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "D007",
    name: "replaced-name",
    severity: Severity::Warning,
    page: include_str!("replaced_name.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let day = context.division.day;
    let mut findings = Vec::new();
    for (id, mandate) in institution.mandates() {
        for (body, span) in &mandate.leads {
            if institution[*body].is_slot {
                continue;
            }
            let bearers = institution.bearers(*body, day);
            let taken = bearers.iter().filter(|bearer| bearer.body != *body);
            let taken: Vec<(BodyId, Region)> = taken
                .map(|bearer| (bearer.body, bearer.within(&mandate.region)))
                .filter(|(_, region)| !region.is_empty())
                .collect();
            if taken.is_empty() {
                continue;
            }
            let region = Region::from_cuboids(
                &institution.space,
                taken.iter().flat_map(|(_, region)| region.cuboids().iter().cloned()),
            );
            let heirs: Vec<BodyId> = taken.iter().map(|(heir, _)| *heir).collect();
            let mut finding = Finding::new(&CHECK)
                .fact("mandate", Fact::Mandate(id))
                .fact("old", Fact::Body(*body))
                .fact("heir", Fact::Bodies(heirs.clone()))
                .place(*span, "named");
            for succession in heirs.iter().flat_map(|heir| &institution[*heir].succeeds) {
                finding = finding.place(succession.span, "succeeds");
            }
            findings.push(finding.on(region));
        }
    }
    findings
}
