//! A side in the words of its axis: the fewest names, ranges, times. Data only; sentences are made
//! where values meet a language.
//!
//! [`SideName::side`] goes back, so a description can be checked against what it describes.

use std::collections::BTreeMap;

use ecow::EcoString;

use super::dimension::clock_face;
use super::{Cuboid, Dimension, Kind, MINUTES_OF_DAY, Node, NodeRef, Run, Side, Space, Tree};

/// What a side is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SideName {
    /// Every value of the axis.
    Whole,
    /// These values of a list.
    Names(Vec<EcoString>),
    /// Every value of a list but these: fewer words than naming the others.
    AllBut(Vec<EcoString>),
    /// These subtrees without those.
    Nodes(Named),
    /// Ranges of whole numbers, both ends included, from the lowest up.
    Integers(Vec<(i64, i64)>),
    /// Times of day.
    Clock(Vec<ClockRange>),
}

/// Every leaf under `all_of` except the leaves under `except`.
///
/// No form of this kind has fewer nodes. Of those with as few, exceptions are avoided, and higher
/// nodes come before lower ones. `all_of` may hold the nameless root: "everywhere except ...".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Named {
    /// Subtrees that do not overlap, in depth-first order.
    pub all_of: Vec<NodeRef>,
    /// Subtrees within them, in depth-first order.
    pub except: Vec<NodeRef>,
}

/// Minutes from `from` up to but not including `to`; past midnight where `to` is not after `from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClockRange {
    /// The first minute of the day, 0 to 1439.
    pub from: u32,
    /// The minute after the last, 1 to 1440.
    pub to: u32,
}

impl std::fmt::Display for ClockRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", clock_face(self.from), clock_face(self.to))
    }
}

/// Each side of the box in the words of its axis.
pub fn describe(space: &Space, cuboid: &Cuboid) -> Vec<SideName> {
    space
        .dimensions
        .iter()
        .zip(cuboid.sides())
        .map(|(dimension, side)| describe_side(dimension, side))
        .collect()
}

/// The side in the words of its axis.
pub fn describe_side(dimension: &Dimension, side: &Side) -> SideName {
    let whole = Side::interval(0, dimension.size());
    if !side.is_empty() && whole.is_subset(side) {
        return SideName::Whole;
    }
    match &dimension.kind {
        Kind::List(names) => {
            let missing = whole.minus(side);
            let pick = |side: &Side| side.values().filter_map(|v| names.get(v as usize).cloned()).collect();
            if missing.len() < side.len() {
                SideName::AllBut(pick(&missing))
            } else {
                SideName::Names(pick(side))
            }
        }
        Kind::Tree(tree) => SideName::Nodes(fewest_nodes(tree, side)),
        Kind::Integer { lowest, .. } => {
            let number = |value: u32| lowest.saturating_add(i64::from(value));
            let range = |run: &Run| (number(run.start), number(run.end - 1));
            SideName::Integers(side.runs().iter().map(range).collect())
        }
        Kind::Minutes => SideName::Clock(around_midnight(side)),
    }
}

/// Runs as ranges; the one that ends the day and the one that begins it are one through the night.
fn around_midnight(side: &Side) -> Vec<ClockRange> {
    let mut ranges: Vec<ClockRange> =
        side.runs().iter().map(|run| ClockRange { from: run.start, to: run.end }).collect();
    if let [first, .., last] = ranges.as_mut_slice()
        && first.from == 0
        && last.to == MINUTES_OF_DAY
    {
        last.to = first.to;
        ranges.remove(0);
    }
    ranges
}

