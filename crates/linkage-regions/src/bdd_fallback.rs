//! What is answered where cells were too many: by [diagrams](super::interval_bdd), or not at all.

use std::cmp::Reverse;

use num_bigint::BigUint;

use super::boxes::Boxes;
use super::cells::number;
use super::interval_bdd::{Diagram, Spent, least, shared};
use super::levels::order;
use super::sweep::Matters;
use super::{Cuboid, Point, Side};

/// So many classes are looked at for all diagrams of one question.
pub(super) const CLASSES: usize = 80_000_000;
/// And for the least point.
const CLASSES_FOR_LEAST: usize = 20_000_000;
/// Gaps in no more boxes are listed all.
const LISTED: u128 = 50_000;
/// Else so many of the largest boxes are, out of so many that were grown.
const LARGEST: usize = 20;
const GROWN: usize = 400;

/// What a diagram knows of the gaps.
pub(super) struct Open {
    pub(super) count: BigUint,
    /// All gaps in disjoint boxes, if they are not too many.
    pub(super) all: Option<Vec<Cuboid>>,
    /// Else the largest maximal boxes that were found.
    pub(super) largest: Vec<Cuboid>,
    pub(super) least: Option<Point>,
}

/// The gaps of the boxes in a scope of disjoint boxes.
pub(super) fn open(scope: &[Cuboid], boxes: &Boxes<'_>) -> Result<Open, Spent> {
    let mut budget = CLASSES;
    let mut found =
        Open { count: BigUint::default(), all: Some(Vec::new()), largest: Vec::new(), least: None };
    for part in scope {
        let diagram = Diagram::gaps(boxes, part, order(boxes, part), &mut budget)?;
        found.count += diagram.count();
        if let Some(all) = &mut found.all {
            let more = diagram.paths();
            if more + all.len() as u128 <= LISTED {
                all.extend(diagram.largest(usize::MAX));
            } else {
                found.all = None;
            }
        }
        found.largest.extend(diagram.largest(GROWN).into_iter().map(|seed| widened(part, boxes, seed)));
    }
    found.largest.sort_by_cached_key(|cuboid| (Reverse(cuboid.count()), cuboid.clone()));
    found.largest.dedup();
    found.largest.truncate(LARGEST);
    found.least = least_of(scope, boxes).ok().flatten();
    Ok(found)
}

/// The least point of the scope that no box has, if it is found in time.
pub(super) fn least_of(scope: &[Cuboid], boxes: &Boxes<'_>) -> Result<Option<Point>, Spent> {
    let of = |part: &Cuboid| least(boxes, part, CLASSES_FOR_LEAST);
    let all: Vec<Option<Point>> = scope.iter().map(of).collect::<Result<_, _>>()?;
    Ok(all.into_iter().flatten().min())
}

/// How many points of the scope are in sets of owners that matter.
pub(super) fn met(scope: &[Cuboid], boxes: &Boxes<'_>, matters: &Matters<'_>) -> Result<BigUint, Spent> {
    let mut budget = CLASSES;
    scope.iter().map(|part| shared(boxes, part, matters, &mut budget)).sum()
}

/// A box that no other meets, made as large as it goes inside the scope, each time along the axis that
/// gains most.
fn widened(scope: &Cuboid, boxes: &Boxes<'_>, mut cuboid: Cuboid) -> Cuboid {
    loop {
        let mut free: Vec<Side> = scope.sides().to_vec();
        for at in (0..boxes.len()).map(number) {
            let sides = boxes.sides(at).iter().zip(cuboid.sides()).enumerate();
            let mut apart = sides.filter(|(_, (own, side))| own.is_disjoint(side)).map(|(axis, _)| axis);
            if let (Some(axis), None) = (apart.next(), apart.next()) {
                free[axis] = free[axis].minus(&boxes.sides(at)[axis]);
            }
        }
        let ratio = |axis: &usize| {
            let (more, own) = (u64::from(free[*axis].len()), u64::from(cuboid.sides()[*axis].len()));
            ((more << 31) / own.max(1), Reverse(*axis))
        };
        let wider = |axis: &usize| !free[*axis].is_subset(&cuboid.sides()[*axis]);
        match (0..boxes.axes).filter(wider).max_by_key(ratio) {
            Some(axis) => cuboid = cuboid.with(axis, free[axis].clone()),
            None => return cuboid,
        }
    }
}
