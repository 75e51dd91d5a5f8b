//! U004: an acceptance whose last day has passed.

use super::waived::in_force;
use super::{Check, Context, Fact, Finding};
use linkage_text::Severity;

pub(super) static CHECK: Check = Check {
    code: "U004",
    name: "expired-waiver",
    severity: Severity::Warning,
    page: include_str!("expired_waiver.md"),
    run: look,
};

fn look(context: &Context<'_>) -> Vec<Finding> {
    let day = context.division.day;
    let expired = context.institution().acceptances.iter().filter(|it| !in_force(it, day));
    expired
        .filter_map(|it| {
            let finding = Finding::new(&CHECK).fact("code", Fact::Text(it.code.clone()));
            let finding = finding.fact("until", Fact::Date(it.until?)).place(it.span, "waiver");
            Some(match it.by {
                Some(body) => finding.told_by("by").fact("body", Fact::Body(body)),
                None => finding,
            })
        })
        .collect()
}
