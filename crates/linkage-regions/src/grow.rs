//! Boxes grown as large as they go inside a region of very many boxes.
//!
//! A box can take a further value of an axis if all points beside it with that value are in the region.
//! The boxes of the region are disjoint, so no point of it is counted twice: the value is free to take
//! exactly if what the region's boxes hold there amounts to the whole. That is a sum over the boxes
//! nearby, which an [index](super::index) finds, and no cutting.
//!
//! ```text
//!   ┌───┬─┐         beside the seed s, in the column of c and d, the region holds
//!   │ s │c│         the parts of c and of d: together as much as s is high,
//!   │   ├─┤         so s can take the column
//!   └───┤d│
//!       └─┘
//! ```

use super::index::{Index, hulls};
use super::minimal::by_size;
use super::scale::Scale;
use super::{Cuboid, Region, Run, Side, cover};

/// Boxes grown from the largest down until all is covered, less those that the others make superfluous.
pub(super) fn grown(part: &Region) -> Vec<Cuboid> {
    let mut seeds: Vec<Cuboid> = part.cuboids().to_vec();
    by_size(&mut seeds);
    let axes = part.axes();
    let scale = Scale::of(axes, &seeds);
    let pieces: Vec<Cuboid> = seeds.iter().map(|seed| scale.down(seed)).collect();
    let ground = Ground { index: Index::new(axes, &pieces), boxes: &pieces, scale };
    let mut covered = vec![false; pieces.len()];
    let mut chosen: Vec<Cuboid> = Vec::new();
    for at in 0..pieces.len() {
        if covered[at] {
            continue;
        }
        let large = ground.grow(pieces[at].clone());
        ground.index.near(&hulls(&large), 0, |other| {
            let other = other as usize;
            covered[other] = covered[other] || pieces[other].is_subset(&large);
        });
        chosen.push(ground.scale.up(&large));
    }
    by_size(&mut chosen);
    needed(axes, chosen)
}

/// The boxes less those that the others cover, the smallest first.
fn needed(axes: usize, boxes: Vec<Cuboid>) -> Vec<Cuboid> {
    let index = Index::new(axes, &boxes);
    let mut kept = vec![true; boxes.len()];
    for at in (0..boxes.len()).rev() {
        let mut near: Vec<usize> = Vec::new();
        index.near(&hulls(&boxes[at]), 0, |other| near.push(other as usize));
        near.retain(|other| *other != at && kept[*other] && !boxes[*other].is_disjoint(&boxes[at]));
        near.sort_unstable();
        kept[at] = near.is_empty() || !cover::holds(near.iter().map(|other| &boxes[*other]), &boxes[at]);
    }
    boxes.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(cuboid, _)| cuboid).collect()
}

/// The region that boxes grow in, in pieces.
struct Ground<'a> {
    boxes: &'a [Cuboid],
    index: Index,
    scale: Scale,
}

/// Boxes of the region on a line with a growing one.
#[derive(Default)]
struct Near {
    /// Each with the axis on which it lies apart, if there is one.
    boxes: Vec<(u32, Option<usize>)>,
    /// How many pieces each shares with the growing box, axis by axis.
    shared: Vec<u32>,
}

