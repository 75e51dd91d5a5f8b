//! A space split at random into disjoint boxes, some of which are then shrunk or widened.
//!
//! ```text
//!   ┌────┬─────┐      ┌────┬─────┐      a gave up the slab s: a gap of known size;
//!   │ a  │  b  │      │ a  ├──┐  │      c took e from b: an overlap of known size
//!   │    ├─────┤  →   ├────┤e │b │
//!   │    │  c  │      │ s  │  c  │
//!   └────┴─────┘      └────┴─────┘
//! ```
//!
//! A change is drawn again if it would meet an earlier one, so that no change undoes another: the gaps
//! are exactly the slabs, and the overlaps exactly what each widened box took from each neighbour. The
//! tree of the splits finds the neighbours.

use std::collections::BTreeMap;

use num_bigint::BigUint;

use super::super::{Cuboid, Kind, Region, Run, Side, Space};
use super::lcg::Lcg;
use super::{Known, Table};

/// How many boxes are changed.
#[derive(Debug, Clone, Copy)]
pub struct Faults {
    /// So many give up a slab at one side.
    pub shrunk: usize,
    /// So many take a slab from their neighbours.
    pub widened: usize,
}

impl Faults {
    /// Every tenth box is changed, one half shrunk, the other widened.
    pub fn tenth(boxes: usize) -> Self {
        Self { shrunk: boxes / 20, widened: boxes / 20 }
    }
}

/// A changed box is at most this many values shorter or longer.
const SHIFT: u32 = 3;

/// So many draws are made for each change before it is given up (a tiny space has no room for it).
const DRAWS: usize = 200;

enum Node {
    Leaf(usize),
    /// The axis, the values of the lower part on it, and both parts.
    Fork(usize, Side, [usize; 2]),
}

struct Tree {
    nodes: Vec<Node>,
    boxes: Vec<Cuboid>,
}

/// The space split into so many boxes, with these faults.
pub fn split(space: Space, boxes: usize, faults: Faults, seed: u64) -> Table {
    let mut lots = Lcg::new(seed);
    let tree = Tree::draw(&space, boxes, &mut lots);
    let mut changes = Changes::new(&space, &tree);
    changes.draw(faults.shrunk, &mut lots, Changes::shrink);
    changes.draw(faults.widened, &mut lots, Changes::widen);
    let Changes { now, slabs, pairs, .. } = changes;
    let regions = now.into_iter().map(|cuboid| Region::from_cuboid(&space, cuboid)).collect();
    let slabs: Vec<Cuboid> = slabs.into_iter().flatten().collect();
    let gaps = Some(slabs.iter().map(Cuboid::count).sum());
    let overlaps = pairs.into_iter().collect();
    Table { space, regions, known: Known { gaps, slabs, overlaps, ..Known::default() } }
}

impl Tree {
    fn draw(space: &Space, boxes: usize, lots: &mut Lcg) -> Self {
        let mut tree = Self { nodes: vec![Node::Leaf(0)], boxes: vec![Cuboid::full(space)] };
        let mut node_of = vec![0];
        let mut failed = 0;
        while tree.boxes.len() < boxes && failed < 1000 * DRAWS + 20 * boxes {
            let at = lots.place(tree.boxes.len());
            let axis = lots.place(space.dimensions.len());
            let own = &tree.boxes[at].sides()[axis];
            let Some(lower) = part(&space.dimensions[axis].kind, own, lots) else {
                failed += 1;
                continue;
            };
            let upper = tree.boxes[at].with(axis, own.minus(&lower));
            tree.boxes[at] = tree.boxes[at].with(axis, lower.clone());
            let next = tree.boxes.len();
            tree.boxes.push(upper);
            let below = [tree.nodes.len(), tree.nodes.len() + 1];
            tree.nodes.extend([Node::Leaf(at), Node::Leaf(next)]);
            tree.nodes[node_of[at]] = Node::Fork(axis, lower, below);
            node_of[at] = below[0];
            node_of.push(below[1]);
        }
        tree
    }

    /// The boxes of the split that share a point with this one.
    fn meeting(&self, cuboid: &Cuboid) -> Vec<usize> {
        let mut found = Vec::new();
        let mut waiting = vec![0];
        while let Some(at) = waiting.pop() {
            match &self.nodes[at] {
                Node::Leaf(own) => found.push(*own),
                Node::Fork(axis, lower, below) => {
                    let side = &cuboid.sides()[*axis];
                    if !side.is_disjoint(lower) {
                        waiting.push(below[0]);
                    }
                    // What is below the upper fork lies outside `lower`, but perhaps outside `side` too.
                    if !side.is_subset(lower) {
                        waiting.push(below[1]);
                    }
                }
            }
        }
        found.retain(|at| !self.boxes[*at].is_disjoint(cuboid));
        found.sort_unstable();
        found
    }
}

