//! D011: an overlap that nobody can end: its bodies have no common superior, and no forum needs none.

use super::dispute::{Dispute, disputes, is_endless, told, without_superior};
use super::finding::Fault;
use super::{Check, Context, Finding};
use linkage_model::{Forum, LeadershipKind};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "D011",
    name: "no-forum",
    severity: Severity::Error,
    page: include_str!("no_forum.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let endless = disputes(context).into_iter().filter(|dispute| is_endless(context, &dispute.bodies));
    endless.chain(badly_resolved(context)).map(|dispute| finding(context, &dispute)).collect()
}

fn finding(context: &Context<'_>, dispute: &Dispute) -> Finding {
    let fault = dispute.number.map(Fault::Dispute);
    let mut finding = told(context, dispute, Finding::new(&CHECK)).following(fault);
    for body in &dispute.bodies {
        let body = &context.institution()[*body];
        finding = match body.under.as_slice() {
            [] => finding.place(body.head.span, "top"),
            under => under.iter().fold(finding, |finding, (_, span)| finding.place(*span, "under")),
        };
    }
    finding
}

/// Overlaps that a resolution hands to a superior whom there is not, and to nobody else.
fn badly_resolved(context: &Context<'_>) -> Vec<Dispute> {
    let mut found: Vec<Dispute> = Vec::new();
    for (leadership, region) in &context.meetings {
        let LeadershipKind::Resolved(id) = leadership.kind else { continue };
        let resolution = &context.institution()[id];
        let only_superior = resolution.forums.iter().all(|(forum, _)| *forum == Forum::Superior);
        if resolution.forums.is_empty() || !only_superior || !without_superior(context, &leadership.bodies) {
            continue;
        }
        match found.iter_mut().find(|known| known.effective == leadership.effective) {
            Some(known) => known.region = known.region.union(region),
            None => found.push(Dispute {
                effective: leadership.effective.clone(),
                circle: Vec::new(),
                bodies: leadership.bodies.clone(),
                region: region.clone(),
                open: Vec::new(),
                number: None,
            }),
        }
    }
    found
}
