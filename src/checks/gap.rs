//! D001: a part of the scope where nobody leads.

use super::{Check, Context, Fact, Finding};
use crate::model::{Institution, Standing};
use crate::space::{Cuboid, Region, Run, Side};
use crate::text::Severity;

pub static CHECK: Check =
    Check { code: "D001", name: "gap", severity: Severity::Error, page: include_str!("gap.md"), run };

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let gaps = context.division.gaps(&institution.scope.region);
    by_matter(institution, &gaps).into_iter().map(|gap| finding(context, gap)).collect()
}

fn finding(context: &Context<'_>, gap: Region) -> Finding {
    let institution = context.institution();
    let mut finding = Finding::new(&CHECK);
    // Mandates that would lead here if they were worth anything: the nearest cause.
    for (id, mandate) in institution.mandates() {
        let label = match context.division.standing(id) {
            Standing::Claims | Standing::NoLead => continue,
            Standing::OpenSlot(_) => "open_slot",
            Standing::OutOfTime => "out_of_time",
            Standing::NoBasisInForce => "stale",
        };
        if !mandate.region.is_disjoint(&gap) {
            finding = finding.place_of(mandate.head.span, label, "mandate", Fact::Mandate(id));
        }
    }
    for (id, mandate) in institution.mandates().filter(|(_, mandate)| mandate.leads.is_empty()) {
        if !mandate.region.is_disjoint(&gap) {
            finding = finding.place_of(mandate.head.span, "no_lead", "mandate", Fact::Mandate(id));
        }
    }
    if let Some(scope) = institution.scope.span {
        finding = finding.place(scope, "scope");
    }
    if let Some(matter) = gap.witness().and_then(|point| institution.matters.tree.leaf(point.0[Institution::MATTER])) {
        finding = finding.place(institution.matters.head(matter).span, "matter");
    }
    finding.on(gap)
}

/// Parts the gap so that each part is one fault: matters that lack a lead in the same areas, at the same
/// times, under the same conditions belong together.
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
    let slab = |side: Side| Region::from_cuboid(space, Cuboid::full(space).with(axis, side));
    parts.into_iter().map(|(side, rest)| rest.intersect(&slab(side))).collect()
}
