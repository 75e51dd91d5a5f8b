//! Certificates: an answer about gaps and overlaps, and a checker that needs no trust in who gave it.
//!
//! A [`Certificate`] lists the boxes of the scope, of every claim, of the gaps and of the overlaps. It is
//! true if
//!
//! - no gap box meets a claim or another gap box, and `claims + gaps = scope`, counted in points;
//! - every overlap box lies in all claims of its group and in no other, no two of a group meet, and
//!   together they have as many points as lie in claims of different owners.
//!
//! [`check`] verifies that by a method of its own (`measure`) and shares no line with the room that
//! found the answer: a defect there can't hide here.

mod check;
mod fault;
mod measure;
mod paper;

pub use check::check;
pub use fault::{Fault, Part, Place};
pub use paper::{Axis, Certificate, Claim, FORMAT, Group, Sides, Volumes};
