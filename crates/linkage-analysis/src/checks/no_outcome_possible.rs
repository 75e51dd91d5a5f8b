//! P007: a step comes up in situations in which none of its outcomes is possible.

use super::courses::{at, courses, region};
use super::graph::with_run_within;
use super::{Check, Context, Finding};
use linkage_model::{NodeId, NodeKind};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "P007",
    name: "no-outcome-possible",
    severity: Severity::Error,
    page: include_str!("no_outcome_possible.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ((id, procedure), course) in context.institution().procedures().zip(courses(context)) {
        for (node, it) in (0..).map(NodeId).zip(&procedure.nodes) {
            let NodeKind::Step(step) = &it.kind else { continue };
            // A step without any outcome is told by P003.
            if step.outcomes.is_empty() {
                continue;
            }
            let left = &course.no_outcome(node) & course.reach_node(node);
            if left.is_clear() {
                continue;
            }
            let mut finding = at(Finding::new(&CHECK), id, node).place(it.head.span, "step");
            for outcome in &step.outcomes {
                finding = finding.place(outcome.head.span, "outcome");
            }
            let left = region(context, course, &left);
            findings.push(with_run_within(context, finding.on(left.clone()), id, node, None, Some(&left)));
        }
    }
    findings
}
