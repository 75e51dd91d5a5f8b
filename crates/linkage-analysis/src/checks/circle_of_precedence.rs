//! D009: mandates each of which prevails over the next, all the way round.

use super::dispute::{disputes, told};
use super::finding::Fault;
use super::{Check, Context, Fact, Finding};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "D009",
    name: "circle-of-precedence",
    severity: Severity::Error,
    page: include_str!("circle_of_precedence.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let circles = disputes(context).into_iter().filter(super::dispute::Dispute::is_circle);
    circles
        .map(|dispute| {
            let members = if dispute.circle.is_empty() { &dispute.effective } else { &dispute.circle };
            let circle = members.iter().map(|claim| context.division.claims()[*claim].mandate).collect();
            let mut finding = Finding::new(&CHECK).fact("circle", Fact::Mandates(circle));
            for claim in members {
                let mandate = context.division.mandate(*claim);
                let over = mandate.prevails_over.iter().chain(&mandate.yields_to);
                for (_, span) in over {
                    finding = finding.place(*span, "clause");
                }
            }
            told(context, &dispute, finding).telling_all(dispute.number.map(Fault::Dispute))
        })
        .collect()
}
