//! D006: a part of the scope for which the question who leads was not decided: too many conditions cross.

use super::{Check, Context, Fact, Finding};
use linkage_text::Severity;

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
    let mut finding =
        scope.into_iter().fold(Finding::new(&CHECK), |finding, span| finding.place(span, "scope"));
    let measures = [("gaps", &context.gaps.measure), ("overlaps", &context.met.measure)];
    for (note, measure) in measures {
        finding = finding.fact(note, Fact::Measure(measure.clone())).note(note);
    }
    let budgets = [context.gaps.spent, context.met.spent];
    let cells = budgets.iter().filter_map(|spent| spent.cells).max();
    let classes = budgets.iter().filter_map(|spent| spent.classes).max();
    for (note, hit) in [("cells", cells), ("classes", classes)] {
        if let Some(count) = hit {
            finding = finding.fact(note, Fact::Number(count)).note(note);
        }
    }
    let finding = match left.witness() {
        Some(point) => finding.shown_by(super::Witness::Situation(point)),
        None => finding,
    };
    vec![finding]
}
