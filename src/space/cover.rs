//! What many regions together leave out, and where which of them meet.
//!
//! Both questions hand cells of the scope to [`split`](super::split) until a cell has one answer.
//! Both are exact. A caller who cannot wait for hard families (boxes at random over many axes) gives
//! a budget, and gets back what is decided and, as a region of its own, what is not.

use std::collections::BTreeMap;

use super::split::{Cell, Work};
use super::{Cuboid, Region, Side};

/// Cells crossed by so few boxes are answered by subtraction, which keeps set-valued sides whole.
const FEW: usize = 2;

/// Cells crossed by more boxes are cut without asking whether they matter: asking costs as much.
const ASK_UP_TO: usize = 64;

/// What nobody holds.
#[derive(Debug, Clone)]
pub struct Gaps {
    /// Points of the scope that are in no region, in disjoint boxes.
    pub found: Region,
    /// Points that the budget did not suffice to decide; empty if it did.
    pub undecided: Region,
}

/// Who meets where.
#[derive(Debug, Clone)]
pub struct Overlaps {
    /// For each set of regions, by index and in lexicographic order: the points of the scope that are
    /// in exactly these regions, in disjoint boxes.
    pub groups: Vec<(Vec<usize>, Region)>,
    /// Points that the budget did not suffice to decide; empty if it did.
    pub undecided: Region,
}

/// The points of `scope` that are in none of `regions`.
pub fn gaps(scope: &Region, regions: &[&Region]) -> Region {
    gaps_within(scope, regions, usize::MAX).found
}

/// The same, looking at no more than `budget` cells.
pub fn gaps_within(scope: &Region, regions: &[&Region], budget: usize) -> Gaps {
    let scope = scope.disjoint();
    let mut work = Work::new(scope.cuboids(), owned(regions));
    let (mut found, mut undecided) = (Vec::new(), Vec::new());
    let mut looked = 0;
    while let Some(cell) = work.next() {
        looked += 1;
        if looked > budget {
            undecided.extend(work.scope(&cell));
        } else if let Some(free) = free(&work, &cell) {
            found.extend(free);
        } else {
            work.cut(&cell);
        }
    }
    Gaps { found: scope.joining(found), undecided: scope.joining(undecided) }
}

/// Whether every point of `scope` is in one of `regions`; stops at the first that is not.
pub fn covered(scope: &Region, regions: &[&Region]) -> bool {
    all_held(Work::new(scope.cuboids(), owned(regions)))
}

/// Whether every point of `cuboid` is in one of these boxes.
pub(super) fn holds<'a>(boxes: impl Iterator<Item = &'a Cuboid>, cuboid: &'a Cuboid) -> bool {
    all_held(Work::new(std::slice::from_ref(cuboid), boxes.map(|own| (0, own))))
}

fn all_held(mut work: Work<'_>) -> bool {
    while let Some(cell) = work.next() {
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
    let mut work = Work::new(std::slice::from_ref(cuboid), boxes.map(|own| (0, own)));
    let mut shadow = Side::empty();
    while let Some(cell) = work.next() {
        if shadow.covers(cell.run(axis)) {
            continue;
        }
        match free(&work, &cell) {
            Some(free) => shadow = free.iter().fold(shadow, |side, own| side.union(&own.sides()[axis])),
            None => work.cut(&cell),
        }
    }
    shadow
}

/// The points of the cell that no box has, if that is plain to see.
fn free(work: &Work<'_>, cell: &Cell) -> Option<Vec<Cuboid>> {
    if !cell.within.is_empty() {
        return Some(Vec::new());
    }
    if cell.crossed_by() > FEW {
        return None;
    }
    let without =
        |left: Vec<Cuboid>, (_, cut): (usize, Cuboid)| left.iter().flat_map(|c| c.minus(&cut)).collect();
    Some(work.crossing(cell).into_iter().fold(work.scope(cell), without))
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
    matters: impl Fn(&[usize]) -> bool,
) -> Vec<(Vec<usize>, Region)> {
    overlaps_within(scope, regions, matters, usize::MAX).groups
}

/// The same, looking at no more than `budget` cells.
pub fn overlaps_within(
    scope: &Region,
    regions: &[&Region],
    matters: impl Fn(&[usize]) -> bool,
    budget: usize,
) -> Overlaps {
    partition(scope, regions, |set| set.len() > 1 && matters(set), budget)
}

/// Parts the scope by the exact set of regions that hold each point, for the sets that matter.
pub fn partition(
    scope: &Region,
    regions: &[&Region],
    matters: impl Fn(&[usize]) -> bool,
    budget: usize,
) -> Overlaps {
    let scope = scope.disjoint();
    let mut work = Work::new(scope.cuboids(), owned(regions));
    let mut found: BTreeMap<Vec<usize>, Vec<Cuboid>> = BTreeMap::new();
    let mut undecided = Vec::new();
    let mut looked = 0;
    while let Some(cell) = work.next() {
        looked += 1;
        if cell.crossed_by() <= ASK_UP_TO && !matters(&work.owners(&cell)) {
            continue;
        }
        if looked > budget {
            undecided.extend(work.scope(&cell));
        } else if cell.crossed_by() > FEW {
            work.cut(&cell);
        } else {
            for (set, part) in parts(&work, &cell) {
                if matters(&set) {
                    found.entry(set).or_default().push(part);
                }
            }
        }
    }
    let groups = found.into_iter().map(|(set, cuboids)| (set, scope.joining(cuboids))).collect();
    Overlaps { groups, undecided: scope.joining(undecided) }
}

/// The cell taken apart by each box that crosses it, every part with its owners.
fn parts(work: &Work<'_>, cell: &Cell) -> Vec<(Vec<usize>, Cuboid)> {
    let mut parts: Vec<_> =
        work.scope(cell).into_iter().map(|cuboid| (cell.within.clone(), cuboid)).collect();
    for (owner, cut) in work.crossing(cell) {
        let mut finer = Vec::new();
        for (set, part) in parts {
            finer.extend(part.minus(&cut).into_iter().map(|outside| (set.clone(), outside)));
            let inside = part.intersect(&cut);
            if !inside.is_empty() {
                let mut set = set;
                if let Err(place) = set.binary_search(&owner) {
                    set.insert(place, owner);
                }
                finer.push((set, inside));
            }
        }
        parts = finer;
    }
    parts
}

fn owned<'a>(regions: &[&'a Region]) -> impl Iterator<Item = (usize, &'a Cuboid)> {
    let each = |(owner, region): (usize, &&'a Region)| {
        let region: &'a Region = region;
        region.cuboids().iter().map(move |cuboid| (owner, cuboid))
    };
    regions.iter().enumerate().flat_map(each).collect::<Vec<_>>().into_iter()
}
