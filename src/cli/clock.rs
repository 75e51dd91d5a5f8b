//! The clock of the system: the only place that reads it.

use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The day on which the program runs.
#[expect(clippy::disallowed_methods, reason = "this is the room that reads the clock")]
pub(super) fn today() -> Date {
    jiff::Timestamp::now().to_zoned_datetime(TimeZone::system()).date()
}

/// The present instant.
#[expect(clippy::disallowed_methods, reason = "this is the room that reads the clock")]
pub(super) fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

/// The time of day here.
pub(super) fn time_of_day() -> jiff::civil::Time {
    now().to_zoned_datetime(TimeZone::system()).time()
}

/// A point in time to measure from: a clock that nobody sets.
#[expect(clippy::disallowed_methods, reason = "this is the room that reads the clock")]
pub(super) fn stopwatch() -> std::time::Instant {
    std::time::Instant::now()
}
