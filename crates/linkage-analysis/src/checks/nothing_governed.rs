//! U007: a scope that governs nothing: no matter is declared, or no situation lies in it.

use super::{Check, Context, Finding};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "U007",
    name: "nothing-governed",
    severity: Severity::Warning,
    page: include_str!("nothing_governed.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let Some(span) = institution.scope.span else { return Vec::new() };
    let sentence = match () {
        () if institution.scope.region.is_empty() => "main",
        () if !institution.matters.is_declared() => "no_matter",
        () => return Vec::new(),
    };
    vec![Finding::new(&CHECK).told_by(sentence).place(span, "scope")]
}
