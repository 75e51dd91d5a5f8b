//! The findings: what is wrong with the rules, each with a witness.
//!
//! A check is one file and one page beside it: the file looks for the fault and answers facts, the page
//! (`NAME.md`) has the sentences in both languages, why it matters, an example and what mends it. The
//! line in `registry` is all that a further check adds elsewhere.

mod context;
mod finding;
mod page;
mod registry;

mod circle_of_precedence;
mod circular_escalation;
mod cited;
mod dispute;
mod doubtful_name;
mod empty_region;
mod excluded_body;
mod gap;
mod graph;
mod guards_leave_a_case;
mod missing_basis;
mod never_effective;
mod no_escalation;
mod no_forum;
mod no_way_to_close;
mod not_acted_on;
mod not_decided;
mod off_duty;
mod open_slot;
mod outcome_without_successor;
mod overlap;
mod replaced_name;
mod self_supervision;
mod served_elsewhere;
mod settled_overlap;
mod stale_basis;
mod step_without_performer;
mod supported_not_led;
mod undecidable;
mod unknown_basis;
mod unreachable_step;

pub use context::Context;
pub use finding::{Check, Fact, Finding, Place, Witness};
pub use gap::Lacking;
pub use page::{Both, Cause, Countermeasure, Front, Page};
pub use registry::{CHECKS, find, run};
