//! P009: two branches of a block come to one node: it is done twice, at the same time.

use super::courses::{at, courses};
use super::graph::with_run;
use super::{Check, Context, Fact, Finding};
use linkage_flow::{Course, Set, Spot};
use linkage_model::{NodeId, NodeKind};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "P009",
    name: "branches-meet",
    severity: Severity::Warning,
    page: include_str!("branches_meet.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ((id, procedure), course) in context.institution().procedures().zip(courses(context)) {
        for block in (0..).map(NodeId).take(procedure.nodes.len()) {
            for (node, starts) in met(course, block) {
                let it = &procedure.nodes[node.index()];
                // A block that is entered twice loses count of its branches.
                let sentence = if matches!(it.kind, NodeKind::Block(_)) { "block" } else { "main" };
                let mut finding = at(Finding::new(&CHECK), id, node)
                    .told_by(sentence)
                    .fact("block", Fact::Node(id, block))
                    .fact("steps", Fact::Nodes(id, starts.clone()))
                    .place(it.head.span, "met");
                for start in starts {
                    finding = finding.place(procedure.nodes[start.index()].head.span, "branch");
                }
                findings.push(with_run(context, finding, id, node));
            }
        }
    }
    findings
}

/// Where branches of a block first meet, and which.
fn met(course: &Course, block: NodeId) -> Vec<(NodeId, Vec<NodeId>)> {
    let Some(fragment) = course.fragment_of(block) else { return Vec::new() };
    let here = course.reach_node(block);
    let mut seen: Vec<(NodeId, Set, Vec<NodeId>, bool)> = Vec::new();
    for branch in &fragment.branches {
        for (place, set) in &branch.comes {
            let Spot::Node(node) = course.flow.graph[*place] else { continue };
            if course.procedure.nodes[node.index()].block != Some(block) {
                continue;
            }
            let set = set & here;
            match seen.iter_mut().find(|(known, ..)| *known == node) {
                Some((_, known, starts, twice)) => {
                    *twice |= !(&*known & &set).is_clear();
                    known.union_with(&set);
                    starts.push(branch.start);
                }
                None => seen.push((node, set, vec![branch.start], false)),
            }
        }
    }
    let twice: Vec<(NodeId, Vec<NodeId>)> =
        seen.into_iter().filter(|(.., twice)| *twice).map(|(node, _, starts, _)| (node, starts)).collect();
    // What follows from where they meet is not told again.
    let follows = |node: NodeId| {
        let before =
            course.flow.graph.neighbors_directed(course.flow.at(node), petgraph::Direction::Incoming);
        let before: Vec<Spot> = before.map(|place| course.flow.graph[place]).collect();
        !before.is_empty()
            && before
                .iter()
                // Behind a block that is met it goes on from the block.
                .all(|spot| {
                    matches!(spot, Spot::Node(from) | Spot::Joined(from)
                        if twice.iter().any(|(met, _)| met == from))
                })
    };
    twice.iter().filter(|(node, _)| !follows(*node)).cloned().collect()
}
