//! L009: a body passes on what it does not hold.

use super::passings::findings;
use super::{Check, Context, Finding};
use linkage_model::Void;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "L009",
    name: "beyond-what-is-held",
    severity: Severity::Error,
    page: include_str!("beyond_what_is_held.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    findings(context, &CHECK, Void::NotHeld)
}
