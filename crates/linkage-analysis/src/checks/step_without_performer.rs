//! P002: a step that nobody performs.

use super::graph::{reachable, with_run};
use super::{Check, Context, Fact, Finding};
use linkage_model::{Institution, NodeId, NodeKind, Performer};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "P002",
    name: "step-without-performer",
    severity: Severity::Error,
    page: include_str!("step_without_performer.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut findings = Vec::new();
    for (id, procedure) in institution.procedures() {
        let reached = reachable(context, id);
        for (node, it) in (0..).map(NodeId).zip(&procedure.nodes) {
            let NodeKind::Step(step) = &it.kind else { continue };
            if !reached.contains(&node) {
                continue;
            }
            let finding = Finding::new(&CHECK)
                .fact("step", Fact::Node(id, node))
                .fact("procedure", Fact::Procedure(id));
            let finding = if step.by.is_empty() {
                finding.place(it.head.span, "step")
            } else if let Some((_, span)) = step.by.iter().find(|(by, _)| nobody(institution, by)) {
                finding.told_by("no_such").place(*span, "nobody").place(it.head.span, "step")
            } else {
                continue;
            };
            findings.push(with_run(context, finding, id, node));
        }
    }
    findings
}

/// Whether a role can be filled by no body at all, whatever the case.
fn nobody(institution: &Institution, performer: &Performer) -> bool {
    match performer {
        Performer::Kind(kind) | Performer::KindServing(kind) => {
            !institution.bodies.iter().any(|body| body.kind == Some(*kind))
        }
        Performer::Superior(of) => match &**of {
            Performer::Body(body) => institution[*body].under.is_empty(),
            other => nobody(institution, other),
        },
        _ => false,
    }
}
