//! How a case walks: into a node, out of it, along branches, to its end.
//!
//! ```text
//!   step      whose `when` holds is assigned; else it is passed over by its first outcome
//!   choose    the first guarded way that holds on the whole situation
//!   block     every branch begins; all: when each has joined, any: when the first has
//!   call      another procedure is opened with the same facts; its end leads on
//! ```
//!
//! Where the situation leaves the answer open, the command of this very case is refused and names the
//! facts; a case that time or another case moves waits at the node until the facts are stated.

use ecow::EcoString;

use super::turn::Turn;
use super::{CaseId, Ended, Happening, MissingFact, Refusal, Stuck, deciding};
use linkage_flow::branches;
use linkage_model::{Block, Choice, NodeId, NodeKind, Procedure, Step, Target};
use linkage_regions::Region;

impl Turn<'_> {
    /// Goes on from a node.
    pub fn go(
        &mut self,
        case: CaseId,
        procedure: &Procedure,
        from: NodeId,
        target: Option<Target>,
    ) -> Result<(), Refusal> {
        match target {
            Some(Target::Node(to)) => {
                self.leave_blocks(case, procedure, from, to);
                self.enter(case, procedure, to)
            }
            Some(Target::Join) => self.join(case, procedure, from),
            Some(Target::Close(solved)) => self.close(case, procedure, solved),
            Some(Target::Escalate) | None => {
                self.dead_end(case, procedure, from, Stuck::NoWay);
                Ok(())
            }
        }
    }

    /// Comes to a node.
    pub fn enter(&mut self, case: CaseId, procedure: &Procedure, node: NodeId) -> Result<(), Refusal> {
        let came = if self.step_in(case) {
            self.try_enter(case, procedure, node)
        } else {
            self.dead_end(case, procedure, node, Stuck::Circle);
            Ok(())
        };
        self.step_out();
        match came {
            Err(Refusal::Undecided { node, facts }) if self.strict != Some(case) => {
                self.follow(case, Happening::Waiting { node, facts });
                Ok(())
            }
            other => other,
        }
    }

    fn try_enter(&mut self, case: CaseId, procedure: &Procedure, node: NodeId) -> Result<(), Refusal> {
        let name = &procedure.nodes[node.index()].head.name;
        let undecided = |facts| Refusal::Undecided { node: name.clone(), facts };
        match &procedure.nodes[node.index()].kind {
            NodeKind::Step(step) => {
                if self.applies(case, step).map_err(undecided)? {
                    return self.assign(case, procedure, node, step).map_err(undecided);
                }
                let first = step.outcomes.first();
                let outcome = first.map(|outcome| outcome.head.name.clone());
                self.follow(case, Happening::PassedOver { step: name.clone(), outcome });
                self.go(case, procedure, node, first.and_then(|outcome| outcome.target))
            }
            NodeKind::Choose(choice) => {
                let (way, target) = self.way(case, procedure, choice).map_err(undecided)?;
                // Where no way is open nothing is chosen.
                if target.is_some() {
                    self.follow(case, Happening::Chose { node: name.clone(), way });
                    self.owe_upon_node(case, procedure, node);
                }
                self.go(case, procedure, node, target)
            }
            NodeKind::Block(block) => self.enter_block(case, procedure, node, block),
            NodeKind::Call(call) => self.enter_call(case, procedure, node, call),
        }
    }

    /// Whether a step is taken at all in this situation.
    fn applies(&self, case: CaseId, step: &Step) -> Result<bool, Vec<MissingFact>> {
        let Some((when, _)) = &step.when else { return Ok(true) };
        self.holds(case, when)
    }

    /// Whether a condition holds of the situation, or the facts that would tell.
    pub fn holds(&self, case: CaseId, condition: &Region) -> Result<bool, Vec<MissingFact>> {
        let situation = self.situation(case);
        if situation.is_subset(condition) {
            return Ok(true);
        }
        let inside = situation.intersect(condition);
        if inside.is_empty() {
            return Ok(false);
        }
        let outside = situation.minus(condition);
        Err(deciding(self.rules.institution, &[("true".into(), inside), ("false".into(), outside)]))
    }

    /// Where a choice leads on the whole situation, and by which way, counted from 1. Ways that lead to
    /// the same place are one answer: the first of them is taken.
    fn way(
        &self,
        case: CaseId,
        procedure: &Procedure,
        choice: &Choice,
    ) -> Result<(Option<u32>, Option<Target>), Vec<MissingFact>> {
        let mut left = self.situation(case);
        let mut ways: Vec<(Option<u32>, Option<Target>, Region)> = Vec::new();
        for (arm, number) in choice.arms.iter().zip(1..) {
            let part = left.intersect(&arm.guard);
            if !part.is_empty() {
                left = left.minus(&arm.guard);
                ways.push((Some(number), Some(arm.target), part));
            }
        }
        if !left.is_empty() {
            ways.push((None, choice.otherwise.map(|(target, _)| target), left));
        }
        match ways.split_first() {
            None => Ok((None, None)),
            Some(((way, target, _), others)) if others.iter().all(|(_, other, _)| other == target) => {
                Ok((*way, *target))
            }
            Some(_) => {
                let part =
                    |(_, target, part): (_, Option<Target>, Region)| (name_of(procedure, target), part);
                let parts: Vec<(EcoString, Region)> = ways.into_iter().map(part).collect();
                Err(deciding(self.rules.institution, &parts))
            }
        }
    }

    fn enter_block(
        &mut self,
        case: CaseId,
        procedure: &Procedure,
        node: NodeId,
        block: &Block,
    ) -> Result<(), Refusal> {
        let name = &procedure.nodes[node.index()].head.name;
        let starts = branches(procedure, node);
        let names = starts.iter().map(|start| procedure.nodes[start.index()].head.name.clone()).collect();
        let due = block.within.and_then(|(within, _)| self.rules.due(self.now, within));
        self.follow(case, Happening::BlockEntered { block: name.clone(), branches: names, due });
        if starts.is_empty() {
            self.dead_end(case, procedure, node, Stuck::NoWay);
        }
        for start in starts {
            // A branch that ends at once may end the block, or the case.
            if !self.case(case).blocks.iter().any(|open| open.block == *name) {
                break;
            }
            self.enter(case, procedure, start)?;
        }
        Ok(())
    }

    /// A branch comes to its end.
    fn join(&mut self, case: CaseId, procedure: &Procedure, from: NodeId) -> Result<(), Refusal> {
        let block = procedure.nodes[from.index()].block;
        let Some((node, NodeKind::Block(block))) = block.map(|id| (id, &procedure.nodes[id.index()].kind))
        else {
            self.dead_end(case, procedure, from, Stuck::NoWay);
            return Ok(());
        };
        let name = procedure.nodes[node.index()].head.name.clone();
        self.follow(case, Happening::Joined { block: name.clone() });
        let Some(open) = self.case(case).blocks.iter().find(|open| open.block == name) else {
            self.dead_end(case, procedure, from, Stuck::NoWay);
            return Ok(());
        };
        if block.all && open.joined < open.branches {
            return Ok(());
        }
        self.end_block(case, procedure, node, Ended::Sibling);
        self.owe_upon_node(case, procedure, node);
        self.go(case, procedure, node, block.then.map(|(target, _)| target))
    }

    /// Ends a block and all that still runs in it.
    fn end_block(&mut self, case: CaseId, procedure: &Procedure, block: NodeId, ended: Ended) {
        let inside = |name: &EcoString| {
            let found = super::rules::node_named(procedure, name);
            found.is_some_and(|(node, _)| blocks_around(procedure, node).contains(&block))
        };
        let open: Vec<(u32, EcoString)> = self
            .case(case)
            .open_assignments()
            .filter(|assignment| inside(&assignment.step))
            .map(|assignment| (assignment.number, assignment.step.clone()))
            .collect();
        for (number, step) in open {
            self.follow(case, Happening::Withdrawn { number, step, ended });
        }
        let calls = self.case(case).calls.iter().filter(|call| inside(&call.node));
        let calls: Vec<(u32, EcoString)> = calls.map(|call| (call.number, call.node.clone())).collect();
        for (number, node) in calls {
            self.follow(case, Happening::CallLeft { number, node });
        }
        let waiting: Vec<EcoString> =
            self.case(case).waiting.iter().filter(|node| inside(node)).cloned().collect();
        for node in waiting {
            self.follow(case, Happening::Resumed { node });
        }
        let inner = self.case(case).blocks.iter().map(|open| open.block.clone()).filter(inside);
        let own = procedure.nodes[block.index()].head.name.clone();
        let blocks: Vec<EcoString> = inner.chain([own.clone()]).collect();
        for block in blocks {
            // What stands in a block that ends was not done with by its own branches.
            let left = ended == Ended::Left || block != own;
            self.follow(case, Happening::BlockEnded { block, left });
        }
    }

    /// Goes out of the blocks that the next node does not stand in: their other branches are withdrawn,
    /// for a case can't be in a block and behind it.
    fn leave_blocks(&mut self, case: CaseId, procedure: &Procedure, from: NodeId, to: NodeId) {
        let staying = blocks_around(procedure, to);
        for block in blocks_around(procedure, from) {
            let name = &procedure.nodes[block.index()].head.name;
            let open = self.case(case).blocks.iter().any(|open| open.block == *name);
            if open && !staying.contains(&block) {
                self.end_block(case, procedure, block, Ended::Left);
            }
        }
    }

    /// The case can't go on by itself: said, never silent. A body may reopen it at a step.
    pub fn dead_end(&mut self, case: CaseId, procedure: &Procedure, node: NodeId, stuck: Stuck) {
        let node = procedure.nodes[node.index()].head.name.clone();
        // In a circle each of its rounds ends here: once is enough to know.
        if self.case(case).stuck.contains(&node) {
            return;
        }
        self.follow(case, Happening::DeadEnd { node, stuck });
    }
}

/// How an answer to where a choice leads is called.
fn name_of(procedure: &Procedure, target: Option<Target>) -> EcoString {
    match target {
        Some(Target::Node(node)) => procedure.nodes[node.index()].head.name.clone(),
        Some(Target::Close(None)) => "close".into(),
        Some(Target::Close(Some(true))) => "close solved".into(),
        Some(Target::Close(Some(false))) => "close unsolved".into(),
        Some(Target::Join) => "join".into(),
        Some(Target::Escalate) | None => "-".into(),
    }
}

/// The blocks in which a node stands, the innermost first.
pub(super) fn blocks_around(procedure: &Procedure, node: NodeId) -> Vec<NodeId> {
    let above = |node: &NodeId| procedure.nodes.get(node.index()).and_then(|node| node.block);
    std::iter::successors(above(&node), above).collect()
}
