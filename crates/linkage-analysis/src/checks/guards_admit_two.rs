//! P010: a choice whose guards admit several ways in one situation: their order decides.

use super::courses::{at, courses, region};
use super::graph::with_run_within;
use super::{Check, Context, Finding};
use linkage_model::{NodeId, NodeKind};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "P010",
    name: "guards-admit-two",
    severity: Severity::Note,
    page: include_str!("guards_admit_two.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ((id, procedure), course) in context.institution().procedures().zip(courses(context)) {
        for (node, it) in (0..).map(NodeId).zip(&procedure.nodes) {
            let NodeKind::Choose(choice) = &it.kind else { continue };
            let here = course.reach_node(node);
            let held: Vec<_> =
                choice.arms.iter().map(|arm| &course.classes.inside(&arm.guard) & here).collect();
            let mut both = course.classes.none();
            let mut arms = Vec::new();
            for (later, own) in choice.arms.iter().enumerate() {
                for earlier in 0..later {
                    let two = &held[earlier] & &held[later];
                    if !two.is_clear() && choice.arms[earlier].target != own.target {
                        both.union_with(&two);
                        arms.extend([earlier, later]);
                    }
                }
            }
            if both.is_clear() {
                continue;
            }
            arms.sort_unstable();
            arms.dedup();
            let mut finding = at(Finding::new(&CHECK), id, node).place(it.head.span, "choice");
            for arm in arms {
                finding = finding.place(choice.arms[arm].span, "guard");
            }
            let both = region(context, course, &both);
            findings.push(with_run_within(context, finding.on(both.clone()), id, node, None, Some(&both)));
        }
    }
    findings
}
