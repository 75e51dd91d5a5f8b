//! L001: a mandate that cites no law.

use super::{Check, Context, Fact, Finding};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "L001",
    name: "missing-basis",
    severity: Severity::Warning,
    page: include_str!("missing_basis.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let without = context.institution().mandates().filter(|(_, mandate)| mandate.basis.is_empty());
    without
        .map(|(id, mandate)| {
            Finding::new(&CHECK)
                .fact("mandate", Fact::Mandate(id))
                .place(mandate.head.span, "mandate")
                .on(mandate.region.clone())
        })
        .collect()
}
