//! Many boxes laid out for the machine: what the inner loops of [`split`](super::split) read.
//!
//! The hulls of all sides stand in one row of numbers, box by box, so that looking at a box is one
//! stride of memory; the sides themselves are asked only where values in between are missing.

use super::{Cuboid, Run, Side};

/// Boxes with their owners. Equal boxes are told apart by their place only.
pub(super) struct Boxes<'a> {
    pub(super) axes: usize,
    /// Whose each box is.
    pub(super) owners: Vec<u32>,
    /// No owner has two boxes.
    pub(super) single: bool,
    sides: Vec<&'a [Side]>,
    hulls: Vec<Run>,
    /// Whether some side of the box has values missing in between.
    broken: Vec<bool>,
    /// A number drawn from the sides: samples are taken by it, so that the order of boxes does not show.
    lots: Vec<u32>,
}

/// How a box stands to an interval of one axis.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    Misses,
    Crosses,
    Spans,
}

impl<'a> Boxes<'a> {
    pub(super) fn new(axes: usize, owned: impl IntoIterator<Item = (usize, &'a Cuboid)>) -> Self {
        let owned = owned.into_iter();
        let count = owned.size_hint().0;
        let mut boxes = Self {
            axes,
            owners: Vec::with_capacity(count),
            single: true,
            sides: Vec::with_capacity(count),
            hulls: Vec::with_capacity(count * axes),
            broken: Vec::with_capacity(count),
            lots: Vec::with_capacity(count),
        };
        for (owner, cuboid) in owned {
            let owner = u32::try_from(owner).unwrap_or(u32::MAX);
            boxes.single &= boxes.owners.last().is_none_or(|last| *last < owner);
            boxes.owners.push(owner);
            boxes.add(cuboid.sides());
        }
        boxes
    }

    fn add(&mut self, sides: &'a [Side]) {
        let (mut broken, mut lot) = (false, 0u64);
        for side in sides {
            let run = side.hull().unwrap_or(Run::new(0, 0));
            broken |= side.runs().len() > 1;
            lot = (lot.rotate_left(5) ^ u64::from(run.start) ^ u64::from(run.end) << 32)
                .wrapping_mul(0x9E37_79B9_7F4A_7C15);
            self.hulls.push(run);
        }
        self.sides.push(sides);
        self.broken.push(broken);
        self.lots.push((lot >> 32) as u32);
    }

    pub(super) fn len(&self) -> usize {
        self.owners.len()
    }

    /// The smallest intervals around the sides of a box.
    pub(super) fn hulls(&self, at: u32) -> &[Run] {
        &self.hulls[at as usize * self.axes..][..self.axes]
    }

    pub(super) fn hull(&self, at: u32, axis: usize) -> Run {
        self.hulls[at as usize * self.axes + axis]
    }

    pub(super) fn sides(&self, at: u32) -> &'a [Side] {
        self.sides[at as usize]
    }

    pub(super) fn lot(&self, at: u32) -> u32 {
        self.lots[at as usize]
    }

    pub(super) fn owner(&self, at: u32) -> u32 {
        self.owners[at as usize]
    }

    /// Whether values in between are missing on some axis.
    pub(super) fn is_broken(&self, at: u32) -> bool {
        self.broken[at as usize]
    }

    pub(super) fn reach(&self, at: u32, axis: usize, run: Run) -> Reach {
        let own = self.hull(at, axis);
        if own.end <= run.start || run.end <= own.start {
            return Reach::Misses;
        }
        let spans = own.start <= run.start && run.end <= own.end;
        if !self.broken[at as usize] {
            return if spans { Reach::Spans } else { Reach::Crosses };
        }
        let side = &self.sides(at)[axis];
        if spans && side.covers(run) {
            Reach::Spans
        } else if side.touches(run) {
            Reach::Crosses
        } else {
            Reach::Misses
        }
    }
}
