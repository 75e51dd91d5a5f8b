//! Cell splitting: the one engine behind every question about many boxes at once.
//!
//! A *cell* is one interval per axis together with the boxes that matter in it: those that *cross* it
//! (share a part of it) and the owners of those that hold it *whole*. Boxes that miss it are gone.
//! The caller looks at a cell and either answers it or has it cut in two:
//!
//! ```text
//!   ┌────────────┐          ┌─────┬──────┐
//!   │ aaaa  bbb  │   cut    │aaaa │ bbb  │    left: only a is left, right: only b
//!   │ aaaa  bbb  │  ─────→  │aaaa │ bbb  │
//!   └────────────┘          └─────┴──────┘
//! ```
//!
//! The cut goes along an edge of a box, and of all edges along the one that makes `L log L + R log R`
//! least, where L and R are the numbers of boxes that reach into either half: a guess at the work
//! that remains, as for the pivot of a sort. Texts written by people follow trees and bands, and are
//! cut almost without crossings, in about n log² n. Boxes at random in many axes are cut to
//! pieces; callers who cannot wait count cells and stop ([`cover::gaps_within`](super::cover::gaps_within)).
//!
//! Nothing here depends on the order of the boxes: a cut is chosen by counts and coordinates alone.

use super::{Cuboid, Run, Side};

/// The cells that still wait for an answer.
pub(super) struct Work<'a> {
    scope: &'a [Cuboid],
    boxes: Vec<(usize, &'a [Side])>,
    /// Hull of each side of each box, box by box: what the inner loops read.
    extents: Vec<Extent>,
    axes: usize,
    waiting: Vec<Cell>,
    edges: Vec<Edges>,
}

/// One interval per axis, and what reaches into it.
#[derive(Clone)]
pub(super) struct Cell {
    runs: Vec<Run>,
    /// Boxes of the scope that reach into the cell.
    scope: Vec<usize>,
    crossing: Vec<Crossing>,
    /// Owners of boxes that hold the whole cell, sorted.
    pub(super) within: Vec<usize>,
}

#[derive(Clone, Copy)]
struct Crossing {
    at: usize,
    /// On how many axes the box does not span the cell; at 0 it holds the cell.
    open: usize,
}

#[derive(Clone, Copy)]
struct Extent {
    run: Run,
    /// Whether values in between are missing.
    broken: bool,
}

/// The edges inside one cell on one axis.
#[derive(Default)]
struct Edges {
    starts: Vec<u32>,
    ends: Vec<u32>,
    inner: Vec<u32>,
}

enum Reach {
    Misses,
    Crosses,
    Spans,
}

