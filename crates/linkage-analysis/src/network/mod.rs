//! Measures of networks, exact: what ways pass through, what they can't do without, how unevenly something lies.
//!
//! ```text
//!      a   d         of the ways between any two others those through `c`:
//!       \ / \        all of a and b with d, e and with each other, none of d with e
//!        c───e
//!       /            what every way from a to e passes: c
//!      b
//! ```
//!
//! Nodes are numbers from 0. Shares are fractions of big integers: nothing is rounded before it is told. The
//! room knows nothing of bodies.

mod between;
mod circle;
mod failure;
mod fraction;
mod gini;

#[cfg(test)]
mod tests;

pub use between::{Network, busiest};
pub use circle::shortest_circle;
pub use failure::points_of_failure;
pub use fraction::Fraction;
pub use gini::gini;
