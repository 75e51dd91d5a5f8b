//! The exact course of a procedure: in which situations a case comes to each spot, the facts staying as they are.
//!
//! Blocks are nested, so what runs side by side is never multiplied out: each branch is walked by itself, once,
//! and a block is to what stands around it as one node with few ways out of it:
//!
//! ```text
//!   all-of: behind it, where every branch can join        any-of: where one can
//!   either: out of it, where some branch leads out while the block is open
//! ```
//!
//! Within a branch nothing waits for another branch, so any combination of places of the branches occurs.
//! That makes a block of twenty branches cost twenty walks and not two to the twentieth states.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::classes::{Classes, Set};
use super::{Flow, Spot, Way};
use linkage_model::{Node, NodeId, NodeKind, Procedure, ProcedureId};
use linkage_regions::{Region, Space};

/// How a called procedure can end: the situations in which it can be closed as solved, and as unsolved.
pub type Ends = BTreeMap<ProcedureId, [Region; 2]>;

/// Where a case of each class can come to.
#[derive(Debug)]
pub struct Course {
    /// The procedure.
    pub procedure: Arc<Procedure>,
    /// Its graph.
    pub flow: Arc<Flow>,
    /// The classes of situations.
    pub classes: Classes,
    /// The classes for which each way is open, by edge; none means all.
    open: Vec<Option<Set>>,
    /// For each place of the graph the classes that come there.
    reach: Vec<Set>,
    pub(super) fragments: BTreeMap<NodeId, Fragment>,
}

/// What a block is to those around it.
#[derive(Debug, Clone, Default)]
pub struct Fragment {
    /// Whether all its branches must join.
    pub all: bool,
    /// The classes that can go on behind it.
    pub joined: Set,
    /// The classes that can leave it, by where they then are.
    pub exits: BTreeMap<NodeIndex, Set>,
    /// Its branches, each walked by itself.
    pub branches: Vec<Branch>,
}

/// One branch of a block.
#[derive(Debug, Clone)]
pub struct Branch {
    /// Where it begins.
    pub start: NodeId,
    /// The classes that come to each place, if all enter the block; its ends included.
    pub comes: BTreeMap<NodeIndex, Set>,
    /// The classes that can join.
    pub joins: Set,
}

impl Course {
    /// Walks a procedure from the situations that start it. Calls end as `ends` says; those it does not name
    /// may end either way.
    pub fn new(procedure: &Procedure, flow: &Arc<Flow>, space: &Space, start: &Region, ends: &Ends) -> Self {
        let flow = Arc::clone(flow);
        let called = |node: &Node| match &node.kind {
            NodeKind::Call(call) => call.runs.and_then(|(runs, _)| ends.get(&runs)),
            _ => None,
        };
        let further: Vec<Region> = procedure.nodes.iter().filter_map(called).flatten().cloned().collect();
        let classes = Classes::new(procedure, space, start, &further);
        let open = flow.graph.edge_references().map(|edge| {
            let own = flow.guard(edge.id()).map(|guard| classes.inside(guard));
            let Spot::Node(from) = flow.graph[edge.source()] else { return own };
            let ended = called(&procedure.nodes[from.index()]);
            match (edge.weight(), ended) {
                (Way::Called(true), Some([solved, _])) => Some(classes.inside(solved)),
                (Way::Called(false), Some([_, unsolved])) => Some(classes.inside(unsolved)),
                _ => own,
            }
        });
        let open = open.collect();
        let reach = vec![classes.none(); flow.graph.node_count()];
        let own = Arc::new(procedure.clone());
        let mut it = Self { procedure: own, flow, classes, open, reach, fragments: BTreeMap::new() };
        // A block stands before the nodes in it: the inner ones are known before the outer ones.
        let nodes: Vec<(NodeId, &Node)> = (0..).map(NodeId).zip(&procedure.nodes).collect();
        for (id, node) in nodes.into_iter().rev() {
            if let NodeKind::Block(block) = &node.kind {
                let fragment = it.fragment(id, block.all);
                it.fragments.insert(id, fragment);
            }
        }
        it.spread();
        it
    }

    fn fragment(&self, block: NodeId, all: bool) -> Fragment {
        let joined = self.flow.place(Spot::Joined(block));
        let mut fragment = Fragment { all, joined: self.classes.none(), ..Fragment::default() };
        for start in self.flow.branches(block).iter().copied() {
            let comes = self.walk(Some(block), self.flow.at(start));
            let joins = joined.and_then(|at| comes.get(&at)).cloned().unwrap_or_else(|| self.classes.none());
            for (at, set) in &comes {
                if Some(*at) != joined && !self.is_inside(Some(block), *at) && !self.is_lost_join(*at) {
                    fragment.exits.entry(*at).or_insert_with(|| self.classes.none()).union_with(set);
                }
            }
            fragment.branches.push(Branch { start, comes, joins });
        }
        let mut joins = fragment.branches.iter().map(|branch| &branch.joins);
        if let Some(first) = joins.next() {
            fragment.joined =
                joins.fold(first.clone(), |so_far, own| if all { &so_far & own } else { &so_far | own });
        }
        fragment
    }

