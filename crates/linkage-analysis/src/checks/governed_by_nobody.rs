//! L016: a right over the journal that nobody has: the slot that it names is open, or no clause gives it.

use super::{Check, Context, Fact, Finding};
use linkage_model::BodyId;
use linkage_text::{Severity, Span};

pub static CHECK: Check = Check {
    code: "L016",
    name: "governed-by-nobody",
    severity: Severity::Warning,
    page: include_str!("governed_by_nobody.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let Some(governance) = &context.institution().governance else { return Vec::new() };
    let mut findings = Vec::new();
    // Rules that nobody may replace stay for ever: the other two have a default that keeps a desk at work.
    if governance.adopt.is_empty() {
        findings.push(Finding::new(&CHECK).told_by("missing").place(governance.span, "governance"));
    }
    for named in [&governance.adopt, &governance.migrate, &governance.purge] {
        if !named.is_empty() && named.iter().all(|named| is_nobody(context, named)) {
            let mut finding = Finding::new(&CHECK)
                .fact("bodies", Fact::Bodies(named.iter().map(|(body, _)| *body).collect()));
            for (_, span) in named {
                finding = finding.place(*span, "named");
            }
            findings.push(finding);
        }
    }
    findings
}

/// Whether no body stands behind a name on the day.
fn is_nobody(context: &Context<'_>, (body, _): &(BodyId, Span)) -> bool {
    let bearers = context.competence().standing_in(*body);
    bearers.iter().all(|bearer| context.institution()[*bearer].is_slot)
}
