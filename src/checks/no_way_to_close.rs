//! P004: a case comes to steps from which no way leads to the end.

use super::graph::{reachable, with_run};
use super::{Check, Context, Fact, Finding};
use crate::flow::Spot;
use crate::model::NodeId;
use crate::text::Severity;

pub static CHECK: Check = Check {
    code: "P004",
    name: "no-way-to-close",
    severity: Severity::Error,
    page: include_str!("no_way_to_close.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (id, procedure) in context.institution().procedures() {
        if procedure.nodes.is_empty() {
            let finding = Finding::new(&CHECK)
                .told_by("empty")
                .fact("procedure", Fact::Procedure(id))
                .place(procedure.head.span, "procedure");
            findings.push(finding);
            continue;
        }
        let ending = context.flows[id.index()].ending();
        let stuck: Vec<NodeId> = reachable(context, id)
            .into_iter()
            .filter(|node| !ending.contains(&Spot::Node(*node)))
            // What ends without a successor is told by P003 at the outcome itself.
            .filter(|node| context.flows[id.index()].graph.neighbors(context.flows[id.index()].at(*node)).count() > 0)
            .collect();
        if let Some(first) = stuck.first().copied() {
            let mut finding = Finding::new(&CHECK)
                .fact("procedure", Fact::Procedure(id))
                .fact("steps", Fact::Nodes(id, stuck.clone()));
            for node in &stuck {
                finding = finding.place(procedure.nodes[node.index()].head.span, "stuck");
            }
            findings.push(with_run(context, finding.place(procedure.head.span, "procedure"), id, first));
        }
    }
    findings
}