/// How a subtree is best said, below a node that is not (`out`) or already is (`inside`) included.
#[derive(Clone, Copy)]
struct Best {
    out: usize,
    said: Said,
    inside: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Said {
    /// Nothing of it, or each child for itself.
    ByChildren,
    /// The node, less what is missing below.
    ByName,
}

/// Bottom up: a full subtree costs one name, an empty one nothing, a mixed one the cheaper of its
/// children's names and its own name with exceptions. Inside an included node it is the other way
/// round: full costs nothing, empty one exception, mixed the sum of its children.
///
/// Only nodes that the side cuts are looked at, so that one leaf of a broad tree costs as much as its depth.
fn fewest_nodes(tree: &Tree, side: &Side) -> Named {
    let mut best = BTreeMap::new();
    let Some(root) = tree.get(Tree::ROOT) else { return Named::default() };
    weigh(tree, side, (Tree::ROOT, root), &mut best);
    let mut named = Named::default();
    let mut waiting = vec![(Tree::ROOT, false)];
    while let Some((at, included)) = waiting.pop() {
        let Some(node) = tree.get(at) else { continue };
        if !included && best.get(&at).is_some_and(|best| best.said == Said::ByName) {
            named.all_of.push(at);
            waiting.push((at, true));
        } else if included && !side.touches(node.leaves) {
            named.except.push(at);
        } else if !side.covers(node.leaves) && side.touches(node.leaves) {
            let begin = waiting.len();
            if included {
                waiting.extend(node.children.iter().map(|child| (*child, true)));
            } else {
                waiting.extend(tree.children_touching(node, side).map(|child| (child, false)));
            }
            waiting[begin..].reverse();
        }
    }
    named
}

/// What a node costs that shares a leaf with the side, after those below it.
fn weigh(
    tree: &Tree,
    side: &Side,
    (at, node): (NodeRef, &Node),
    known: &mut BTreeMap<NodeRef, Best>,
) -> Best {
    let best = if !side.touches(node.leaves) {
        Best { out: 0, said: Said::ByChildren, inside: 1 }
    } else if side.covers(node.leaves) {
        Best { out: 1, said: Said::ByName, inside: 0 }
    } else {
        let (mut by_children, mut inside) = (0, node.children.len());
        for child in tree.children_touching(node, side) {
            let Some(below) = tree.get(child) else { continue };
            let best = weigh(tree, side, (child, below), known);
            by_children += best.out;
            // Untouched it would be one exception.
            inside = inside + best.inside - 1;
        }
        let said = if inside + 1 < by_children { Said::ByName } else { Said::ByChildren };
        Best { out: by_children.min(inside + 1), said, inside }
    };
    known.insert(at, best);
    best
}

impl SideName {
    /// The side that is called so on this axis; names that the axis has not are left out.
    pub fn side(&self, dimension: &Dimension) -> Side {
        let size = dimension.size();
        let listed = |wanted: &[EcoString]| {
            let Kind::List(names) = &dimension.kind else { return Side::empty() };
            Side::from_values((0..).zip(names).filter(|(_, name)| wanted.contains(name)).map(|(at, _)| at))
        };
        match self {
            Self::Whole => Side::interval(0, size),
            Self::Names(names) => listed(names),
            Self::AllBut(names) => listed(names).complement(size),
            Self::Nodes(named) => {
                let Kind::Tree(tree) = &dimension.kind else { return Side::empty() };
                let leaves = |nodes: &[NodeRef]| {
                    let runs = nodes.iter().filter_map(|node| tree.get(*node)).map(|node| node.leaves);
                    Side::from_runs(runs)
                };
                leaves(&named.all_of).minus(&leaves(&named.except))
            }
            Self::Integers(ranges) => {
                let run = |(from, to): &(i64, i64)| {
                    Some(Run::new(dimension.position(*from)?, dimension.position(*to)?.saturating_add(1)))
                };
                Side::from_runs(ranges.iter().filter_map(run))
            }
            Self::Clock(ranges) => Side::from_runs(ranges.iter().flat_map(|range| {
                if range.from < range.to {
                    [Run::new(range.from, range.to), Run::new(0, 0)]
                } else {
                    [Run::new(range.from, MINUTES_OF_DAY), Run::new(0, range.to)]
                }
            })),
        }
    }
}
