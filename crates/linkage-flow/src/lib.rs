//! The procedure as a graph: where a case can stand, and which ways lead on.
//!
//! ```text
//! start ─► step ──outcome──► choose ──guard──► block ─┬enter─► step ─join─┐
//!            │                                        └enter─► step ─join─┴─► joined ─then─► close
//!            └──timeout, refusal──► …
//! ```
//!
//! A way that no situation can take (a guard that earlier guards exhaust) is left out. The graph knows
//! no time and no bodies: those are of `case`.
//!
//! # Example
//! ```
//! use linkage_flow::Flow;
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
//! let everything = linkage_regions::Region::full(&institution.space);
//! let (_, procedure) = institution.procedures().next().expect("one procedure");
//! let flow = Flow::new(procedure, &everything);
//! assert!(flow.start().is_some());
//! ```

mod alive;
mod classes;
mod course;
mod ending;
mod endless;
mod graph;
mod late;
mod reach;
mod search;

pub use classes::{Classes, Set};
pub use course::{Branch, Course, Ends, Fragment, blocks_around};
pub use ending::{Asked, Ending, Moved, Situated};
pub use endless::Endless;
pub use graph::{Flow, Spot, Way, branches, headless};
pub use late::{Leg, Times};
pub use search::{Run, Stride};
