//! What operators read: what happened to a case, what waits for a body, who owes whom, what is wrong with a
//! journal.

mod acts;
mod due;
mod fault;
mod illegal;
mod inbox;
mod load;
mod owed;
mod story;
mod upkeep;

pub use acts::{Act, acted, acts_text, history};
pub use due::{DueReport, due_report, why_due};
pub use fault::{failure, line_fault, store_fault};
pub use inbox::{Inbox, inbox, inbox_text};
pub use load::{Load, LoadOf, loads, loads_text};
pub use owed::{Ledger, ledger_of, ledger_text};
pub use story::{CaseReport, case_history, case_report, case_text, cases_text};
pub use upkeep::{obstacle, prospect_text, verified};
