//! D007: a rule names a body whose place another has taken.

use super::{Check, Context, Fact, Finding};
use crate::text::Severity;

pub static CHECK: Check = Check {
    code: "D007",
    name: "replaced-name",
    severity: Severity::Warning,
    page: include_str!("replaced_name.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let day = context.division.day;
    let mut findings = Vec::new();
    for (id, mandate) in institution.mandates() {
        for (body, span) in &mandate.leads {
            let heir = institution.successor(*body, day);
            if heir == *body {
                continue;
            }
            let mut finding = Finding::new(&CHECK)
                .fact("mandate", Fact::Mandate(id))
                .fact("old", Fact::Body(*body))
                .fact("heir", Fact::Body(heir))
                .place(*span, "named");
            for succession in &institution[heir].succeeds {
                finding = finding.place(succession.span, "succeeds");
            }
            findings.push(finding.on(mandate.region.clone()));
        }
    }
    findings
}
