//! D002: several bodies lead the same situations, and nothing is said about which.

use super::dispute::{disputes, told};
use super::finding::Fault;
use super::{Check, Context, Fact, Finding};
use linkage_text::Severity;

pub static CHECK: Check =
    Check { code: "D002", name: "overlap", severity: Severity::Error, page: include_str!("overlap.md"), run };

fn run(context: &Context<'_>) -> Vec<Finding> {
    let unsaid = disputes(context).into_iter().filter(|it| !it.is_circle() && !it.is_undecidable());
    unsaid
        .map(|dispute| {
            let finding = if dispute.open.is_empty() {
                Finding::new(&CHECK).told_by("torn")
            } else {
                Finding::new(&CHECK).fact("why", Fact::Opens(dispute.open.clone()))
            };
            told(context, &dispute, finding).telling_all(dispute.number.map(Fault::Dispute))
        })
        .collect()
}
