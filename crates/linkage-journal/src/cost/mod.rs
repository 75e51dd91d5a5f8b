//! What findings cost real cases: which case of a journal falls under which finding, and what became of it.
//!
//! ```text
//!   journal ── read ──► Course, one a case ──┐
//!                                            ├── meet: does the case fall under the finding? ── rank ──► Cost
//!   Analysis ── its findings ────────────────┘
//! ```
//!
//! A finding about situations (a gap, an overlap) is met by a case whose facts, at some time of its life, lie
//! inside the region: surely if all situations that the facts leave open lie there, perhaps if some do. A
//! finding about a step or a procedure is met by the cases that came there, and one about both by those of
//! whom both are true. What no case passes through (a body as a whole, a name) has no cost, which is not a cost
//! of nothing.
//!
//! Beside that, the journal tells which bodies and resources carried more at once than they can.
//!
//! Cases under other rules are met by their names and facts, as today's rules read them. Only numbers leave this
//! room: no reporter, no body that acted, no text.

mod course;
mod load;
mod meet;
mod rank;
mod read;

pub use course::Course;
pub use load::{Loads, add_overloads};
pub use rank::rank;
pub use read::{Courses, read};
