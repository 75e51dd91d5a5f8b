//! What many regions together leave out, and where which of them meet.
//!
//! Both questions walk the same cells ([`cells`](super::cells)) and are answered in one walk
//! ([`cover`]). A cell that nobody crosses has one answer; so has one that a single region holds whole
//! and no other reaches. All answers are exact. A caller who cannot wait for hard families (boxes at
//! random over many axes) gives a budget, and gets back what is decided and, as a region of its own,
//! what is not.

use num_bigint::BigUint;

use super::bdd_fallback;
use super::boxes::Boxes;
use super::cells::{Cell, Work};
use super::sweep::{Ask, walk};
use super::{Cuboid, Measure, Point, Region, Side, Spent};

/// What nobody holds.
#[derive(Debug, Clone)]
pub struct Gaps {
    /// Points of the scope that are in no region, in disjoint boxes.
    pub found: Region,
    /// Where the budget did not suffice to find them all; empty if it did.
    pub undecided: Region,
    /// How many there are in all.
    pub measure: Measure,
    /// Where some are undecided: the largest maximal boxes among them that were come by.
    pub largest: Vec<Cuboid>,
    /// Where some are undecided: the least of all, if it was found.
    pub(super) least: Option<Point>,
    /// Which budgets were hit.
    pub spent: Spent,
}

impl Gaps {
    /// The least of them: lowest on the first axis, among those lowest on the second, and so on.
    pub fn witness(&self) -> Option<Point> {
        self.least.clone().or_else(|| self.found.witness())
    }
}

/// Who meets where.
#[derive(Debug, Clone)]
pub struct Overlaps {
    /// For each set of regions, by index and in lexicographic order: the points of the scope that are
    /// in exactly these regions, in disjoint boxes.
    pub groups: Vec<(Vec<usize>, Region)>,
    /// Points that the budget did not suffice to decide; empty if it did.
    pub undecided: Region,
    /// How many points there are in sets that matter.
    pub measure: Measure,
    /// Which budgets were hit.
    pub spent: Spent,
}

/// What regions leave out of a scope, and where they meet in it.
#[derive(Debug, Clone)]
pub struct Cover {
    /// What nobody holds.
    pub gaps: Gaps,
    /// Who meets where.
    pub overlaps: Overlaps,
}

/// The gaps and the overlaps of the regions in one walk: what [`gaps_within`] and [`overlaps_within`]
/// answer one by one.
pub fn cover(
    scope: &Region,
    regions: &[&Region],
    matters: impl Fn(&[usize]) -> bool + Sync,
    budget: usize,
) -> Cover {
    walk(
        scope,
        regions,
        &Ask { gaps: true, groups: Some(&|set: &[usize]| set.len() > 1 && matters(set)) },
        budget,
    )
}

/// The points of `scope` that are in none of `regions`.
pub fn gaps(scope: &Region, regions: &[&Region]) -> Region {
    gaps_within(scope, regions, usize::MAX).found
}

/// The least point of `scope` that is in none of `regions`, without looking for the others.
pub fn first_gap(scope: &Region, regions: &[&Region]) -> Option<Point> {
    let parts = scope.disjoint();
    let found = bdd_fallback::least_of(parts.cuboids(), &Boxes::new(scope.axes(), owned(regions)));
    found.unwrap_or_else(|_| gaps(scope, regions).witness())
}

/// The largest maximal boxes of gaps that a diagram leads to, at most twenty, and how many points all gaps
/// have; nothing if a diagram would be too large. That no larger box exists is not proved.
pub fn largest_gaps(scope: &Region, regions: &[&Region]) -> Option<(Vec<Cuboid>, BigUint)> {
    let parts = scope.disjoint();
    let open = bdd_fallback::open(parts.cuboids(), &Boxes::new(scope.axes(), owned(regions))).ok()?;
    Some((open.largest, open.count))
}

/// The same, looking at no more than `budget` cells.
pub fn gaps_within(scope: &Region, regions: &[&Region], budget: usize) -> Gaps {
    walk(scope, regions, &Ask { gaps: true, groups: None }, budget).gaps
}

