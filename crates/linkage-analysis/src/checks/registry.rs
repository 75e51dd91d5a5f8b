//! All checks, in the order in which they are reported.

use super::context::covered;
use super::{Check, Context, Finding};
use super::{
    amounts_differ, article_grants_nothing, beyond_what_is_held, branch_without_start, branches_meet,
    bypassed, capacity_exceeded, channel_refuted, channel_without_basis, circle_of_precedence, circular_call,
    circular_delegation, circular_escalation, circular_wait, closed_amid_work, closing_refused,
    concentrated_leads, contradicting_sharing, coverage_refuted, deadline_cannot_hold, doubtful_name,
    duty_without_guarantee, duty_without_power, empty_region, endless_triggering, event_never_raised,
    event_unheard, excluded_body, exclusion_overridden, exclusion_refuted, expired_waiver, gap, given_twice,
    giver_still_acts, governed_by_nobody, grant_against_prohibition, guards_admit_two, guards_leave_a_case,
    idle_waiver, island, islands_of_bodies, isolated_body, join_never_complete, last_rung_cannot_decide,
    leads_and_supports, missing_basis, named_twice, never_discharged, never_effective, never_taken,
    no_complaint, no_escalation, no_feedback, no_forum, no_legal_status, no_outcome_possible,
    no_way_to_close, not_decided, not_delegable, not_measured, nothing_governed, off_duty, one_way_channel,
    open_slot, outcome_without_successor, outside_reserve, overlap, override_from_below, passed_on_again,
    passed_through, passing_without_basis, people_tracked, performer_against_mandate,
    personal_data_unbounded, power_without_duty, procedure_not_decided, property_not_decided,
    purpose_not_covered, rank_too_low, reach_refuted, replaced_name, resource_out_of_reach,
    rung_after_case_deadline, rung_never_fires, rung_not_above, rung_off_duty, rung_reaches_nobody,
    rungs_out_of_order, self_reference, self_supervision, served_by_several, served_elsewhere,
    settled_overlap, settled_prohibition, single_point, stale_basis, step_without_performer,
    supported_not_led, too_slow, trigger_gap, trigger_never_fires, trigger_outside_scope, trigger_overlap,
    unbalanced_pair, undecidable, unknown_article, unknown_basis, unreachable_step, unused_declaration,
    use_without_return, vacuous_property, vote_never_carries, wrong_performer,
};
use linkage_calendar::Calendar;
use linkage_model::{Division, ModelWarning};
use linkage_parallel::in_order;
use linkage_regions::Cover;