impl Ground<'_> {
    /// The box made as large as it goes inside the region, each time along the axis that gains most.
    ///
    /// A larger box has more to keep inside, so an axis that gains nothing never will again.
    fn grow(&self, mut cuboid: Cuboid) -> Cuboid {
        let mut axes: Vec<usize> = (0..cuboid.sides().len()).collect();
        while !axes.is_empty() {
            let near = self.near(&cuboid);
            // The gain of each axis as a ratio: more values to own values.
            let mut best: Option<(u64, u64, usize, Side)> = None;
            axes.retain(|axis| {
                let own = &cuboid.sides()[*axis];
                let more = self.widening(&near, &cuboid, *axis);
                if more.is_empty() {
                    return false;
                }
                let (gain, length) =
                    (u64::from(self.scale.len(*axis, &more)), u64::from(self.scale.len(*axis, own)));
                if best.as_ref().is_none_or(|(most, per, ..)| {
                    u128::from(gain) * u128::from(*per) > u128::from(*most) * u128::from(length)
                }) {
                    best = Some((gain, length, *axis, own.union(&more)));
                }
                true
            });
            if let Some((.., axis, side)) = best {
                cuboid = cuboid.with(axis, side);
            }
        }
        cuboid
    }

    fn near(&self, cuboid: &Cuboid) -> Near {
        let mut near = Near::default();
        self.index.near(&hulls(cuboid), 1, |at| {
            let from = near.shared.len();
            let mut apart = None;
            let sides = cuboid.sides().iter().zip(self.boxes[at as usize].sides());
            for (axis, (own, other)) in sides.enumerate() {
                let count = shared(own, other);
                if count == 0 && apart.replace(axis).is_some() {
                    near.shared.truncate(from);
                    return;
                }
                near.shared.push(count);
            }
            near.boxes.push((at, apart));
        });
        near
    }

    /// The further pieces of the axis with which the box stays inside the region.
    fn widening(&self, near: &Near, cuboid: &Cuboid, axis: usize) -> Side {
        let others = || {
            let each = near.boxes.iter().enumerate();
            each.filter(|(_, (_, apart))| apart.is_none_or(|apart| apart == axis))
                .map(|(place, (at, _))| (place, *at))
        };
        let own = &cuboid.sides()[axis];
        let beyond = others().any(|(_, at)| !self.boxes[at as usize].sides()[axis].is_subset(own));
        if !beyond {
            return Side::empty();
        }
        let lengths: Vec<u32> = cuboid.sides().iter().map(Side::len).collect();
        let Some(whole) = product(&lengths, axis) else {
            let along: Vec<&Cuboid> = others().map(|(_, at)| &self.boxes[at as usize]).collect();
            return by_shadow(&along, cuboid, axis);
        };
        // Where the sum of what the boxes hold rises and falls.
        let mut steps: Vec<(u32, bool, u128)> = Vec::new();
        for (place, at) in others() {
            let weight = product(&near.shared[place * lengths.len()..][..lengths.len()], axis).unwrap_or(0);
            for run in self.boxes[at as usize].sides()[axis].minus(own).runs() {
                steps.extend([(run.start, true, weight), (run.end, false, weight)]);
            }
        }
        steps.sort_unstable();
        let (mut sum, mut since, mut runs) = (0u128, 0, Vec::new());
        for (place, rises, weight) in steps {
            if sum == whole {
                runs.push(Run::new(since, place));
            }
            since = place;
            sum = if rises { sum + weight } else { sum - weight };
        }
        Side::from_runs(runs)
    }
}

/// How many values two sides share.
fn shared(a: &Side, b: &Side) -> u32 {
    match (a.runs(), b.runs()) {
        ([one], [other]) => one.intersect(*other).len(),
        _ => a.intersect(b).len(),
    }
}

/// The product of all but one of the lengths; nothing if it is too large.
fn product(lengths: &[u32], axis: usize) -> Option<u128> {
    let others = lengths.iter().enumerate().filter(|(at, _)| *at != axis);
    others.map(|(_, length)| u128::from(*length)).try_fold(1u128, u128::checked_mul)
}

/// The same by cutting the slab beside the box into cells: for boxes of so many pieces that their size
/// does not fit a machine number.
fn by_shadow(along: &[&Cuboid], cuboid: &Cuboid, axis: usize) -> Side {
    let runs = along.iter().flat_map(|other| other.sides()[axis].runs().iter().copied());
    let further = Side::from_runs(runs).minus(&cuboid.sides()[axis]);
    if further.is_empty() {
        return further;
    }
    let slab = cuboid.with(axis, further.clone());
    further.minus(&cover::shadow(along.iter().copied(), &slab, axis))
}
