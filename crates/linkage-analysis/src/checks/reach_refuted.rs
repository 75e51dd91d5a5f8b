//! Q004: a step comes to somebody whom a property keeps from it.
//!
//! A step comes to those who perform it, to those to whom it may be handed or who may be designated for it, to those
//! on the rungs of its ladder who are charged with it or may take it over, to the fallback body where nobody is there
//! to perform it, and to a chair that breaks ties.

use std::sync::Arc;

use super::courses::{ends, region as of_classes};
use super::duty::Acts;
use super::graph::shortest_run;
use super::handing::{Found, Handing, add, with_powers};
use super::ladder::{ladder_of, sent_up};
use super::property::{beginning, demands, refuted};
use super::rung_never_fires::never_stepped_on;
use super::{Check, Context, Fact, Finding};
use linkage_flow::{Course, Spot};
use linkage_model::{Condition, Demand, Holder, NodeId, NodeKind, ProcedureId, PropertyId, Step};
use linkage_regions::Region;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "Q004",
    name: "reach-refuted",
    severity: Severity::Error,
    page: include_str!("reach_refuted.md"),
    run,
};

/// Who comes to a step, where, and by which words of the rules.
type Comers = Found;

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (property, demand) in demands(context) {
        let Demand::Reach { steps, holders, only, region } = demand else { continue };
        for (id, node) in steps {
            let comers = comers(context, *id, *node, region);
            findings.extend(told(context, property, (*id, *node), comers, holders, *only));
        }
    }
    findings
}

fn told(
    context: &Context<'_>,
    property: PropertyId,
    (id, node): (ProcedureId, NodeId),
    comers: Comers,
    holders: &[Holder],
    only: bool,
) -> Option<Finding> {
    let named = context.competence().of_holders(holders);
    let barred = comers.into_iter().filter(|(body, _)| named.contains(body) != only);
    let mut finding = refuted(&CHECK, context, property).fact("step", Fact::Node(id, node));
    let (mut bodies, mut all) = (Vec::new(), Region::empty(&context.institution().space));
    for (body, (region, span)) in barred {
        finding = finding.place_of(span, "comes", "body", Fact::Body(body));
        bodies.push(body);
        all = all.union(&region);
    }
    if bodies.is_empty() {
        return None;
    }
    let run = shortest_run(context, id, Spot::Node(node), &all);
    let finding = finding.fact("bodies", Fact::Bodies(bodies)).on(all);
    Some(run.map_or(finding.clone(), |witness| finding.shown_by(witness)))
}

/// All who come to a step in the cases of a region.
fn comers(context: &Context<'_>, id: ProcedureId, node: NodeId, region: &Region) -> Comers {
    let institution = context.institution();
    let procedure = &institution[id];
    let mut comers = Comers::new();
    let NodeKind::Step(step) = &procedure.nodes[node.index()].kind else { return comers };
    let begins = beginning(context, id, region);
    let flow = Arc::clone(&context.flows[id.index()]);
    let course = Course::new(procedure, &flow, &institution.space, &begins, ends(context));
    let here = of_classes(context, &course, &(course.reach_node(node) & &course.applies(node)));
    if here.is_empty() {
        return comers;
    }
    let acts = Acts::over(context, id, &begins);
    let handing = Handing::of(context, &acts);
    let mut nobody = here.clone();
    for (performer, span) in &step.by {
        nobody = handing.nobody(context, &acts, performer, &nobody);
        for (body, (part, span)) in handing.who(context, &acts, (performer, *span), &here) {
            add(&mut comers, body, &part, span);
        }
    }
    for (body, (part, span)) in handing.given(context, &acts, (node, step), &here) {
        add(&mut comers, body, &part, span);
    }
    by_fallback(context, &nobody, &mut comers);
    by_rungs(context, id, (node, step), (&acts, &handing), &here, &mut comers);
    // Where voices are even the step passes to a chair that decides.
    if let Some(chair) = procedure.chair_of(step).filter(|chair| chair.decides) {
        for body in context.competence().standing_in(chair.body) {
            add(&mut comers, *body, &here, chair.span);
        }
    }
    comers
}

/// Where nobody is named, the fallback body stands in.
fn by_fallback(context: &Context<'_>, nobody: &Region, comers: &mut Comers) {
    if let Some((fallback, span)) = context.institution().scope.fallback {
        for body in context.competence().standing_in(fallback) {
            add(comers, *body, nobody, span);
        }
    }
}

/// Those on the rungs of the ladder that serves a step, as far as anything steps on them: who is charged with the step
/// there, and who may take it over. Whoever is only told has no right to act.
fn by_rungs(
    context: &Context<'_>,
    id: ProcedureId,
    (node, step): (NodeId, &Step),
    (acts, handing): (&Acts<'_>, &Handing),
    here: &Region,
    comers: &mut Comers,
) {
    let procedure = &context.institution()[id];
    let ladder = ladder_of(id, procedure, node, step);
    for (index, rung) in ladder.rungs.iter().enumerate() {
        let charged = sent_up(step) || matches!(rung.condition, Condition::Refusal);
        if !(charged || rung.takes_over) || never_stepped_on(context, &ladder, index) {
            continue;
        }
        for (body, (part, span)) in handing.who(context, acts, (&rung.to, rung.span), here) {
            let part = if charged { part } else { with_powers(context, step, body, &part) };
            add(comers, body, &part, span);
        }
        by_fallback(context, &handing.nobody(context, acts, &rung.to, here), comers);
    }
}
