//! The findings: what is wrong with the rules, each with a witness.
//!
//! A check is one file and one page beside it: the file looks for the fault and answers facts, the page
//! (`NAME.md`) has the sentences in both languages, why it matters, an example and what mends it. The
//! line in `registry` is all that a further check adds elsewhere.

mod context;
mod finding;
mod page;
mod registry;

mod amounts_differ;
mod article_grants_nothing;
mod beyond_what_is_held;
mod circle_of_precedence;
mod circular_delegation;
mod circular_escalation;
mod cited;
mod dispute;
mod doubtful_name;
mod duty;
mod duty_without_power;
mod empty_region;
mod excluded_body;
mod gap;
mod giver_still_acts;
mod grant_against_prohibition;
mod graph;
mod guards_leave_a_case;
mod missing_basis;
mod never_effective;
mod no_escalation;
mod no_forum;
mod no_way_to_close;
mod not_acted_on;
mod not_decided;
mod not_delegable;
mod off_duty;
mod open_slot;
mod outcome_without_successor;
mod outside_reserve;
mod overlap;
mod passed_on_again;
mod passing_without_basis;
mod passings;
mod power_without_duty;
mod rank_too_low;
mod replaced_name;
mod self_supervision;
mod served_elsewhere;
mod settled_overlap;
mod settled_prohibition;
mod stale_basis;
mod step_without_performer;
mod supported_not_led;
mod undecidable;
mod unknown_article;
mod unknown_basis;
mod unreachable_step;
mod wrong_performer;

pub use context::Context;
pub use finding::{Check, Fact, Finding, Place, Witness};
pub use gap::Lacking;
pub use page::{Both, Cause, Countermeasure, Front, Page};
pub use registry::{CHECKS, find, run};
