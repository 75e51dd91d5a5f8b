//! P026: steps of a block lead round to each other, and nothing says with which of them the branch begins.

use super::courses::courses;
use super::finding::Fault;
use super::graph::with_run;
use super::{Check, Context, Fact, Finding};
use linkage_flow::{branches, headless};
use linkage_model::{NodeId, NodeKind};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "P026",
    name: "branch-without-start",
    severity: Severity::Error,
    page: include_str!("branch_without_start.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ((id, procedure), course) in context.institution().procedures().zip(courses(context)) {
        for (block, it) in (0..).map(NodeId).zip(&procedure.nodes) {
            let NodeKind::Block(own) = &it.kind else { continue };
            if course.reach_node(block).is_clear() {
                continue;
            }
            for circle in headless(procedure, block) {
                let finding = Finding::new(&CHECK)
                    .fact("block", Fact::Node(id, block))
                    .fact("procedure", Fact::Procedure(id))
                    .fact("steps", Fact::Nodes(id, circle.clone()))
                    .telling(Fault::NoStart(id, block))
                    .place(it.head.span, "block");
                let places = circle.iter().map(|node| procedure.nodes[node.index()].head.span);
                let finding = places.fold(finding, |finding, span| finding.place(span, "round"));
                findings.push(with_run(context, finding, id, block));
            }
            let starts = branches(procedure, block);
            for (node, span) in own.begins.iter().filter(|(node, _)| !starts.contains(node)) {
                findings.push(
                    Finding::new(&CHECK)
                        .told_by("idle")
                        .fact("block", Fact::Node(id, block))
                        .fact("procedure", Fact::Procedure(id))
                        .fact("step", Fact::Node(id, *node))
                        .place(*span, "begin"),
                );
            }
        }
    }
    findings
}
