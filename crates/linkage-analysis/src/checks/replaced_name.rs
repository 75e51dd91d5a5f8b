//! D007: a rule names a body whose place another has taken; of several, none chairs.

use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, NodeId, NodeKind};
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
    findings.extend(chairs(context));
    findings
}

/// Finds joint steps that nobody chairs, since several took the place of the chair: which of them it is would be a
/// matter of their order.
fn chairs(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut findings = Vec::new();
    for (id, procedure) in institution.procedures() {
        for (node, it) in (0..).map(NodeId).zip(&procedure.nodes) {
            let NodeKind::Step(step) = &it.kind else { continue };
            let Some(chair) = procedure.chair_of(step) else { continue };
            let heirs = institution.bearers(chair.body, context.division.day);
            let everything = Region::full(&institution.space);
            let parts: Vec<Region> = heirs.iter().map(|heir| heir.within(&everything)).collect();
            let pairs = parts
                .iter()
                .enumerate()
                .flat_map(|(at, one)| parts[at + 1..].iter().map(move |other| one.intersect(other)));
            let nobody = pairs.fold(Region::empty(&institution.space), |all, both| all.union(&both));
            if nobody.is_empty() {
                continue;
            }
            let bodies: Vec<BodyId> = heirs.iter().map(|heir| heir.body).collect();
            let mut finding = Finding::new(&CHECK)
                .told_by("chair")
                .fact("step", Fact::Node(id, node))
                .fact("old", Fact::Body(chair.body))
                .fact("heir", Fact::Bodies(bodies.clone()))
                .place(chair.span, "named");
            for succession in bodies.iter().flat_map(|heir| &institution[*heir].succeeds) {
                finding = finding.place(succession.span, "succeeds");
            }
            findings.push(finding.on(nobody));
        }
    }
    findings
}
