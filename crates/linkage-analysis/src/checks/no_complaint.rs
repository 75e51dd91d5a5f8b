//! G002: a resident, a volunteer or an enterprise is given a duty and no way to complain.

use super::duty_without_guarantee::without;
use super::public_duty::guaranteed;
use super::{Check, Context, Finding};
use linkage_syntax::Keyword;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "G002",
    name: "no-complaint",
    severity: Severity::Note,
    page: include_str!("no_complaint.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    without(context, &CHECK, |procedure, body| !guaranteed(context, procedure, body, &[Keyword::Complaint]))
}
