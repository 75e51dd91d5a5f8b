//! Durations, calendars and deadlines.

mod duration;
pub use duration::{Duration, Unit};
