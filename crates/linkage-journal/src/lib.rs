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

pub mod cost;
pub mod engine;
pub mod store;
