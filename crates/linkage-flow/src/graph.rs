//! Building the graph of a procedure.

use std::collections::BTreeMap;

use petgraph::Direction;
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};

use linkage_model::{NodeId, NodeKind, Procedure, Target};
use linkage_regions::Region;

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
    /// The step does not apply and is passed over.
    PassOver,
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
    /// Where each way is open, by edge; none means everywhere.
    guards: Vec<Option<Region>>,
    /// Which blocks need all their branches.
    pub(super) all_blocks: Vec<bool>,
    /// Where the branches of each block begin.
    starts: Vec<Vec<NodeId>>,
    /// The block right around each node.
    around: Vec<Option<NodeId>>,
    nodes: Vec<NodeIndex>,
    joined: Vec<Option<NodeIndex>>,
    closed: [NodeIndex; 3],
}

impl Flow {
    /// Builds the graph of a procedure; `everything` is the region of all situations.
    pub fn new(procedure: &Procedure, everything: &Region) -> Self {
        Self::as_in(procedure, procedure, everything)
    }

    /// The graph of a procedure that another was made into by taking ways away or leading them elsewhere: branches of
    /// blocks begin where they begin in the other, and what does not apply is passed over as in the other.
    pub fn as_in(whole: &Procedure, procedure: &Procedure, everything: &Region) -> Self {
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
        let all_blocks = procedure
            .nodes
            .iter()
            .map(|node| matches!(&node.kind, NodeKind::Block(block) if block.all))
            .collect();
        let ids = (0..).map(NodeId).take(procedure.nodes.len());
        let starts = ids.map(|id| branches(whole, id)).collect();
        let around = procedure.nodes.iter().map(|node| node.block).collect();
        let mut flow = Self { graph, guards: Vec::new(), all_blocks, starts, around, nodes, joined, closed };
        for (id, node) in (0..).map(NodeId).zip(&procedure.nodes) {
            flow.ways_of(whole, procedure, id, &node.kind, everything);
        }
        flow
    }

    fn ways_of(
        &mut self,
        whole: &Procedure,
        procedure: &Procedure,
        id: NodeId,
        kind: &NodeKind,
        everything: &Region,
    ) {
        match kind {
            NodeKind::Step(step) => {
                let applies = step.when.as_ref().map(|(when, _)| when);
                for (index, outcome) in step.outcomes.iter().enumerate() {
                    let open = both(applies, outcome.when.as_ref());
                    if open.as_ref().is_none_or(|open| !open.is_empty()) {
                        self.way(procedure, id, Way::Outcome(index), outcome.target, open);
                    }
                }
                if let Some(applies) = applies {
                    self.way(
                        procedure,
                        id,
                        Way::PassOver,
                        passed_over(whole, id),
                        Some(applies.complement()),
                    );
                }
                let open = || applies.cloned();
                // Without a deadline nothing times out.
                let late = step.on_timeout.filter(|_| step.within.is_some());
                self.way(procedure, id, Way::Timeout, late.map(|(target, _)| target), open());
                self.way(procedure, id, Way::Refusal, step.on_refusal.map(|(target, _)| target), open());
            }
            NodeKind::Choose(choice) => {
                let mut left = everything.clone();
                for (index, arm) in choice.arms.iter().enumerate() {
                    let open = left.intersect(&arm.guard);
                    if !open.is_empty() {
                        self.way(procedure, id, Way::Arm(index), Some(arm.target), Some(open));
                    }
                    left = left.minus(&arm.guard);
                }
                if !left.is_empty() {
                    let otherwise = choice.otherwise.map(|(target, _)| target);
                    self.way(procedure, id, Way::Otherwise, otherwise, Some(left));
                }
            }
            NodeKind::Block(block) => {
                for branch in self.starts[id.index()].clone() {
                    self.edge(self.nodes[id.index()], self.nodes[branch.index()], Way::Enter, None);
                }
                if let (Some(joined), Some((then, _))) = (self.joined[id.index()], block.then)
                    && let Some(to) = self.spot(procedure, id, then)
                {
                    self.edge(joined, to, Way::Then, None);
                }
            }
            NodeKind::Call(call) => {
                self.way(procedure, id, Way::Called(true), call.solved.map(|(target, _)| target), None);
                self.way(procedure, id, Way::Called(false), call.unsolved.map(|(target, _)| target), None);
                let late = call.on_timeout.filter(|_| call.within.is_some());
                self.way(procedure, id, Way::Timeout, late.map(|(target, _)| target), None);
                self.way(procedure, id, Way::Refusal, call.on_refusal.map(|(target, _)| target), None);
            }
        }
    }

    /// Adds a way, unless its target stays where it is: up the ladder.
    fn way(
        &mut self,
        procedure: &Procedure,
        from: NodeId,
        way: Way,
        target: Option<Target>,
        open: Option<Region>,
    ) {
        let Some(target) = target else { return };
        if let Some(to) = self.spot(procedure, from, target) {
            let way = if target == Target::Join && matches!(way, Way::Arm(_)) { Way::Join } else { way };
            self.edge(self.nodes[from.index()], to, way, open);
        }
    }

    fn edge(&mut self, from: NodeIndex, to: NodeIndex, way: Way, open: Option<Region>) {
        self.graph.add_edge(from, to, way);
        self.guards.push(open);
    }

