//! U002: a region without a single situation.

use super::{Check, Context, Finding};
use linkage_model::ModelWarning;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "U002",
    name: "empty-region",
    severity: Severity::Warning,
    page: include_str!("empty_region.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let empty = context.warnings.iter().filter_map(|warning| match warning {
        ModelWarning::EmptyRegion { span } => Some(*span),
        _ => None,
    });
    empty.map(|span| Finding::new(&CHECK).place(span, "region")).collect()
}
