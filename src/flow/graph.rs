//! Building the graph of a procedure.

use petgraph::graph::{DiGraph, NodeIndex};

use crate::model::{NodeId, NodeKind, Procedure, Target};
use crate::space::Region;

/// Where a case can stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// At a node.
    Node(NodeId),
    /// Behind the branches of a block.
    Joined(NodeId),
    /// At the end: solved, unsolved, or not said.
    Closed(Option<bool>),
}

/// A way from one spot to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// The outcome of this index.
    Outcome(usize),
    /// The guarded way of this index.
    Arm(usize),
    /// No guard held.
    Otherwise,
    /// Into a branch of a block.
    Enter,
    /// Out of a branch.
    Join,
    /// On behind a block.
    Then,
    /// The called procedure ended: solved or not.
    Called(bool),
    /// The deadline passed.
    Timeout,
    /// The performer refused.
    Refusal,
}

/// The graph of a procedure.
#[derive(Debug, Clone)]
pub struct Flow {
    /// The graph itself.
    pub graph: DiGraph<Spot, Way>,
    nodes: Vec<NodeIndex>,
    joined: Vec<Option<NodeIndex>>,
    closed: [NodeIndex; 3],
}

impl Flow {
    /// Builds the graph of a procedure; `everything` is the region of all situations.
    pub fn new(procedure: &Procedure, everything: &Region) -> Self {
        let mut graph = DiGraph::new();
        let ids = (0..).map(NodeId).take(procedure.nodes.len());
        let nodes: Vec<NodeIndex> = ids.map(|id| graph.add_node(Spot::Node(id))).collect();
        let joined = (0..)
            .map(NodeId)
            .zip(&procedure.nodes)
            .map(|(id, node)| {
                matches!(node.kind, NodeKind::Block(_)).then(|| graph.add_node(Spot::Joined(id)))
            })
            .collect();
        let closed = [None, Some(true), Some(false)].map(|end| graph.add_node(Spot::Closed(end)));
        let mut flow = Self { graph, nodes, joined, closed };
        for (id, node) in (0..).map(NodeId).zip(&procedure.nodes) {
            flow.ways_of(procedure, id, &node.kind, everything);
        }
        flow
    }

    fn ways_of(&mut self, procedure: &Procedure, id: NodeId, kind: &NodeKind, everything: &Region) {
        match kind {
            NodeKind::Step(step) => {
                for (index, outcome) in step.outcomes.iter().enumerate() {
                    if outcome.when.as_ref().is_none_or(|when| !when.is_empty()) {
                        self.way(procedure, id, Way::Outcome(index), outcome.target);
                    }
                }
                self.way(procedure, id, Way::Timeout, step.on_timeout.map(|(target, _)| target));
                self.way(procedure, id, Way::Refusal, step.on_refusal.map(|(target, _)| target));
            }
            NodeKind::Choose(choice) => {
                let mut left = everything.clone();
                for (index, arm) in choice.arms.iter().enumerate() {
                    if !left.is_disjoint(&arm.guard) {
                        self.way(procedure, id, Way::Arm(index), Some(arm.target));
                    }
                    left = left.minus(&arm.guard);
                }
                if !left.is_empty() {
                    self.way(procedure, id, Way::Otherwise, choice.otherwise.map(|(target, _)| target));
                }
            }
            NodeKind::Block(block) => {
                for branch in branches(procedure, id) {
                    self.graph.add_edge(self.nodes[id.index()], self.nodes[branch.index()], Way::Enter);
                }
                if let (Some(joined), Some((then, _))) = (self.joined[id.index()], block.then)
                    && let Some(to) = self.spot(procedure, id, then)
                {
                    self.graph.add_edge(joined, to, Way::Then);
                }
            }
            NodeKind::Call(call) => {
                self.way(procedure, id, Way::Called(true), call.solved.map(|(target, _)| target));
                self.way(procedure, id, Way::Called(false), call.unsolved.map(|(target, _)| target));
                self.way(procedure, id, Way::Timeout, call.on_timeout.map(|(target, _)| target));
            }
        }
    }

    /// Adds a way, unless its target stays where it is: up the ladder.
    fn way(&mut self, procedure: &Procedure, from: NodeId, way: Way, target: Option<Target>) {
        let Some(target) = target else { return };
        if let Some(to) = self.spot(procedure, from, target) {
            let way = if target == Target::Join && !matches!(way, Way::Outcome(_)) { Way::Join } else { way };
            self.graph.add_edge(self.nodes[from.index()], to, way);
        }
    }

    fn spot(&self, procedure: &Procedure, from: NodeId, target: Target) -> Option<NodeIndex> {
        match target {
            Target::Node(node) => self.nodes.get(node.index()).copied(),
            Target::Close(None) => Some(self.closed[0]),
            Target::Close(Some(true)) => Some(self.closed[1]),
            Target::Close(Some(false)) => Some(self.closed[2]),
            Target::Join => procedure.nodes[from.index()].block.and_then(|block| self.joined[block.index()]),
            Target::Escalate => None,
        }
    }

    /// Where a procedure begins: its first node.
    pub fn start(&self) -> Option<NodeIndex> {
        self.nodes.first().copied()
    }

    /// The place of a node in the graph.
    pub fn at(&self, node: NodeId) -> NodeIndex {
        self.nodes[node.index()]
    }
}

/// The nodes of a block that begin a branch: those to which no other node of the block leads.
pub fn branches(procedure: &Procedure, block: NodeId) -> Vec<NodeId> {
    let inside =
        || (0..).map(NodeId).zip(&procedure.nodes).filter(move |(_, node)| node.block == Some(block));
    let led_to: Vec<NodeId> = inside().flat_map(|(_, node)| targets(&node.kind)).collect();
    inside().map(|(id, _)| id).filter(|id| !led_to.contains(id)).collect()
}

/// The nodes to which a node leads, whatever the way.
fn targets(kind: &NodeKind) -> Vec<NodeId> {
    let targets: Vec<Option<Target>> = match kind {
        NodeKind::Step(step) => {
            let others = [step.on_timeout, step.on_refusal].map(|target| target.map(|(target, _)| target));
            step.outcomes.iter().map(|outcome| outcome.target).chain(others).collect()
        }
        NodeKind::Choose(choice) => {
            let otherwise = choice.otherwise.map(|(target, _)| target);
            choice.arms.iter().map(|arm| Some(arm.target)).chain([otherwise]).collect()
        }
        NodeKind::Block(block) => vec![block.then.map(|(target, _)| target)],
        NodeKind::Call(call) => [call.solved, call.unsolved, call.on_timeout]
            .map(|target| target.map(|(target, _)| target))
            .to_vec(),
    };
    let node = |target| if let Some(Target::Node(node)) = target { Some(node) } else { None };
    targets.into_iter().filter_map(node).collect()
}
