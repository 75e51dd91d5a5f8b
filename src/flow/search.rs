//! What can be reached, from where, and by which shortest run.

use std::collections::VecDeque;

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::{Dfs, EdgeRef, Reversed};

use super::{Flow, Spot, Way};

/// One step of a run: from a spot by a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stride {
    /// Where the case stands.
    pub at: Spot,
    /// How it goes on; none where the run ends.
    pub way: Option<Way>,
}

/// A run through a procedure, from its start.
pub type Run = Vec<Stride>;

impl Flow {
    /// The spots that a case can come to, sorted.
    pub fn reachable(&self) -> Vec<Spot> {
        let Some(start) = self.start() else { return Vec::new() };
        let mut spots = Vec::new();
        let mut search = Dfs::new(&self.graph, start);
        while let Some(at) = search.next(&self.graph) {
            spots.push(self.graph[at]);
        }
        spots.sort_unstable();
        spots
    }

    /// The spots from which a case can come to an end, sorted.
    pub fn ending(&self) -> Vec<Spot> {
        let mut spots = Vec::new();
        let backwards = Reversed(&self.graph);
        let ends = self.graph.node_indices().filter(|at| matches!(self.graph[*at], Spot::Closed(_)));
        let mut search = Dfs::empty(backwards);
        for end in ends {
            search.move_to(end);
            while let Some(at) = search.next(backwards) {
                spots.push(self.graph[at]);
            }
        }
        // A branch that has joined goes on where its block goes on: the block itself leads there too.
        spots.sort_unstable();
        spots.dedup();
        spots
    }

    /// The shortest run to a spot; of several the one whose ways come first in the text.
    pub fn run_to(&self, goal: Spot) -> Option<Run> {
        let start = self.start()?;
        let mut came: Vec<Option<(NodeIndex, Way)>> = vec![None; self.graph.node_count()];
        let mut queue = VecDeque::from([start]);
        let mut seen = vec![false; self.graph.node_count()];
        seen[start.index()] = true;
        while let Some(at) = queue.pop_front() {
            if self.graph[at] == goal {
                return Some(self.retrace(at, &came));
            }
            let mut ways: Vec<(Way, NodeIndex)> = self
                .graph
                .edges_directed(at, Direction::Outgoing)
                .map(|edge| (*edge.weight(), edge.target()))
                .collect();
            ways.sort_unstable();
            for (way, to) in ways {
                if !std::mem::replace(&mut seen[to.index()], true) {
                    came[to.index()] = Some((at, way));
                    queue.push_back(to);
                }
            }
        }
        None
    }

    fn retrace(&self, goal: NodeIndex, came: &[Option<(NodeIndex, Way)>]) -> Run {
        let mut run = vec![Stride { at: self.graph[goal], way: None }];
        let mut at = goal;
        while let Some((from, way)) = came[at.index()] {
            run.push(Stride { at: self.graph[from], way: Some(way) });
            at = from;
        }
        run.reverse();
        run
    }
}
