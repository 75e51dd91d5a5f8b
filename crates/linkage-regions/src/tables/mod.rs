//! Tables of boxes whose gaps and overlaps are known because they were put there.
//!
//! A claim of exactness is worth what it is tested against. These tables are drawn by a generator of
//! numbers of their own, so that two machines draw the same, and come with their answer ([`Known`]):
//!
//! - [`split`]: the whole space split at random into disjoint boxes that cover it; some of them are then
//!   shrunk (what they gave up is a gap) or widened (what they took is an overlap with the neighbour);
//! - [`shuffled`]: enumerations cut into arbitrary sets of values, beside numbers; a tenth of the boxes are
//!   shrunk or widened;
//! - [`constraints`]: boxes that fix three axes and leave the others open, complete by construction;
//! - [`random`]: boxes with uniformly drawn ends; no known answer, a test of endurance.
//!
//! `docs/tables.md` tells what each family is hard for, and how to write one to a file.

mod lcg;
mod scatter;
mod shuffled;
mod split;

use num_bigint::BigUint;

use super::{Branch, Cuboid, Dimension, Kind, Region, Space};

pub use scatter::{constraints, random};
pub use shuffled::{Change, shuffled};
pub use split::{Faults, split};

/// Boxes over a space, with what is known about them.
#[derive(Debug, Clone)]
pub struct Table {
    /// The axes.
    pub space: Space,
    /// The boxes, each a region.
    pub regions: Vec<Region>,
    /// The answer.
    pub known: Known,
}

impl Table {
    /// The regions, as the questions of this room take them.
    pub fn regions(&self) -> Vec<&Region> {
        self.regions.iter().collect()
    }
}

/// What is so by construction.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// How many points nobody holds; nothing where that is not known.
    pub gaps: Option<BigUint>,
    /// The disjoint boxes that make up the gaps.
    pub slabs: Vec<Cuboid>,
    /// Each pair of regions that meets, and in how many points; where no three meet.
    pub overlaps: Vec<([usize; 2], BigUint)>,
    /// Each pair of regions that meets; where three and more may.
    pub pairs: Vec<[usize; 2]>,
}

/// So many axes of 1000 whole numbers each.
pub fn numeric(axes: usize) -> Space {
    let axis = |at| Dimension::new(ecow::eco_format!("n{at}"), Kind::Integer { lowest: 0, highest: 999 });
    Space::new((0..axes).map(axis).collect())
}

/// Axes as institutions have them, by turns: a tree, a list, the minutes of the day, a number, yes or no.
pub fn mixed(axes: usize) -> Space {
    let names = |count: u32| (0..count).map(|at| ecow::eco_format!("v{at}")).collect();
    let kind = |at: usize| match at % 5 {
        0 => {
            let leaves =
                |town: u32| (0..12).map(|at| Branch::leaf(ecow::eco_format!("t{town}v{at}"))).collect();
            let towns = (0..20).map(|town| Branch::new(ecow::eco_format!("t{town}"), leaves(town)));
            Kind::Tree(super::Tree::new(&towns.collect::<Vec<_>>()))
        }
        1 => Kind::List(names(7)),
        2 => Kind::Minutes,
        3 => Kind::Integer { lowest: -50, highest: 1949 },
        _ => Kind::List(names(2)),
    };
    Space::new((0..axes).map(|at| Dimension::new(ecow::eco_format!("a{at}"), kind(at))).collect())
}
