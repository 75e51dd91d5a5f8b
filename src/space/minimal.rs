//! A region with as few boxes as there can be, for people to read.
//!
//! A *maximal* box of a region cannot grow on any axis. Some smallest set of boxes consists of maximal
//! ones, so three steps find it, for each part of the region that no maximal box connects to another:
//!
//! 1. all maximal boxes, by *consensus* (the iterated consensus of multiple-valued logic, Quine 1955,
//!    Su and Cheung 1972): two boxes that share points or are adjacent on one axis give the box that
//!    joins them on that axis and intersects them on all others; what lies inside another box goes;
//! 2. the points, grouped by the set of maximal boxes that hold them (the same [cells](super::split));
//! 3. the fewest maximal boxes that meet every group ([`set_cover`](super::set_cover)).
//!
//! ```text
//!   ┌───┐            the L has two maximal boxes, and needs both;
//!   │   ├───┐        cut into disjoint cells it would need two or three
//!   └───┴───┘
//! ```
//!
//! The number of maximal boxes can be exponential. Past a budget each box is grown as far as it goes,
//! largest first, and superfluous ones are dropped: few boxes, but [`Minimal::exact`] is then false.

use std::cmp::Reverse;

use num_bigint::BigUint;

use super::region::absorb;
use super::{Cuboid, Region, Side, cover, set_cover};

/// Past so many boxes the parts of a region are not looked for: it takes a look at every pair.
const PARTS_UP_TO: usize = 3000;
/// Past so many maximal boxes of one part, boxes are grown instead.
const MAXIMAL_UP_TO: usize = 200;
/// Past so many joins made in search of them likewise.
const JOINS_UP_TO: usize = 20_000;
/// Past so many groups or cells of one part, boxes are grown instead.
const CELLS_UP_TO: usize = 20_000;
const GROUPS_UP_TO: usize = 1500;
/// So many pairs of groups are compared while the smallest set of boxes of one part is sought.
const COMPARISONS_UP_TO: usize = 10_000_000;

/// A region as a list of maximal boxes, which may overlap.
#[derive(Debug, Clone)]
pub struct Minimal {
    /// The boxes: the largest first, of equally large ones by their sides.
    pub cuboids: Vec<Cuboid>,
    /// Whether it is proved that fewer boxes do not suffice.
    pub exact: bool,
}

/// The region as few maximal boxes: the fewest if [`Minimal::exact`].
pub fn minimal(region: &Region) -> Minimal {
    let apart = region.disjoint();
    let mut minimal = Minimal { cuboids: Vec::new(), exact: true };
    for part in parts(&apart) {
        let (cuboids, exact) = match fewest(&part) {
            Some(chosen) => chosen,
            None => (grown(&part), false),
        };
        minimal.cuboids.extend(cuboids);
        minimal.exact &= exact;
    }
    by_size(&mut minimal.cuboids);
    minimal
}

fn by_size(cuboids: &mut [Cuboid]) {
    cuboids.sort_by_cached_key(|cuboid| (Reverse(cuboid.count()), cuboid.clone()));
}

/// The parts of a region that no box inside it connects: two boxes are connected if some line along
/// an axis meets both, that is, if they are disjoint on one axis at most.
fn parts(region: &Region) -> Vec<Region> {
    let cuboids = region.cuboids();
    if cuboids.len() > PARTS_UP_TO {
        return vec![region.clone()];
    }
    let mut parts = Vec::new();
    let mut waiting: Vec<&Cuboid> = cuboids.iter().collect();
    while let Some(seed) = waiting.pop() {
        let mut part = vec![seed];
        let mut at = 0;
        while at < part.len() {
            let near = part[at];
            waiting.retain(|other| {
                let connected = near.sides().is_empty() || apart_on(near, other).1 <= 1;
                if connected {
                    part.push(other);
                }
                !connected
            });
            at += 1;
        }
        parts.push(region.holding(part.into_iter().cloned()));
    }
    parts
}

/// The first axis on which the boxes share no value, and on how many axes (two stand for more).
fn apart_on(a: &Cuboid, b: &Cuboid) -> (usize, usize) {
    let mut apart = a.sides().iter().zip(b.sides()).enumerate().filter(|(_, (a, b))| a.is_disjoint(b));
    let first = apart.next().map(|(axis, _)| axis);
    (first.unwrap_or(0), usize::from(first.is_some()) + usize::from(apart.next().is_some()))
}

/// The fewest boxes of one part and whether that is proved; nothing where the budget does not suffice.
fn fewest(part: &Region) -> Option<(Vec<Cuboid>, bool)> {
    let mut maximal = maximal_boxes(part.cuboids())?;
    by_size(&mut maximal);
    if maximal.len() == 1 {
        return Some((maximal, true));
    }
    let regions: Vec<Region> = maximal.iter().map(|cuboid| part.holding([cuboid.clone()])).collect();
    let regions: Vec<&Region> = regions.iter().collect();
    let groups = cover::partition(part, &regions, |set| !set.is_empty(), CELLS_UP_TO);
    if !groups.undecided.is_empty() || groups.groups.len() > GROUPS_UP_TO {
        return None;
    }
    let rows = groups.groups.into_iter().map(|(set, _)| set.into_iter().collect()).collect();
    let chosen = set_cover::fewest(rows, COMPARISONS_UP_TO);
    Some((chosen.columns.into_iter().map(|at| maximal[at].clone()).collect(), chosen.exact))
}