/// Some of the values, never all and never none: any of a list, the lower ones where they are ordered.
fn part(kind: &Kind, side: &Side, lots: &mut Lcg) -> Option<Side> {
    if side.len() < 2 {
        return None;
    }
    if matches!(kind, Kind::List(_)) {
        let values: Vec<u32> = side.values().collect();
        let mut taken: Vec<u32> = values.iter().copied().filter(|_| lots.below(2) == 0).collect();
        if taken.is_empty() || taken.len() == values.len() {
            taken = vec![values[lots.place(values.len())]];
        }
        return Some(Side::from_values(taken));
    }
    let run = side.hull()?;
    Some(side.intersect(&Side::interval(run.start, run.start + 1 + lots.below(run.len() - 1))))
}

/// The boxes as they are changed, and what each change did.
struct Changes<'a> {
    space: &'a Space,
    tree: &'a Tree,
    now: Vec<Cuboid>,
    changed: Vec<bool>,
    /// What a box gave up.
    slabs: Vec<Option<Cuboid>>,
    /// What others took from a box.
    taken: Vec<Vec<Cuboid>>,
    pairs: BTreeMap<[usize; 2], BigUint>,
}

impl<'a> Changes<'a> {
    fn new(space: &'a Space, tree: &'a Tree) -> Self {
        let count = tree.boxes.len();
        Self {
            space,
            tree,
            now: tree.boxes.clone(),
            changed: vec![false; count],
            slabs: vec![None; count],
            taken: vec![Vec::new(); count],
            pairs: BTreeMap::new(),
        }
    }

    fn draw(
        &mut self,
        count: usize,
        lots: &mut Lcg,
        change: fn(&mut Self, usize, usize, bool, u32) -> Option<()>,
    ) {
        for _ in 0..count {
            for _ in 0..DRAWS {
                let at = lots.place(self.now.len());
                let axis = lots.place(self.space.dimensions.len());
                let (up, shift) = (lots.below(2) == 0, 1 + lots.below(SHIFT));
                if !self.changed[at] && change(self, at, axis, up, shift).is_some() {
                    self.changed[at] = true;
                    break;
                }
            }
        }
    }

    fn shrink(&mut self, at: usize, axis: usize, up: bool, shift: u32) -> Option<()> {
        let own = &self.tree.boxes[at];
        let run = plain(&own.sides()[axis]).filter(|run| run.len() > shift)?;
        let lost =
            if up { Run::new(run.end - shift, run.end) } else { Run::new(run.start, run.start + shift) };
        let slab = own.with(axis, Side::from(lost));
        if self.taken[at].iter().any(|taken| !taken.is_disjoint(&slab)) {
            return None;
        }
        self.now[at] = own.with(axis, own.sides()[axis].minus(&Side::from(lost)));
        self.slabs[at] = Some(slab);
        Some(())
    }

    fn widen(&mut self, at: usize, axis: usize, up: bool, shift: u32) -> Option<()> {
        let own = &self.tree.boxes[at];
        let run = plain(&own.sides()[axis])?;
        let size = self.space.dimensions[axis].size();
        let more = if up {
            Run::new(run.end, run.end.saturating_add(shift).min(size))
        } else {
            Run::new(run.start.saturating_sub(shift), run.start)
        };
        let extension = own.with(axis, Side::from(more));
        if more.is_empty() {
            return None;
        }
        let met = self.tree.meeting(&extension);
        let free = met.iter().all(|other| {
            let earlier = self.slabs[*other].iter().chain(&self.taken[*other]);
            earlier.into_iter().all(|earlier| earlier.is_disjoint(&extension))
        });
        if !free {
            return None;
        }
        for other in met {
            let shared = self.tree.boxes[other].intersect(&extension);
            *self.pairs.entry([at.min(other), at.max(other)]).or_default() += shared.count();
            self.taken[other].push(shared);
        }
        self.now[at] = own.with(axis, own.sides()[axis].union(&Side::from(more)));
        Some(())
    }
}

/// The one run of a side.
fn plain(side: &Side) -> Option<Run> {
    match side.runs() {
        [run] => Some(*run),
        _ => None,
    }
}
