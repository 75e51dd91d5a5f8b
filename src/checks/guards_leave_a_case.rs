//! P005: a branching whose guards leave situations without a way.

use super::graph::with_run;
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
        for (node, it) in (0..).map(NodeId).zip(&procedure.nodes) {
            let NodeKind::Choose(choice) = &it.kind else { continue };
            if choice.otherwise.is_some() {
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
            let left_case = left.witness();
            let mut finding = with_run(context, finding.on(left), id, node);
            if let (Some(super::Witness::Run(_, _, case)), Some(left_case)) = (&mut finding.witness, left_case) {
                *case = left_case;
            }
            findings.push(finding);
        }
    }
    findings
}
