//! P005: a branching whose guards leave situations without a way.

use super::courses::{at, courses, region};
use super::graph::with_run_within;
use super::{Check, Context, Finding};
use linkage_model::{NodeId, NodeKind};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "P005",
    name: "guards-leave-a-case",
    severity: Severity::Error,
    page: include_str!("guards_leave_a_case.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ((id, procedure), course) in context.institution().procedures().zip(courses(context)) {
        for (node, it) in (0..).map(NodeId).zip(&procedure.nodes) {
            let NodeKind::Choose(choice) = &it.kind else { continue };
            let left = &course.no_arm(node) & course.reach_node(node);
            if left.is_clear() {
                continue;
            }
            let mut finding = at(Finding::new(&CHECK), id, node).place(it.head.span, "choice");
            for arm in &choice.arms {
                finding = finding.place(arm.span, "guard");
            }
            let left = region(context, course, &left);
            let finding = with_run_within(context, finding.on(left.clone()), id, node, None, Some(&left));
            findings.push(finding);
        }
    }
    findings
}
