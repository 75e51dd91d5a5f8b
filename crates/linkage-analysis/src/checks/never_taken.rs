//! P011: a way, an outcome or a step that no case whose facts stay as they are can take.

use super::beginnings::ever_begins;
use super::courses::{at, courses};
use super::graph::{reachable, with_run};
use super::{Check, Context, Fact, Finding};
use linkage_flow::{Course, Set, Spot};
use linkage_model::{NodeId, NodeKind, ProcedureId};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "P011",
    name: "never-taken",
    severity: Severity::Warning,
    page: include_str!("never_taken.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ((id, procedure), course) in context.institution().procedures().zip(courses(context)) {
        // That no case ever begins is told elsewhere, not of each of its steps.
        let begins = ever_begins(context, id);
        for (node, it) in (0..).map(NodeId).zip(&procedure.nodes) {
            if begins {
                in_node(context, id, course, node, &mut findings);
            }
            if let NodeKind::Choose(choice) = &it.kind {
                for (index, arm) in choice.arms.iter().enumerate() {
                    let before: Vec<_> = choice.arms[..index].iter().map(|arm| &arm.guard).collect();
                    if arm.guard.is_empty()
                        || course.reach_node(node).is_clear()
                        || !linkage_regions::covered(&arm.guard, &before)
                    {
                        continue;
                    }
                    let mut finding =
                        at(Finding::new(&CHECK), id, node).told_by("shadowed").place(arm.span, "way");
                    for arm in &choice.arms[..index] {
                        finding = finding.place(arm.span, "before");
                    }
                    findings.push(with_run(context, finding, id, node));
                }
            }
        }
        if begins {
            steps(context, id, course, &mut findings);
        }
    }
    findings
}

/// Ways and outcomes of a node that is come to, but never where these hold.
fn in_node(
    context: &Context<'_>,
    id: ProcedureId,
    course: &Course,
    node: NodeId,
    findings: &mut Vec<Finding>,
) {
    let here = course.reach_node(node);
    if here.is_clear() {
        return;
    }
    let never = |set: &Set| (set & here).is_clear();
    let it = &course.procedure.nodes[node.index()];
    match &it.kind {
        NodeKind::Choose(choice) => {
            for arm in choice.arms.iter().filter(|arm| never(&course.classes.inside(&arm.guard))) {
                let finding = at(Finding::new(&CHECK), id, node).told_by("way").place(arm.span, "way");
                findings.push(with_run(context, finding, id, node));
            }
        }
        NodeKind::Step(step) => {
            if never(&course.applies(node)) {
                let finding =
                    at(Finding::new(&CHECK), id, node).told_by("applies").place(it.head.span, "step");
                findings.push(with_run(context, finding, id, node));
                return;
            }
            for outcome in &step.outcomes {
                let Some(when) = &outcome.when else { continue };
                if never(&(&course.applies(node) & &course.classes.inside(when))) {
                    let finding = at(Finding::new(&CHECK), id, node)
                        .told_by("outcome")
                        .fact("outcome", Fact::Text(outcome.head.label().into()))
                        .place(outcome.head.span, "outcome");
                    findings.push(with_run(context, finding, id, node));
                }
            }
        }
        NodeKind::Block(_) | NodeKind::Call(_) => {}
    }
}

/// Steps to which ways lead, but none that a case with steady facts can go to the end.
fn steps(context: &Context<'_>, id: ProcedureId, course: &Course, findings: &mut Vec<Finding>) {
    for node in reachable(context, id) {
        let before =
            course.flow.graph.neighbors_directed(course.flow.at(node), petgraph::Direction::Incoming);
        // Behind a block that is not come through the block itself is told.
        let reached = |place| match course.flow.graph[place] {
            Spot::Node(from) => !course.reach_node(from).is_clear(),
            Spot::Joined(_) | Spot::Closed(_) => false,
        };
        let from_reached = before.into_iter().any(reached);
        if course.reach_node(node).is_clear() && from_reached {
            let span = course.procedure.nodes[node.index()].head.span;
            let mut finding = at(Finding::new(&CHECK), id, node).place(span, "step");
            finding.witness = super::graph::first_case(context, id).map(super::Witness::Situation);
            findings.push(finding);
        }
    }
}
