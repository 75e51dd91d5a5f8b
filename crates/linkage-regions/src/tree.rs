//! A tree laid flat: every node is one interval of leaves.
//!
//! Leaves are numbered in depth-first order, so "everything under North" is one interval and cutting
//! a space at the edge of a subtree never cuts through another subtree:
//!
//! ```text
//! (root)            0..4
//! ├─ North          0..3
//! │  ├─ Leeds       0..1
//! │  └─ York        1..3
//! │     ├─ Inner    1..2
//! │     └─ Outer    2..3
//! └─ South          3..4
//! ```

use ecow::EcoString;

use super::{Run, Side};

/// A node as it is declared: a name and the nodes below it. Without any it is a leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The name of the node; it need not be unique in the tree.
    pub name: EcoString,
    /// The nodes directly below, in declared order.
    pub children: Vec<Branch>,
}

impl Branch {
    /// A node that has the given nodes below it.
    pub fn new(name: impl Into<EcoString>, children: Vec<Branch>) -> Self {
        Self { name: name.into(), children }
    }

    /// A node with nothing below it.
    pub fn leaf(name: impl Into<EcoString>) -> Self {
        Self::new(name, Vec::new())
    }
}

/// A node of one [`Tree`]: its place in depth-first order, where 0 is the nameless root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeRef(pub u32);

/// A node laid flat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The name as declared; empty for the root.
    pub name: EcoString,
    /// The leaves below the node (a leaf has itself).
    pub leaves: Run,
    /// The node above; none for the root.
    pub parent: Option<NodeRef>,
    /// The nodes directly below, in declared order.
    pub children: Vec<NodeRef>,
}

/// Declared nodes under one nameless root that covers them all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    /// The nameless root of every tree.
    pub const ROOT: NodeRef = NodeRef(0);

    /// The tree of these nodes, in this order. None at all gives a tree without leaves.
    pub fn new(roots: &[Branch]) -> Self {
        let mut nodes = vec![Node::unplaced("".into(), None)];
        let mut waiting: Vec<(&Branch, NodeRef)> = Vec::new();
        waiting.extend(roots.iter().rev().map(|branch| (branch, Self::ROOT)));
        let mut leaves = 0;
        while let Some((branch, parent)) = waiting.pop() {
            let here = NodeRef(u32::try_from(nodes.len()).unwrap_or(u32::MAX));
            let mut node = Node::unplaced(branch.name.clone(), Some(parent));
            if branch.children.is_empty() {
                node.leaves = Run::new(leaves, leaves + 1);
                leaves += 1;
            }
            nodes.push(node);
            nodes[parent.0 as usize].children.push(here);
            waiting.extend(branch.children.iter().rev().map(|child| (child, here)));
        }
        // Children stand after their parent, so going backwards meets every child first.
        for at in (0..nodes.len()).rev() {
            let node = &nodes[at];
            if let (Some(first), Some(last)) = (node.children.first(), node.children.last()) {
                let run = Run::new(nodes[first.0 as usize].leaves.start, nodes[last.0 as usize].leaves.end);
                nodes[at].leaves = run;
            }
        }
        Self { nodes }
    }

    /// How many leaves there are.
    pub fn leaves(&self) -> u32 {
        self.nodes[0].leaves.end
    }

    /// Every node with its reference, in depth-first order, the nameless root first.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = (NodeRef, &Node)> {
        (0..).map(NodeRef).zip(&self.nodes).collect::<Vec<_>>().into_iter()
    }

    /// The node, if it is one of this tree.
    pub fn get(&self, node: NodeRef) -> Option<&Node> {
        self.nodes.get(node.0 as usize)
    }

    /// The leaves below the node; empty for a node of another tree.
    pub fn side(&self, node: NodeRef) -> Side {
        self.get(node).map_or_else(Side::empty, |node| Side::from(node.leaves))
    }

    /// The node of this leaf, if there are so many leaves.
    pub fn leaf(&self, leaf: u32) -> Option<NodeRef> {
        let mut at = Self::ROOT;
        loop {
            let node = self.get(at)?;
            if node.children.is_empty() {
                return node.leaves.contains(leaf).then_some(at);
            }
            at = *self.children_reaching(node, leaf).first()?;
        }
    }

    /// The children of a node from the first on that has leaves at this one or behind it: children lie in the order of
    /// their leaves.
    fn children_reaching<'n>(&self, node: &'n Node, leaf: u32) -> &'n [NodeRef] {
        let before = |child: &NodeRef| self.get(*child).is_some_and(|child| child.leaves.end <= leaf);
        &node.children[node.children.partition_point(before)..]
    }

    /// The children of a node that share a leaf with a side, in their order.
    pub(crate) fn children_touching<'t>(
        &'t self,
        node: &'t Node,
        side: &'t Side,
    ) -> impl Iterator<Item = NodeRef> + 't {
        let mut last = None;
        side.runs().iter().filter(|run| !run.intersect(node.leaves).is_empty()).flat_map(move |run| {
            let reaching = self.children_reaching(node, run.start);
            let of = reaching
                .iter()
                .copied()
                .take_while(|child| self.get(*child).is_some_and(|child| child.leaves.start < run.end));
            // Two runs may meet the same child.
            let of: Vec<NodeRef> = of.filter(|child| last.is_none_or(|last| last < *child)).collect();
            last = of.last().copied().or(last);
            of
        })
    }

    /// The node and the nodes above it, from the top down, without the nameless root.
    pub fn path(&self, node: NodeRef) -> Vec<NodeRef> {
        let mut path = Vec::new();
        let mut at = node;
        while let Some(parent) = self.get(at).and_then(|node| node.parent) {
            path.push(at);
            at = parent;
        }
        path.reverse();
        path
    }

    /// The first node with this chain of names from the top, such as `["North", "Leeds"]`.
    pub fn find(&self, path: &[&str]) -> Option<NodeRef> {
        let mut at = Self::ROOT;
        for name in path {
            let called = |child: &&NodeRef| self.get(**child).is_some_and(|node| node.name == *name);
            at = *self.get(at)?.children.iter().find(called)?;
        }
        Some(at)
    }
}

impl Node {
    fn unplaced(name: EcoString, parent: Option<NodeRef>) -> Self {
        Self { name, leaves: Run::new(0, 0), parent, children: Vec::new() }
    }
}
