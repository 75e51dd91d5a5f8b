//! L010: a power passed on is passed on again, and nobody allowed it.

use super::passings::findings;
use super::{Check, Context, Finding};
use linkage_model::Void;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "L010",
    name: "passed-on-again",
    severity: Severity::Error,
    page: include_str!("passed_on_again.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    findings(context, &CHECK, Void::NotOnward)
}
