//! A region with as few boxes as there can be, for people to read.
//!
//! A *maximal* box of a region cannot grow on any axis. Some smallest set of boxes consists of maximal
//! ones, so three steps find it, for each part of the region that no maximal box connects to another:
//!
//! 1. all maximal boxes, by [consensus](super::consensus);
//! 2. the sets of maximal boxes that hold a point, by [cells](super::cells);
//! 3. the fewest maximal boxes that meet every set ([`set_cover`](super::set_cover)).
//!
//! ```text
//!   ┌───┐            the L has two maximal boxes, and needs both;
//!   │   ├───┐        cut into disjoint cells it would need two or three
//!   └───┴───┘
//! ```
//!
//! The number of maximal boxes can be exponential. Past a budget boxes are [grown](super::grow) as far as
//! they go, largest first, and superfluous ones are dropped: few boxes, but [`Minimal::exact`] is then false.

use std::cmp::Reverse;

use fixedbitset::FixedBitSet;

use super::boxes::Boxes;
use super::cells::{Cell, Work};
use super::index::{Index, hulls};
use super::{Cuboid, Region, consensus, grow, set_cover};

/// Above this many maximal boxes of one part, boxes are grown instead.
const MAXIMAL_UP_TO: usize = 200;
/// Likewise above this many comparisons in search of them: the first limit is for one part, the second for all.
const PAIRS_OF_A_PART: usize = 300_000;
const PAIRS: usize = 3_000_000;
/// Likewise above this many cells, or sets of maximal boxes that hold a point, of one part.
const CELLS_UP_TO: usize = 20_000;
const GROUPS_UP_TO: usize = 1500;
/// Pairs of sets compared at most in search of the fewest boxes of one part.
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
    let mut pairs = PAIRS;
    for part in parts(&apart) {
        let (cuboids, exact) = match fewest(&part, &mut pairs) {
            Some(chosen) => chosen,
            None => (grow::grown(&part), false),
        };
        minimal.cuboids.extend(cuboids);
        minimal.exact &= exact;
    }
    by_size(&mut minimal.cuboids);
    minimal
}

pub(super) fn by_size(cuboids: &mut [Cuboid]) {
    cuboids.sort_by_cached_key(|cuboid| (Reverse(cuboid.count()), cuboid.clone()));
}

/// The parts of a region that no box inside it connects: two boxes are connected if some line along
/// an axis meets both, that is, if they are disjoint on one axis at most.
fn parts(region: &Region) -> Vec<Region> {
    let cuboids = region.cuboids();
    if region.axes() == 0 {
        return vec![region.clone()];
    }
    let index = Index::new(region.axes(), cuboids);
    let mut seen = vec![false; cuboids.len()];
    let mut parts = Vec::new();
    for seed in (0..cuboids.len()).rev() {
        if std::mem::replace(&mut seen[seed], true) {
            continue;
        }
        let mut part = vec![seed];
        let mut at = 0;
        while let Some(here) = part.get(at).copied() {
            let own = &cuboids[here];
            index.near(&hulls(own), 1, |other| {
                let other = other as usize;
                if !seen[other] && apart_on(own, &cuboids[other]).1 <= 1 {
                    seen[other] = true;
                    part.push(other);
                }
            });
            at += 1;
        }
        parts.push(region.of_apart(part.into_iter().map(|at| cuboids[at].clone()).collect()));
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
fn fewest(part: &Region, pairs: &mut usize) -> Option<(Vec<Cuboid>, bool)> {
    let mut maximal = maximal_boxes(part.cuboids(), pairs)?;
    by_size(&mut maximal);
    if maximal.len() == 1 {
        return Some((maximal, true));
    }
    let rows = rows(part, &maximal)?;
    let chosen = set_cover::fewest(rows, COMPARISONS_UP_TO);
    Some((chosen.columns.into_iter().map(|at| maximal[at].clone()).collect(), chosen.exact))
}

/// The sets of boxes that hold a point of the part, less those that have another within them: a choice
/// that meets the smaller set meets the larger too. Nothing where there are too many.
fn rows(part: &Region, maximal: &[Cuboid]) -> Option<Vec<FixedBitSet>> {
    let boxes = Boxes::new(part.axes(), maximal.iter().enumerate());
    let (mut work, mut cell) = (Work::new(part.cuboids(), &boxes), Cell::default());
    let mut rows: Vec<FixedBitSet> = Vec::new();
    let mut looked = 0;
    while work.next(&mut cell) {
        looked += 1;
        let mut within = FixedBitSet::with_capacity(maximal.len());
        within.extend(cell.within.iter().map(|at| *at as usize));
        // Every point of the cell is in all that hold the cell.
        if rows.iter().any(|row| row.is_subset(&within)) {
            continue;
        }
        if looked > CELLS_UP_TO || rows.len() > GROUPS_UP_TO {
            return None;
        }
        if cell.crossing.is_empty() {
            rows.retain(|row| !within.is_subset(row));
            rows.push(within);
        } else {
            work.cut(&cell);
        }
    }
    Some(rows)
}

/// All maximal boxes; nothing if there are too many, or too many pairs to compare.
fn maximal_boxes(cuboids: &[Cuboid], pairs: &mut usize) -> Option<Vec<Cuboid>> {
    if cuboids.len() > 4 * MAXIMAL_UP_TO {
        return None;
    }
    let given = PAIRS_OF_A_PART.min(*pairs);
    let mut left = given;
    let known = consensus::maximal_boxes(cuboids, 4 * MAXIMAL_UP_TO + cuboids.len(), &mut left);
    *pairs -= given - left;
    known.filter(|known| known.len() <= MAXIMAL_UP_TO)
}
