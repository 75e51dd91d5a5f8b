//! D001: a part of the scope where nobody leads.

use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;

use super::finding::Fault;
use super::{Check, Context, Fact, Finding};
use linkage_model::{Division, Institution, MandateId, Standing};
use linkage_regions::{Cuboid, Region, Side, Tree, minimal};
use linkage_text::Severity;

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
            Standing::Claims if is_unfilled(context.division, *id, &lacking.region) => "open_slot",
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
    for (_, scope) in institution.scope.parts.iter().filter(|(own, _)| !own.is_disjoint(&lacking.region)) {
        finding = finding.place(*scope, "scope");
    }
    let part = context.lacking.iter().position(|own| std::ptr::eq(own, lacking));
    let finding = finding.telling_all(part.map(Fault::Gap));
    finding.following(faults_behind(context, lacking)).on(lacking.region.clone())
}

/// Whether a mandate that leads elsewhere waits for a body to be named in a region.
fn is_unfilled(division: &Division<'_>, mandate: MandateId, region: &Region) -> bool {
    division.unfilled().iter().any(|part| part.mandate == mandate && !part.region.is_disjoint(region))
}

/// The faults of which each alone keeps mandates from leading in the whole of it: a slot for which nobody is named,
/// a basis that is not in force.
pub(super) fn faults_behind(context: &Context<'_>, lacking: &Lacking) -> Vec<Fault> {
    let institution = context.institution();
    let mut would_lead: Vec<(Fault, Region)> = Vec::new();
    let mut add = |fault: Fault, part: &Region| match would_lead.iter_mut().find(|(own, _)| *own == fault) {
        Some((_, region)) => *region = region.union(part),
        None => would_lead.push((fault, part.clone())),
    };
    for id in &lacking.waiting {
        let mandate = &institution[*id];
        let faults: Vec<Fault> = match context.division.standing(*id) {
            Standing::NoBasisInForce => mandate.basis.iter().map(|it| Fault::Basis(it.span)).collect(),
            Standing::OpenSlot(_)
            | Standing::Claims
            | Standing::NoLead
            | Standing::OutOfTime
            | Standing::Excluded => Vec::new(),
        };
        for part in context.division.unfilled().iter().filter(|part| part.mandate == *id) {
            for slot in &part.slots {
                add(Fault::OpenSlot(*slot), &part.region);
            }
        }
        for fault in faults {
            add(fault, &mandate.region);
        }
    }
    let suffices = would_lead.into_iter().filter(|(_, region)| lacking.region.is_subset(region));
    suffices.map(|(fault, _)| fault).collect()
}

/// The gap parted so that each part is one fault: situations that lie together and wait for the same
/// mandates. Of matters that nobody ever leads, each subtree is one.
pub(super) fn lacking(division: &Division<'_>, gap: &Region) -> Vec<Lacking> {
    let idle = idle(division);
    let supported = supported_only(division);
    let parts = if supported.is_empty() || supported.is_disjoint(gap) {
        vec![gap.clone()]
    } else {
        // Where supporters are named it is another finding than beside it.
        vec![gap.minus(&supported), gap.intersect(&supported)]
    };
    let parts = parts.iter().filter(|part| !part.is_empty());
    parts
        .flat_map(|part| touching(division.institution, part))
        .flat_map(|gap| by_cause(division, &idle, &gap))
        .collect()
}

/// Where mandates in force name supporters and nobody to lead.
fn supported_only(division: &Division<'_>) -> Region {
    let all = division.institution.mandates();
    let own = all.filter(|(id, it)| *division.standing(*id) == Standing::NoLead && !it.supports.is_empty());
    let boxes = own.flat_map(|(_, mandate)| mandate.region.cuboids().iter().cloned());
    Region::from_cuboids(&division.institution.space, boxes)
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
    for part in division.unfilled() {
        idle.entry(part.mandate).or_default().push(&part.region);
    }
    idle
}