impl<'a> Work<'a> {
    /// One cell around the scope, and in it the boxes with their owners.
    pub(super) fn new(scope: &'a [Cuboid], owned: impl IntoIterator<Item = (usize, &'a Cuboid)>) -> Self {
        let axes = scope.first().map_or(0, |cuboid| cuboid.sides().len());
        let boxes: Vec<_> = owned.into_iter().map(|(owner, cuboid)| (owner, cuboid.sides())).collect();
        let extents = boxes.iter().flat_map(|(_, sides)| sides.iter().map(Extent::of)).collect();
        let edges = (0..axes).map(|_| Edges::default()).collect();
        let mut work = Self { scope, boxes, extents, axes, waiting: Vec::new(), edges };
        if let Some(runs) = hull(scope) {
            let mut root = Cell {
                runs,
                scope: (0..scope.len()).collect(),
                crossing: Vec::with_capacity(work.boxes.len()),
                within: Vec::new(),
            };
            for at in 0..work.boxes.len() {
                work.enter(&mut root, at);
            }
            root.settle(&work.boxes);
            work.waiting.push(root);
        }
        work
    }

    /// The next cell without an answer.
    pub(super) fn next(&mut self) -> Option<Cell> {
        self.waiting.pop()
    }

    /// The boxes that cross the cell, with their owners, in the order of the boxes: how they were
    /// declared must not show.
    pub(super) fn crossing(&self, cell: &Cell) -> Vec<(usize, Cuboid)> {
        let of = |crossing: &Crossing| {
            let (owner, sides) = self.boxes[crossing.at];
            (owner, Cuboid::of_sides(sides.iter().cloned()))
        };
        let mut boxes: Vec<(usize, Cuboid)> = cell.crossing.iter().map(of).collect();
        boxes.sort_by(|(_, a), (_, b)| a.cmp(b));
        boxes
    }

    /// The owners of boxes that reach into the cell, sorted.
    pub(super) fn owners(&self, cell: &Cell) -> Vec<usize> {
        let mut owners: Vec<usize> = cell.crossing.iter().map(|crossing| self.boxes[crossing.at].0).collect();
        owners.extend(&cell.within);
        owners.sort_unstable();
        owners.dedup();
        owners
    }

    /// The part of the scope that lies in the cell.
    pub(super) fn scope(&self, cell: &Cell) -> Vec<Cuboid> {
        let cut = Cuboid::of_sides(cell.runs.iter().map(|run| Side::from(*run)));
        cell.scope.iter().map(|at| self.scope[*at].intersect(&cut)).collect()
    }

    /// Cuts the cell in two; both halves wait for an answer.
    pub(super) fn cut(&mut self, cell: &Cell) {
        let Some((axis, edge)) = self.best_edge(cell) else { return };
        let run = cell.runs[axis];
        // The lower half is answered first, as it is popped first.
        for half in [Run::new(edge, run.end), Run::new(run.start, edge)] {
            let mut part = Cell {
                runs: cell.runs.clone(),
                scope: Vec::new(),
                crossing: Vec::new(),
                within: cell.within.clone(),
            };
            part.runs[axis] = half;
            part.scope =
                cell.scope.iter().copied().filter(|at| self.scope[*at].sides()[axis].touches(half)).collect();
            if part.scope.is_empty() {
                continue;
            }
            for crossing in &cell.crossing {
                let spanned = matches!(self.reach(crossing.at, axis, run), Reach::Spans);
                let open = match self.reach(crossing.at, axis, half) {
                    Reach::Misses => continue,
                    Reach::Spans if !spanned => crossing.open - 1,
                    Reach::Spans | Reach::Crosses => crossing.open,
                };
                part.crossing.push(Crossing { at: crossing.at, open });
            }
            part.settle(&self.boxes);
            self.waiting.push(part);
        }
    }

    fn enter(&self, cell: &mut Cell, at: usize) {
        let mut open = 0;
        for axis in 0..self.axes {
            match self.reach(at, axis, cell.runs[axis]) {
                Reach::Misses => return,
                Reach::Crosses => open += 1,
                Reach::Spans => {}
            }
        }
        cell.crossing.push(Crossing { at, open });
    }

    fn reach(&self, at: usize, axis: usize, run: Run) -> Reach {
        let Extent { run: own, broken } = self.extents[at * self.axes + axis];
        if own.end <= run.start || run.end <= own.start {
            Reach::Misses
        } else if !broken {
            if own.start <= run.start && run.end <= own.end { Reach::Spans } else { Reach::Crosses }
        } else {
            let side = &self.boxes[at].1[axis];
            match (side.covers(run), side.touches(run)) {
                (true, _) => Reach::Spans,
                (false, true) => Reach::Crosses,
                (false, false) => Reach::Misses,
            }
        }
    }

    /// The edge that leaves the least work; of equals the first axis, then the lowest edge.
    fn best_edge(&mut self, cell: &Cell) -> Option<(usize, u32)> {
        self.collect_edges(cell);
        let all = cell.crossing.len();
        let mut best: Option<(u64, usize, u32)> = None;
        for (axis, edges) in self.edges.iter_mut().enumerate() {
            edges.each(|edge, starting_later, ended| {
                let cost = weight(all - starting_later) + weight(all - ended);
                if best.is_none_or(|(least, ..)| cost < least) {
                    best = Some((cost, axis, edge));
                }
            });
        }
        best.map(|(_, axis, edge)| (axis, edge))
    }

    fn collect_edges(&mut self, cell: &Cell) {
        for edges in &mut self.edges {
            edges.clear();
        }
        for crossing in &cell.crossing {
            let extents = &self.extents[crossing.at * self.axes..][..self.axes];
            for (axis, (extent, run)) in extents.iter().zip(&cell.runs).enumerate() {
                let edges = &mut self.edges[axis];
                if !extent.broken {
                    edges.add(extent.run, *run);
                    continue;
                }
                let inside = self.boxes[crossing.at].1[axis].runs_in(*run);
                if let (Some(first), Some(last)) = (inside.first(), inside.last()) {
                    edges.add(Run::new(first.start, last.end), *run);
                    edges.inner.extend(inside.iter().skip(1).map(|own| own.start));
                    edges.inner.extend(inside.iter().rev().skip(1).map(|own| own.end));
                }
            }
        }
    }
}

