//! The values of each axis that some boxes do not tell apart, drawn together to one.
//!
//! Between two neighbouring edges all values lie in the same boxes. Numbered by such pieces, an axis of
//! a million values over which a hundred boxes stand has at most some two hundred, and the size of a
//! box in pieces nearly always fits a machine number.

use super::{Cuboid, Run, Side};

/// The edges of some boxes on each axis, sorted.
pub(super) struct Scale(Vec<Vec<u32>>);

impl Scale {
    pub(super) fn of(axes: usize, cuboids: &[Cuboid]) -> Self {
        let edges = |axis: usize| {
            let runs = cuboids.iter().flat_map(|cuboid| cuboid.sides()[axis].runs());
            let mut edges: Vec<u32> = runs.flat_map(|run| [run.start, run.end]).collect();
            edges.sort_unstable();
            edges.dedup();
            edges
        };
        Self((0..axes).map(edges).collect())
    }

    /// How many pieces an axis has.
    pub(super) fn pieces(&self, axis: usize) -> usize {
        self.0[axis].len().saturating_sub(1)
    }

    /// One of the boxes in pieces.
    pub(super) fn down(&self, cuboid: &Cuboid) -> Cuboid {
        let place = |edges: &[u32], edge: u32| {
            u32::try_from(edges.partition_point(|own| *own < edge)).unwrap_or(u32::MAX)
        };
        self.each(cuboid, |edges, run| Run::new(place(edges, run.start), place(edges, run.end)))
    }

    /// A box in pieces in the values of the axes.
    pub(super) fn up(&self, cuboid: &Cuboid) -> Cuboid {
        self.each(cuboid, Self::values)
    }

    fn each(&self, cuboid: &Cuboid, of: impl Fn(&[u32], Run) -> Run) -> Cuboid {
        let sides = cuboid.sides().iter().zip(&self.0);
        Cuboid::of_sides(
            sides.map(|(side, edges)| Side::from_runs(side.runs().iter().map(|run| of(edges, *run)))),
        )
    }

    fn values(edges: &[u32], run: Run) -> Run {
        let edge = |at: u32| edges.get(at as usize).copied().unwrap_or(0);
        Run::new(edge(run.start), edge(run.end))
    }

    /// How many values the pieces of a side have.
    pub(super) fn len(&self, axis: usize, side: &Side) -> u32 {
        side.runs().iter().map(|run| Self::values(&self.0[axis], *run).len()).sum()
    }
}
