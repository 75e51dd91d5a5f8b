//! P003: a step that ends and leads nowhere.

use super::graph::{reachable, with_run};
use super::{Check, Context, Fact, Finding};
use crate::model::{NodeId, NodeKind};
use crate::text::Severity;

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
            let mut found: Vec<Finding> = Vec::new();
            match &it.kind {
                NodeKind::Step(step) if step.outcomes.is_empty() => {
                    found.push(open.told_by("none").place(it.head.span, "step"));
                }
                NodeKind::Step(step) => {
                    for outcome in step.outcomes.iter().filter(|outcome| outcome.target.is_none()) {
                        let name = Fact::Text(outcome.head.label().into());
                        found.push(open.clone().fact("outcome", name).place(outcome.head.span, "outcome"));
                    }
                }
                NodeKind::Block(block) if block.then.is_none() => {
                    found.push(open.told_by("block").place(it.head.span, "block"));
                }
                NodeKind::Call(call) => {
                    let ends = [(call.solved.is_none(), "solved"), (call.unsolved.is_none(), "unsolved")];
                    for (_, end) in ends.into_iter().filter(|(missing, _)| *missing) {
                        let end = Fact::Text(end.into());
                        found.push(
                            open.clone().told_by("call").fact("outcome", end).place(it.head.span, "call"),
                        );
                    }
                }
                NodeKind::Block(_) | NodeKind::Choose(_) => {}
            }
            findings.extend(found.into_iter().map(|finding| with_run(context, finding, id, node)));
        }
    }
    findings
}
