//! A durable journal of cases: records chained by hash, and the engine that decides and writes.
//!
//! ```text
//!   Request ──► engine: load the case group, decide purely, write ──► store: append, rows that follow ──► answer
//!                                                                        │
//!                                              cost: which finding each case of the journal falls under
//! ```
//!
//! - [`store`] is the journal behind a trait, in memory and in `SQLite`; one suite of tests holds for all stores.
//! - [`engine`] is the whole life of a command. Nothing is answered before it is committed.
//! - [`cost`] matches the findings of a package with the cases of a journal.
//!
//! # Example
//! ```
//! use jiff::civil::date;
//! use linkage_case::{Command, Facts, Order};
//! use linkage_journal::engine::{Engine, Request};
//! use linkage_journal::store::Memory;
//! use linkage_package::Package;
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
//! let package = Package::of_text("rules.linkage", text);
//! let now = package.calendar.zone().to_timestamp(date(2026, 11, 23).at(9, 0, 0, 0))?;
//! let mut engine = Engine::new(Memory::default())?;
//! engine.keep(&package.written(), now)?;
//!
//! let facts = Facts::from([("matter".into(), "fire".into())]);
//! let open = Order::Open { procedure: None, facts, reporter: None };
//! let answers = engine.execute(&[Request::new(Command::new("police", open), now)]);
//! assert!(answers[0].as_ref().is_ok_and(|answer| answer.case.is_some()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod cost;
pub mod engine;
pub mod store;
