//! From where a case can still come to its end, and where it is lost.
//!
//! Somebody at a node is *alive* if from there the branch can join, or lead out to where it is alive again. In
//! a block all of whose branches are alive, either all can join or one can leave; so a procedure in which every
//! node that is come to is alive can always be completed. The reverse does not hold: who is not alive may be
//! saved by a branch that can always lead out of the block. [`Course::lost`] asks exactly.

use std::collections::BTreeMap;

use petgraph::graph::NodeIndex;

use super::classes::Set;
use super::course::Fragment;
use super::{Course, Spot};
use linkage_model::{Node, NodeId, NodeKind, Target};

/// Where a place leads, and for which classes.
type Ways = Vec<(NodeIndex, Option<Set>)>;

/// What counts as having come to the goal, and for which classes.
type Goal = BTreeMap<NodeIndex, Set>;

impl Course {
    /// The classes for which some combination of places can be come to, from which no run leads to the end.
    /// A dead end that other checks tell (`told`) counts as an end.
    pub fn lost(&self, told: bool) -> Set {
        let Some(start) = self.flow.start() else { return self.classes.none() };
        let comes = self.walk(None, start);
        let ends = [None, Some(true), Some(false)]
            .map(Spot::Closed)
            .into_iter()
            .filter_map(|end| self.flow.place(end));
        let goal: Goal = ends.map(|end| (end, self.classes.all())).collect();
        self.lost_on(None, &comes, &goal, told)
    }

    /// The classes that can be at some place of a walk from which the goal can't be come to.
    fn lost_on(
        &self,
        block: Option<NodeId>,
        comes: &BTreeMap<NodeIndex, Set>,
        goal: &Goal,
        told: bool,
    ) -> Set {
        let can = self.can(block, comes, goal, told);
        let mut lost = self.classes.none();
        for (at, here) in
            comes.iter().filter(|(at, _)| self.is_inside(block, **at) || self.is_foreign_join(block, **at))
        {
            let can_here = can.get(at).cloned().unwrap_or_else(|| self.classes.none());
            lost.union_with(&difference(here, &can_here));
            if let Spot::Node(node) = self.flow.graph[*at]
                && let Some(fragment) = self.fragments.get(&node)
            {
                let mut within: Goal = BTreeMap::new();
                for to in fragment.exits.keys() {
                    within.insert(*to, at_goal(&can, goal, *to, self.classes.none()));
                }
                let behind = self.behind(node, &can, goal, told);
                lost.union_with(&(here & &self.lost_in(node, fragment, &within, &behind, told)));
            }
        }
        lost
    }

    /// The classes for which what follows a block can come to the goal.
    fn behind(&self, block: NodeId, can: &Goal, goal: &Goal, told: bool) -> Set {
        let mut behind = self.classes.none();
        let Some(joined) = self.flow.place(Spot::Joined(block)) else { return behind };
        for to in self.flow.graph.neighbors(joined) {
            behind.union_with(&at_goal(can, goal, to, self.classes.none()));
        }
        if told && self.flow.graph.neighbors(joined).next().is_none() {
            behind.insert_range(..);
        }
        behind
    }

    /// The classes for which a block can be in a state from which neither an exit of the goal nor, where
    /// that is of the goal, the end of the block can be come to.
    fn lost_in(&self, block: NodeId, fragment: &Fragment, exits: &Goal, behind: &Set, told: bool) -> Set {
        let mut all_without_exit = self.classes.all();
        let mut all_without_any = self.classes.all();
        let mut some_without_any = self.classes.none();
        for branch in &fragment.branches {
            let mut without_exit = self.lost_on(Some(block), &branch.comes, exits, told);
            let mut goal = exits.clone();
            goal.extend(self.flow.place(Spot::Joined(block)).map(|joined| (joined, self.classes.all())));
            let without_any = self.lost_on(Some(block), &branch.comes, &goal, told);
            if fragment.all {
                // Who has joined waits, and leads nowhere else.
                without_exit.union_with(&branch.joins);
            }
            all_without_exit.intersect_with(&without_exit);
            all_without_any.intersect_with(&without_any);
            some_without_any.union_with(&without_any);
        }
        let never = difference(&all_without_exit, behind);
        let stuck =
            if fragment.all { &all_without_exit & &some_without_any } else { &all_without_any & behind };
        if fragment.branches.is_empty() && told { self.classes.none() } else { &never | &stuck }
    }

    /// From where on a walk the goal can be come to, and for which classes.
    fn can(&self, block: Option<NodeId>, comes: &BTreeMap<NodeIndex, Set>, goal: &Goal, told: bool) -> Goal {
        let inside: Vec<NodeIndex> = comes.keys().copied().filter(|at| self.is_inside(block, *at)).collect();
        let mut can: Goal =
            inside.iter().map(|at| (*at, if told { self.told(*at) } else { self.classes.none() })).collect();
        if told {
            let foreign = comes.keys().filter(|at| self.is_foreign_join(block, **at));
            can.extend(foreign.map(|at| (*at, self.classes.all())));
        }
        let ways: Vec<(NodeIndex, Ways)> = inside.iter().rev().map(|at| (*at, self.ways(*at))).collect();
        loop {
            let mut grown = false;
            for (at, ways) in &ways {
                let mut own = can.get(at).cloned().unwrap_or_else(|| self.classes.none());
                let before = own.count_ones(..);
                for (to, open) in ways {
                    let there = at_goal(&can, goal, *to, self.classes.none());
                    own.union_with(&open.as_ref().map_or_else(|| there.clone(), |open| &there & open));
                }
                if own.count_ones(..) > before {
                    can.insert(*at, own);
                    grown = true;
                }
            }
            if !grown {
                return can;
            }
        }
    }

