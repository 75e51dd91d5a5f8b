//! P022: an end that is refused: closing takes a step that the case need not have finished.

use super::unfinished::{run_to_end, unfinished};
use super::{Check, Context, Fact, Finding, Witness};
use crate::model::{NodeKind, Procedure, Target};
use crate::text::Severity;

pub static CHECK: Check = Check {
    code: "P022",
    name: "closing-refused",
    severity: Severity::Warning,
    page: include_str!("closing_refused.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (id, procedure) in context.institution().procedures() {
        for (node, span) in procedure.closing.iter().flat_map(|closing| &closing.needs) {
            let by_hand = closed_by_hand(unfinished(procedure, &[*node]));
            let Some((run, region)) = run_to_end(context, procedure, &by_hand) else { continue };
            let Some(case) = region.witness() else { continue };
            let finding = Finding::new(&CHECK)
                .fact("procedure", Fact::Procedure(id))
                .fact("step", Fact::Node(id, *node))
                .place(*span, "needed")
                .place(procedure.nodes[node.index()].head.span, "step");
            findings.push(finding.shown_by(Witness::Run(id, run, case)));
        }
    }
    findings
}

/// The procedure without the ends that time or a called procedure brings about: those are never refused.
fn closed_by_hand(mut procedure: Procedure) -> Procedure {
    let stays = |target: &(Target, crate::text::Span)| !matches!(target.0, Target::Close(_));
    for node in &mut procedure.nodes {
        match &mut node.kind {
            NodeKind::Step(step) => step.on_timeout = step.on_timeout.filter(stays),
            NodeKind::Call(call) => {
                call.solved = call.solved.filter(stays);
                call.unsolved = call.unsolved.filter(stays);
                call.on_timeout = call.on_timeout.filter(stays);
            }
            NodeKind::Block(_) | NodeKind::Choose(_) => {}
        }
    }
    procedure
}
