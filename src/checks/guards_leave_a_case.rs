//! P005: a branching whose guards leave situations without a way.

use super::graph::{reachable, with_run_within};
use super::{Check, Context, Fact, Finding};
use crate::model::{NodeId, NodeKind};
use crate::text::Severity;

pub static CHECK: Check = Check {
    code: "P005",
    name: "guards-leave-a-case",
    severity: Severity::Error,
    page: include_str!("guards_leave_a_case.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (id, procedure) in context.institution().procedures() {
        let started = super::graph::starting(context, procedure);
        let reached = reachable(context, id);
        for (node, it) in (0..).map(NodeId).zip(&procedure.nodes) {
            let NodeKind::Choose(choice) = &it.kind else { continue };
            if choice.otherwise.is_some() || !reached.contains(&node) {
                continue;
            }
            let guards: Vec<_> = choice.arms.iter().map(|arm| &arm.guard).collect();
            let left = crate::space::gaps(&started, &guards);
            if left.is_empty() {
                continue;
            }
            let mut finding = Finding::new(&CHECK)
                .fact("step", Fact::Node(id, node))
                .fact("procedure", Fact::Procedure(id))
                .place(it.head.span, "choice");
            for arm in &choice.arms {
                finding = finding.place(arm.span, "guard");
            }
            let here = left.clone();
            let finding = with_run_within(context, finding.on(left), id, node, None, Some(&here));
            findings.push(finding);
        }
    }
    findings
}
