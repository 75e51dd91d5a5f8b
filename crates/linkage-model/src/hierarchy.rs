//! Who stands above whom, as a graph from each body to the bodies right above it.

use std::collections::VecDeque;

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};

use super::{BodyId, Institution};

/// The hierarchy of bodies; more than one may stand above another (dual leadership).
#[derive(Debug, Clone)]
pub struct Hierarchy {
    graph: DiGraph<BodyId, ()>,
}

impl Hierarchy {
    /// The hierarchy that the bodies declare.
    pub fn new(institution: &Institution) -> Self {
        let mut graph = DiGraph::new();
        let nodes: Vec<NodeIndex> = institution.bodies().map(|(body, _)| graph.add_node(body)).collect();
        for (below, body) in institution.bodies() {
            for (above, _) in &body.under {
                graph.add_edge(nodes[below.index()], nodes[above.index()], ());
            }
        }
        Self { graph }
    }

    /// All bodies above a body, the nearest first, with how far above they stand.
    pub fn above(&self, body: BodyId) -> Vec<(BodyId, usize)> {
        self.walk(body, Direction::Outgoing)
    }

    /// All bodies below a body, the nearest first, with how far below they stand.
    pub fn below(&self, body: BodyId) -> Vec<(BodyId, usize)> {
        self.walk(body, Direction::Incoming)
    }

    fn walk(&self, body: BodyId, direction: Direction) -> Vec<(BodyId, usize)> {
        let mut found: Vec<(BodyId, usize)> = Vec::new();
        let mut queue = VecDeque::from([(NodeIndex::new(body.index()), 0)]);
        while let Some((at, far)) = queue.pop_front() {
            let mut next: Vec<NodeIndex> = self.graph.neighbors_directed(at, direction).collect();
            next.sort_unstable();
            for node in next {
                let other = self.graph[node];
                if other != body && found.iter().all(|(known, _)| *known != other) {
                    found.push((other, far + 1));
                    queue.push_back((node, far + 1));
                }
            }
        }
        found
    }

    /// The lowest body that stands above all of these; of several equally low ones the nearest to them,
    /// then the first in the text.
    pub fn lowest_common(&self, bodies: &[BodyId]) -> Option<BodyId> {
        let above: Vec<Vec<(BodyId, usize)>> = bodies.iter().map(|body| self.above(*body)).collect();
        let far = |body: BodyId| -> Option<usize> {
            above.iter().map(|over| over.iter().find(|(own, _)| *own == body).map(|(_, far)| *far)).sum()
        };
        let (first, _) = above.split_first()?;
        let common: Vec<(BodyId, usize)> =
            first.iter().filter_map(|(body, _)| Some((*body, far(*body)?))).collect();
        let lowest = common.iter().filter(|(body, _)| {
            !common.iter().any(|(other, _)| self.above(*other).iter().any(|(over, _)| over == body))
        });
        lowest.min_by_key(|(body, far)| (*far, *body)).map(|(body, _)| *body)
    }
}
