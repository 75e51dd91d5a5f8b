//! Where nothing bounds how long a case takes: what has no deadline, and ways that can be gone round and round.
//!
//! A block with a deadline of its own bounds all that stands in it.

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use super::classes::Set;
use super::course::blocks_around;
use super::{Course, Spot};
use linkage_calendar::Duration;
use linkage_model::{NodeId, NodeKind, ProcedureId};

/// Why a case can take as long as it likes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endless {
    /// Nothing says by when this is done.
    Untimed(NodeId),
    /// From here the case can come here again.
    Round(NodeId),
}

impl Course {
    /// The first such place in the order of the text, with the classes for which it is one: what has no deadline
    /// before rounds. `whole` tells the own deadline of a called procedure.
    pub fn endless(&self, whole: &dyn Fn(ProcedureId) -> Option<Duration>) -> Option<(Endless, Set)> {
        let nodes = (0..).map(NodeId).take(self.procedure.nodes.len());
        let untimed = nodes.filter(|node| self.bounded_by(*node).is_none()).find_map(|node| {
            let classes = self.untimed(node, whole);
            (!classes.is_clear()).then_some((Endless::Untimed(node), classes))
        });
        untimed.or_else(|| self.round())
    }

    /// The classes that come to a node on which they may spend as long as they like.
    fn untimed(&self, node: NodeId, whole: &dyn Fn(ProcedureId) -> Option<Duration>) -> Set {
        let here = self.reach_node(node);
        match &self.procedure.nodes[node.index()].kind {
            NodeKind::Step(step) if step.within.is_none() => here & &self.applies(node),
            NodeKind::Call(call)
                if call.within.or_else(|| Some((whole(call.runs?.0)?, call.runs?.1))).is_none() =>
            {
                here.clone()
            }
            _ => self.classes.none(),
        }
    }

    /// The outermost block around a node that has a deadline.
    fn bounded_by(&self, node: NodeId) -> Option<NodeId> {
        let timed = |block: &NodeId| matches!(&self.procedure.nodes[block.index()].kind, NodeKind::Block(block) if block.within.is_some());
        blocks_around(&self.procedure, node).filter(timed).last()
    }

    /// The first node on a round, with all classes that can go round there.
    fn round(&self) -> Option<(Endless, Set)> {
        let mut found: Option<(NodeId, Set)> = None;
        for class in 0..self.classes.count() {
            let on = self.on_rounds(class);
            match &mut found {
                None => {
                    let first = on.into_iter().min();
                    found = first.map(|node| {
                        let mut set = self.classes.none();
                        set.insert(class);
                        (node, set)
                    });
                }
                Some((node, set)) if on.contains(node) => set.insert(class),
                Some(_) => {}
            }
        }
        found.map(|(node, set)| (Endless::Round(node), set))
    }

    /// The nodes from which a case of a class can come to them again.
    fn on_rounds(&self, class: usize) -> Vec<NodeId> {
        let place = |at: NodeIndex| match self.flow.graph[at] {
            Spot::Node(node) | Spot::Joined(node) => Some(node),
            Spot::Closed(_) => None,
        };
        let comes = |at: NodeIndex| self.reach_at(at).contains(class);
        let mut graph: DiGraph<NodeIndex, ()> = DiGraph::new();
        for at in self.flow.graph.node_indices() {
            graph.add_node(at);
        }
        for edge in self.flow.graph.edge_references() {
            let (from, to) = (edge.source(), edge.target());
            let open = self.open(edge.id()).is_none_or(|open| open.contains(class));
            let within = |at| place(at).and_then(|node| self.bounded_by(node));
            let bounded = within(from).is_some() && within(from) == within(to);
            if open && !bounded && comes(from) && comes(to) {
                graph.add_edge(from, to, ());
            }
        }
        let round = |part: &Vec<NodeIndex>| {
            part.len() > 1 || part.iter().any(|at| graph.find_edge(*at, *at).is_some())
        };
        let parts = tarjan_scc(&graph).into_iter().filter(round).flatten();
        parts
            .filter_map(|at| if let Spot::Node(node) = self.flow.graph[at] { Some(node) } else { None })
            .collect()
    }
}