impl Cell {
    /// How many boxes cross the cell.
    pub(super) fn crossed_by(&self) -> usize {
        self.crossing.len()
    }

    /// The interval of the cell on one axis.
    pub(super) fn run(&self, axis: usize) -> Run {
        self.runs[axis]
    }

    /// Takes boxes that hold the cell to its owners, and forgets other boxes of the same owners.
    fn settle(&mut self, boxes: &[(usize, &[Side])]) {
        let known = self.within.len();
        self.within.extend(self.crossing.iter().filter(|c| c.open == 0).map(|c| boxes[c.at].0));
        if self.within.len() > known {
            self.within.sort_unstable();
            self.within.dedup();
            let within = &self.within;
            self.crossing.retain(|c| within.binary_search(&boxes[c.at].0).is_err());
        }
    }
}

impl Extent {
    fn of(side: &Side) -> Self {
        Self { run: side.hull().unwrap_or(Run::new(0, 0)), broken: side.runs().len() > 1 }
    }
}

impl Edges {
    fn clear(&mut self) {
        self.starts.clear();
        self.ends.clear();
        self.inner.clear();
    }

    fn add(&mut self, own: Run, cell: Run) {
        if own.start > cell.start {
            self.starts.push(own.start);
        }
        if own.end < cell.end {
            self.ends.push(own.end);
        }
    }

    /// Every edge once, from the lowest up, with the number of boxes that start at it or later, and
    /// of those that end at it or before.
    fn each(&mut self, mut visit: impl FnMut(u32, usize, usize)) {
        self.starts.sort_unstable();
        self.ends.sort_unstable();
        self.inner.sort_unstable();
        let (mut start, mut end, mut inner) = (0, 0, 0);
        loop {
            let next = [self.starts.get(start), self.ends.get(end), self.inner.get(inner)];
            let Some(edge) = next.into_iter().flatten().min().copied() else { break };
            let starting_later = self.starts.len() - start;
            let skip =
                |list: &[u32], from: usize| from + list[from..].iter().take_while(|e| **e == edge).count();
            start = skip(&self.starts, start);
            end = skip(&self.ends, end);
            inner = skip(&self.inner, inner);
            visit(edge, starting_later, end);
        }
    }
}

/// The smallest interval on each axis that holds all the boxes; nothing if there are none.
pub(super) fn hull(cuboids: &[Cuboid]) -> Option<Vec<Run>> {
    let (first, others) = cuboids.split_first()?;
    let mut hull: Vec<Run> = first.sides().iter().map(Side::hull).collect::<Option<_>>()?;
    for cuboid in others {
        for (run, side) in hull.iter_mut().zip(cuboid.sides()) {
            let own = side.hull()?;
            *run = Run::new(run.start.min(own.start), run.end.max(own.end));
        }
    }
    Some(hull)
}

/// `n log2 n` in parts of 65536, the logarithm straight between powers of two: whole numbers, so that
/// every machine cuts alike.
fn weight(n: usize) -> u64 {
    let n = n as u64;
    let Some(power) = n.checked_ilog2() else { return 0 };
    let fraction = (n << 16 >> power) - (1 << 16);
    n * ((u64::from(power) << 16) + fraction)
}

#[cfg(test)]
mod tests {
    use super::weight;

    #[test]
    fn weight_is_n_log_n() {
        assert_eq!([0, 1, 2, 4, 8].map(|n| weight(n) >> 16), [0, 0, 2, 8, 24]);
        assert!((1..5000).all(|n| weight(n) < weight(n + 1)));
    }
}
