//! D015: a body supervises what it leads itself, or is the escalation target of its own step.

use std::collections::BTreeMap;

use super::beginnings::starting;
use super::duty::Acts;
use super::graph::with_run_within;
use super::{Check, Context, Fact, Finding};
use linkage_flow::Way;
use linkage_model::{
    BodyId, Condition, Node, NodeId, NodeKind, Performer, ProcedureId, Rung, Standing, Step,
};
use linkage_regions::Region;
use linkage_text::{Severity, Span};

pub static CHECK: Check = Check {
    code: "D015",
    name: "self-supervision",
    severity: Severity::Warning,
    page: include_str!("self_supervision.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    by_mandates(context).into_iter().chain(by_procedures(context)).chain(by_steps(context)).collect()
}

/// Finds bodies that supervise a procedure whose cases they lead.
fn by_procedures(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut findings = Vec::new();
    for (id, procedure) in institution.procedures().filter(|(_, own)| !own.supervisors.is_empty()) {
        let by_lead = |node: &Node| match &node.kind {
            NodeKind::Step(step) => step.by.iter().any(|(by, _)| *by == Performer::Lead),
            _ => false,
        };
        if procedure.lead.is_none() && !procedure.nodes.iter().any(by_lead) {
            continue;
        }
        let acts = Acts::new(context, id, |_| true);
        let leads = acts.who(&Performer::Lead, starting(context, id));
        for (named, span) in &procedure.supervisors {
            for bearer in institution.bearers(*named, context.division.day) {
                let own = leads.iter().filter(|(bodies, _)| bodies.contains(&bearer.body));
                let own = own.map(|(_, region)| bearer.within(region));
                let own = own.fold(Region::empty(&institution.space), |all, part| all.union(&part));
                if own.is_empty() {
                    continue;
                }
                let finding = Finding::new(&CHECK)
                    .told_by("procedure")
                    .fact("body", Fact::Body(bearer.body))
                    .fact("procedure", Fact::Procedure(id))
                    .place(*span, "supervises");
                findings.push(finding.on(own));
            }
        }
    }
    findings
}

/// A rung that leads to the one body that performs a step: it would have to complain to itself.
struct OwnRung {
    rung: Rung,
    body: BodyId,
    /// The steps that it performs, where, and where that is said.
    steps: Vec<(NodeId, Region, Span)>,
}

/// One finding a rung, for all steps that it serves.
fn by_steps(context: &Context<'_>) -> Vec<Finding> {
    let ids = context.institution().procedures().map(|(id, _)| id);
    let found = ids.flat_map(|id| own_rungs(context, id).into_iter().map(move |own| (id, own)));
    found.map(|(id, own)| by_rung(context, id, &own)).collect()
}

fn own_rungs(context: &Context<'_>, id: ProcedureId) -> Vec<OwnRung> {
    let procedure = &context.institution()[id];
    let ladder = |step: &Step| -> Vec<Rung> {
        if step.escalation.is_empty() { procedure.escalation.clone() } else { step.escalation.clone() }
    };
    let mut found: Vec<OwnRung> = Vec::new();
    let acts = Acts::new(context, id, |step| !ladder(step).is_empty());
    for act in acts.all() {
        for rung in ladder(act.step) {
            for (bodies, region, span) in &act.groups {
                let [body] = bodies.as_slice() else { continue };
                for (to, region) in acts.who(&rung.to, region) {
                    if to.as_slice() != [*body] || region.is_empty() {
                        continue;
                    }
                    let step = (act.node, region, *span);
                    match found.iter_mut().find(|own| own.rung.span == rung.span && own.body == *body) {
                        Some(own) => own.steps.push(step),
                        None => found.push(OwnRung { rung: rung.clone(), body: *body, steps: vec![step] }),
                    }
                }
            }
        }
    }
    found
}

fn by_rung(context: &Context<'_>, id: ProcedureId, own: &OwnRung) -> Finding {
    let mut nodes: Vec<NodeId> = own.steps.iter().map(|(node, ..)| *node).collect();
    nodes.dedup();
    let cuboids = own.steps.iter().flat_map(|(_, region, _)| region.cuboids().iter().cloned());
    let mut finding = Finding::new(&CHECK)
        .told_by("escalation")
        .fact("body", Fact::Body(own.body))
        .fact("steps", Fact::Nodes(id, nodes))
        .fact("procedure", Fact::Procedure(id))
        .place(own.rung.span, "rung")
        .on(Region::from_cuboids(&context.institution().space, cuboids));
    for (.., span) in &own.steps {
        finding = finding.place(*span, "performs");
    }
    let way = match own.rung.condition {
        Condition::Refusal => Way::Refusal,
        _ => Way::Timeout,
    };
    match own.steps.first() {
        Some((node, region, _)) => with_run_within(context, finding, id, *node, Some(way), Some(region)),
        None => finding,
    }
}

fn by_mandates(context: &Context<'_>) -> Vec<Finding> {
    let (institution, day) = (context.institution(), context.division.day);
    let mut supervised: BTreeMap<BodyId, Vec<(Region, Span)>> = BTreeMap::new();
    let says_nothing = [Standing::OutOfTime, Standing::NoBasisInForce];
    let in_force =
        institution.mandates().filter(|(id, _)| !says_nothing.contains(context.division.standing(*id)));
    for (_, mandate) in in_force {
        for (named, span) in &mandate.supervisors {
            for bearer in institution.bearers(*named, day) {
                let place = bearer.within(&mandate.region);
                supervised.entry(bearer.body).or_default().push((place, *span));
            }
        }
    }
    let mut findings = Vec::new();
    for (at, claim) in context.division.claims().iter().enumerate() {
        for body in &claim.bodies {
            for (region, span) in supervised.get(body).into_iter().flatten() {
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
                    if institution.standing_within(*lead, day, &own).contains(body) {
                        finding = finding.place(*span, "leads");
                    }
                }
                findings.push(finding.on(own));
            }
        }
    }
    findings
}
