//! D001: a part of the scope where nobody leads.

use super::{Check, Context, Fact, Finding};
use crate::model::{Institution, MandateId, Standing};
use crate::space::{Cuboid, Region, Run, Side, SideName, describe_side};
use crate::text::Severity;

pub static CHECK: Check =
    Check { code: "D001", name: "gap", severity: Severity::Error, page: include_str!("gap.md"), run };

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let faults =
        by_matter(institution, &context.gaps.found).into_iter().flat_map(|gap| by_cause(context, &gap));
    faults.map(|(gap, waiting)| finding(context, gap, &waiting)).collect()
}

fn finding(context: &Context<'_>, gap: Region, waiting: &[MandateId]) -> Finding {
    let institution = context.institution();
    let mut finding = Finding::new(&CHECK);
    for id in waiting {
        let label = match context.division.standing(*id) {
            Standing::OpenSlot(_) => "open_slot",
            Standing::OutOfTime => "out_of_time",
            Standing::NoBasisInForce => "stale",
            Standing::NoLead | Standing::Claims => "no_lead",
        };
        finding = finding.place_of(institution[*id].head.span, label, "mandate", Fact::Mandate(*id));
    }
    let first = gap.witness().and_then(|point| institution.matters.tree.leaf(point.0[Institution::MATTER]));
    if let Some(matter) = first {
        finding = finding.place(institution.matters.head(matter).span, "matter");
    }
    if let Some(scope) = institution.scope.span {
        finding = finding.place(scope, "scope");
    }
    finding.on(gap)
}

/// The mandates that would lead in a region if they were worth anything: the nearest cause of a gap.
fn waiting_for(context: &Context<'_>, region: &Region) -> Vec<MandateId> {
    let idle = context.institution().mandates().filter(|(id, mandate)| {
        *context.division.standing(*id) != Standing::Claims && !mandate.region.is_disjoint(region)
    });
    idle.map(|(id, _)| id).collect()
}

/// Parts a gap by its nearest cause: what waits for the same mandates is one fault; where nothing waits,
/// each subtree of matters is one.
fn by_cause(context: &Context<'_>, gap: &Region) -> Vec<(Region, Vec<MandateId>)> {
    let institution = context.institution();
    let axis = Institution::MATTER;
    let dimension = &institution.space.dimensions[axis];
    let matters = gap.cuboids().iter().fold(Side::empty(), |all, cuboid| all.union(&cuboid.sides()[axis]));
    let subtrees: Vec<Side> = match describe_side(dimension, &matters) {
        SideName::Nodes(named) if named.except.is_empty() => {
            named.all_of.iter().map(|node| institution.matters.tree.side(*node)).collect()
        }
        _ => vec![matters],
    };
    let mut parts: Vec<(Region, Vec<MandateId>)> = Vec::new();
    for side in subtrees {
        let part = gap.intersect(&slab(institution, side));
        let waiting = waiting_for(context, &part);
        match parts.iter_mut().find(|(_, other)| !waiting.is_empty() && *other == waiting) {
            Some((whole, _)) => *whole = whole.union(&part),
            None => parts.push((part, waiting)),
        }
    }
    parts
}

/// Parts the gap so that matters which lack a lead in the same areas, at the same times and under the
/// same conditions stay together.
fn by_matter(institution: &Institution, gap: &Region) -> Vec<Region> {
    let axis = Institution::MATTER;
    let space = &institution.space;
    let mut cuts: Vec<u32> = gap
        .cuboids()
        .iter()
        .flat_map(|cuboid| cuboid.sides()[axis].runs().iter().flat_map(|run| [run.start, run.end]))
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let whole = Side::interval(0, space.dimensions[axis].size());
    let mut parts: Vec<(Side, Region)> = Vec::new();
    for ends in cuts.windows(2) {
        let run = Run::new(ends[0], ends[1]);
        let here = gap.cuboids().iter().filter(|cuboid| cuboid.sides()[axis].covers(run));
        let rest = Region::from_cuboids(space, here.map(|cuboid| cuboid.with(axis, whole.clone())));
        if rest.is_empty() {
            continue;
        }
        match parts.iter_mut().find(|(_, other)| other.same_as(&rest)) {
            Some((side, _)) => *side = side.union(&Side::interval(run.start, run.end)),
            None => parts.push((Side::interval(run.start, run.end), rest)),
        }
    }
    parts.into_iter().map(|(side, rest)| rest.intersect(&slab(institution, side))).collect()
}

/// All situations of these matters.
fn slab(institution: &Institution, matters: Side) -> Region {
    let space = &institution.space;
    Region::from_cuboid(space, Cuboid::full(space).with(Institution::MATTER, matters))
}