fn by_cause(division: &Division<'_>, idle: &BTreeMap<MandateId, Vec<&Region>>, gap: &Region) -> Vec<Lacking> {
    let institution = division.institution;
    let axis = Institution::MATTER;
    let matters = gap.cuboids().iter().fold(Side::empty(), |all, cuboid| all.union(&cuboid.sides()[axis]));
    let never = |region: &Region, side: &Side| slab(institution, side.clone()).is_subset(region);
    let mut parts: Vec<Lacking> = Vec::new();
    for side in subtrees(&institution.matters.tree, &matters) {
        let unlike = never(gap, &side);
        let region = gap.intersect(&slab(institution, side));
        let reaches = |regions: &Vec<&Region>| regions.iter().any(|own| !own.is_disjoint(&region));
        let waiting: Vec<MandateId> =
            idle.iter().filter(|(_, regions)| reaches(regions)).map(|(id, _)| *id).collect();
        let alike = |other: &&mut Lacking| other.waiting == waiting && !(unlike && waiting.is_empty());
        match parts.iter_mut().find(alike) {
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

/// The largest boxes of the gap, those together that share situations, or that lie side by side and are
/// about the same matters: one fault rarely makes two that do not touch.
fn touching(institution: &Institution, gap: &Region) -> Vec<Region> {
    let mut boxes = minimal(gap).cuboids;
    let axis = narrowest(institution, &boxes);
    boxes.sort_by_cached_key(|cuboid| (hull(cuboid, axis), cuboid.clone()));
    let mut groups = UnionFind::<usize>::new(boxes.len());
    let mut open: Vec<usize> = Vec::new();
    for (at, cuboid) in boxes.iter().enumerate() {
        let start = hull(cuboid, axis).0;
        open.retain(|other| hull(&boxes[*other], axis).1 >= start);
        for other in &open {
            if belong_together(&boxes[*other], cuboid) {
                groups.union(*other, at);
            }
        }
        open.push(at);
    }
    let mut parts: BTreeMap<usize, Vec<Cuboid>> = BTreeMap::new();
    for (at, cuboid) in boxes.iter().enumerate() {
        parts.entry(groups.find(at)).or_default().push(cuboid.clone());
    }
    let mut parts: Vec<Region> =
        parts.into_values().map(|cuboids| Region::from_cuboids(&institution.space, cuboids)).collect();
    parts.sort_by_cached_key(Region::witness);
    parts
}

fn belong_together(a: &Cuboid, b: &Cuboid) -> bool {
    let touch = |axis: usize| {
        let ((start, end), (other, last)) = (hull(a, axis), hull(b, axis));
        start <= last && other <= end
    };
    let apart = |axis: &usize| a.sides()[*axis].is_disjoint(&b.sides()[*axis]);
    let axes = 0..a.sides().len();
    let same_matters = a.sides()[Institution::MATTER] == b.sides()[Institution::MATTER];
    axes.clone().all(touch) && axes.filter(apart).count() <= usize::from(same_matters)
}

/// The lowest value of a side and the one after the highest.
fn hull(cuboid: &Cuboid, axis: usize) -> (u32, u32) {
    let runs = cuboid.sides()[axis].runs();
    (runs.first().map_or(0, |run| run.start), runs.last().map_or(0, |run| run.end))
}

/// The axis on which boxes are narrowest, so that going along it leaves the fewest to compare.
fn narrowest(institution: &Institution, boxes: &[Cuboid]) -> usize {
    let dimensions = institution.space.dimensions.iter().enumerate();
    let width = |axis: usize| -> u64 {
        boxes.iter().map(|cuboid| hull(cuboid, axis)).map(|(start, end)| u64::from(end - start)).sum()
    };
    let share = |(axis, size): (usize, u32)| width(axis).saturating_mul(1 << 16) / u64::from(size.max(1));
    dimensions.map(|(axis, it)| (axis, it.size())).min_by_key(|it| share(*it)).map_or(0, |(axis, _)| axis)
}

/// All situations of these matters.
fn slab(institution: &Institution, matters: Side) -> Region {
    let space = &institution.space;
    Region::from_cuboid(space, Cuboid::full(space).with(Institution::MATTER, matters))
}
