//! Q002: somebody leads, or holds a power, where a property says that they never do.

use super::beginnings::starting;
use super::duty::Acts;
use super::handing::Handing;
use super::passings::norm_span;
use super::property::{demands, in_scope, refuted};
use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, Demand, Holder, NodeKind, PowerId, PropertyId};
use linkage_regions::Region;
use linkage_text::{Severity, Span};

pub static CHECK: Check = Check {
    code: "Q002",
    name: "exclusion-refuted",
    severity: Severity::Error,
    page: include_str!("exclusion_refuted.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let refutation = |(id, demand): (PropertyId, &Demand)| match demand {
        Demand::NotLed(holders, region) => led(context, id, holders, &in_scope(context, region)),
        Demand::NotHeld(power, holders, region) => {
            held(context, id, *power, holders, &in_scope(context, region))
        }
        _ => None,
    };
    demands(context).filter_map(refutation).collect()
}

fn led(context: &Context<'_>, id: PropertyId, holders: &[Holder], region: &Region) -> Option<Finding> {
    let barred = context.competence().of_holders(holders);
    let mut finding = refuted(&CHECK, context, id);
    let mut bodies: Vec<BodyId> = Vec::new();
    let mut all = Region::empty(&context.institution().space);
    for (index, claim) in context.division.claims().iter().enumerate() {
        let own: Vec<BodyId> = claim.bodies.iter().copied().filter(|body| barred.contains(body)).collect();
        if own.is_empty() {
            continue;
        }
        let part = context.led(index).intersect(region);
        if !part.is_empty() {
            all = all.union(&part);
            bodies.extend(own);
            let span = context.institution()[claim.mandate].head.span;
            finding = finding.place_of(span, "leads", "mandate", Fact::Mandate(claim.mandate));
        }
    }
    for (body, (part, span)) in handed(context) {
        let part = part.intersect(region);
        if barred.contains(&body) && !part.is_empty() {
            all = all.union(&part);
            bodies.push(body);
            finding = finding.place_of(span, "handed", "body", Fact::Body(body));
        }
    }
    told(finding, bodies, all)
}

/// Those who come to lead a case because the rules let a step of the lead be handed to them: the lead follows.
fn handed(context: &Context<'_>) -> Vec<(BodyId, (Region, Span))> {
    let mut found = Vec::new();
    for (id, procedure) in context.institution().procedures() {
        let declared = procedure
            .nodes
            .iter()
            .any(|node| matches!(&node.kind, NodeKind::Step(step) if !step.hand_over.is_empty()));
        if declared {
            let acts = Acts::over(context, id, starting(context, id));
            let handing = Handing::of(context, &acts);
            found.extend(handing.handed().iter().map(|(body, own)| (*body, own.clone())));
        }
    }
    found
}

fn held(
    context: &Context<'_>,
    id: PropertyId,
    power: PowerId,
    holders: &[Holder],
    region: &Region,
) -> Option<Finding> {
    let mut finding = refuted(&CHECK, context, id).told_by("power").fact("power", Fact::Power(power));
    let mut bodies = Vec::new();
    let mut all = Region::empty(&context.institution().space);
    for body in context.competence().of_holders(holders) {
        for holding in context.competence().holdings(body, power) {
            let part = holding.region.intersect(region);
            if part.is_empty() {
                continue;
            }
            all = all.union(&part);
            bodies.push(body);
            finding = finding.place(norm_span(context, holding.grant), "granted");
            for link in &holding.chain {
                let span = context.institution()[link.passing].head.span;
                finding = finding.place_of(span, "passed", "passing", Fact::Passing(link.passing));
            }
        }
    }
    told(finding, bodies, all)
}

fn told(finding: Finding, mut bodies: Vec<BodyId>, region: Region) -> Option<Finding> {
    bodies.sort_unstable();
    bodies.dedup();
    (!region.is_empty()).then(|| finding.fact("bodies", Fact::Bodies(bodies)).on(region))
}
