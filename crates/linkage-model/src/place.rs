//! A tree of areas or of matters, with the title and the place of every node.

use std::collections::HashMap;

use ecow::EcoString;

use super::Head;
use linkage_regions::{Branch, NodeRef, Tree};

/// A tree whose nodes have names, titles and places.
#[derive(Debug, Clone)]
pub struct Taxonomy {
    /// The tree itself.
    pub tree: Tree,
    /// Title and place of each node; the nameless root has an empty one.
    heads: Vec<Head>,
    /// Only asked by name, never walked through.
    by_name: HashMap<EcoString, Vec<NodeRef>>,
    /// Whether the rules declare it, or one value stands for what they do not tell apart.
    declared: bool,
}

impl Taxonomy {
    /// A tree with the heads of its nodes in depth-first order, without the root's.
    pub fn new(tree: Tree, heads: impl IntoIterator<Item = Head>) -> Self {
        let heads: Vec<Head> = std::iter::once(Head::default()).chain(heads).collect();
        let mut by_name: HashMap<EcoString, Vec<NodeRef>> = HashMap::new();
        for (node, head) in (0..).map(NodeRef).zip(&heads).skip(1) {
            by_name.entry(head.name.clone()).or_default().push(node);
        }
        Self { tree, heads, by_name, declared: true }
    }

    /// What stands for a tree that nobody declares: one value, so that the axis tells nothing apart.
    pub(super) fn undeclared(name: &'static str) -> Self {
        let head = Head { name: name.into(), ..Head::default() };
        Self { declared: false, ..Self::new(Tree::new(&[Branch::leaf(name)]), [head]) }
    }

    /// Whether the rules declare a node of it.
    pub fn is_declared(&self) -> bool {
        self.declared
    }

    /// Name, title and place of a node.
    pub fn head(&self, node: NodeRef) -> &Head {
        &self.heads[node.0 as usize]
    }

    /// Names, titles and places of all nodes below the root.
    pub fn heads(&self) -> impl Iterator<Item = &Head> + Clone {
        self.heads.iter().skip(1)
    }

    /// The names from the top down to the node, with dots between.
    pub fn path(&self, node: NodeRef) -> String {
        let names: Vec<&str> =
            self.tree.path(node).into_iter().map(|node| self.head(node).name.as_str()).collect();
        names.join(".")
    }

    /// The names of all nodes, for suggestions.
    pub fn names(&self) -> impl Iterator<Item = &EcoString> {
        self.heads.iter().skip(1).map(|head| &head.name)
    }

    /// The nodes whose path ends with `name`; a node whose whole path is `name` excludes the others.
    pub fn find(&self, name: &str) -> Vec<NodeRef> {
        let last = name.rsplit('.').next().unwrap_or(name);
        let mut found = Vec::new();
        for node in self.by_name.get(last).into_iter().flatten() {
            match self.above(*node, name) {
                Some(Tree::ROOT) => return vec![*node],
                Some(_) => found.push(*node),
                None => {}
            }
        }
        found
    }

    /// The node above the first of the names that lead to a node; none if they don't lead to it.
    fn above(&self, node: NodeRef, names: &str) -> Option<NodeRef> {
        let mut at = node;
        for name in names.rsplit('.') {
            if at == Tree::ROOT || self.head(at).name != name {
                return None;
            }
            at = self.tree.get(at)?.parent?;
        }
        Some(at)
    }
}
