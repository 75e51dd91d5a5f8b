//! All checks, in the order in which they are reported.

use super::{Check, Context, Finding};
use super::{
    circle_of_precedence, circular_escalation, doubtful_name, empty_region, excluded_body, gap,
    guards_leave_a_case, missing_basis, never_effective, no_escalation, no_forum, no_way_to_close,
    not_acted_on, not_decided, off_duty, open_slot, outcome_without_successor, overlap, replaced_name,
    self_supervision, served_elsewhere, settled_overlap, stale_basis, step_without_performer,
    supported_not_led, undecidable, unknown_basis, unreachable_step,
};
use crate::model::{Division, ModelWarning};

/// Every check.
pub static CHECKS: &[&Check] = &[
    &gap::CHECK,
    &overlap::CHECK,
    &settled_overlap::CHECK,
    &never_effective::CHECK,
    &open_slot::CHECK,
    &not_decided::CHECK,
    &replaced_name::CHECK,
    &circle_of_precedence::CHECK,
    &undecidable::CHECK,
    &no_forum::CHECK,
    &off_duty::CHECK,
    &supported_not_led::CHECK,
    &served_elsewhere::CHECK,
    &self_supervision::CHECK,
    &excluded_body::CHECK,
    &missing_basis::CHECK,
    &unknown_basis::CHECK,
    &stale_basis::CHECK,
    &unreachable_step::CHECK,
    &step_without_performer::CHECK,
    &outcome_without_successor::CHECK,
    &no_way_to_close::CHECK,
    &guards_leave_a_case::CHECK,
    &no_escalation::CHECK,
    &circular_escalation::CHECK,
    &empty_region::CHECK,
    &doubtful_name::CHECK,
    &not_acted_on::CHECK,
];

/// The check of a code or a name.
pub fn find(code: &str) -> Option<&'static Check> {
    CHECKS.iter().copied().find(|check| check.code.eq_ignore_ascii_case(code) || check.name == code)
}

/// Runs every check: the gravest findings first, then in the order of the registry and of the text.
pub fn run(division: &Division<'_>, warnings: &[ModelWarning]) -> Vec<Finding> {
    let context = Context::new(division, warnings);
    let mut findings: Vec<Finding> = CHECKS.iter().flat_map(|check| (check.run)(&context)).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.check.severity));
    findings
}
