//! R004: personal data without a purpose, its least fields, or a time after which it goes.

use super::{Check, Context, Fact, Finding};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "R004",
    name: "personal-data-unbounded",
    severity: Severity::Warning,
    page: include_str!("personal_data_unbounded.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (id, resource) in context.institution().resources() {
        let lacking = [
            (resource.purposes.is_empty(), "purpose"),
            (resource.fields.is_empty(), "fields"),
            (resource.retention.is_none(), "retention"),
            (resource.basis.is_empty(), "basis"),
        ];
        if resource.personal.is_none() || lacking.iter().all(|(lacks, _)| !lacks) {
            continue;
        }
        let finding = Finding::new(&CHECK)
            .told_by(if resource.personal == Some(true) { "sensitive" } else { "main" })
            .fact("resource", Fact::Resource(id))
            .place(resource.head.span, "resource");
        let notes = lacking.iter().filter(|(lacks, _)| *lacks);
        findings.push(notes.fold(finding, |finding, (_, note)| finding.note(note)));
    }
    findings
}
