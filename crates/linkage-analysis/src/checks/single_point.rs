//! R005: a resource comes to whoever needs it through one body or one channel alone.

use std::collections::{BTreeMap, BTreeSet};

use super::duty::Acts;
use super::graph::with_run_within;
use super::reach::{carrying, named};
use super::{Check, Context, Fact, Finding};
use crate::network::points_of_failure;
use linkage_model::{BodyId, ChannelId, NodeId, ProcedureId, ResourceId};
use linkage_regions::Region;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "R005",
    name: "single-point-of-failure",
    severity: Severity::Note,
    page: include_str!("single_point.md"),
    run,
};

/// What every way passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Point {
    Body(BodyId),
    Channel(ChannelId),
}

/// What the loss of the same points cuts off.
#[derive(Default)]
struct Cut {
    resources: BTreeSet<ResourceId>,
    bodies: BTreeSet<BodyId>,
    first: Option<(ProcedureId, NodeId, Region)>,
}

/// One finding for what the same points carry.
fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut cuts: BTreeMap<Vec<Point>, Cut> = BTreeMap::new();
    let mut known: BTreeMap<(ResourceId, Vec<BodyId>), Vec<Point>> = BTreeMap::new();
    for (procedure, _) in institution.procedures() {
        let acts = Acts::new(context, procedure, |step| !step.uses.is_empty());
        for act in acts.all() {
            for (resource, _) in &act.step.uses {
                for (bodies, region, _) in act.groups.iter().filter(|(_, region, _)| !region.is_empty()) {
                    let points = known
                        .entry((*resource, bodies.clone()))
                        .or_insert_with(|| passed(context, *resource, bodies));
                    if points.is_empty() {
                        continue;
                    }
                    let cut = cuts.entry(points.clone()).or_default();
                    cut.resources.insert(*resource);
                    cut.bodies.extend(bodies);
                    cut.first.get_or_insert_with(|| (procedure, act.node, region.clone()));
                }
            }
        }
    }
    cuts.into_iter().map(|(points, cut)| finding(context, &points, cut)).collect()
}

/// What every way of a resource to one of these bodies passes; they themselves are no way.
fn passed(context: &Context<'_>, resource: ResourceId, bodies: &[BodyId]) -> Vec<Point> {
    let channels = carrying(context, resource);
    let count = context.institution().bodies.len();
    let (source, sink) = (count + channels.len(), count + channels.len() + 1);
    let mut arcs: Vec<(usize, usize)> = Vec::new();
    let holders = named(context, &context.institution()[resource].holders);
    arcs.extend(holders.iter().map(|holder| (source, holder.index())));
    for (at, carrier) in channels.iter().enumerate() {
        arcs.extend(carrier.givers.iter().map(|giver| (giver.index(), count + at)));
        arcs.extend(carrier.receivers.iter().map(|receiver| (count + at, receiver.index())));
    }
    arcs.extend(bodies.iter().map(|body| (body.index(), sink)));
    let all: Vec<BodyId> = context.institution().bodies().map(|(id, _)| id).collect();
    let point = |at: usize| match all.get(at) {
        Some(body) => (!bodies.contains(body)).then_some(Point::Body(*body)),
        None => channels.get(at - count).map(|carrier| Point::Channel(carrier.channel)),
    };
    points_of_failure(sink + 1, &arcs, source, sink).into_iter().filter_map(point).collect()
}

fn finding(context: &Context<'_>, points: &[Point], cut: Cut) -> Finding {
    let institution = context.institution();
    let of_bodies: Vec<BodyId> = points
        .iter()
        .filter_map(|point| if let Point::Body(body) = point { Some(*body) } else { None })
        .collect();
    let channels: Vec<ChannelId> = points
        .iter()
        .filter_map(|point| if let Point::Channel(channel) = point { Some(*channel) } else { None })
        .collect();
    let sentence = match (of_bodies.is_empty(), channels.is_empty()) {
        (true, _) => "channels",
        (_, true) => "bodies",
        _ => "main",
    };
    let mut finding = Finding::new(&CHECK)
        .told_by(sentence)
        .fact("resources", Fact::Resources(cut.resources.into_iter().collect()))
        .fact("performers", Fact::Bodies(cut.bodies.into_iter().collect()))
        .fact("bodies", Fact::Bodies(of_bodies))
        .fact("channels", Fact::Channels(channels));
    for point in points {
        let span = match point {
            Point::Body(body) => institution[*body].head.span,
            Point::Channel(channel) => institution[*channel].head.span,
        };
        finding = finding.place(span, "point");
    }
    match cut.first {
        Some((procedure, node, region)) => {
            with_run_within(context, finding, procedure, node, None, Some(&region))
        }
        None => finding,
    }
}
