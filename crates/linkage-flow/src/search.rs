//! What can be reached, from where, and by which shortest run.

use std::collections::VecDeque;

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::{Dfs, EdgeRef, Reversed};

use super::{Flow, Spot, Way};
use linkage_model::NodeId;
use linkage_regions::Region;

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

    /// The shortest run to a spot, and the situations in which a case takes it.
    ///
    /// The facts stay as they are at the opening; so every guard on the way narrows the situations. A run
    /// through a block of which all branches must finish goes through each of them in turn. Of runs of one
    /// length it is the one whose ways come first in the text. Called procedures are entered only where no
    /// run avoids them.
    pub fn run_to(&self, goal: Spot, from: &Region) -> Option<(Run, Region)> {
        let start = self.start()?;
        let found = self
            .search(start, from, goal, None, false)
            .or_else(|| self.search(start, from, goal, None, true));
        found.map(|(mut run, region)| {
            run.push(Stride { at: goal, way: None });
            (run, region)
        })
    }

    /// The shortest run to a node and from there the shortest way round to it again.
    pub fn round(&self, node: NodeId, from: &Region) -> Option<(Run, Region)> {
        let (mut run, region) = self.run_to(Spot::Node(node), from)?;
        let mut ways: Vec<_> = self.graph.edges_directed(self.at(node), Direction::Outgoing).collect();
        ways.sort_unstable_by_key(|edge| (*edge.weight(), edge.target()));
        let on = ways.into_iter().filter_map(|edge| {
            let open = self.guard(edge.id()).map_or_else(|| region.clone(), |guard| region.intersect(guard));
            if open.is_empty() {
                return None;
            }
            let (on, region) = self.search(edge.target(), &open, Spot::Node(node), None, true)?;
            Some((*edge.weight(), on, region))
        });
        let (way, on, region) = on.min_by_key(|(_, on, _)| on.len())?;
        if let Some(last) = run.last_mut() {
            last.way = Some(way);
        }
        run.extend(on);
        run.push(Stride { at: Spot::Node(node), way: None });
        Some((run, region))
    }

    /// The same from any place; within a block only what stands in it is gone through.
    fn search(
        &self,
        start: NodeIndex,
        from: &Region,
        goal: Spot,
        within: Option<NodeId>,
        calls: bool,
    ) -> Option<(Run, Region)> {
        let mut queue: VecDeque<(NodeIndex, Region, Run)> =
            VecDeque::from([(start, from.clone(), Vec::new())]);
        let mut seen: Vec<Vec<Region>> = vec![Vec::new(); self.graph.node_count()];
        while let Some((at, region, run)) = queue.pop_front() {
            if self.graph[at] == goal {
                return Some((run, region));
            }
            // What came here before with more situations finds all that this one could find.
            if seen[at.index()].iter().any(|before| region.is_subset(before)) {
                continue;
            }
            seen[at.index()].push(region.clone());
            if let Some(behind) = self.behind_all(at, &region, &run, calls) {
                queue.push_back(behind);
            }
            let mut ways: Vec<_> = self.graph.edges_directed(at, Direction::Outgoing).collect();
            ways.sort_unstable_by_key(|edge| (*edge.weight(), edge.target()));
            for edge in ways {
                let to = self.graph[edge.target()];
                let alone = matches!(to, Spot::Joined(block) if self.all_blocks[block.index()]) && to != goal;
                let beyond = to != goal && within.is_some_and(|block| !self.is_in(block, edge.target()));
                if alone || beyond || (!calls && matches!(edge.weight(), Way::Called(_))) {
                    continue;
                }
                let open =
                    self.guard(edge.id()).map_or_else(|| region.clone(), |guard| region.intersect(guard));
                if !open.is_empty() {
                    let mut run = run.clone();
                    run.push(Stride { at: self.graph[at], way: Some(*edge.weight()) });
                    queue.push_back((edge.target(), open, run));
                }
            }
        }
        None
    }

    /// From a block of which all branches must finish to behind it, through each branch in turn.
    fn behind_all(
        &self,
        at: NodeIndex,
        region: &Region,
        run: &Run,
        calls: bool,
    ) -> Option<(NodeIndex, Region, Run)> {
        let Spot::Node(block) = self.graph[at] else { return None };
        if !self.all_blocks[block.index()] {
            return None;
        }
        let joined = self.graph.node_indices().find(|index| self.graph[*index] == Spot::Joined(block))?;
        let entered =
            self.graph.edges_directed(at, Direction::Outgoing).filter(|edge| *edge.weight() == Way::Enter);
        let mut branches: Vec<NodeIndex> = entered.map(|edge| edge.target()).collect();
        branches.sort_unstable();
        let (mut region, mut run) = (region.clone(), run.clone());
        run.push(Stride { at: self.graph[at], way: Some(Way::Enter) });
        for branch in branches {
            let (own, left) = self.search(branch, &region, Spot::Joined(block), Some(block), calls)?;
            run.extend(own);
            region = left;
        }
        Some((joined, region, run))
    }
}
