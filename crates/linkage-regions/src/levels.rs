//! Boxes as paths through the axes: what an [interval decision diagram](super::interval_bdd) is built from.
//!
//! Axis by axis, in an order of choice, two boxes that are alike on all axes still to come are one
//! *class*. A set of classes is then all that the rest of the space depends on, and a box that spans all
//! axes still to come is class 0: what it holds, it holds whole.

use std::collections::BTreeMap;

use super::boxes::Boxes;
use super::cells::number;
use super::{Cuboid, Run, Side};

/// The class of boxes that span all that is still to come.
pub(super) const WHOLE: u32 = 0;

/// A class on one axis: the side on it (nothing if it spans the axis), and the class on the axis after.
struct Class {
    side: Option<Side>,
    next: u32,
    owner: u32,
}

/// The classes of all boxes, from the first axis of the order to the last.
pub(super) struct Levels {
    /// The axes in the order in which they are taken.
    pub(super) order: Vec<usize>,
    /// The side of the scope on each axis of the order.
    pub(super) scope: Vec<Side>,
    classes: Vec<Vec<Class>>,
    /// The classes of all boxes on the first axis.
    pub(super) first: Vec<u32>,
}

/// A set of values of one axis on which the same classes remain.
pub(super) struct Piece {
    pub(super) side: Side,
    pub(super) classes: Vec<u32>,
}

impl Levels {
    /// The boxes inside one box of the scope. If owners are told apart, the last class of a box is its
    /// owner.
    pub(super) fn new(boxes: &Boxes<'_>, scope: &Cuboid, order: Vec<usize>, owners: bool) -> Self {
        let sides: Vec<Side> = order.iter().map(|axis| scope.sides()[*axis].clone()).collect();
        let inside = |at: &u32| {
            boxes.sides(*at).iter().zip(scope.sides()).all(|(own, around)| !own.is_disjoint(around))
        };
        let inside: Vec<u32> = (0..boxes.len()).map(number).filter(inside).collect();
        let mut of: Vec<u32> =
            inside.iter().map(|at| if owners { boxes.owner(*at) } else { WHOLE }).collect();
        let mut classes = Vec::new();
        for (axis, around) in order.iter().zip(&sides).rev() {
            let mut known: BTreeMap<(Option<Side>, u32), u32> = BTreeMap::new();
            let mut level = Vec::new();
            if !owners {
                known.insert((None, WHOLE), WHOLE);
                level.push(Class { side: None, next: WHOLE, owner: 0 });
            }
            for (at, class) in inside.iter().zip(&mut of) {
                let own = &boxes.sides(*at)[*axis];
                let side = (!around.is_subset(own)).then(|| own.intersect(around));
                *class = *known.entry((side.clone(), *class)).or_insert_with(|| {
                    level.push(Class { side, next: *class, owner: boxes.owner(*at) });
                    number(level.len() - 1)
                });
            }
            classes.push(level);
        }
        classes.reverse();
        of.sort_unstable();
        of.dedup();
        Self { order, scope: sides, classes, first: of }
    }

    /// How many axes there are.
    pub(super) fn depth(&self) -> usize {
        self.order.len()
    }

    /// The owner of a class, where owners are told apart.
    pub(super) fn owner(&self, level: usize, class: u32) -> u32 {
        self.classes.get(level).map_or(class, |classes| classes[class as usize].owner)
    }

    /// Whether a class spans all axes from the level on.
    pub(super) fn spans(&self, level: usize, class: u32) -> bool {
        let mut class = class;
        self.classes[level..].iter().all(|classes| {
            let own = &classes[class as usize];
            class = own.next;
            own.side.is_none()
        })
    }

    /// The axis parted by which of the classes remain; in the order of the least value of each part.
    /// With `drop_whole`, parts in which a class spans all the rest are left out.
    pub(super) fn pieces(&self, level: usize, set: &[u32], drop_whole: bool) -> Vec<Piece> {
        let classes = &self.classes[level];
        let around = &self.scope[level];
        let (mut spanning, mut edges) = (Vec::new(), Vec::new());
        let mut others: Vec<&Class> = Vec::new();
        for class in set {
            let class = &classes[*class as usize];
            match &class.side {
                None => spanning.push(class.next),
                Some(side) => {
                    edges.extend(side.runs().iter().flat_map(|run| [run.start, run.end]));
                    others.push(class);
                }
            }
        }
        spanning.sort_unstable();
        spanning.dedup();
        if drop_whole && spanning.first() == Some(&WHOLE) {
            return Vec::new();
        }
        edges.extend(around.runs().iter().flat_map(|run| [run.start, run.end]));
        edges.sort_unstable();
        edges.dedup();
        let mut on: Vec<Vec<u32>> = vec![Vec::new(); edges.len()];
        for class in others {
            for run in class.side.iter().flat_map(Side::runs) {
                let from = edges.partition_point(|edge| *edge < run.start);
                let to = edges.partition_point(|edge| *edge < run.end);
                for list in &mut on[from..to] {
                    list.push(class.next);
                }
            }
        }
        let mut together: BTreeMap<Vec<u32>, Vec<Run>> = BTreeMap::new();
        for (ends, mut list) in edges.windows(2).zip(on) {
            let run = Run::new(ends[0], ends[1]);
            list.sort_unstable();
            list.dedup();
            if around.touches(run) && !(drop_whole && list.first() == Some(&WHOLE)) {
                together.entry(list).or_default().push(run);
            }
        }
        let mut pieces: Vec<Piece> = together
            .into_iter()
            .map(|(list, runs)| Piece { side: Side::from_runs(runs), classes: merged(&spanning, list) })
            .collect();
        pieces.sort_by_key(|piece| piece.side.first());
        pieces
    }
}

/// Two sorted lists as one.
fn merged(spanning: &[u32], mut list: Vec<u32>) -> Vec<u32> {
    if !spanning.is_empty() {
        list.extend(spanning);
        list.sort_unstable();
        list.dedup();
    }
    list
}

/// An order of the axes in which boxes are done with early: each next axis is the one that most boxes
/// with few others left wait for; of equals the first.
pub(super) fn order(boxes: &Boxes<'_>, scope: &Cuboid) -> Vec<usize> {
    let asks = |at: u32| -> Vec<usize> {
        let sides = boxes.sides(at).iter().zip(scope.sides()).enumerate();
        let crosses =
            |(_, (own, whole)): &(usize, (&Side, &Side))| !whole.is_subset(own) && !whole.is_disjoint(own);
        sides.filter(crosses).map(|(axis, _)| axis).collect()
    };
    let mut waiting: Vec<Vec<usize>> = (0..boxes.len()).map(|at| asks(number(at))).collect();
    let mut left: Vec<usize> = (0..boxes.axes).collect();
    let mut order = Vec::new();
    while !left.is_empty() {
        let mut scores = vec![0u128; boxes.axes];
        for asked in &waiting {
            for axis in asked {
                scores[*axis] += 1 << (64 - 2 * asked.len().min(32));
            }
        }
        let best = left.iter().copied().max_by_key(|axis| (scores[*axis], std::cmp::Reverse(*axis)));
        let Some(best) = best else { break };
        left.retain(|axis| *axis != best);
        for asked in &mut waiting {
            asked.retain(|axis| *axis != best);
        }
        order.push(best);
    }
    order
}
