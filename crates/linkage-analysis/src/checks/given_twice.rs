//! L015: a power is transferred to several by several acts, and nothing says which came first.

use super::passings::findings;
use super::{Check, Context, Finding};
use linkage_model::Void;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "L015",
    name: "given-twice",
    severity: Severity::Error,
    page: include_str!("given_twice.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    findings(context, &CHECK, Void::GivenTwice)
}