/// Every check.
pub static CHECKS: &[&Check] = &[
    &gap::CHECK,
    &overlap::CHECK,
    &settled_overlap::CHECK,
    &never_effective::CHECK,
    &open_slot::CHECK,
    &not_decided::CHECK,
    &replaced_name::CHECK,
    &amounts_differ::CHECK,
    &circle_of_precedence::CHECK,
    &undecidable::CHECK,
    &no_forum::CHECK,
    &off_duty::CHECK,
    &supported_not_led::CHECK,
    &served_elsewhere::CHECK,
    &self_supervision::CHECK,
    &excluded_body::CHECK,
    &exclusion_overridden::CHECK,
    &override_from_below::CHECK,
    &named_twice::CHECK,
    &contradicting_sharing::CHECK,
    &self_reference::CHECK,
    &leads_and_supports::CHECK,
    &missing_basis::CHECK,
    &unknown_basis::CHECK,
    &stale_basis::CHECK,
    &unknown_article::CHECK,
    &article_grants_nothing::CHECK,
    &rank_too_low::CHECK,
    &outside_reserve::CHECK,
    &not_delegable::CHECK,
    &beyond_what_is_held::CHECK,
    &passed_on_again::CHECK,
    &circular_delegation::CHECK,
    &grant_against_prohibition::CHECK,
    &passing_without_basis::CHECK,
    &settled_prohibition::CHECK,
    &given_twice::CHECK,
    &governed_by_nobody::CHECK,
    &duty_without_power::CHECK,
    &power_without_duty::CHECK,
    &wrong_performer::CHECK,
    &giver_still_acts::CHECK,
    &resource_out_of_reach::CHECK,
    &channel_without_basis::CHECK,
    &purpose_not_covered::CHECK,
    &personal_data_unbounded::CHECK,
    &single_point::CHECK,
    &one_way_channel::CHECK,
    &capacity_exceeded::CHECK,
    &never_discharged::CHECK,
    &circular_wait::CHECK,
    &unbalanced_pair::CHECK,
    &no_feedback::CHECK,
    &isolated_body::CHECK,
    &islands_of_bodies::CHECK,
    &passed_through::CHECK,
    &concentrated_leads::CHECK,
    &duty_without_guarantee::CHECK,
    &no_complaint::CHECK,
    &no_legal_status::CHECK,
    &people_tracked::CHECK,
    &unreachable_step::CHECK,
    &step_without_performer::CHECK,
    &outcome_without_successor::CHECK,
    &no_way_to_close::CHECK,
    &guards_leave_a_case::CHECK,
    &join_never_complete::CHECK,
    &no_outcome_possible::CHECK,
    &closed_amid_work::CHECK,
    &branches_meet::CHECK,
    &guards_admit_two::CHECK,
    &never_taken::CHECK,
    &deadline_cannot_hold::CHECK,
    &trigger_gap::CHECK,
    &trigger_overlap::CHECK,
    &trigger_never_fires::CHECK,
    &performer_against_mandate::CHECK,
    &circular_call::CHECK,
    &event_unheard::CHECK,
    &event_never_raised::CHECK,
    &endless_triggering::CHECK,
    &island::CHECK,
    &procedure_not_decided::CHECK,
    &closing_refused::CHECK,
    &trigger_outside_scope::CHECK,
    &served_by_several::CHECK,
    &vote_never_carries::CHECK,
    &branch_without_start::CHECK,
    &no_escalation::CHECK,
    &circular_escalation::CHECK,
    &rung_not_above::CHECK,
    &rung_never_fires::CHECK,
    &rungs_out_of_order::CHECK,
    &rung_after_case_deadline::CHECK,
    &last_rung_cannot_decide::CHECK,
    &rung_off_duty::CHECK,
    &rung_reaches_nobody::CHECK,
    &coverage_refuted::CHECK,
    &exclusion_refuted::CHECK,
    &too_slow::CHECK,
    &reach_refuted::CHECK,
    &bypassed::CHECK,
    &channel_refuted::CHECK,
    &use_without_return::CHECK,
    &property_not_decided::CHECK,
    &vacuous_property::CHECK,
    &empty_region::CHECK,
    &doubtful_name::CHECK,
    &unused_declaration::CHECK,
    &nothing_governed::CHECK,
    &not_measured::CHECK,
    &expired_waiver::CHECK,
    &idle_waiver::CHECK,
];

/// The check of a code or a name.
pub fn find(code: &str) -> Option<&'static Check> {
    CHECKS.iter().copied().find(|check| check.code.eq_ignore_ascii_case(code) || check.name == code)
}

/// The checks that a word names: one by its code or name, a family by its letter.
pub fn named(word: &str) -> Vec<&'static Check> {
    let family = |check: &&Check| word.len() == 1 && check.code[..1].eq_ignore_ascii_case(word);
    let all: Vec<&Check> = CHECKS.iter().copied().filter(family).collect();
    if all.is_empty() { find(word).into_iter().collect() } else { all }
}

/// Runs every check: the gravest findings first, then in the order of the registry and of the text.
pub fn run(division: &Division<'_>, warnings: &[ModelWarning], calendar: &Calendar) -> Vec<Finding> {
    run_over(division, warnings, calendar, covered(division))
}

/// The same, where it is known already what [`covered`] answers.
pub fn run_over(
    division: &Division<'_>,
    warnings: &[ModelWarning],
    calendar: &Calendar,
    cover: Cover,
) -> Vec<Finding> {
    let context = Context::of(division, warnings, cover).by(calendar);
    let found = in_order(CHECKS, |check| (check.run)(&context));
    let mut findings: Vec<Finding> = found.into_iter().flatten().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.check.severity));
    findings
}