/// The points of `scope` that are in two regions or more, parted by the exact set of regions they are
/// in; only the sets that matter to the caller.
///
/// `matters` is asked about sets of region indices, sorted. It is also asked about the set of all
/// regions that reach into a part of the space, to leave that part alone early; so it must be
/// monotone: a set that does not matter has no subset that matters. ("Some two of these bodies
/// differ" is; "all of these differ" is not, and is for the caller to sieve afterwards.)
pub fn overlaps(
    scope: &Region,
    regions: &[&Region],
    matters: impl Fn(&[usize]) -> bool + Sync,
) -> Vec<(Vec<usize>, Region)> {
    overlaps_within(scope, regions, matters, usize::MAX).groups
}

/// The same, looking at no more than `budget` cells.
pub fn overlaps_within(
    scope: &Region,
    regions: &[&Region],
    matters: impl Fn(&[usize]) -> bool + Sync,
    budget: usize,
) -> Overlaps {
    partition(scope, regions, |set| set.len() > 1 && matters(set), budget)
}

/// Parts the scope by the exact set of regions that hold each point, for the sets that matter.
pub fn partition(
    scope: &Region,
    regions: &[&Region],
    matters: impl Fn(&[usize]) -> bool + Sync,
    budget: usize,
) -> Overlaps {
    walk(scope, regions, &Ask { gaps: false, groups: Some(&matters) }, budget).overlaps
}

/// Whether every point of `scope` is in one of `regions`; stops at the first that is not.
pub fn covered(scope: &Region, regions: &[&Region]) -> bool {
    all_held(scope.cuboids(), &Boxes::new(scope.axes(), owned(regions)))
}

/// Whether every point of `cuboid` is in one of these boxes.
pub(super) fn holds<'a>(boxes: impl Iterator<Item = &'a Cuboid>, cuboid: &'a Cuboid) -> bool {
    let boxes = Boxes::new(cuboid.sides().len(), boxes.map(|own| (0, own)));
    all_held(std::slice::from_ref(cuboid), &boxes)
}

fn all_held(scope: &[Cuboid], boxes: &Boxes<'_>) -> bool {
    let (mut work, mut cell) = (Work::new(scope, boxes), Cell::default());
    while work.next(&mut cell) {
        match free(&work, &cell) {
            Some(free) if free.is_empty() => {}
            Some(_) => return false,
            None => work.cut(&cell),
        }
    }
    true
}

/// The values on one axis of those points of `cuboid` that none of these boxes has.
pub(super) fn shadow<'a>(boxes: impl Iterator<Item = &'a Cuboid>, cuboid: &'a Cuboid, axis: usize) -> Side {
    let boxes = Boxes::new(cuboid.sides().len(), boxes.map(|own| (0, own)));
    let (mut work, mut cell) = (Work::new(std::slice::from_ref(cuboid), &boxes), Cell::default());
    let mut shadow = Side::empty();
    while work.next(&mut cell) {
        if work.side(&cell, axis).is_subset(&shadow) {
            continue;
        }
        match free(&work, &cell) {
            Some(free) => shadow = free.iter().fold(shadow, |side, own| side.union(&own.sides()[axis])),
            None => work.cut(&cell),
        }
    }
    shadow
}

/// Cells crossed by so few boxes are answered by subtraction, which keeps set-valued sides whole.
pub(super) const FEW: usize = 2;

/// The points of the cell that no box has, if that is plain to see.
fn free(work: &Work<'_>, cell: &Cell) -> Option<Vec<Cuboid>> {
    if !cell.within.is_empty() {
        return Some(Vec::new());
    }
    if cell.crossing.len() > FEW {
        return None;
    }
    let without =
        |left: Vec<Cuboid>, (_, cut): (usize, Cuboid)| left.iter().flat_map(|c| c.minus(&cut)).collect();
    Some(work.crossing(cell).into_iter().fold(work.scope(cell), without))
}

/// The boxes of the regions, each with the index of its region.
pub(super) fn owned<'a>(regions: &[&'a Region]) -> impl Iterator<Item = (usize, &'a Cuboid)> {
    let each = |(owner, region): (usize, &&'a Region)| {
        let region: &'a Region = region;
        region.cuboids().iter().map(move |cuboid| (owner, cuboid))
    };
    regions.iter().enumerate().flat_map(each)
}
