//! P006: branches that can't come together: a jump into a block, a block without a beginning, a join outside.

use std::collections::BTreeMap;

use super::courses::{at, courses, edges};
use super::graph::{with_run, with_run_and};
use super::{Check, Context, Fact, Finding};
use linkage_flow::{Course, Spot, blocks_around, branches};
use linkage_model::{NodeId, NodeKind, ProcedureId, Target};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "P006",
    name: "join-never-complete",
    severity: Severity::Error,
    page: include_str!("join_never_complete.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ((id, _), course) in context.institution().procedures().zip(courses(context)) {
        jumps(context, id, course, &mut findings);
        blocks(context, id, course, &mut findings);
        outside(context, id, course, &mut findings);
    }
    findings
}

/// Ways that lead into a block past its beginning: what comes so can never join.
fn jumps(context: &Context<'_>, id: ProcedureId, course: &Course, findings: &mut Vec<Finding>) {
    let procedure = &course.procedure;
    let mut told: BTreeMap<NodeId, Finding> = BTreeMap::new();
    for (node, it) in (0..).map(NodeId).zip(&procedure.nodes) {
        if course.reach_node(node).is_clear() {
            continue;
        }
        let around: Vec<NodeId> = blocks_around(procedure, node).collect();
        for edge in edges(course, node) {
            let Some((_, to)) = course.flow.graph.edge_endpoints(edge) else { continue };
            let Spot::Node(to) = course.flow.graph[to] else { continue };
            let own =
                matches!(it.kind, NodeKind::Block(_)) && procedure.nodes[to.index()].block == Some(node);
            let Some(block) = procedure.nodes[to.index()].block else { continue };
            if own || around.contains(&block) || told.contains_key(&to) {
                continue;
            }
            let finding = at(Finding::new(&CHECK), id, to)
                .fact("block", Fact::Node(id, block))
                .place(it.head.span, "jumps")
                .place(procedure.nodes[to.index()].head.span, "into");
            told.insert(to, with_run(context, finding, id, node));
        }
    }
    findings.extend(told.into_values());
}

/// Blocks that no branch begins, and blocks whose branches never all join.
fn blocks(context: &Context<'_>, id: ProcedureId, course: &Course, findings: &mut Vec<Finding>) {
    for (node, it) in (0..).map(NodeId).zip(&course.procedure.nodes) {
        let Some(fragment) = course.fragment_of(node) else { continue };
        let here = course.reach_node(node);
        if here.is_clear() {
            continue;
        }
        let finding = at(Finding::new(&CHECK), id, node)
            .fact("block", Fact::Node(id, node))
            .place(it.head.span, "block");
        if branches(&course.procedure, node).is_empty() {
            findings.push(with_run(context, finding.told_by("empty"), id, node));
            continue;
        }
        let never = |joins: &linkage_flow::Set| (joins & here).is_clear();
        if fragment.all && never(&fragment.joined) {
            let leaving = fragment.branches.iter().filter(|branch| never(&branch.joins));
            let leaving: Vec<NodeId> = leaving.map(|branch| branch.start).collect();
            if leaving.is_empty() {
                continue;
            }
            let mut finding = finding.told_by("never").fact("steps", Fact::Nodes(id, leaving.clone()));
            for start in leaving {
                finding = finding.place(course.procedure.nodes[start.index()].head.span, "leaves");
            }
            findings.push(with_run(context, finding, id, node));
        }
    }
}

/// `join` where there is no block.
fn outside(context: &Context<'_>, id: ProcedureId, course: &Course, findings: &mut Vec<Finding>) {
    for (node, it) in (0..).map(NodeId).zip(&course.procedure.nodes) {
        let joins = match &it.kind {
            NodeKind::Step(step) => step.outcomes.iter().any(|outcome| outcome.target == Some(Target::Join)),
            NodeKind::Choose(choice) => {
                let otherwise = choice.otherwise.map(|(target, _)| target);
                choice.arms.iter().map(|arm| arm.target).chain(otherwise).any(|target| target == Target::Join)
            }
            NodeKind::Block(block) => block.then.is_some_and(|(target, _)| target == Target::Join),
            NodeKind::Call(call) => {
                let ends = call.solved.into_iter().chain(call.unsolved).chain(call.on_refusal);
                ends.into_iter().any(|(target, _)| target == Target::Join)
            }
        };
        if joins && it.block.is_none() && !course.reach_node(node).is_clear() {
            let finding =
                at(Finding::new(&CHECK), id, node).told_by("outside").place(it.head.span, "outside");
            findings.push(with_run_and(context, finding, id, node, None));
        }
    }
}