    /// The classes that come to each place from a start, as far as a block reaches; its ends included.
    pub(super) fn walk(&self, block: Option<NodeId>, start: NodeIndex) -> BTreeMap<NodeIndex, Set> {
        let mut comes = BTreeMap::from([(start, self.classes.all())]);
        let mut queue = VecDeque::from([start]);
        while let Some(at) = queue.pop_front() {
            if !self.is_inside(block, at) {
                continue;
            }
            let here = comes.get(&at).cloned().unwrap_or_default();
            for (to, open) in self.ways(at) {
                let through = open.map_or_else(|| here.clone(), |open| &here & &open);
                if through.is_clear() {
                    continue;
                }
                let known = comes.entry(to).or_insert_with(|| self.classes.none());
                if !through.is_subset(known) {
                    known.union_with(&through);
                    queue.push_back(to);
                }
            }
        }
        comes
    }

    /// Where a token goes from a place, and for which classes; a block is passed as a whole.
    pub(super) fn ways(&self, at: NodeIndex) -> Vec<(NodeIndex, Option<Set>)> {
        if let Spot::Node(node) = self.flow.graph[at]
            && let Some(fragment) = self.fragments.get(&node)
        {
            let then = self
                .flow
                .place(Spot::Joined(node))
                .into_iter()
                .flat_map(|joined| self.flow.graph.edges(joined));
            let then = then.map(|edge| (edge.target(), Some(fragment.joined.clone())));
            return then.chain(fragment.exits.iter().map(|(to, set)| (*to, Some(set.clone())))).collect();
        }
        let own = self.flow.graph.edges(at).filter(|edge| *edge.weight() != Way::Enter);
        own.map(|edge| (edge.target(), self.open[edge.id().index()].clone())).collect()
    }

    /// Whether a place is a node in a block, however deep; everything is in none.
    pub(super) fn is_inside(&self, block: Option<NodeId>, at: NodeIndex) -> bool {
        match self.flow.graph[at] {
            Spot::Node(node) => {
                block.is_none_or(|block| blocks_around(&self.procedure, node).any(|around| around == block))
            }
            _ => false,
        }
    }

    /// Whether a place is the end of a block that was never entered: only a jump into it leads there.
    fn is_lost_join(&self, at: NodeIndex) -> bool {
        matches!(self.flow.graph[at], Spot::Joined(_))
    }

    /// What comes to each place from the start.
    fn spread(&mut self) {
        let Some(start) = self.flow.start() else { return };
        for (at, set) in self.walk(None, start) {
            self.reach[at.index()] = set;
        }
        for (block, fragment) in std::mem::take(&mut self.fragments) {
            let here = self.reach[self.flow.at(block).index()].clone();
            if !here.is_clear() {
                for (at, set) in fragment.branches.iter().flat_map(|branch| &branch.comes) {
                    if self.is_inside(Some(block), *at) {
                        self.reach[at.index()].union_with(&(set & &here));
                    }
                }
                if let Some(joined) = self.flow.place(Spot::Joined(block)) {
                    self.reach[joined.index()].union_with(&(&fragment.joined & &here));
                }
            }
            self.fragments.insert(block, fragment);
        }
    }

    /// The classes that come to a spot.
    pub fn reach(&self, spot: Spot) -> Set {
        self.flow.place(spot).map_or_else(|| self.classes.none(), |at| self.reach[at.index()].clone())
    }

    /// The classes that come to a node.
    pub fn reach_node(&self, node: NodeId) -> &Set {
        &self.reach[self.flow.at(node).index()]
    }

    /// The classes that come to a place of the graph.
    pub(super) fn reach_at(&self, at: NodeIndex) -> &Set {
        &self.reach[at.index()]
    }

    /// A block as those around it see it.
    pub fn fragment_of(&self, block: NodeId) -> Option<&Fragment> {
        self.fragments.get(&block)
    }

    /// The classes for which a way is open; none means all.
    pub fn open(&self, edge: petgraph::graph::EdgeIndex) -> Option<&Set> {
        self.open[edge.index()].as_ref()
    }
}

/// The blocks in which a node stands, the innermost first.
pub fn blocks_around(procedure: &Procedure, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
    let above = |node: &NodeId| procedure.nodes.get(node.index()).and_then(|node| node.block);
    std::iter::successors(above(&node), above)
}
