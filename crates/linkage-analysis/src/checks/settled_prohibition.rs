//! L014: what gives a power and what takes it away meet, and a rule says which prevails.

use super::grant_against_prohibition::{conflicts, finding};
use super::{Check, Context, Fact, Finding};
use linkage_model::Order;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "L014",
    name: "settled-prohibition",
    severity: Severity::Note,
    page: include_str!("settled_prohibition.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let settled = conflicts(context).into_iter().filter_map(|met| match met.order {
        // What a reserve takes away is told as given outside it.
        Order::Yields(reason) if !met.reserved => Some((met, "main", reason)),
        Order::Prevails(reason) => Some((met, "granted", reason)),
        _ => None,
    });
    settled
        .map(|(met, sentence, reason)| {
            let mut finding =
                finding(context, &CHECK, &met).told_by(sentence).fact("reason", Fact::Reason(reason));
            finding.settled_by = Some(Fact::Reason(reason));
            finding.on(met.region)
        })
        .collect()
}
