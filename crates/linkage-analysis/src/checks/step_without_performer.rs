//! P002: a step that nobody performs.

use super::courses::{courses, region};
use super::duty::Acts;
use super::graph::{reachable, with_run};
use super::rung_reaches_nobody::reaching_nobody;
use super::{Check, Context, Fact, Finding};
use linkage_model::{Institution, NodeId, NodeKind, Performer};
use linkage_regions::Region;
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
        let acts = Acts::new(context, id, |_| true);
        let course = &courses(context)[id.index()];
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
                let here = region(context, course, course.reach_node(node));
                let lost = step
                    .by
                    .iter()
                    .fold(here, |lost, (by, _)| lost.intersect(&unanswered(context, &acts, by, &lost)));
                if lost.is_empty() {
                    continue;
                }
                // The fallback body has it, and the case says so.
                let mut finding = finding.told_by("unanswered");
                finding.severity = Severity::Warning;
                step.by.iter().fold(finding, |finding, (_, span)| finding.place(*span, "unanswered")).on(lost)
            };
            findings.push(with_run(context, finding, id, node));
        }
    }
    findings
}

/// The part of a region in which nobody answers to a role. A gap tells where nobody leads, and D005 of open slots.
fn unanswered(context: &Context<'_>, acts: &Acts<'_>, performer: &Performer, region: &Region) -> Region {
    match performer {
        Performer::Body(_) => Region::empty(&context.institution().space),
        performer => reaching_nobody(context, acts, performer, region),
    }
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
