//! U003: a name that mixes scripts, or that looks like another one.

use super::{Check, Context, Fact, Finding};
use linkage_model::ModelWarning;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "U003",
    name: "doubtful-name",
    severity: Severity::Warning,
    page: include_str!("doubtful_name.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for warning in context.warnings {
        let finding = Finding::new(&CHECK);
        findings.push(match warning {
            ModelWarning::MixedScript { name, span } => {
                finding.fact("name", Fact::Text(name.clone())).place(*span, "name")
            }
            ModelWarning::LooksAlike { name, span, other, other_span } => finding
                .told_by("alike")
                .fact("name", Fact::Text(name.clone()))
                .fact("other", Fact::Text(other.clone()))
                .place(*span, "name")
                .place(*other_span, "other"),
            ModelWarning::EmptyRegion { .. } => continue,
        });
    }
    findings
}
