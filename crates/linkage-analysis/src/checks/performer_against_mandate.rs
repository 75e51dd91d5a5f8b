//! P015: a step has a body use a power where a mandate gives its use to another, who leads and holds it.

use super::courses::at;
use super::duty::Acts;
use super::graph::with_run_within;
use super::{Check, Context, Fact, Finding};
use linkage_model::{
    BodyId, Holder, Lead, LeadershipKind, MandateId, NodeId, Performer, PowerId, ProcedureId,
};
use linkage_regions::Region;
use linkage_text::{Severity, Span};

pub static CHECK: Check = Check {
    code: "P015",
    name: "performer-against-mandate",
    severity: Severity::Warning,
    page: include_str!("performer_against_mandate.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut findings = Vec::new();
    for (id, procedure) in institution.procedures() {
        let mandated = matches!(procedure.lead, Some((Lead::ByMandate, _)) | None);
        let fixed = |performer: &Performer| matches!(performer, Performer::Body(_));
        let acts = Acts::new(context, id, |step| {
            mandated
                && step.joint.is_none()
                && step.all_needs().next().is_some()
                && step.by.iter().all(|(by, _)| fixed(by))
        });
        for act in acts.all() {
            for (bodies, region, span) in &act.groups {
                for (power, _) in act.step.all_needs() {
                    let found = against(context, id, bodies, power, region, acts.led());
                    findings
                        .extend(found.map(|found| told(context, id, act.node, bodies, power, *span, found)));
                }
            }
        }
    }
    findings
}

/// Where another leads alone and holds the power, and nothing gives those who act a part there.
fn against(
    context: &Context<'_>,
    id: ProcedureId,
    bodies: &[BodyId],
    power: PowerId,
    region: &Region,
    led: &[(linkage_model::Leadership, Region)],
) -> Option<(Vec<BodyId>, Vec<MandateId>, Region)> {
    let (institution, competence) = (context.institution(), context.competence());
    let procedure = &institution[id];
    let supports: Vec<Holder> = procedure.supports.iter().map(|(holder, _)| *holder).collect();
    let takes_part = competence.of_holders(&supports);
    if bodies.iter().any(|body| takes_part.contains(body)) {
        return None;
    }
    let mut leaders: Vec<BodyId> = Vec::new();
    let mut mandates: Vec<MandateId> = Vec::new();
    let mut against = Region::empty(&institution.space);
    for (leadership, part) in led {
        let above = |body: &BodyId| {
            leadership
                .bodies
                .iter()
                .any(|lead| context.hierarchy.above(*lead).iter().any(|(over, _)| over == body))
        };
        let own = |body: &BodyId| leadership.bodies.contains(body) || above(body);
        // Only a power that the mandate is about is the lead's own to use.
        let about =
            |claim: &usize| context.division.mandate(*claim).powers.iter().any(|(own, _)| *own == power);
        if leadership.kind != LeadershipKind::One
            || !leadership.effective.iter().any(about)
            || bodies.iter().any(own)
        {
            continue;
        }
        let mut part = part.intersect(region);
        let [lead] = leadership.bodies.as_slice() else { continue };
        part = part.intersect(&competence.held(*lead, power));
        // Who supports there takes part.
        for (_, mandate) in institution.mandates() {
            let holders: Vec<Holder> = mandate.supports.iter().map(|(holder, _)| *holder).collect();
            if !part.is_empty() && competence.of_holders(&holders).iter().any(|body| bodies.contains(body)) {
                part = part.minus(&mandate.region);
            }
        }
        if part.is_empty() {
            continue;
        }
        leaders.push(*lead);
        mandates.extend(
            leadership
                .effective
                .iter()
                .filter(|claim| about(claim))
                .map(|claim| context.division.claims()[*claim].mandate),
        );
        against = against.union(&part);
    }
    leaders.sort_unstable();
    leaders.dedup();
    mandates.sort_unstable();
    mandates.dedup();
    (!against.is_empty()).then_some((leaders, mandates, against))
}

fn told(
    context: &Context<'_>,
    id: ProcedureId,
    node: NodeId,
    bodies: &[BodyId],
    power: PowerId,
    span: Span,
    (leaders, mandates, region): (Vec<BodyId>, Vec<MandateId>, Region),
) -> Finding {
    let mut finding = at(Finding::new(&CHECK), id, node)
        .fact("bodies", Fact::Bodies(bodies.to_vec()))
        .fact("leaders", Fact::Bodies(leaders))
        .fact("power", Fact::Power(power))
        .place(span, "performer");
    for mandate in mandates {
        finding = finding.place(context.institution()[mandate].head.span, "mandate");
    }
    with_run_within(context, finding.on(region.clone()), id, node, None, Some(&region))
}
