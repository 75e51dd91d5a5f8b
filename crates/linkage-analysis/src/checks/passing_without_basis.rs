//! L013: a transfer that cites no law.

use super::passings::findings;
use super::{Check, Context, Finding};
use linkage_model::Void;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "L013",
    name: "passing-without-basis",
    severity: Severity::Error,
    page: include_str!("passing_without_basis.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    findings(context, &CHECK, Void::NoBasis)
}
