//! Interval decision diagrams: what answers where cells are too many.
//!
//! The space is taken axis by axis. Between two edges of the boxes still in question the same boxes
//! remain, and where the same boxes remain the rest of the space has the same answer, however one came
//! there: it is computed once. So eleven million paths may be a few thousand nodes.
//!
//! ```text
//!    x: 0..3 ──→ {a, b} ──→ y: ...        two ways lead to the set {b}:
//!       3..5 ──→ {b} ──┐                  what is left open behind it is counted once
//!       5..9 ──→ {b} ──┴──→ y: ...
//! ```
//!
//! After the multi-valued decision diagrams of Strehl and Thiele (1998, interval diagrams) and the firewall
//! decision diagrams of Gouda and Liu (2007), memoised on the set of active [classes](super::levels).

use std::collections::HashMap;

use num_bigint::BigUint;

use super::boxes::Boxes;
use super::levels::{Levels, WHOLE};
use super::sweep::Matters;
use super::{Cuboid, Point, Side};

/// Larger sets are not remembered: they hardly come again, and memory is finite.
const REMEMBER_UP_TO: usize = 256;

/// A node of the diagram: all ways through the axes from a level on that end in a gap.
struct Node {
    /// The values taken and the node behind them. A node without arcs is open whole.
    arcs: Vec<(Side, u32)>,
    level: usize,
    count: BigUint,
    paths: u128,
    /// The size of the largest box below.
    largest: BigUint,
}

/// The gaps of boxes in one box of the scope.
pub(super) struct Diagram {
    levels: Levels,
    nodes: Vec<Node>,
    known: HashMap<(usize, Vec<u32>), Option<u32>>,
    /// The node of the whole; nothing if there is no gap.
    root: Option<u32>,
    left: usize,
}

/// More work than was given.
pub(super) struct Spent;

impl Diagram {
    /// Builds the diagram, looking at no more than `budget` classes; takes what it looked at off it.
    pub(super) fn gaps(
        boxes: &Boxes<'_>,
        scope: &Cuboid,
        order: Vec<usize>,
        budget: &mut usize,
    ) -> Result<Self, Spent> {
        let levels = Levels::new(boxes, scope, order, false);
        let first = levels.first.clone();
        let mut diagram =
            Self { levels, nodes: Vec::new(), known: HashMap::new(), root: None, left: *budget };
        let root = diagram.node(0, first);
        *budget = diagram.left;
        diagram.root = root?;
        Ok(diagram)
    }

    /// The node of a set of classes; nothing if they leave no gap. Depth is the number of axes.
    fn node(&mut self, level: usize, set: Vec<u32>) -> Result<Option<u32>, Spent> {
        if set.first() == Some(&WHOLE) {
            return Ok(None);
        }
        let key = (level, set);
        if let Some(known) = self.known.get(&key) {
            return Ok(*known);
        }
        let (level, set) = key;
        self.left = self.left.checked_sub(1 + set.len()).ok_or(Spent)?;
        let mut node = Node { arcs: Vec::new(), level, count: 1u32.into(), paths: 1, largest: 1u32.into() };
        if set.is_empty() {
            node.count = self.levels.scope[level..].iter().map(Side::len).fold(node.count, |n, len| n * len);
            node.largest.clone_from(&node.count);
        } else {
            node.count = BigUint::default();
            node.largest = BigUint::default();
            node.paths = 0;
            let pieces = self.levels.pieces(level, &set, true);
            self.left = self.left.checked_sub(pieces.len()).ok_or(Spent)?;
            for piece in pieces {
                let Some(child) = self.node(level + 1, piece.classes)? else { continue };
                let below = &self.nodes[child as usize];
                let length = piece.side.len();
                node.count += &below.count * length;
                node.paths = node.paths.saturating_add(below.paths);
                node.largest = node.largest.max(&below.largest * length);
                node.arcs.push((piece.side, child));
            }
        }
        let place = (node.paths > 0).then(|| {
            self.nodes.push(node);
            u32::try_from(self.nodes.len() - 1).unwrap_or(u32::MAX)
        });
        if set.len() <= REMEMBER_UP_TO {
            self.known.insert((level, set), place);
        }
        Ok(place)
    }

    /// How many points are in no box.
    pub(super) fn count(&self) -> BigUint {
        self.root.map_or_else(BigUint::default, |root| self.nodes[root as usize].count.clone())
    }

    /// In how many disjoint boxes the diagram has them.
    pub(super) fn paths(&self) -> u128 {
        self.root.map_or(0, |root| self.nodes[root as usize].paths)
    }

