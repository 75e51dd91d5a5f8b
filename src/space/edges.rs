//! Where a cell is cut: along an edge of a box, and of all edges along the one that leaves least to do.
//!
//! The guess at what remains is `L log L + R log R`, where L and R are the numbers of boxes that reach
//! into either half, as for the pivot of a sort. In a cell with very many boxes the edges of a sample
//! are looked at, and the most promising of them counted out over all boxes.

use super::Run;
use super::boxes::Boxes;
use super::split::{Cell, Crossing};

/// Cells crossed by more boxes are cut along an edge of a sample.
const SAMPLE_PAST: usize = 384;
/// About so many boxes are in a sample.
const SAMPLE: u64 = 192;
/// So many edges of a sample are counted out.
const COUNTED: usize = 4;

/// The edges inside one cell, axis by axis. Kept, so that its lists are made once.
pub(super) struct Edges {
    axes: Vec<Axis>,
    sample: Vec<Crossing>,
}

/// The edges inside one cell on one axis.
#[derive(Default)]
struct Axis {
    starts: Vec<u32>,
    ends: Vec<u32>,
    inner: Vec<u32>,
}

/// An edge by its cost: of equals the first axis, then the lowest edge.
type Costed = (u64, usize, u32);

impl Edges {
    pub(super) fn new(axes: usize) -> Self {
        Self { axes: (0..axes).map(|_| Axis::default()).collect(), sample: Vec::new() }
    }

    /// The axis and the edge that leave the least work.
    pub(super) fn best(&mut self, boxes: &Boxes<'_>, cell: &Cell) -> Option<(usize, u32)> {
        let all = cell.crossing.len();
        if all > SAMPLE_PAST {
            let below = (SAMPLE << 32) / all as u64;
            let mut sample = std::mem::take(&mut self.sample);
            sample.clear();
            sample.extend(cell.crossing.iter().filter(|c| u64::from(boxes.lot(c.at)) < below));
            let best = self.promising(boxes, cell, &sample).into_iter();
            let counted = best.map(|(_, axis, edge)| (count_out(boxes, cell, axis, edge), axis, edge)).min();
            self.sample = sample;
            if let Some((_, axis, edge)) = counted {
                return Some((axis, edge));
            }
        }
        self.collect(boxes, &cell.crossing, &cell.runs);
        let mut best: Option<Costed> = None;
        self.each(all, |costed| {
            if best.is_none_or(|least| costed < least) {
                best = Some(costed);
            }
        });
        best.map(|(_, axis, edge)| (axis, edge))
    }

    /// The best edges of a sample.
    fn promising(&mut self, boxes: &Boxes<'_>, cell: &Cell, sample: &[Crossing]) -> Vec<Costed> {
        self.collect(boxes, sample, &cell.runs);
        let mut best: Vec<Costed> = Vec::with_capacity(COUNTED + 1);
        self.each(sample.len(), |costed| {
            if best.len() < COUNTED || best.last().is_some_and(|last| costed < *last) {
                best.insert(best.partition_point(|other| *other < costed), costed);
                best.truncate(COUNTED);
            }
        });
        best
    }

    fn collect(&mut self, boxes: &Boxes<'_>, crossing: &[Crossing], runs: &[Run]) {
        for axis in &mut self.axes {
            axis.clear();
        }
        for Crossing { at, .. } in crossing {
            if boxes.is_broken(*at) {
                for ((edges, side), run) in self.axes.iter_mut().zip(boxes.sides(*at)).zip(runs) {
                    edges.add_broken(side.runs_in(*run), *run);
                }
                continue;
            }
            for ((edges, own), run) in self.axes.iter_mut().zip(boxes.hulls(*at)).zip(runs) {
                edges.add(*own, *run);
            }
        }
    }

    fn each(&mut self, all: usize, mut visit: impl FnMut(Costed)) {
        for (axis, edges) in self.axes.iter_mut().enumerate() {
            edges.each(|edge, starting_later, ended| {
                visit((weight(all - starting_later) + weight(all - ended), axis, edge));
            });
        }
    }
}

/// What an edge costs, all boxes counted. Missing values in between are not looked for.
fn count_out(boxes: &Boxes<'_>, cell: &Cell, axis: usize, edge: u32) -> u64 {
    let (mut lower, mut upper) = (0, 0);
    for Crossing { at, .. } in &cell.crossing {
        let own = boxes.hull(*at, axis);
        lower += usize::from(own.start < edge);
        upper += usize::from(own.end > edge);
    }
    weight(lower) + weight(upper)
}

impl Axis {
    fn clear(&mut self) {
        self.starts.clear();
        self.ends.clear();
        self.inner.clear();
    }

    /// The ends of a side that lie inside the cell.
    fn add(&mut self, own: Run, cell: Run) {
        if own.start > cell.start {
            self.starts.push(own.start);
        }
        if own.end < cell.end {
            self.ends.push(own.end);
        }
    }

    /// Those of a side with missing values, given by its runs that reach into the cell.
    fn add_broken(&mut self, inside: &[Run], cell: Run) {
        if let (Some(first), Some(last)) = (inside.first(), inside.last()) {
            self.add(Run::new(first.start, last.end), cell);
            self.inner.extend(inside.iter().skip(1).map(|own| own.start));
            self.inner.extend(inside.iter().rev().skip(1).map(|own| own.end));
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
