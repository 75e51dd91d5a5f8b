//! Which nodes of a tree the matrix shows: those below which something differs, as deep as there is room.

use std::collections::BTreeSet;

use super::states::States;
use linkage_regions::{NodeRef, Region, Run, Tree};

/// So many cells a matrix has at most.
const CELLS: usize = 7_000;

/// A node that the matrix shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    pub node: NodeRef,
    pub leaves: Run,
    /// How far below the top; the whole tree is at 0.
    pub depth: usize,
    /// Whether nodes below it are shown too.
    pub unfolds: bool,
}

/// The rows and the columns.
pub(super) fn shown(states: &States, trees: [(&Tree, usize); 2]) -> [Vec<Shown>; 2] {
    let cuts = trees.map(|(_, axis)| cuts(states, axis));
    let deepest =
        trees.map(|(tree, _)| tree.nodes().map(|(node, _)| tree.path(node).len()).max().unwrap_or(0));
    let mut depths = deepest;
    loop {
        let lists = [0, 1].map(|at| unfold(trees[at].0, &cuts[at], depths[at]));
        let fits = lists[0].len() * lists[1].len() <= CELLS || depths == [1, 1];
        if fits {
            return lists;
        }
        let longer = usize::from(depths[0] <= 1 || (lists[1].len() > lists[0].len() && depths[1] > 1));
        depths[longer] -= 1;
    }
}

/// Where the state can change along an axis.
fn cuts(states: &States, axis: usize) -> BTreeSet<u32> {
    let all = states.parts.iter().chain([&states.scope]);
    let runs = all.flat_map(Region::cuboids).flat_map(|cuboid| cuboid.sides()[axis].runs());
    runs.flat_map(|run| [run.start, run.end]).collect()
}

fn unfold(tree: &Tree, cuts: &BTreeSet<u32>, deepest: usize) -> Vec<Shown> {
    let mut list = Vec::new();
    let mut open = vec![(Tree::ROOT, 0)];
    while let Some((at, depth)) = open.pop() {
        let Some(node) = tree.get(at) else { continue };
        let differs =
            cuts.range(node.leaves.start + 1..node.leaves.end.max(node.leaves.start + 1)).next().is_some();
        let unfolds = !node.children.is_empty() && depth < deepest && (differs || depth == 0);
        // A node with one node below says no more than that node.
        if let [only] = node.children.as_slice() {
            open.push((*only, depth));
            continue;
        }
        list.push(Shown { node: at, leaves: node.leaves, depth, unfolds });
        if unfolds {
            open.extend(node.children.iter().rev().map(|child| (*child, depth + 1)));
        }
    }
    list
}