    /// The end of another block than the walk's: a jump led into it.
    fn is_foreign_join(&self, block: Option<NodeId>, at: NodeIndex) -> bool {
        matches!(self.flow.graph[at], Spot::Joined(joined) if Some(joined) != block)
    }

    /// The classes for which a node is a dead end that a check of its own tells.
    fn told(&self, at: NodeIndex) -> Set {
        let Spot::Node(node) = self.flow.graph[at] else { return self.classes.none() };
        match &self.procedure.nodes[node.index()].kind {
            NodeKind::Step(step) if step.outcomes.is_empty() => self.classes.all(),
            NodeKind::Step(_) => {
                let mut told = self.no_outcome(node);
                told.union_with(&self.outcomes(node, |target| target.is_none()));
                told
            }
            NodeKind::Choose(_) => self.no_arm(node),
            NodeKind::Block(block) => {
                let mut told = self.classes.none();
                let fragment = self.fragments.get(&node);
                if fragment.is_some_and(|fragment| fragment.branches.is_empty()) {
                    told.insert_range(..);
                } else if block.then.is_none() {
                    told.union_with(&fragment.map(|fragment| fragment.joined.clone()).unwrap_or_default());
                }
                told
            }
            NodeKind::Call(call) if call.solved.is_none() || call.unsolved.is_none() => self.classes.all(),
            NodeKind::Call(_) => self.classes.none(),
        }
    }

    /// The classes for which a step is taken.
    pub fn applies(&self, node: NodeId) -> Set {
        match &self.procedure.nodes[node.index()].kind {
            NodeKind::Step(step) => {
                step.when.as_ref().map_or_else(|| self.classes.all(), |(when, _)| self.classes.inside(when))
            }
            _ => self.classes.all(),
        }
    }

    /// The classes for which a step that is taken can end by an outcome of such a target.
    fn outcomes(&self, node: NodeId, wanted: impl Fn(Option<Target>) -> bool) -> Set {
        let mut can = self.classes.none();
        if let NodeKind::Step(step) = &self.procedure.nodes[node.index()].kind {
            for outcome in step.outcomes.iter().filter(|outcome| wanted(outcome.target)) {
                match &outcome.when {
                    Some(when) => can.union_with(&self.classes.inside(when)),
                    None => can.insert_range(..),
                }
            }
        }
        &can & &self.applies(node)
    }

    /// The classes for which a step that is taken has no outcome at all.
    pub fn no_outcome(&self, node: NodeId) -> Set {
        difference(&self.applies(node), &self.outcomes(node, |_| true))
    }

    /// The classes for which a choice has no way.
    pub fn no_arm(&self, node: NodeId) -> Set {
        let NodeKind::Choose(choice) = &self.procedure.nodes[node.index()].kind else {
            return self.classes.none();
        };
        let mut left = self.classes.all();
        if choice.otherwise.is_some() {
            left.clear();
        }
        for arm in &choice.arms {
            left.difference_with(&self.classes.inside(&arm.guard));
        }
        left
    }

    /// The nodes at which a case of some class is not alive, with the classes that come there.
    pub fn stuck(&self) -> Vec<(NodeId, Set)> {
        let alive = self.alive();
        let ids = (0..).map(NodeId).take(self.procedure.nodes.len());
        let dead = ids.map(|id| (id, difference(self.reach_node(id), &alive[self.flow.at(id).index()])));
        let dead: Vec<(NodeId, Set)> = dead.filter(|(_, set)| !set.is_clear()).collect();
        if dead.is_empty() {
            return dead;
        }
        let lost = self.lost(true);
        let stuck = dead.into_iter().map(|(id, set)| (id, &set & &lost));
        stuck.filter(|(_, set)| !set.is_clear()).collect()
    }

    /// For each place the classes for which whoever is there can join or come to the end.
    fn alive(&self) -> Vec<Set> {
        let mut alive = vec![self.classes.none(); self.flow.graph.node_count()];
        for at in self.flow.graph.node_indices() {
            match self.flow.graph[at] {
                Spot::Closed(_) => alive[at.index()].insert_range(..),
                _ => alive[at.index()] = self.told(at),
            }
        }
        let nodes: Vec<(NodeId, &Node)> = (0..).map(NodeId).zip(&self.procedure.nodes).collect();
        loop {
            let mut grown = false;
            for (id, node) in nodes.iter().rev() {
                let at = self.flow.at(*id);
                let own_join = node.block.and_then(|block| self.flow.place(Spot::Joined(block)));
                let before = alive[at.index()].count_ones(..);
                for (to, open) in self.ways(at) {
                    let there =
                        if Some(to) == own_join { self.classes.all() } else { alive[to.index()].clone() };
                    alive[at.index()].union_with(&open.map_or_else(|| there.clone(), |open| &there & &open));
                }
                grown |= alive[at.index()].count_ones(..) > before;
            }
            if !grown {
                return alive;
            }
        }
    }
}

/// The classes that are at the goal at a place, or can come to it from there.
fn at_goal(can: &Goal, goal: &Goal, at: NodeIndex, nothing: Set) -> Set {
    match (goal.get(&at), can.get(&at)) {
        (Some(goal), Some(can)) => goal | can,
        (Some(own), None) | (None, Some(own)) => own.clone(),
        (None, None) => nothing,
    }
}

fn difference(one: &Set, other: &Set) -> Set {
    let mut left = one.clone();
    left.difference_with(other);
    left
}
