//! P027: a trigger reaches situations outside the scope: what is reported there is referred on and starts nothing.

use super::{Check, Context, Fact, Finding};
use linkage_model::{Count, Trigger};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "P027",
    name: "trigger-outside-scope",
    severity: Severity::Note,
    page: include_str!("trigger_outside_scope.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let scope = &context.institution().scope;
    let Some(declared) = scope.span else { return Vec::new() };
    let mut findings = Vec::new();
    for (id, procedure) in context.institution().procedures() {
        for (trigger, span) in &procedure.triggers {
            // A request or a calendar without a region of its own is about what the scope governs.
            let (Trigger::Report(region) | Trigger::Count(Count { region, .. })) = trigger else { continue };
            let outside = region.minus(&scope.region);
            if !outside.is_empty() {
                let finding = Finding::new(&CHECK).fact("procedure", Fact::Procedure(id));
                let finding = finding.place(*span, "trigger").place(declared, "scope");
                let never = region.is_disjoint(&scope.region);
                findings.push(finding.told_by(if never { "never" } else { "main" }).on(outside));
            }
        }
    }
    findings
}