    /// Where a way is open; none means everywhere.
    pub(super) fn guard(&self, edge: EdgeIndex) -> Option<&Region> {
        self.guards.get(edge.index()).and_then(Option::as_ref)
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

    /// The place of a spot in the graph.
    pub fn place(&self, spot: Spot) -> Option<NodeIndex> {
        match spot {
            Spot::Node(node) => self.nodes.get(node.index()).copied(),
            Spot::Joined(block) => self.joined.get(block.index()).copied().flatten(),
            Spot::Closed(end) => match end {
                None => Some(self.closed[0]),
                Some(true) => Some(self.closed[1]),
                Some(false) => Some(self.closed[2]),
            },
        }
    }

    /// Where the branches of a block begin.
    pub fn branches(&self, block: NodeId) -> &[NodeId] {
        &self.starts[block.index()]
    }

    /// Whether a place is a node in a block, however deep, or the end of a block in it.
    pub(super) fn is_in(&self, block: NodeId, at: NodeIndex) -> bool {
        let (Spot::Node(node) | Spot::Joined(node)) = self.graph[at] else { return false };
        let above = |node: &NodeId| self.around.get(node.index()).copied().flatten();
        std::iter::successors(above(&node), above).any(|around| around == block)
    }

    /// The place of a node in the graph.
    pub fn at(&self, node: NodeId) -> NodeIndex {
        self.nodes[node.index()]
    }
}

/// Where a step leads that does not apply: where its first outcome does.
fn passed_over(procedure: &Procedure, step: NodeId) -> Option<Target> {
    match &procedure.nodes.get(step.index())?.kind {
        NodeKind::Step(step) => step.outcomes.first()?.target,
        _ => None,
    }
}

/// Where two conditions hold; none means everywhere.
fn both(one: Option<&Region>, other: Option<&Region>) -> Option<Region> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.intersect(other)),
        (only, None) | (None, only) => only.cloned(),
    }
}

/// The nodes of a block that begin a branch, in the order of the text: those to which no other node of the block
/// leads, but for what follows from them (a step that is tried again heads its branch). Where nodes lead round to
/// each other and nothing else leads to them, the one begins that the block names (`begin`).
pub fn branches(procedure: &Procedure, block: NodeId) -> Vec<NodeId> {
    let heads = heads(procedure, block);
    let begins = named_beginnings(procedure, block);
    let of_head = |head: Vec<NodeId>| match head.as_slice() {
        [only] => Some(*only),
        circle => circle.iter().copied().find(|node| begins.contains(node)),
    };
    let mut starts: Vec<NodeId> = heads.into_iter().filter_map(of_head).collect();
    starts.sort_unstable();
    starts
}

/// The circles of a block that nothing else leads to, and of which the block names no node to begin with.
pub fn headless(procedure: &Procedure, block: NodeId) -> Vec<Vec<NodeId>> {
    let begins = named_beginnings(procedure, block);
    let mut circles = heads(procedure, block);
    circles.retain(|circle| circle.len() > 1 && !circle.iter().any(|node| begins.contains(node)));
    circles.sort_unstable();
    circles
}

fn named_beginnings(procedure: &Procedure, block: NodeId) -> Vec<NodeId> {
    match procedure.nodes.get(block.index()).map(|node| &node.kind) {
        Some(NodeKind::Block(own)) => own.begins.iter().map(|(node, _)| *node).collect(),
        Some(NodeKind::Step(_) | NodeKind::Choose(_) | NodeKind::Call(_)) | None => Vec::new(),
    }
}

/// The nodes of a block that lead round to each other, or single ones, to which nothing else in it leads; each in the
/// order of the text.
fn heads(procedure: &Procedure, block: NodeId) -> Vec<Vec<NodeId>> {
    let inside =
        || (0..).map(NodeId).zip(&procedure.nodes).filter(move |(_, node)| node.block == Some(block));
    let mut graph: DiGraph<NodeId, ()> = DiGraph::new();
    let places: BTreeMap<NodeId, NodeIndex> = inside().map(|(id, _)| (id, graph.add_node(id))).collect();
    for (id, _) in inside() {
        // What a block holds leads on from the block as a whole.
        let held = (0..).map(NodeId).zip(&procedure.nodes).filter(|(own, _)| is_held(procedure, *own, id));
        for to in held.flat_map(|(_, node)| targets(&node.kind)) {
            if let Some(to) = places.get(&to) {
                graph.add_edge(places[&id], *to, ());
            }
        }
    }
    let mut heads = Vec::new();
    for circle in tarjan_scc(&graph) {
        let before = circle.iter().flat_map(|at| graph.neighbors_directed(*at, Direction::Incoming));
        if before.into_iter().all(|from| circle.contains(&from)) {
            let mut nodes: Vec<NodeId> = circle.iter().map(|at| graph[*at]).collect();
            nodes.sort_unstable();
            heads.push(nodes);
        }
    }
    heads
}

/// Whether a node is another, or stands in it, however deep.
fn is_held(procedure: &Procedure, node: NodeId, by: NodeId) -> bool {
    let above = |node: &NodeId| procedure.nodes.get(node.index()).and_then(|node| node.block);
    std::iter::successors(Some(node), above).any(|at| at == by)
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
        NodeKind::Call(call) => [call.solved, call.unsolved, call.on_timeout, call.on_refusal]
            .map(|target| target.map(|(target, _)| target))
            .to_vec(),
    };
    let node = |target| if let Some(Target::Node(node)) = target { Some(node) } else { None };
    targets.into_iter().filter_map(node).collect()
}
