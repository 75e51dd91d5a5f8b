//! Cases that last: load the one dossier that a command touches, decide, write, and only then answer.
//!
//! ```text
//!   request ──► begin ─► key known? ─► dossier (cache, or folded from its records)
//!                                        │
//!                                     decide(rules of the dossier, its world, command, now)   pure
//!                                        │
//!               commit ◄─ rows, timers, tidings ◄─ records     one transaction; then the answer
//! ```
//!
//! Why one dossier is enough: cases act on each other only through calls, and a case with all that it called
//! is one dossier. A case that an event opens takes over facts and goes its own way: it is a dossier of its own.
//! What else is common to all cases (the number of the next case, the keys that were used) is in the journal.
//! So a decision on one dossier is the decision on the whole world, and time moves on for each dossier by itself:
//! one clock that was wrong for a moment holds up the case that it touched, and no other.
//!
//! [`Engine`] is for one writer; [`Desk`] lets many in one process write through it, many commands a commit.

mod answer;
mod desk;
mod dossier;
mod firing;
mod foresight;
mod governance;
mod keeping;
mod keys;
mod led_to;
mod library;
mod migrate;
mod occasions;
mod state;
#[cfg(test)]
mod tests;
mod tick;
mod writer;

pub use answer::{Answer, Failure, Request};
pub use desk::{Closed, Desk};
pub use dossier::{Dossier, state_hash};
pub use governance::JournalRight;
pub use library::{Kept, Library, RulesFault};
pub use migrate::{Obstacle, Prospect, Verdict};
pub use state::Engine;
pub use tick::Ticked;

/// So many commands or dossiers share a transaction where many come in a stream: whoever else writes waits some ten
/// milliseconds for it.
pub const AT_ONCE: usize = 500;
/// About so many events of a tick do.
pub const EVENTS_AT_ONCE: usize = 2000;
