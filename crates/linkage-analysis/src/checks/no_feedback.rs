//! O004: whoever reports can be left without a word of what came of it.

use super::ending::shortest_ending;
use super::owing::clauses;
use super::{Check, Context, Fact, Finding, Witness};
use linkage_flow::{Asked, Ending, Moved, Way};
use linkage_model::{BodyKind, Content, Holder, NodeId, Performer, Procedure, Trigger, Upon};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "O004",
    name: "no-feedback",
    severity: Severity::Warning,
    page: include_str!("no_feedback.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut findings = Vec::new();
    for (id, procedure) in institution.procedures() {
        let reported = procedure.triggers.iter().find(|(trigger, _)| is_reported(context, trigger));
        let Some((_, span)) = reported else { continue };
        let told = procedure.closing.iter().flat_map(|closing| &closing.tell);
        if told.into_iter().any(|(performer, ..)| answers(context, procedure, performer)) {
            continue;
        }
        let owed: Vec<Upon> = clauses(procedure)
            .filter(|owe| matches!(owe.content, Content::Feedback | Content::Report))
            .filter(|owe| owe.creditors.iter().any(|creditor| answers(context, procedure, creditor)))
            .map(|owe| owe.upon)
            .collect();
        if owed.iter().any(|upon| matches!(upon, Upon::Open | Upon::Close)) {
            continue;
        }
        let owed_at: Vec<NodeId> = owed
            .iter()
            .filter_map(|upon| if let Upon::Node(node) = upon { Some(*node) } else { None })
            .collect();
        // What is passed over, runs out of time or is refused, makes nobody owe anything.
        let owes = |node: NodeId, way: Way| {
            owed_at.contains(&node) && !matches!(way, Way::Timeout | Way::Refusal | Way::PassOver)
        };
        let needs: Vec<NodeId> =
            procedure.closing.iter().flat_map(|closing| &closing.needs).map(|(node, _)| *node).collect();
        let asked = Asked { counted: &needs, avoided: &owes };
        // A body can't close the case without what closing takes: that run does not end.
        let closes = |ending: &Ending| {
            ending.moved == Moved::ByTime || needs.iter().all(|node| ending.finished.contains(node))
        };
        let Some((run, case)) = shortest_ending(context, id, asked, closes) else { continue };
        let mut finding = Finding::new(&CHECK)
            .told_by(if owed.is_empty() { "main" } else { "some" })
            .fact("procedure", Fact::Procedure(id))
            .place(*span, "trigger");
        for owe in clauses(procedure).filter(|owe| owed.contains(&owe.upon)) {
            if owe.creditors.iter().any(|creditor| answers(context, procedure, creditor)) {
                finding = finding.place(owe.head.span, "owed");
            }
        }
        findings.push(finding.shown_by(Witness::Run(id, run, case)));
    }
    findings
}

/// Whether somebody outside the offices starts it: a report, or the request of the public.
fn is_reported(context: &Context<'_>, trigger: &Trigger) -> bool {
    match trigger {
        Trigger::Report(_) => true,
        Trigger::Request(holders, _) => holders.iter().any(|holder| match holder {
            Holder::Kind(kind) => is_public(Some(*kind)),
            Holder::Body(body) => is_public(context.institution()[*body].kind),
        }),
        _ => false,
    }
}

fn is_public(kind: Option<BodyKind>) -> bool {
    matches!(kind, Some(BodyKind::Resident | BodyKind::Volunteer | BodyKind::Enterprise))
}

/// Whether telling these is telling whoever reported.
pub(super) fn answers(context: &Context<'_>, procedure: &Procedure, performer: &Performer) -> bool {
    // Where only reports start it, the reporter alone is meant; else whoever may ask must be told.
    let asked = procedure.triggers.iter().any(|(trigger, _)| matches!(trigger, Trigger::Report(_)));
    match performer {
        Performer::Reporter => true,
        Performer::Body(body) if !asked => is_public(context.institution()[*body].kind),
        Performer::Kind(kind) if !asked => is_public(Some(*kind)),
        _ => false,
    }
}
