//! R001: a step uses what no lawful chain of channels brings to whoever performs it.

use std::collections::BTreeMap;

use super::duty::Acts;
use super::finding::Fault;
use super::graph::with_run_within;
use super::reach::{elsewhere, founded, named, reached, reached_with};
use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, NodeId, ProcedureId, ResourceId};
use linkage_regions::Region;
use linkage_text::Severity;
use linkage_text::Span;

pub static CHECK: Check = Check {
    code: "R001",
    name: "resource-out-of-reach",
    severity: Severity::Warning,
    page: include_str!("resource_out_of_reach.md"),
    run,
};

/// A step that lacks a resource.
struct Lack {
    procedure: ProcedureId,
    node: NodeId,
    bodies: Vec<BodyId>,
    region: Region,
    span: Span,
}

/// One finding a resource, however many steps lack it.
fn run(context: &Context<'_>) -> Vec<Finding> {
    let reach: Vec<_> = context.institution().resources().map(|(id, _)| reached(context, id)).collect();
    let mut lacks: BTreeMap<ResourceId, Vec<Lack>> = BTreeMap::new();
    let mut away: BTreeMap<ResourceId, Vec<Lack>> = BTreeMap::new();
    for (procedure, _) in context.institution().procedures() {
        let acts = Acts::new(context, procedure, |step| !step.uses.is_empty());
        for act in acts.all() {
            for (resource, span) in &act.step.uses {
                let has = |body: &BodyId| reach[resource.index()].contains(body);
                for (bodies, region, _) in &act.groups {
                    let elsewhere = elsewhere(context, &context.institution()[*resource], region);
                    if !elsewhere.is_empty() {
                        let (node, bodies, region) = (act.node, bodies.clone(), elsewhere);
                        away.entry(*resource).or_default().push(Lack {
                            procedure,
                            node,
                            bodies,
                            region,
                            span: *span,
                        });
                    }
                    // One who has it suffices: of several any may act, and a joint step is one act.
                    let lacking = !bodies.iter().any(has);
                    if lacking && !region.is_empty() {
                        let bodies = bodies.iter().filter(|body| !has(body)).copied().collect();
                        let (node, region) = (act.node, region.clone());
                        let lack = Lack { procedure, node, bodies, region, span: *span };
                        lacks.entry(*resource).or_default().push(lack);
                    }
                }
            }
        }
    }
    let lacks = lacks.into_iter().filter_map(|(resource, lacks)| finding(context, resource, &lacks));
    let away = away.into_iter().filter_map(|(resource, lacks)| elsewhere_finding(context, resource, &lacks));
    lacks.chain(away).collect()
}

/// A step uses, at places where it does not serve, what there is elsewhere.
fn elsewhere_finding(context: &Context<'_>, resource: ResourceId, lacks: &[Lack]) -> Option<Finding> {
    let institution = context.institution();
    let first = lacks.first()?;
    let declared = &institution[resource];
    let areas: Vec<&str> = declared.areas.iter().map(|area| institution.areas.head(*area).label()).collect();
    let mut spans: Vec<Span> = lacks.iter().map(|lack| lack.span).collect();
    spans.dedup();
    let mut finding = Finding::new(&CHECK)
        .told_by("elsewhere")
        .fact("resource", Fact::Resource(resource))
        .fact("areas", Fact::Text(areas.join(", ").into()));
    for span in spans {
        finding = finding.place(span, "used");
    }
    let region = lacks.iter().skip(1).fold(first.region.clone(), |all, lack| all.union(&lack.region));
    finding = finding.place(declared.head.span, "resource_there").on(region);
    Some(with_run_within(context, finding, first.procedure, first.node, None, Some(&first.region)))
}

/// The faults of channels of which each alone keeps the resource from all who lack it.
fn causes(context: &Context<'_>, resource: ResourceId, lacks: &[Lack]) -> Vec<Fault> {
    let institution = context.institution();
    let mut faults = Vec::new();
    for (id, channel) in institution.channels() {
        if !channel.carries.iter().any(|(own, _)| *own == resource) {
            continue;
        }
        let own: Vec<Fault> =
            match (founded(context, channel), channel.shares_purpose(&institution[resource])) {
                (true, false) => vec![Fault::ChannelPurpose(id)],
                (false, true) if channel.basis.is_empty() => vec![Fault::ChannelBasis(id)],
                (false, true) => channel.basis.iter().map(|citation| Fault::Basis(citation.span)).collect(),
                _ => continue,
            };
        let reach = reached_with(context, resource, id);
        if lacks.iter().all(|lack| lack.bodies.iter().any(|body| reach.contains(body))) {
            faults.extend(own);
        }
    }
    faults
}

fn finding(context: &Context<'_>, resource: ResourceId, lacks: &[Lack]) -> Option<Finding> {
    let institution = context.institution();
    let first = lacks.first()?;
    let mut bodies: Vec<BodyId> = lacks.iter().flat_map(|lack| lack.bodies.iter().copied()).collect();
    bodies.sort_unstable();
    bodies.dedup();
    let mut spans: Vec<Span> = lacks.iter().map(|lack| lack.span).collect();
    spans.dedup();
    let holders = named(context, &institution[resource].holders).into_iter().collect();
    let mut finding = Finding::new(&CHECK)
        .fact("resource", Fact::Resource(resource))
        .fact("bodies", Fact::Bodies(bodies.clone()))
        .fact("holders", Fact::Bodies(holders));
    for span in spans {
        finding = finding.place(span, "used");
    }
    finding = finding.place(institution[resource].head.span, "resource");
    // Channels that would bring it, were they lawful.
    for (id, channel) in institution.channels() {
        let carries = channel.carries.iter().any(|(own, _)| *own == resource);
        let receivers = named(context, &channel.receivers);
        if carries && bodies.iter().any(|body| receivers.contains(body)) {
            finding = finding.place_of(channel.head.span, "void", "channel", Fact::Channel(id));
        }
    }
    finding = finding.following(causes(context, resource, lacks));
    Some(with_run_within(context, finding, first.procedure, first.node, None, Some(&first.region)))
}