    /// The largest of these boxes, at most so many, the largest first.
    pub(super) fn largest(&self, most: usize) -> Vec<Cuboid> {
        // Ways begun, each with the size of the largest box that it can lead to; of equals the first begun.
        let mut waiting = std::collections::BinaryHeap::new();
        let mut found = Vec::new();
        let mut begun = u64::MAX;
        if let Some(root) = self.root {
            waiting.push((
                self.nodes[root as usize].largest.clone(),
                begun,
                BigUint::from(1u32),
                root,
                Vec::new(),
            ));
        }
        while let Some((.., size, at, way)) = waiting.pop() {
            let node = &self.nodes[at as usize];
            if node.arcs.is_empty() {
                found.push(self.cuboid(way, node.level));
                if found.len() >= most {
                    break;
                }
            } else {
                for (side, child) in &node.arcs {
                    begun -= 1;
                    let size = &size * side.len();
                    let bound = &size * &self.nodes[*child as usize].largest;
                    let way: Vec<Side> = way.iter().chain([side]).cloned().collect();
                    waiting.push((bound, begun, size, *child, way));
                }
            }
        }
        found
    }

    /// A way through the first axes of the order, all others whole.
    fn cuboid(&self, way: Vec<Side>, level: usize) -> Cuboid {
        let mut sides = vec![Side::empty(); self.levels.depth()];
        let taken = way.into_iter().chain(self.levels.scope[level..].iter().cloned());
        for (axis, side) in self.levels.order.iter().zip(taken) {
            sides[*axis] = side;
        }
        Cuboid::of_sides(sides)
    }
}

/// The least point of a box of the scope that is in no box; looks at no more than `budget` classes.
pub(super) fn least(boxes: &Boxes<'_>, scope: &Cuboid, budget: usize) -> Result<Option<Point>, Spent> {
    let levels = Levels::new(boxes, scope, (0..boxes.axes).collect(), false);
    let mut search = Least { levels, covered: std::collections::HashSet::new(), left: budget };
    let first = search.levels.first.clone();
    let found = search.below(0, first)?;
    Ok(found.map(|mut values| {
        values.reverse();
        Point(values)
    }))
}

struct Least {
    levels: Levels,
    /// Sets that leave no gap.
    covered: std::collections::HashSet<(usize, Vec<u32>)>,
    left: usize,
}

impl Least {
    /// The values of the least point behind a set of classes, the last axis first.
    fn below(&mut self, level: usize, set: Vec<u32>) -> Result<Option<Vec<u32>>, Spent> {
        if set.first() == Some(&WHOLE) {
            return Ok(None);
        }
        if set.is_empty() {
            let rest = self.levels.scope[level..].iter().rev();
            return Ok(rest.map(Side::first).collect());
        }
        let key = (level, set);
        if self.covered.contains(&key) {
            return Ok(None);
        }
        self.left = self.left.checked_sub(1 + key.1.len()).ok_or(Spent)?;
        for piece in self.levels.pieces(level, &key.1, true) {
            if let Some(mut values) = self.below(level + 1, piece.classes)? {
                values.extend(piece.side.first());
                return Ok(Some(values));
            }
        }
        if key.1.len() <= REMEMBER_UP_TO {
            self.covered.insert(key);
        }
        Ok(None)
    }
}

/// How many points of a box of the scope are in sets of owners that matter.
pub(super) fn shared(
    boxes: &Boxes<'_>,
    scope: &Cuboid,
    matters: &Matters<'_>,
    budget: &mut usize,
) -> Result<BigUint, Spent> {
    let levels = Levels::new(boxes, scope, super::levels::order(boxes, scope), true);
    let first = levels.first.clone();
    let mut shared = Shared { levels, matters, known: HashMap::new(), left: *budget };
    let count = shared.below(0, first);
    *budget = shared.left;
    count
}

struct Shared<'m> {
    levels: Levels,
    matters: &'m Matters<'m>,
    known: HashMap<(usize, Vec<u32>), BigUint>,
    left: usize,
}

impl Shared<'_> {
    fn below(&mut self, level: usize, set: Vec<u32>) -> Result<BigUint, Spent> {
        if !self.matter(level, &set, false) {
            return Ok(BigUint::default());
        }
        if self.matter(level, &set, true) {
            let rest = self.levels.scope[level..].iter().map(Side::len);
            return Ok(rest.fold(1u32.into(), |n: BigUint, len| n * len));
        }
        let key = (level, set);
        if let Some(known) = self.known.get(&key) {
            return Ok(known.clone());
        }
        self.left = self.left.checked_sub(1 + key.1.len()).ok_or(Spent)?;
        let mut count = BigUint::default();
        let pieces = self.levels.pieces(level, &key.1, false);
        self.left = self.left.checked_sub(pieces.len()).ok_or(Spent)?;
        for piece in pieces {
            count += self.below(level + 1, piece.classes)? * piece.side.len();
        }
        if key.1.len() <= REMEMBER_UP_TO {
            self.known.insert(key, count.clone());
        }
        Ok(count)
    }

    /// Whether the owners of these classes matter; or of those only that span the rest.
    fn matter(&self, level: usize, set: &[u32], spanning: bool) -> bool {
        let of = set.iter().filter(|class| !spanning || self.levels.spans(level, **class));
        let mut owners: Vec<usize> = of.map(|class| self.levels.owner(level, *class) as usize).collect();
        owners.sort_unstable();
        owners.dedup();
        (self.matters)(&owners)
    }
}
