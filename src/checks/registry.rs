//! All checks, in the order in which they are reported.

use super::{Check, Context, Finding};
use super::{
    circular_escalation, doubtful_name, empty_region, gap, guards_leave_a_case, missing_basis,
    never_effective, no_escalation, no_way_to_close, not_acted_on, not_decided, open_slot,
    outcome_without_successor, overlap, replaced_name, settled_overlap, stale_basis, step_without_performer,
    unknown_basis, unreachable_step,
};
use crate::flow::Flow;
use crate::model::{Division, ModelWarning};
use crate::space::{Region, cover};

/// So many parts of the space are looked at before a check says that it can't decide the rest. A town takes
/// some hundreds, generated packages of 20,000 mandates some hundred thousand.
const CELLS: usize = 3_000_000;

/// Every check.
pub static CHECKS: &[&Check] = &[
    &gap::CHECK,
    &overlap::CHECK,
    &settled_overlap::CHECK,
    &never_effective::CHECK,
    &open_slot::CHECK,
    &not_decided::CHECK,
    &replaced_name::CHECK,
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
    let everything = Region::full(&division.institution.space);
    let flows = division.institution.procedures.iter().map(|it| Flow::new(it, &everything)).collect();
    let scope = &division.institution.scope.region;
    let regions = division.regions();
    let found = cover(scope, &regions, |set| division.conflict(set), CELLS);
    let context = Context { division, gaps: found.gaps, met: found.overlaps, flows, warnings };
    let mut findings: Vec<Finding> = CHECKS.iter().flat_map(|check| (check.run)(&context)).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.check.severity));
    findings
}
