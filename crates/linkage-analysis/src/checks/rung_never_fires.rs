//! E004: a rung that nothing ever steps on.

use super::courses::at;
use super::graph::with_run;
use super::ladder::{Ladder, any_minute, fires, ladders, left_at_deadline, sent_up};
use super::{Check, Context, Finding};
use linkage_model::{Condition, NodeKind, Procedure, Rung, Step, Target};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "E004",
    name: "rung-never-fires",
    severity: Severity::Warning,
    page: include_str!("rung_never_fires.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ladder in ladders(context) {
        // Where the rules send a step up its ladder, any rung may be the next.
        if ladder.steps.iter().any(|(_, step)| sent_up(step)) {
            continue;
        }
        for (index, rung) in ladder.rungs.iter().enumerate() {
            let Some(sentence) = never(context, &ladder, index, rung) else { continue };
            let Some((node, step)) = ladder.steps.first() else { continue };
            let mut finding =
                at(Finding::new(&CHECK), ladder.id, *node).told_by(sentence).place(rung.span, "rung");
            if let Some((_, span)) = step.within {
                finding = finding.place(span, "deadline");
            }
            findings.push(with_run(context, finding, ladder.id, *node));
        }
    }
    findings
}

/// Whether nothing ever steps on a rung of a ladder.
pub(super) fn never_stepped_on(context: &Context<'_>, ladder: &Ladder<'_>, index: usize) -> bool {
    let sent = ladder.steps.iter().any(|(_, step)| sent_up(step));
    !sent && ladder.rungs.get(index).is_some_and(|rung| never(context, ladder, index, rung).is_some())
}

/// Why a rung is never stepped on, if it is not.
fn never(context: &Context<'_>, ladder: &Ladder<'_>, index: usize, rung: &Rung) -> Option<&'static str> {
    let steps = || ladder.steps.iter().map(|(_, step)| *step);
    match &rung.condition {
        Condition::Share(_) if steps().all(|step| step.within.is_none()) => Some("no_deadline"),
        Condition::Timeout => {
            let first =
                !ladder.rungs[..index].iter().any(|rung| matches!(rung.condition, Condition::Timeout));
            // The ladder of the procedure is told of late cases, blocks and calls as well: on its first such rung.
            if first && ladder.own.is_none() && late_as_a_whole(ladder.procedure) {
                None
            } else if steps().all(|step| step.within.is_none()) {
                Some("no_deadline")
            } else if steps().all(|step| step.within.is_none() || left_at_deadline(step)) {
                Some("left")
            } else if !first && !on_and_on(ladder.rungs, index) {
                Some("chain")
            } else {
                None
            }
        }
        Condition::After(after) => {
            // The step is gone by then, whenever it was assigned.
            let gone = |step: &Step| {
                let Some((within, _)) = step.within.filter(|_| left_at_deadline(step)) else { return false };
                let later = any_minute(context).then(within, super::courses::almanac(context));
                let fires = any_minute(context).then(*after, super::courses::almanac(context));
                let behind = later.zip(fires).and_then(|(due, fires)| due.furthest_behind(&fires));
                behind.is_some_and(|(_, behind)| behind < 0)
            };
            steps().all(gone).then_some("after")
        }
        Condition::Refusal => {
            let elsewhere =
                |step: &Step| step.on_refusal.is_some_and(|(target, _)| target != Target::Escalate);
            steps().all(elsewhere).then_some("refusal")
        }
        // Facts change while a step waits: any that the scope has may come to hold.
        Condition::When(region) => region.is_disjoint(&context.institution().scope.region).then_some("facts"),
        Condition::Breach => (ladder.own.is_some() || owes_nothing(ladder.procedure)).then_some("breach"),
        Condition::Share(_) => fires(context, ladder.rungs, index, None).and(None),
    }
}

/// Whether the case, a block or a call has a deadline of its own.
fn late_as_a_whole(procedure: &Procedure) -> bool {
    let inner = |kind: &NodeKind| match kind {
        NodeKind::Block(block) => block.within.is_some(),
        NodeKind::Call(call) => call.within.is_some(),
        NodeKind::Step(_) | NodeKind::Choose(_) => false,
    };
    procedure.within.is_some() || procedure.nodes.iter().any(|node| inner(&node.kind))
}

/// Whether each rung on timeout before has a time of its own, at the end of which the next is stepped on.
fn on_and_on(rungs: &[Rung], index: usize) -> bool {
    let mut before = rungs[..index].iter().filter(|rung| matches!(rung.condition, Condition::Timeout));
    before.all(|rung| rung.within.is_some())
}

fn owes_nothing(procedure: &Procedure) -> bool {
    let quiet = |step: &Step| step.owes.is_empty() && step.uses.is_empty();
    procedure.owes.is_empty()
        && procedure.nodes.iter().all(|node| !matches!(&node.kind, NodeKind::Step(step) if !quiet(step)))
}
