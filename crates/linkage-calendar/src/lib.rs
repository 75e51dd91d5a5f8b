//! Durations, working calendars, and when something is due: all a function of what is passed in.
//!
//! ```text
//!   start ──────┬───────────┬───────────┬───────────┬──→ due
//!   Fri 16:00   │ Sat rest  │ Sun rest  │ Mon work  │     "1 workday":   Mon 17:30
//!               │           │           │           │     "1 day":       Sat 24:00
//!               │           │           │           │     "4 workhours": Mon 11:00
//! ```
//!
//! A [`Duration`] is an amount and a [`Unit`]. A [`Calendar`] knows in which zone the clock runs, on
//! which weekdays and hours work is done, and which dates are holidays or make-up workdays, each with
//! the notice that says so. [`deadline()`] brings the two together and accounts for every day.
//!
//! Nothing here reads a clock: time comes from a [`Clock`] that is passed in. When a clock stood, and who
//! stopped it or gave more time, is in the events of a case; how a deadline is counted around such a
//! [`Pause`] is here.
//!
//! # Example
//! ```
//! use linkage_calendar::{Calendar, Duration, Unit, deadline};
//!
//! let calendar = Calendar::standard();
//! let friday = calendar.zone().to_timestamp(jiff::civil::date(2026, 11, 20).at(16, 0, 0, 0))?;
//! let due = deadline(friday, Duration::new(1, Unit::Workday), &calendar)?;
//! let due = calendar.zone().to_datetime(due.due);
//! assert_eq!(due.to_string(), "2026-11-23T17:30:00");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod almanac;
mod bounds;
mod calendar;
mod clock;
mod deadline;
mod duration;
mod fault;
mod from_yaml;
mod hours;
mod latest;
mod pause;
mod recurrence;
mod sentence;
mod sheet;
mod working;

#[cfg(test)]
mod tests;

pub use almanac::{Almanac, Minute};
pub use bounds::{Bounds, elapsed_bounds};
pub use calendar::{Calendar, Day, DayKind, LastDay, ShortMonth, Special};
pub use clock::{Clock, ManualClock};
pub use deadline::{CountedIn, DayAccount, Deadline, Note, deadline, deadline_alone, deadline_around};
pub use duration::{Duration, Unit};
pub use fault::{CalendarFact, CalendarFault, DeadlineFault, Wanted};
pub use hours::Hours;
pub use latest::Latest;
pub use pause::Pause;
pub use recurrence::{Recurrence, RecurringDay};
pub use working::{fraction_around, fraction_of, working_time_between};
