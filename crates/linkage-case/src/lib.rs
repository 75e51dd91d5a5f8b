//! One run of a procedure for one situation, as a pure state machine.
//!
//! ```text
//!                    ┌────────── decide(rules, world, command, now) ──────────┐
//!   command, now ──► │ what is due by now fires; is this body allowed to?     │ ──► events, or a refusal
//!                    └────────────────────────────────────────────────────────┘
//!   world ◄── apply(world, event) ◄── events           replay(events) == the same world
//! ```
//!
//! There is no clock, no disk and no chance in here: the instant is handed in, everything that happened
//! is an [`Event`], and the [`World`] is a fold of the events. So a simulated, a replayed and a live case
//! cannot differ. Events name bodies, procedures and nodes by their names and carry every instant that
//! follows from them (when something is due, when a rung is stepped on): applying them needs neither
//! rules nor calendar.
//!
//! A case is a *region*, not a point: a fact that nobody stated leaves its whole axis open. What the
//! whole region answers alike is decided; else [`Refusal::Undecided`] names the facts that would decide
//! ([`MissingFact`]), and nothing is guessed.
//!
//! Who performs a step is in [`Why`]; how the lead is found and an overlap settled in `lead` and `forum`;
//! how a case walks from node to node in `advance`; deadlines and ladders in `timer` and `escalation`; time that
//! is stopped, added or set anew in `budget` and `time_given`.
//! What this crate does not do: it keeps no journal, sends nothing, and makes no sentences.
//!
//! # Example
//! ```
//! use jiff::civil::date;
//! use linkage_calendar::Calendar;
//! use linkage_case::{Command, Facts, Order, Rules, World, apply, decide};
//! use linkage_model::resolve;
//! use linkage_text::SourceId;
//!
//! let text = "area town  matter fire
//!     body police { kind police }
//!     law rules { rank statute issuer parliament from 2010-01-01 article 1 }
//!     scope { over fire }
//!     mandate m { lead police over fire basis rules art 1 }
//!     procedure p {
//!       trigger report of fire
//!       lead by mandate
//!       step inspect { by lead within 2 hours outcome safe -> close solved }
//!     }";
//! let parsed = linkage_syntax::parse(SourceId::default(), text);
//! let institution = resolve(&[&parsed.file]).institution;
//! let calendar = Calendar::standard();
//! let rules = Rules::new(&institution, &calendar);
//! let now = calendar.zone().to_timestamp(date(2026, 11, 23).at(9, 0, 0, 0))?;
//!
//! let facts = Facts::from([("matter".into(), "fire".into())]);
//! let open = Command::new("police", Order::Open { procedure: None, facts, reporter: None });
//! let mut world = World::default();
//! for event in decide(&rules, &world, &open, now)? {
//!     apply(&mut world, &event);
//! }
//! assert_eq!(world.cases().count(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod advance;
mod apply;
mod assign;
mod assignment;
mod authority;
mod budget;
mod by_body;
mod carry;
mod chain;
mod close;
mod command;
mod decide;
mod designation;
mod draft;
mod draw;
mod escalation;
mod event;
mod facts;
mod few;
mod forum;
mod id;
mod joint;
mod lead;
mod ledger;
mod legal;
mod missing;
mod next_acts;
mod numbered;
mod obligation;
mod occasion;
mod open;
mod oversight;
mod performer;
mod power;
mod reason;
mod refusal;
mod replay;
mod review;
mod rules;
mod serving;
mod state;
mod tagged;
mod time_given;
mod timer;
mod turn;

/// A small town to play cases in, for the tests of this crate and of those above it.
#[cfg(any(test, feature = "testing"))]
#[allow(
    missing_docs,
    dead_code,
    unused_imports,
    clippy::all,
    clippy::pedantic,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests"
)]
pub mod tests;

pub use apply::{apply, apply_all};
pub use assignment::{Assignment, OpenRung};
pub use budget::{
    Added, Asked, BlockClock, Budget, Clocks, NumberedClock, Replaced, StepClock, SteppedRung, Stood,
};
pub use carry::carry_ladders;
pub use command::{Command, Order};
pub use decide::{Decision, decide, decision};
pub use draft::WorldDraft;
pub use event::{Ended, Event, Happening, OutOfReach, Stuck, Timed};
pub use facts::{Fact, FactFault, FactWanted, Facts, canonical, region};
pub use few::Few;
pub use id::CaseId;
pub use lead::lead_depends_on;
pub use ledger::{Balance, Entry, Status, balances, ledger};
pub use legal::{Illegal, illegal};
pub use missing::{FactOption, MissingFact, deciding};
pub use next_acts::{NextOutcome, NextStep, next_steps};
pub use occasion::{Counted, Counting, Occasion, Opening, Scheduled, countings, next_scheduled, schedules};
pub use reason::{
    Alarm, Cause, Charged, Cited, Due, Fallback, ForumKind, LadderOf, Mode, NoLead, Overridden, RuleDay,
    RuleName, RungId, Together, Unled, Why,
};
pub use refusal::{LackedPower, Refusal};
pub use replay::replay;
pub use rules::{REPORTER, Rules};
pub use state::{Case, CaseLead, Dispute, Ending, Obligation, OpenBlock, OpenCall, World};
pub use tagged::Text;
pub use time_given::recount;
pub use timer::Timer;
