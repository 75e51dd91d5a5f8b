//! P001: a step that no case can come to.

use super::finding::Fault;
use super::graph::{first_case, reachable};
use super::{Check, Context, Fact, Finding, Witness};
use linkage_flow::headless;
use linkage_model::NodeId;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "P001",
    name: "unreachable-step",
    severity: Severity::Error,
    page: include_str!("unreachable_step.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (id, procedure) in context.institution().procedures() {
        let reached = reachable(context, id);
        for (node, it) in (0..).map(NodeId).zip(&procedure.nodes) {
            if reached.contains(&node) {
                continue;
            }
            let mut finding = Finding::new(&CHECK)
                .fact("step", Fact::Node(id, node))
                .fact("procedure", Fact::Procedure(id))
                .place(it.head.span, "step");
            if let Some(block) = it.block
                && headless(procedure, block).iter().any(|circle| circle.contains(&node))
            {
                finding = finding.following([Fault::NoStart(id, block)]);
            }
            if let Some(first) = procedure.nodes.first() {
                finding = finding.place(first.head.span, "start");
            }
            // No run leads there: the witness is a case that goes through the procedure without it.
            finding.witness = first_case(context, id).map(Witness::Situation);
            findings.push(finding);
        }
    }
    findings
}
