//! P013: a situation of the scope that starts no procedure.

use super::{Check, Context, Finding, Witness};
use linkage_model::Trigger;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "P013",
    name: "trigger-gap",
    severity: Severity::Warning,
    page: include_str!("trigger_gap.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    // Where no procedure is written at all, none is missing.
    if institution.procedures.is_empty() {
        return Vec::new();
    }
    let triggers = institution.procedures.iter().flat_map(|procedure| &procedure.triggers);
    let regions: Vec<_> = triggers
        .filter_map(|(trigger, _)| match trigger {
            Trigger::Report(region) | Trigger::Request(_, region) => Some(region),
            // The calendar takes up no report; a count only counts cases that something else opens.
            Trigger::Event(_) | Trigger::Schedule(_) | Trigger::Count(_) => None,
        })
        .collect();
    let left = linkage_regions::gaps(&institution.scope.region, &regions);
    let Some(point) = left.witness() else { return Vec::new() };
    let own = institution.scope.parts.iter().filter(|(own, _)| !own.is_disjoint(&left));
    let mut finding = own.fold(Finding::new(&CHECK), |finding, (_, scope)| finding.place(*scope, "scope"));
    if institution.scope.span.is_none() {
        let first = institution.procedures.first().map(|procedure| procedure.head.span);
        finding = finding.place_if(first, "scope");
    }
    vec![finding.on(left).shown_by(Witness::Report(point))]
}
