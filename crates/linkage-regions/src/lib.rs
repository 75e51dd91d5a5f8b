//! Exact algebra of finite regions: boxes over finitely many axes, their unions, gaps and overlaps.
//!
//! A [`Space`] has axes ([`Dimension`]) with finitely many values each: names, leaves of a tree,
//! whole numbers, minutes of a day. A [`Side`] is a set of values on one axis, a [`Cuboid`] the
//! product of one side per axis, a [`Region`] a union of cuboids:
//!
//! ```text
//!   minute                     two cuboids and the gap between them
//!   24:00 ┌──────────────┐
//!         │   nobody     │     gaps(whole, [day, night]) =
//!   18:00 ├───────┬──────┤        { any area, 18:00-24:00 } ∪ { South, 06:00-18:00 }
//!         │  day  │      │
//!   06:00 ├───────┴──────┤     witness = the least point of it (first axis first)
//!         │    night     │
//!   00:00 └──────────────┘
//!          North    South      area
//! ```
//!
//! Everything is exact: counts are big integers, nothing is sampled or rounded. The same points give
//! the same answer whatever the order in which regions are declared.
//!
//! - [`gaps`] and [`overlaps`] ask what many regions leave out and where they meet, by cell splitting;
//! - [`minimal()`] writes a region with as few boxes as there can be;
//! - [`describe`] names a side by the words of its axis ("North except Leeds"), as data.
//!
//! This crate knows nothing of law. It does not choose axes, does not compress number ranges (an
//! integer axis has at most `u32::MAX` values), and makes no sentences.
//!
//! # Example
//! Day and night duty in two districts; nobody is on duty in the south by day.
//!
//! ```
//! use linkage_regions::{Cuboid, Dimension, Kind, Region, Side, Space, gaps};
//!
//! let space = Space::new(vec![
//!     Dimension::new("district", Kind::List(vec!["north".into(), "south".into()])),
//!     Dimension::new("minute", Kind::Minutes),
//! ]);
//! let hours = |from: u32, until: u32| Side::interval(from * 60, until * 60);
//! let day = Cuboid::new(&space, [Side::value(0), hours(6, 18)]);
//! let night = Cuboid::new(&space, [Side::from_values([0, 1]), hours(18, 24)]);
//! let early = Cuboid::new(&space, [Side::from_values([0, 1]), hours(0, 6)]);
//!
//! let (day, night) = (Region::from_cuboid(&space, day), Region::from_cuboids(&space, [night, early]));
//! let nobody = gaps(&Region::full(&space), &[&day, &night]);
//! assert_eq!(nobody.count().to_string(), "720");
//! let first = nobody.witness().expect("there is a gap");
//! assert_eq!((first.0[0], first.0[1]), (1, 6 * 60));
//! ```

mod alphabet;
mod bdd_fallback;
mod boxes;
mod cells;
mod consensus;
mod cover;
mod cuboid;
mod cut_choice;
mod describe;
mod dimension;
mod grow;
mod index;
mod interval_bdd;
mod levels;
mod measure;
mod minimal;
mod region;
mod scale;
mod set_cover;
mod side;
mod survey;
mod sweep;
pub mod tables;
mod tree;

#[cfg(test)]
mod tests;

pub use cover::{
    Cover, Gaps, Overlaps, cover, covered, first_gap, gaps, gaps_within, largest_gaps, overlaps,
    overlaps_within, partition,
};
pub use cuboid::Cuboid;
pub use describe::{ClockRange, Named, SideName, describe, describe_side};
pub use dimension::{Dimension, Kind, MINUTES_OF_DAY, Point, Space};
pub use measure::{Measure, Spent};
pub use minimal::{Minimal, minimal};
pub use region::Region;
pub use side::{Run, Side};
pub use survey::Survey;
pub use tree::{Branch, Node, NodeRef, Tree};
