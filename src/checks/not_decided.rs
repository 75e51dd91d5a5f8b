//! D006: a part of the scope for which the question who leads was not decided: too many conditions cross.

use super::{Check, Context, Finding};
use crate::text::Severity;

pub static CHECK: Check = Check {
    code: "D006",
    name: "not-decided",
    severity: Severity::Error,
    page: include_str!("not_decided.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let left = context.gaps.undecided.union(&context.met.undecided);
    if left.is_empty() {
        return Vec::new();
    }
    let scope = context.institution().scope.span;
    let finding = scope.into_iter().fold(Finding::new(&CHECK), |finding, span| finding.place(span, "scope"));
    let finding = match left.witness() {
        Some(point) => finding.shown_by(super::Witness::Situation(point)),
        None => finding,
    };
    vec![finding]
}