/// All maximal boxes; nothing if there are too many.
fn maximal_boxes(cuboids: &[Cuboid]) -> Option<Vec<Cuboid>> {
    let mut known: Vec<Cuboid> = Vec::new();
    let mut waiting: Vec<Cuboid> = cuboids.to_vec();
    absorb(&mut waiting);
    waiting.reverse();
    let mut joins = 0;
    while let Some(next) = waiting.pop() {
        if known.iter().any(|other| next.is_subset(other)) {
            continue;
        }
        if joins > JOINS_UP_TO || known.len() + waiting.len() > 4 * MAXIMAL_UP_TO + cuboids.len() {
            return None;
        }
        known.retain(|other| !other.is_subset(&next));
        for other in &known {
            for joined in consensus(&next, other) {
                joins += 1;
                if !known.iter().chain(&waiting).any(|own| joined.is_subset(own)) {
                    waiting.push(joined);
                }
            }
        }
        known.push(next);
    }
    (known.len() <= MAXIMAL_UP_TO).then_some(known)
}

/// Every box that two boxes make together along one axis.
fn consensus(a: &Cuboid, b: &Cuboid) -> Vec<Cuboid> {
    let (axis, apart) = apart_on(a, b);
    let along = match apart {
        0 => 0..a.sides().len(),
        1 => axis..axis + 1,
        _ => 0..0,
    };
    let join = |axis: usize| {
        let sides = a.sides().iter().zip(b.sides()).enumerate();
        Cuboid::of_sides(sides.map(|(at, (a, b))| if at == axis { a.union(b) } else { a.intersect(b) }))
    };
    along.map(join).filter(|joined| !joined.is_subset(a) && !joined.is_subset(b)).collect()
}

/// Boxes grown from the largest down until all is covered, less those that the others make superfluous.
pub(super) fn grown(part: &Region) -> Vec<Cuboid> {
    let mut waiting: Vec<Cuboid> = part.cuboids().to_vec();
    by_size(&mut waiting);
    waiting.reverse();
    let mut chosen: Vec<Cuboid> = Vec::new();
    while let Some(seed) = waiting.pop() {
        let large = grow(part.cuboids(), seed);
        waiting.retain(|other| !other.is_subset(&large));
        chosen.push(large);
    }
    by_size(&mut chosen);
    let mut at = chosen.len();
    while at > 0 {
        at -= 1;
        let near = chosen.iter().enumerate().filter(|(other, c)| *other != at && !c.is_disjoint(&chosen[at]));
        if cover::holds(near.map(|(_, cuboid)| cuboid), &chosen[at]) {
            chosen.remove(at);
        }
    }
    chosen
}

/// The box made as large as it goes inside the region, each time along the axis that gains most.
///
/// A larger box has more to keep inside, so an axis that gains nothing never will again.
fn grow(region: &[Cuboid], mut cuboid: Cuboid) -> Cuboid {
    let mut axes: Vec<usize> = (0..cuboid.sides().len()).collect();
    while !axes.is_empty() {
        let mut through: Vec<&Cuboid> = Vec::new();
        let mut beside: Vec<Vec<&Cuboid>> = vec![Vec::new(); cuboid.sides().len()];
        for other in region {
            match apart_on(&cuboid, other) {
                (_, 0) => through.push(other),
                (apart, 1) => beside[apart].push(other),
                _ => {}
            }
        }
        let mut best: Option<(BigUint, Cuboid)> = None;
        axes.retain(|axis| {
            let along: Vec<&Cuboid> = through.iter().chain(&beside[*axis]).copied().collect();
            let own = &cuboid.sides()[*axis];
            let more = widening(&along, &cuboid, *axis);
            if more.is_empty() {
                return false;
            }
            let larger = cuboid.with(*axis, own.union(&more));
            let count = larger.count();
            if best.as_ref().is_none_or(|(most, _)| count > *most) {
                best = Some((count, larger));
            }
            true
        });
        if let Some((_, larger)) = best {
            cuboid = larger;
        }
    }
    cuboid
}

/// The further values of the axis with which the box stays inside these boxes.
fn widening(along: &[&Cuboid], cuboid: &Cuboid, axis: usize) -> Side {
    let runs = along.iter().flat_map(|other| other.sides()[axis].runs().iter().copied());
    let further = Side::from_runs(runs).minus(&cuboid.sides()[axis]);
    if further.is_empty() {
        return further;
    }
    let slab = cuboid.with(axis, further.clone());
    further.minus(&cover::shadow(along.iter().copied(), &slab, axis))
}
