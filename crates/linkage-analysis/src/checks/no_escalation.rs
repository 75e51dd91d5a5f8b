//! E001: a step whose deadline or refusal leads nowhere.

use super::graph::{reachable, with_run_and};
use super::{Check, Context, Fact, Finding};
use linkage_flow::Way;
use linkage_model::{Condition, NodeId, NodeKind, Rung, Target};
use linkage_text::{Severity, Span};

pub static CHECK: Check = Check {
    code: "E001",
    name: "no-escalation",
    severity: Severity::Warning,
    page: include_str!("no_escalation.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (id, procedure) in context.institution().procedures() {
        // A step that no case comes to is told by P001.
        let reached = reachable(context, id);
        for (node, it) in (0..).map(NodeId).zip(&procedure.nodes) {
            let NodeKind::Step(step) = &it.kind else { continue };
            if !reached.contains(&node) {
                continue;
            }
            let ladder: &[Rung] =
                if step.escalation.is_empty() { &procedure.escalation } else { &step.escalation };
            // Only the step's own deadline makes it late; `after` counts from the assignment without one.
            let timely = step.within.is_some();
            let late = |rung: &Rung| match rung.condition {
                Condition::After(_) => true,
                Condition::Share(_) | Condition::Timeout => timely,
                _ => false,
            };
            // `-> escalate` steps on a rung of its kind, and else on any.
            let up = |target: Option<(Target, Span)>| {
                target.is_some_and(|(target, _)| target == Target::Escalate) && !ladder.is_empty()
            };
            let refusal = leads_on(step.on_refusal)
                || up(step.on_refusal)
                || ladder.iter().any(|rung| matches!(rung.condition, Condition::Refusal));
            // At the deadline of a joint step the silent assent, or refuse: either way it goes on.
            let by_silence = timely && step.joint.is_some_and(|(_, assent)| assent || refusal);
            let on_timeout = timely && (leads_on(step.on_timeout) || up(step.on_timeout));
            let timeout = by_silence || on_timeout || ladder.iter().any(late);
            let sentence = match (timeout, refusal) {
                (true, true) => continue,
                (false, true) if timely => "timeout",
                (false, true) => "no_deadline",
                (true, false) => "refusal",
                (false, false) if timely => "main",
                (false, false) => "neither",
            };
            let mut finding = Finding::new(&CHECK)
                .told_by(sentence)
                .fact("step", Fact::Node(id, node))
                .fact("procedure", Fact::Procedure(id))
                .place(it.head.span, "step");
            if let Some((_, span)) = step.within.filter(|_| !timeout) {
                finding = finding.place(span, "deadline");
            }
            let idle = match sentence {
                "refusal" | "neither" => Some(Way::Refusal),
                "no_deadline" => None,
                _ => Some(Way::Timeout),
            };
            findings.push(with_run_and(context, finding, id, node, idle));
        }
    }
    findings
}

/// Whether a target really moves the case: `escalate` alone relies on the ladder.
fn leads_on(target: Option<(Target, Span)>) -> bool {
    target.is_some_and(|(target, _)| target != Target::Escalate)
}
