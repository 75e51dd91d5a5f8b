//! P008: a branch of a block leads out of it while the others may still be at work.

use super::courses::{at, courses, edges};
use super::graph::with_run_and;
use super::{Check, Context, Fact, Finding};
use linkage_flow::{Course, blocks_around};
use linkage_model::{NodeId, ProcedureId};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "P008",
    name: "closed-amid-work",
    severity: Severity::Warning,
    page: include_str!("closed_amid_work.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ((id, _), course) in context.institution().procedures().zip(courses(context)) {
        for block in (0..).map(NodeId).take(course.procedure.nodes.len()) {
            if course.fragment_of(block).is_some_and(|fragment| fragment.all && fragment.branches.len() > 1) {
                leaving(context, id, course, block, &mut findings);
            }
        }
    }
    findings
}

/// The node right inside a block that is another node or holds it; none if that does not stand in the block.
fn head_in(course: &Course, block: NodeId, node: NodeId) -> Option<NodeId> {
    let around = std::iter::once(node).chain(blocks_around(&course.procedure, node));
    around.into_iter().find(|at| course.procedure.nodes[at.index()].block == Some(block))
}

/// The nodes of a block that lead out of it, each with the branches that they cut off.
fn leaving(
    context: &Context<'_>,
    id: ProcedureId,
    course: &Course,
    block: NodeId,
    findings: &mut Vec<Finding>,
) {
    let Some(fragment) = course.fragment_of(block) else { return };
    let mut told: Vec<NodeId> = Vec::new();
    for branch in &fragment.branches {
        // A node in an inner block leads out of this one too.
        let within = (0..).map(NodeId).take(course.procedure.nodes.len()).filter_map(|node| {
            let place = branch.comes.get(&course.flow.at(head_in(course, block, node)?))?;
            let inner = course.procedure.nodes[node.index()].block != Some(block);
            Some((node, if inner { place & course.reach_node(node) } else { place.clone() }))
        });
        for (node, set) in within.collect::<Vec<_>>() {
            let set = &set;
            if told.contains(&node) || (set & course.reach_node(block)).is_clear() {
                continue;
            }
            let way = edges(course, node).into_iter().find_map(|edge| {
                let (_, to) = course.flow.graph.edge_endpoints(edge)?;
                let taken = course.open(edge).is_none_or(|open| !(open & set).is_clear());
                (fragment.exits.contains_key(&to) && taken).then(|| course.flow.graph[edge])
            });
            let Some(way) = way else { continue };
            told.push(node);
            let others =
                fragment.branches.iter().map(|other| other.start).filter(|start| *start != branch.start);
            let mut finding = at(Finding::new(&CHECK), id, node)
                .fact("block", Fact::Node(id, block))
                .fact("others", Fact::Nodes(id, others.clone().collect()))
                .place(course.procedure.nodes[node.index()].head.span, "leaves");
            for other in others {
                finding = finding.place(course.procedure.nodes[other.index()].head.span, "other");
            }
            findings.push(with_run_and(context, finding, id, node, Some(way)));
        }
    }
}
