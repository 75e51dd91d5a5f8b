//! L008: a power that must stay is passed on.

use super::passings::findings;
use super::{Check, Context, Finding};
use linkage_model::Void;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "L008",
    name: "not-delegable",
    severity: Severity::Error,
    page: include_str!("not_delegable.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    findings(context, &CHECK, Void::NotDelegable)
}
