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
