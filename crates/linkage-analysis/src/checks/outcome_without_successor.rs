//! P003: a step that ends and leads nowhere.

use super::graph::{reachable, with_run_and};
use super::{Check, Context, Fact, Finding};
use linkage_flow::Way;
use linkage_model::{NodeId, NodeKind};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "P003",
    name: "outcome-without-successor",
    severity: Severity::Error,
    page: include_str!("outcome_without_successor.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (id, procedure) in context.institution().procedures() {
        let reached = reachable(context, id);
        for (node, it) in (0..).map(NodeId).zip(&procedure.nodes) {
            if !reached.contains(&node) {
                continue;
            }
            let open = Finding::new(&CHECK)
                .fact("step", Fact::Node(id, node))
                .fact("procedure", Fact::Procedure(id));
            // Each with what brings the case to its dead end, if the step can end so.
            let mut found: Vec<(Finding, Option<Way>)> = Vec::new();
            match &it.kind {
                NodeKind::Step(step) if step.outcomes.is_empty() => {
                    found.push((open.told_by("none").place(it.head.span, "step"), None));
                }
                NodeKind::Step(step) => {
                    let dead =
                        step.outcomes.iter().enumerate().filter(|(_, outcome)| outcome.target.is_none());
                    for (index, outcome) in dead {
                        let name = Fact::Text(outcome.head.label().into());
                        let finding = open.clone().fact("outcome", name).place(outcome.head.span, "outcome");
                        found.push((finding, Some(Way::Outcome(index))));
                    }
                }
                NodeKind::Block(block) if block.then.is_none() => {
                    found.push((open.told_by("block").place(it.head.span, "block"), None));
                }
                NodeKind::Call(call) => {
                    let ends = [(call.solved.is_none(), "solved"), (call.unsolved.is_none(), "unsolved")];
                    for (_, end) in ends.into_iter().filter(|(missing, _)| *missing) {
                        let end = Fact::Text(end.into());
                        let finding = open.clone().told_by("call").fact("outcome", end);
                        found.push((finding.place(it.head.span, "call"), None));
                    }
                }
                NodeKind::Block(_) | NodeKind::Choose(_) => {}
            }
            let witnessed = found.into_iter().map(|(it, way)| with_run_and(context, it, id, node, way));
            findings.extend(witnessed);
        }
    }
    findings
}
