//! What every way passes: single points of failure.

use petgraph::algo::dominators::simple_fast;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::Dfs;

/// The nodes that every way from one node to another passes, beside these two, in the order of the way: the
/// loss of any of them cuts it. None where there is no way, or ways that share no node.
pub fn points_of_failure(size: usize, arcs: &[(usize, usize)], from: usize, to: usize) -> Vec<usize> {
    let mut graph: DiGraph<(), ()> = DiGraph::new();
    let nodes: Vec<NodeIndex> = (0..size).map(|_| graph.add_node(())).collect();
    let at = |node: usize| nodes.get(node).copied();
    let (Some(start), Some(end)) = (at(from), at(to)) else { return Vec::new() };
    for (tail, head) in arcs.iter().filter_map(|(tail, head)| at(*tail).zip(at(*head))) {
        graph.add_edge(tail, head, ());
    }
    let mut search = Dfs::new(&graph, start);
    let mut reached = false;
    while let Some(node) = search.next(&graph) {
        reached |= node == end;
    }
    if !reached {
        return Vec::new();
    }
    let dominators = simple_fast(&graph, start);
    let passed = dominators.strict_dominators(end).into_iter().flatten();
    let mut passed: Vec<usize> = passed.map(NodeIndex::index).filter(|node| *node != from).collect();
    passed.reverse();
    passed
}
