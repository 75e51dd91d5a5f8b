//! D001: a part of the scope where nobody leads.

use std::collections::BTreeMap;

use num_bigint::BigUint;

use super::{Check, Context, Fact, Finding};
use crate::model::{Division, Institution, MandateId, Standing};
use crate::space::{Cuboid, Region, Side, Tree};
use crate::text::Severity;

pub static CHECK: Check =
    Check { code: "D001", name: "gap", severity: Severity::Error, page: include_str!("gap.md"), run };

/// A part of the gap, and what is lacking there.
#[derive(Debug, Clone)]
pub struct Lacking {
    /// Where nobody leads.
    pub region: Region,
    /// The mandates that would lead there if they were worth anything.
    pub waiting: Vec<MandateId>,
}

fn run(context: &Context<'_>) -> Vec<Finding> {
    let plain = context.lacking.iter().filter(|lacking| !is_supported(context.division, lacking));
    plain.map(|lacking| finding(context, Finding::new(&CHECK), lacking)).collect()
}

/// Whether somebody is named to support what nobody leads.
pub(super) fn is_supported(division: &Division<'_>, lacking: &Lacking) -> bool {
    lacking.waiting.iter().any(|id| {
        *division.standing(*id) == Standing::NoLead && !division.institution[*id].supports.is_empty()
    })
}

/// The finding with its places: what waits, the first matter, the scope.
pub(super) fn finding(context: &Context<'_>, mut finding: Finding, lacking: &Lacking) -> Finding {
    let institution = context.institution();
    for id in &lacking.waiting {
        let label = match context.division.standing(*id) {
            Standing::OpenSlot(_) => "open_slot",
            Standing::OutOfTime => "out_of_time",
            Standing::NoBasisInForce => "stale",
            Standing::NoLead => "no_lead",
            Standing::Excluded | Standing::Claims => "excluded",
        };
        finding = finding.place_of(institution[*id].head.span, label, "mandate", Fact::Mandate(*id));
    }
    let first = lacking
        .region
        .witness()
        .and_then(|point| institution.matters.tree.leaf(point.0[Institution::MATTER]));
    if let Some(matter) = first {
        finding = finding.place(institution.matters.head(matter).span, "matter");
    }
    if let Some(scope) = institution.scope.span {
        finding = finding.place(scope, "scope");
    }
    finding.on(lacking.region.clone())
}

/// The gap parted so that each part is one fault: what waits for the same mandates; where nothing waits,
/// each subtree of matters that lacks a lead in the same areas, at the same times, under the same
/// conditions.
pub(super) fn lacking(division: &Division<'_>, gap: &Region) -> Vec<Lacking> {
    let idle = idle(division);
    by_matter(division.institution, gap).into_iter().flat_map(|gap| by_cause(division, &idle, &gap)).collect()
}

/// The mandates that claim nothing, or not everywhere, with the regions that they might lead.
fn idle<'d>(division: &'d Division<'_>) -> BTreeMap<MandateId, Vec<&'d Region>> {
    let all = division.institution.mandates();
    let without = all.filter(|(id, _)| *division.standing(*id) != Standing::Claims);
    let mut idle: BTreeMap<MandateId, Vec<&Region>> =
        without.map(|(id, mandate)| (id, vec![&mandate.region])).collect();
    for barred in division.barred() {
        idle.entry(barred.mandate).or_default().push(&barred.region);
    }
    idle
}

fn by_cause(division: &Division<'_>, idle: &BTreeMap<MandateId, Vec<&Region>>, gap: &Region) -> Vec<Lacking> {
    let institution = division.institution;
    let axis = Institution::MATTER;
    let matters = gap.cuboids().iter().fold(Side::empty(), |all, cuboid| all.union(&cuboid.sides()[axis]));
    let mut parts: Vec<Lacking> = Vec::new();
    for side in subtrees(&institution.matters.tree, &matters) {
        let region = gap.intersect(&slab(institution, side));
        let reaches = |regions: &Vec<&Region>| regions.iter().any(|own| !own.is_disjoint(&region));
        let waiting: Vec<MandateId> =
            idle.iter().filter(|(_, regions)| reaches(regions)).map(|(id, _)| *id).collect();
        match parts.iter_mut().find(|other| !waiting.is_empty() && other.waiting == waiting) {
            Some(whole) => whole.region = whole.region.union(&region),
            None => parts.push(Lacking { region, waiting }),
        }
    }
    parts
}

/// The largest subtrees that make up these matters.
fn subtrees(tree: &Tree, matters: &Side) -> Vec<Side> {
    let mut found: Vec<Side> = Vec::new();
    let mut done = 0;
    // A node stands before those below it, so the largest is met first.
    for (_, node) in tree.nodes().skip(1) {
        if node.leaves.start >= done && matters.covers(node.leaves) {
            found.push(Side::from(node.leaves));
            done = node.leaves.end;
        }
    }
    found
}

/// Parts the gap so that matters which lack a lead in the same areas, at the same times and under the
/// same conditions stay together.
fn by_matter(institution: &Institution, gap: &Region) -> Vec<Region> {
    let axis = Institution::MATTER;
    let space = &institution.space;
    let runs = |cuboid: &Cuboid| cuboid.sides()[axis].runs().to_vec();
    let mut cuts: Vec<u32> =
        gap.cuboids().iter().flat_map(runs).flat_map(|run| [run.start, run.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    // Between two cuts the same boxes lie, all the way.
    let mut lying: Vec<Vec<&Cuboid>> = vec![Vec::new(); cuts.len()];
    for cuboid in gap.cuboids() {
        for run in runs(cuboid) {
            let first = cuts.partition_point(|cut| *cut < run.start);
            let last = cuts.partition_point(|cut| *cut < run.end);
            lying[first..last].iter_mut().for_each(|here| here.push(cuboid));
        }
    }
    let whole = Side::interval(0, space.dimensions[axis].size());
    let mut parts: Vec<(Side, Region)> = Vec::new();
    let mut by_count: BTreeMap<BigUint, Vec<usize>> = BTreeMap::new();
    for (ends, here) in cuts.windows(2).zip(lying) {
        if here.is_empty() {
            continue;
        }
        let run = Side::interval(ends[0], ends[1]);
        let rest = here.into_iter().map(|cuboid| cuboid.with(axis, whole.clone()));
        let rest = Region::from_cuboids(space, rest);
        let alike = by_count.entry(rest.count()).or_default();
        match alike.iter().find(|at| parts[**at].1.same_as(&rest)) {
            Some(at) => parts[*at].0 = parts[*at].0.union(&run),
            None => {
                alike.push(parts.len());
                parts.push((run, rest));
            }
        }
    }
    parts.into_iter().map(|(side, rest)| rest.intersect(&slab(institution, side))).collect()
}

/// All situations of these matters.
fn slab(institution: &Institution, matters: Side) -> Region {
    let space = &institution.space;
    Region::from_cuboid(space, Cuboid::full(space).with(Institution::MATTER, matters))
}
