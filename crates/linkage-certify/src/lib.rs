//! Certificates: an answer about gaps and overlaps, and a checker that needs no trust in who gave it.
//!
//! A [`Certificate`] lists the boxes of the scope, of every claim, of the gaps and of the overlaps. It is
//! true if
//!
//! - no gap box meets a claim or another gap box, and `claims + gaps = scope`, counted in points;
//! - every overlap box lies in all claims of its group and in no other, no two of a group meet, and
//!   together they have as many points as lie in claims of different owners.
//!
//! [`check`] verifies that by a method of its own (`measure`) and shares no line with the crate that
//! found the answer: a defect there can't hide here.
//!
//! # Example
//! A claim on the first of three situations, and a gap said to be the other two:
//!
//! ```
//! use linkage_certify::{Axis, Certificate, Claim, FORMAT, Volumes, check};
//!
//! let mut paper = Certificate {
//!     format: FORMAT.into(),
//!     subject: "an example".into(),
//!     axes: vec![Axis { name: "matter".into(), size: 3 }],
//!     scope: vec![vec![vec![[0, 3]]]],
//!     claims: vec![Claim { name: "m".into(), owners: vec!["police".into()], boxes: vec![vec![vec![[0, 1]]]] }],
//!     gaps: vec![vec![vec![[1, 3]]]],
//!     overlaps: vec![],
//!     volumes: Volumes { scope: "3".into(), held: "1".into(), gaps: "2".into(), overlaps: "0".into() },
//! };
//! assert!(check(&paper).is_empty());
//! paper.gaps = vec![vec![vec![[1, 2]]]];
//! assert!(!check(&paper).is_empty(), "a gap that leaves out a situation is found out");
//! ```

mod check;
mod fault;
mod measure;
mod paper;

pub use check::check;
pub use fault::{Fault, Part, Place};
pub use paper::{Axis, Certificate, Claim, FORMAT, Group, Sides, Volumes};
