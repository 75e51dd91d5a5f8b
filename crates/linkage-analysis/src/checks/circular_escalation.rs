//! E002: a ladder that comes back to a body it has left, or timeouts that lead in a circle.

use petgraph::algo::tarjan_scc;
use petgraph::visit::EdgeFiltered;

use super::graph::with_run_and;
use super::{Check, Context, Fact, Finding};
use linkage_flow::{Spot, Way};
use linkage_model::{Condition, Node, NodeId, NodeKind, ProcedureId, Rung};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "E002",
    name: "circular-escalation",
    severity: Severity::Error,
    page: include_str!("circular_escalation.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (id, procedure) in context.institution().procedures() {
        // The procedure's ladder serves its first timed step as well as any other.
        let timed = |node: &Node| matches!(&node.kind, NodeKind::Step(step) if step.escalation.is_empty());
        let first = procedure.nodes.iter().position(timed).and_then(|at| u32::try_from(at).ok()).map(NodeId);
        let found = ladder(id, None, &procedure.escalation);
        findings.extend(found.map(|finding| match first {
            Some(node) => with_run_and(context, finding, id, node, Some(Way::Timeout)),
            None => finding,
        }));
        for (node, it) in (0..).map(NodeId).zip(&procedure.nodes) {
            if let NodeKind::Step(step) = &it.kind {
                let found = ladder(id, Some(node), &step.escalation);
                findings.extend(
                    found.map(|finding| with_run_and(context, finding, id, node, Some(Way::Timeout))),
                );
            }
        }
        findings.extend(circles(context, id));
    }
    findings
}

/// The rungs that time brings about, if one of them goes back to a body that an earlier one left.
fn ladder(procedure: ProcedureId, node: Option<NodeId>, rungs: &[Rung]) -> Option<Finding> {
    let in_time: Vec<&Rung> = rungs
        .iter()
        .filter(|rung| {
            matches!(rung.condition, Condition::After(_) | Condition::Share(_) | Condition::Timeout)
        })
        .collect();
    let (back, first) = in_time.iter().enumerate().find_map(|(index, rung)| {
        let left = in_time[..index.saturating_sub(1)].iter().find(|earlier| earlier.to == rung.to)?;
        (in_time[index - 1].to != rung.to).then_some((rung, left))
    })?;
    let mut finding = Finding::new(&CHECK)
        .fact("procedure", Fact::Procedure(procedure))
        .place(back.span, "back")
        .place(first.span, "first");
    if let Some(node) = node {
        finding = finding.fact("step", Fact::Node(procedure, node));
    }
    Some(finding)
}

/// Steps that hand a case round by timeouts and refusals alone: nobody ever has to act.
fn circles(context: &Context<'_>, id: ProcedureId) -> Vec<Finding> {
    let flow = &context.flows[id.index()];
    let idle =
        EdgeFiltered::from_fn(&flow.graph, |edge| matches!(edge.weight(), Way::Timeout | Way::Refusal));
    let mut findings = Vec::new();
    for component in tarjan_scc(&idle) {
        let own_loop = component.len() == 1
            && flow
                .graph
                .edges_connecting(component[0], component[0])
                .any(|edge| matches!(edge.weight(), Way::Timeout | Way::Refusal));
        if component.len() < 2 && !own_loop {
            continue;
        }
        let mut nodes: Vec<NodeId> = component
            .iter()
            .filter_map(|at| if let Spot::Node(node) = flow.graph[*at] { Some(node) } else { None })
            .collect();
        nodes.sort_unstable();
        let Some(first) = nodes.first().copied() else { continue };
        let mut finding = Finding::new(&CHECK)
            .told_by("circle")
            .fact("procedure", Fact::Procedure(id))
            .fact("steps", Fact::Nodes(id, nodes.clone()));
        for node in &nodes {
            finding = finding.place(context.institution()[id].nodes[node.index()].head.span, "round");
        }
        findings.push(with_run_and(context, finding, id, first, Some(Way::Timeout)));
    }
    findings
}
