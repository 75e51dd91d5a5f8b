//! A tree over many boxes that finds those near a given one without looking at all.
//!
//! The tree is made once: boxes are halved at the median of the axis on which they lie furthest apart,
//! and every node knows the smallest box around its own (as in a packed R-tree; Roussopoulos and
//! Leifker 1985).

use super::{Cuboid, Run};

/// So many boxes are looked at one by one.
const LEAF: usize = 8;

/// The tree; boxes are known by their place in the list it was made of.
pub(super) struct Index {
    axes: usize,
    order: Vec<u32>,
    /// The interval on each axis around each box, in the order of the list.
    hulls: Vec<Run>,
    nodes: Vec<Node>,
    /// The interval on each axis around each node.
    around: Vec<Run>,
}

struct Node {
    from: u32,
    to: u32,
    /// Where the upper half stands; the lower one stands next. None at a leaf.
    upper: Option<u32>,
}

impl Index {
    pub(super) fn new<'a>(axes: usize, cuboids: impl IntoIterator<Item = &'a Cuboid>) -> Self {
        let side_hulls =
            |cuboid: &'a Cuboid| cuboid.sides().iter().map(|side| side.hull().unwrap_or(Run::new(0, 0)));
        let (mut hulls, mut count) = (Vec::new(), 0);
        for cuboid in cuboids {
            hulls.extend(side_hulls(cuboid));
            count += 1;
        }
        let mut index =
            Self { axes, order: (0..count).collect(), hulls, nodes: Vec::new(), around: Vec::new() };
        if count > 0 {
            index.plant(0, count as usize);
        }
        index
    }

    fn hull(&self, at: u32) -> &[Run] {
        &self.hulls[at as usize * self.axes..][..self.axes]
    }

    /// Depth is the logarithm of the number of boxes.
    fn plant(&mut self, from: usize, to: usize) {
        let here = self.nodes.len();
        self.nodes.push(Node { from: short(from), to: short(to), upper: None });
        let mut around = self.hull(self.order[from]).to_vec();
        for at in &self.order[from + 1..to] {
            for (run, own) in around.iter_mut().zip(self.hull(*at)) {
                *run = Run::new(run.start.min(own.start), run.end.max(own.end));
            }
        }
        self.around.extend(&around);
        if to - from <= LEAF {
            return;
        }
        let axis = self.widest(from, to);
        let mut part = self.order[from..to].to_vec();
        part.sort_by_cached_key(|at| {
            let run = self.hull(*at)[axis];
            (u64::from(run.start) + u64::from(run.end), *at)
        });
        self.order[from..to].copy_from_slice(&part);
        let middle = from.midpoint(to);
        self.plant(from, middle);
        self.nodes[here].upper = Some(short(self.nodes.len()));
        self.plant(middle, to);
    }

    /// The axis on which the centres lie furthest apart, in lengths of the boxes.
    fn widest(&self, from: usize, to: usize) -> usize {
        let spread = |axis: usize| {
            let runs = self.order[from..to].iter().map(|at| self.hull(*at)[axis]);
            let (mut low, mut high, mut length) = (u64::MAX, 0, 0u64);
            for run in runs {
                let centre = u64::from(run.start) + u64::from(run.end);
                low = low.min(centre);
                high = high.max(centre);
                length += u64::from(run.len());
            }
            u128::from(high - low) * (1 << 32) / u128::from(length.max(1))
        };
        (0..self.axes).max_by_key(|axis| (spread(*axis), std::cmp::Reverse(*axis))).unwrap_or(0)
    }

    /// Visits every box whose hull is disjoint from these intervals on no more than `most` axes.
    pub(super) fn near(&self, runs: &[Run], most: usize, mut visit: impl FnMut(u32)) {
        let far = |hull: &[Run]| {
            let disjoint = |(own, run): &(&Run, &Run)| own.end <= run.start || run.end <= own.start;
            hull.iter().zip(runs).filter(disjoint).nth(most).is_some()
        };
        let mut waiting: Vec<usize> = if self.nodes.is_empty() { Vec::new() } else { vec![0] };
        while let Some(here) = waiting.pop() {
            if far(&self.around[here * self.axes..][..self.axes]) {
                continue;
            }
            let node = &self.nodes[here];
            match node.upper {
                Some(upper) => waiting.extend([upper as usize, here + 1]),
                None => {
                    let own = &self.order[node.from as usize..node.to as usize];
                    own.iter().copied().filter(|at| !far(self.hull(*at))).for_each(&mut visit);
                }
            }
        }
    }
}

fn short(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The smallest intervals around the sides of a box.
pub(super) fn hulls(cuboid: &Cuboid) -> Vec<Run> {
    cuboid.sides().iter().map(|side| side.hull().unwrap_or(Run::new(0, 0))).collect()
}
