//! D016: a mandate gives the lead to a body that may not act there.

use super::dispute::cited;
use super::{Check, Context, Fact, Finding};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "D016",
    name: "excluded-body",
    severity: Severity::Error,
    page: include_str!("excluded_body.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut findings = Vec::new();
    for barred in context.division.barred() {
        let region = barred.region.intersect(&institution.scope.region);
        if region.is_empty() {
            continue;
        }
        let mandate = &institution[barred.mandate];
        let exclusion = &institution[barred.exclusion];
        let finding = Finding::new(&CHECK)
            .fact("bodies", Fact::Bodies(barred.bodies.clone()))
            .fact("mandate", Fact::Mandate(barred.mandate))
            .fact("exclusion", Fact::Exclusion(barred.exclusion))
            .fact("basis", Fact::Cited(cited(context, &exclusion.basis)));
        let label = if exclusion.basis.is_empty() { "excluded" } else { "excluded_by" };
        let mut finding = finding.place(exclusion.head.span, label);
        for (lead, span) in &mandate.leads {
            let standing = institution.standing_in(*lead, context.division.day);
            if barred.bodies.iter().any(|body| standing.contains(body)) {
                finding = finding.place(*span, "leads");
            }
        }
        // The clause that breaks the prohibition is the one to jump to.
        finding.places.rotate_left(1);
        findings.push(finding.on(region));
    }
    findings
}
